"""The bytes of attachments in copies of the store: taken along, proved, thinned, brought back.

A copy's files lie in one folder beside all copies of this PC: each content once, whichever copies name it.
"""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy import select

from desk.errors import StoreProblem
from desk.models import sealed_files
from desk.models.attachment import Attachment as Row
from desk.models.local import AwaitedFile
from desk.models.sealed_files import NEW, SealedFiles
from desk.models.store import Store
from desk.text import _

FOLDER_END: Final = "files"
"""How the folder of the files is called after the prefix of a PC's copies."""

_PROVE_EVERY = 28  # days, in which each file of the second disk is read once
_PIECE = 1 << 20


@dataclass(frozen=True)
class Taken:
    """What a copy took along: how many contents were written, mended at home, and are nowhere sound."""

    written: int = 0
    mended: int = 0
    missing: int = 0


def take_along(store: Store, folder: Path, on: date) -> Taken:
    """Copy what is not in the folder yet, and prove it there; of the rest, prove a part each day.

    A content that is damaged at home and sound in the copy is brought back home.

    Raises:
        StoreProblem: a disk is full or fails, or what was written does not come back sound.
        OSError: the folder cannot be written.
    """
    here, there = store.sealed_files(), store.sealed_files(folder)
    written = mended = missing = 0
    for sha256 in sorted(named(store)):
        target, source = there.place(there.name(sha256)), here.path(sha256)
        if target.exists() and source.exists():
            proved = _is_young(sha256, on) or (there.is_sound(sha256, target) and here.is_sound(sha256))
            if proved:
                continue
        if here.is_sound(sha256):
            _copy(source, target, folder / NEW)
            if not there.is_sound(sha256, target):
                raise _not_proved()
            written += 1
        elif there.is_sound(sha256, target):
            _copy(target, source, here.root / NEW)
            mended += 1
        else:
            missing += 1
    return Taken(written, mended, missing)


def thin(store: Store, folder: Path, copies: Iterable[Path]) -> int:
    """Remove what none of the copies names and return how many files that were.

    A copy that cannot be read keeps everything: nobody knows what it names.
    """
    there = store.sealed_files(folder)
    try:
        needed = {there.name(each) for path in copies for each in store.digests_of(path)}
    except StoreProblem:
        return 0
    spare = [path for name, path in there.names() if name not in needed]
    for path in spare:
        path.unlink()
    return len(spare)


def bring(copy: Path, named_there: Iterable[str], home: SealedFiles, half: SealedFiles) -> int:
    """Make ready in `half` what a copy names and `home` does not hold sound; return how many are nowhere.

    Raises OSError: a disk is full or fails.
    """
    folders = [home.beside(path) for path in sorted(copy.parent.glob(f"desk-*-{FOLDER_END}"))]
    missing = 0
    for sha256 in sorted(named_there):
        if home.is_sound(sha256):
            continue
        target = half.place(half.name(sha256))
        for folder in folders:
            source = folder.place(folder.name(sha256))
            if folder.is_sound(sha256, source):
                _copy(source, target, half.root / NEW)
                break
        else:
            missing += 1
    # Halves of nothing: what lies in a restored folder is whole.
    shutil.rmtree(half.root / NEW, ignore_errors=True)
    return missing


def named(store: Store) -> frozenset[str]:
    """Return the SHA-256 of every attachment whose file belongs here, removed ones too.

    What another PC of the station added belongs there until its bytes have come.
    """
    files = store.sealed_files()
    with store.read() as rows:
        wanted = set(filter(None, rows.scalars(select(Row.sha256).distinct())))
        awaited = set(rows.scalars(select(AwaitedFile.sha256)))
    return frozenset(each for each in wanted if each not in awaited or files.path(each).exists())


def awaited(store: Store) -> int:
    """Return how many attachments were added on another PC and have not come."""
    with store.read() as rows:
        return sum(1 for _each in rows.scalars(select(AwaitedFile.sha256)))


def _is_young(sha256: str, on: date) -> bool:
    """Tell whether this content's turn to be read again is on another day."""
    return int(sha256[:8], 16) % _PROVE_EVERY != on.toordinal() % _PROVE_EVERY


def _copy(source: Path, target: Path, by_way_of: Path) -> None:
    sealed_files.write_durably(target, _pieces(source), by_way_of)


def _pieces(source: Path) -> Iterator[bytes]:
    with source.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _not_proved() -> StoreProblem:
    return StoreProblem(
        _("附件写到备份盘后读回来不对"), way_out=_("备份盘可能坏了，请换一块。"), field="damaged"
    )
