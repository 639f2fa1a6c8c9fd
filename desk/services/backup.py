"""Encrypted copies in a second folder: made whole, proved, thinned. The way back is in `restore`."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from desk import clock
from desk.errors import StoreProblem
from desk.models import cipher, problems
from desk.models.meta import ROW, Meta
from desk.models.store import Store
from desk.services import slots
from desk.services.attachments import copying
from desk.services.attachments.copying import Taken
from desk.text import _

_STAMP = "%Y%m%d-%H%M%S"
SLOTS = ".slots.json"
"""What the slot file of a copy is called, in place of its .db."""


@dataclass(frozen=True)
class Keep:
    """How long copies are kept, from the profile: all of the last days, then one a day, a week, a month."""

    all_days: int
    days: int
    weeks: int
    months: int


@dataclass(frozen=True)
class BackupMade:
    """A finished, proved copy; `size` in bytes; `files` says what became of the attachments."""

    path: Path
    at: datetime
    size: int
    files: Taken = field(default_factory=Taken)


def run(store: Store, folder: Path, keep: Keep) -> BackupMade:
    """Write a copy of the store and its slot file into the folder, prove it, thin older copies of this PC.

    Raises:
        StoreProblem: the folder is missing or cannot be written, the disk is full, or the copy is not whole.
        The attachments come after the store's own copy: if only they fail, the copy stands, and that is said.
    """
    _refuse(store, folder)
    at = clock.now()
    made = folder / f"{_prefix(store)}{at:{_STAMP}}.db"
    part = made.with_suffix(".part")
    try:
        folder.mkdir(exist_ok=True)
        store.copy_to(part)
        copy_slots(slots.path(store.folder), made.with_suffix(SLOTS))
        part.replace(made)
        cipher.sync_folder(folder)
        _thin(folder, _prefix(store), at, keep)
    except (StoreProblem, OSError) as error:
        raise _failed(error) from error
    finally:
        if part.is_file():
            part.unlink()
    with store.write_local() as session:
        meta = session.get_one(Meta, ROW)
        meta.backup_at, meta.backup_path = at, str(made)
    return BackupMade(made, at, made.stat().st_size, _take_files(store, folder, at))


def _take_files(store: Store, folder: Path, at: datetime) -> Taken:
    prefix = _prefix(store)
    files = folder / f"{prefix}{copying.FOLDER_END}"
    try:
        taken = copying.take_along(store, files, at.date())
        # Copies that somebody renamed to keep them count too, those of another PC or station do not open.
        copying.thin(store, files, _copies_of(store, folder))
    except (StoreProblem, OSError) as error:
        is_full = isinstance(error, OSError) and error.errno in problems.FULL_DISK
        if is_full or (isinstance(error, StoreProblem) and error.field == "full"):
            said, way_out = _("备份盘已满"), _("请清理备份盘，或在设置里另选备份文件夹。")
        else:
            said, way_out = _("备份盘读写出错"), _("请检查备份盘是否接好、能否写入，或换一块。")
        raise StoreProblem(
            _("数据已备份，附件没有备份完：{said}").format(said=said), way_out=way_out, field="backup"
        ) from error
    return taken


def _copies_of(store: Store, folder: Path) -> Iterator[Path]:
    for path in sorted(folder.glob("*.db")):
        if path.name.startswith(_prefix(store)) or _opens(store, path):
            yield path


def _opens(store: Store, path: Path) -> bool:
    try:
        store.digests_of(path)
    except StoreProblem:
        return False
    return True


def last(store: Store) -> datetime | None:
    """Return when the last copy was made, None if never."""
    with store.read() as session:
        return session.scalars(select(Meta.backup_at)).one()


def kept(times: Iterable[datetime], now: datetime, keep: Keep) -> frozenset[datetime]:
    """Choose which copies stay: all of the last days, and the newest of each recent day, week and month."""
    newest_first = sorted(times, reverse=True)
    chosen = {at for at in newest_first if now - at < timedelta(days=keep.all_days)}
    spans: tuple[tuple[int, Callable[[datetime], object]], ...] = (
        (keep.days, lambda at: at.date()),
        (keep.weeks, lambda at: at.isocalendar()[:2]),
        (keep.months, lambda at: (at.year, at.month)),
    )
    for count, span in spans:
        newest: dict[object, datetime] = {}
        for at in newest_first:
            newest.setdefault(span(at), at)
        chosen |= set(list(newest.values())[:count])
    return frozenset(chosen)


def _refuse(store: Store, folder: Path) -> None:
    if folder.resolve() == store.folder.resolve():
        raise StoreProblem(
            _("备份文件夹不能就是数据文件夹"), way_out=_("请选另一块盘或 U 盘上的文件夹。"), field="folder"
        )
    if not folder.is_dir() and not folder.parent.is_dir():
        raise StoreProblem(
            _("备份失败：找不到备份文件夹 {folder}").format(folder=folder),
            way_out=_("请插上 U 盘或接好备份盘，或在设置里另选备份文件夹。"),
            field="folder",
        )


def _failed(error: StoreProblem | OSError) -> StoreProblem:
    if isinstance(error, StoreProblem) and error.field not in {"full", "disk", "readonly", "missing"}:
        return error
    if isinstance(error, StoreProblem) and error.field == "full":
        sentence, way_out = _("备份失败：备份盘已满"), _("请清理备份盘，或在设置里另选备份文件夹。")
    else:
        sentence, way_out = (
            _("备份失败：备份文件夹不能写入"),
            _("请检查备份盘是否接好、是否还有空间、能否写入。"),
        )
    return StoreProblem(sentence, way_out=_(way_out) + _("现有数据没有受影响。"), field="backup")


def _prefix(store: Store) -> str:
    # Two PCs may share one folder: each thins only its own copies.
    return f"desk-{store.device_id[-8:]}-"


def _thin(folder: Path, prefix: str, now: datetime, keep: Keep) -> None:
    copies_by_time: dict[datetime, Path] = {}
    for path in folder.glob(f"{prefix}*.db"):
        try:
            at = datetime.strptime(path.stem.removeprefix(prefix), _STAMP).replace(tzinfo=now.tzinfo)
        except ValueError:
            continue  # Not one of ours: somebody renamed it to keep it.
        copies_by_time[at] = path
    stay = kept(copies_by_time, now, keep)
    for at, path in copies_by_time.items():
        if at not in stay:
            path.unlink()
            path.with_suffix(SLOTS).unlink(missing_ok=True)


def copy_slots(source: Path, target: Path) -> None:
    """Copy a slot file, if there is one, so that a crash leaves none or a whole one."""
    if source.exists():
        part = target.with_suffix(".part")
        shutil.copyfile(source, part)
        cipher.sync_file(part)
        part.replace(target)
