"""The way back: a copy takes the place of the store, and a store that does not open gives way. Nothing is
ever removed that held data: it is set aside under its own name and a date.

A copy is made ready in a hidden folder, which gets its final name once all of it is on the disk. From then
on nothing can stop it: whatever a crash has left of the moves, the next start finishes (`settle`).
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from desk import clock
from desk.errors import StoreProblem
from desk.models import cipher, copies
from desk.models.base import alive
from desk.models.device import Device
from desk.models.store import FILE, Store
from desk.rules.numbers import LETTERS
from desk.services import audit, backup, slots, staging
from desk.text import _

_STAMP = "%Y%m%d-%H%M%S"


@dataclass(frozen=True)
class Restored:
    """A store that came back; `aside` is where the one before it is kept, `letter` the PC's new letter."""

    path: Path
    aside: Path | None
    letter: str


def restore(copy: Path, data_folder: Path, key: bytes, *, user_id: str = "") -> Restored:
    """Put a copy in the place of the present store, which is set aside. No program may have the store open.

    The restored desk is a new writer: it draws a new incarnation and a new letter, since numbers given after
    the copy was made are printed and must not be given again (class H).

    Raises:
        StoreProblem: the copy does not open with the key or is not whole, the store is in use, the disk is
        full. Then the present store is as it was.
    """
    with _explained():
        settle(data_folder)
        stamp = f"{clock.now():{_STAMP}}"
        half = data_folder / f"{staging.RESTORING}{stamp}"
        half.mkdir(parents=True)
        try:
            _bring(copy, half, key)
            same_key, letters = _present(data_folder, key)
            letter = _settle_in(half, key, letters, user_id)
            if not (same_key and slots.path(data_folder).exists()):
                backup.copy_slots(copy.with_suffix(backup.SLOTS), slots.path(half))
            cipher.sync_folder(half)
            whole = half.rename(data_folder / f"{staging.RESTORED}{stamp}")
        finally:
            if half.exists():
                shutil.rmtree(half)
        cipher.sync_folder(data_folder)
        aside = _move_in(whole)
    return Restored(data_folder / FILE, aside if aside.exists() else None, letter)


def settle(data_folder: Path) -> None:
    """Finish or throw away what a restore that was cut off has left; does nothing when there is nothing.

    Raises:
        StoreProblem: the disk cannot be written.
    """
    with _explained():
        for half in data_folder.glob(f"{staging.RESTORING}*"):
            shutil.rmtree(half)
        for whole in data_folder.glob(f"{staging.RESTORED}*"):
            _move_in(whole)


def set_aside(data_folder: Path) -> Path:
    """Rename the store and its slot file, because it does not open and somebody has said yes; return where
    the store is kept.

    Afterwards the folder is as before a first start, or ready for `restore`.

    Raises:
        StoreProblem: the disk cannot be written.
    """
    with _explained():
        stamp = f"{clock.now():{_STAMP}}"
        aside = copies.set_aside(data_folder / FILE, stamp)
        _slots_aside(data_folder, stamp)
        cipher.sync_folder(data_folder)
    return aside


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except OSError as failure:
        raise StoreProblem(
            _("恢复没有完成：磁盘已满，或文件夹读写不了"),
            way_out=_("请检查磁盘空间、文件夹权限和备份盘，再试一次。原来的数据没有删除。"),
            field="disk",
        ) from failure


def _bring(copy: Path, half: Path, key: bytes) -> None:
    staged = half / FILE
    shutil.copyfile(copy, staged)
    staged.chmod(0o600)
    connection = cipher.connect(staged, key, wal=False)
    try:
        counts = copies.count_rows(connection)
    finally:
        connection.close()
    copies.prove(staged, key, counts)
    copies.draw_incarnation(staged, key)


def _present(data_folder: Path, key: bytes) -> tuple[bool, set[str]]:
    """Return whether the key opens the present store, and the letters its PCs have."""
    path = data_folder / FILE
    try:
        present = Store.open(data_folder, key)
    except StoreProblem as problem:
        if problem.field == "busy":
            raise
        return False, set()
    with present.read() as session:
        letters = set(session.scalars(select(Device.letter)))
    present.close()
    copies.settle(path, key)
    return True, letters


def _settle_in(half: Path, key: bytes, letters: set[str], user_id: str) -> str:
    store = Store.open(half, key)
    with store.write(user_id) as session:
        devices = session.scalars(alive(Device)).all()
        letter = _next_letter(letters | {device.letter for device in devices})
        for device in devices:
            if device.record_id == store.device_id:
                device.letter = letter
        audit.append(session, "restore", user_id=user_id, noun="device", target_id=store.device_id)
    store.close()
    copies.settle(half / FILE, key)
    cipher.sync_file(half / FILE)
    return letter


def _next_letter(used: set[str]) -> str:
    """After the highest ever seen, so that an older copy does not give a letter away a second time."""
    highest = max((LETTERS.find(letter) for letter in used), default=-1)
    if highest + 1 >= len(LETTERS):
        raise StoreProblem(_("电脑字母已经用完"), way_out=_("请联系上级平台换发站点代码。"), field="letter")
    return LETTERS[highest + 1]


def _move_in(whole: Path) -> Path:
    """Move what was made ready into the data folder, each step only if it is still to be done; return where
    the store before it is kept, if there was one."""
    folder, stamp = whole.parent, whole.name.removeprefix(staging.RESTORED)
    aside = folder / f"{FILE}.aside-{stamp}"
    if (whole / FILE).exists():
        aside = copies.set_aside(folder / FILE, stamp)
        if slots.path(whole).exists():
            _slots_aside(folder, stamp)
            slots.path(whole).replace(slots.path(folder))
        (whole / FILE).replace(folder / FILE)
        cipher.sync_folder(folder)
    shutil.rmtree(whole)
    return aside


def _slots_aside(folder: Path, stamp: str) -> None:
    present = slots.path(folder)
    if present.exists():
        present.rename(present.with_name(f"{present.name}.aside-{stamp}"))
