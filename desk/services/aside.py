"""A store gives way to another: moves of whole files in the data folder, each of which a crash may cut off.

Nothing that held data is ever removed; it is set aside under its own name and a date. `restore` makes a copy
ready in a hidden folder, which gets its final name once all of it is on the disk; from then on `settle`
finishes the moves, at the next start if need be. Light to import: it stands before the sign-on window.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desk import clock
from desk.errors import StoreProblem
from desk.services import slots
from desk.services.slots_json import sync_folder
from desk.text import _

STORE_FILE = "desk.db"
FILES_FOLDER = "attachments"
"""How the store and the folder of its files are called in a data folder."""

HALF, WHOLE = ".restoring-", ".restored-"
"""How the folder begins in which a copy is made ready, and then lies ready; a stamp of the time follows."""

# The log goes first: a store must never meet the log of another one.
_PARTS = ("-wal", "-shm", "")


def stamp() -> str:
    """Return now as it stands in the names of what is set aside."""
    return f"{clock.now():%Y%m%d-%H%M%S}"


def set_aside(folder: Path) -> Path:
    """Rename the store and its slot file, because it does not open and somebody has said yes; return where
    the store is kept.

    Afterwards the folder is as before a first start, and a copy can still be restored into it.

    Raises:
        StoreProblem: the disk cannot be written.
    """
    with explained():
        at = stamp()
        kept = store_aside(folder, at)
        slots_aside(folder, at)
        sync_folder(folder)
    return kept


def settle(folder: Path) -> None:
    """Throw away what a restore had not made ready, finish one that was; does nothing when there is nothing.

    Raises:
        StoreProblem: the disk cannot be written.
    """
    with explained():
        for half in folder.glob(f"{HALF}*"):
            shutil.rmtree(half)
        for whole in folder.glob(f"{WHOLE}*"):
            move_in(whole)


def move_in(whole: Path) -> Path:
    """Put what lies ready into the data folder above it, each step only if it is still to be done; return
    where the store before it is kept, if there was one. Raises OSError."""
    folder, at = whole.parent, whole.name.removeprefix(WHOLE)
    if (whole / STORE_FILE).exists():
        # First, and beside what is there: the store that is set aside may need its own files again.
        files_in(whole / FILES_FOLDER, folder / FILES_FOLDER)
        store_aside(folder, at)
        if slots.path(whole).exists():
            slots_aside(folder, at)
            slots.path(whole).replace(slots.path(folder))
        (whole / STORE_FILE).replace(folder / STORE_FILE)
        sync_folder(folder)
    shutil.rmtree(whole)
    return _named(folder / STORE_FILE, at)


@contextmanager
def explained() -> Iterator[None]:
    """Let a disk that fails inside the block reach the caller as a StoreProblem."""
    try:
        yield
    except OSError as failure:
        raise StoreProblem(
            _("恢复没有完成：磁盘已满，或文件夹读写不了"),
            way_out=_("请检查磁盘空间、文件夹权限和备份盘，再试一次。原来的数据没有删除。"),
            field="disk",
        ) from failure


def files_in(ready: Path, home: Path) -> None:
    """Move the sealed files of a folder beside those that are there; each has a name of its own. Raises
    OSError."""
    for path in sorted(ready.glob("*/*")):
        place = home / path.parent.name
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.replace(place / path.name)
        sync_folder(place)
    if home.exists():
        sync_folder(home)


def store_aside(folder: Path, at: str) -> Path:
    """Rename a store, if there is one, with its log; return where it is kept.

    Args:
        folder: the data folder.
        at: the stamp of its new name.

    Raises:
        OSError: the disk cannot be written.
    """
    kept = _named(folder / STORE_FILE, at)
    for tail in _PARTS:
        part = folder / f"{STORE_FILE}{tail}"
        if part.exists():
            part.rename(folder / f"{kept.name}{tail}")
    sync_folder(folder)
    return kept


def slots_aside(folder: Path, at: str) -> None:
    """Rename a slot file, if there is one, to the store set aside under the same stamp. Raises OSError."""
    present = slots.path(folder)
    if present.exists():
        present.rename(_named(present, at))


def _named(path: Path, at: str) -> Path:
    return path.with_name(f"{path.name}.aside-{at}")
