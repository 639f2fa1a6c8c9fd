"""Encrypted copies in a second folder: made whole, proved, thinned; and the way back from one."""

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from desk import clock
from desk.errors import StoreProblem
from desk.models import cipher, copies
from desk.models.base import alive
from desk.models.device import Device
from desk.models.meta import ROW, Meta
from desk.models.store import FILE, Store
from desk.services import audit, slots
from desk.text import _

_STAMP = "%Y%m%d-%H%M%S"
_SLOTS = ".slots.json"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Keep:
    """How long copies are kept, from the profile: all of the last days, then one a day, a week, a month."""

    all_days: int
    days: int
    weeks: int
    months: int


@dataclass(frozen=True)
class BackupMade:
    """A finished, proved copy; `size` in bytes."""

    path: Path
    at: datetime
    size: int


@dataclass(frozen=True)
class Restored:
    """A store that came back; `aside` is where the one before it is kept, `letter` the PC's new letter."""

    path: Path
    aside: Path | None
    letter: str


def run(store: Store, folder: Path, keep: Keep) -> BackupMade:
    """Write a copy of the store and its slot file into the folder, prove it, thin older copies of this PC.

    Raises:
        StoreProblem: the folder is missing or cannot be written, the disk is full, or the copy is not whole.
    """
    _refuse(store, folder)
    at = clock.now()
    made = folder / f"{_prefix(store)}{at:{_STAMP}}.db"
    part = made.with_suffix(".part")
    try:
        folder.mkdir(exist_ok=True)
        store.copy_to(part)
        _copy_slots(slots.path(store.folder), made.with_suffix(_SLOTS))
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
    return BackupMade(made, at, made.stat().st_size)


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


def restore(backup: Path, data_folder: Path, key: bytes, *, user_id: str = "") -> Restored:
    """Put a copy in the place of the present store, which is set aside. No program may have the store open.

    The restored desk is a new writer: it draws a new incarnation and a new letter, since numbers given after
    the copy was made are printed and must not be given again (class H).

    Raises:
        StoreProblem: the copy does not open with the key or is not whole, or the store is in use.
    """
    at = clock.now()
    staging = data_folder / f".restoring-{at:{_STAMP}}"
    staging.mkdir(parents=True)
    try:
        staged = _stage(backup, staging, key)
        present, same_key, letters = _present(data_folder, key)
        letter = _settle_in(staging, key, letters, user_id)
        aside = copies.set_aside(present, at) if present else None
        _bring_slots(backup, data_folder, keep_present=same_key, at=at)
        staged.replace(data_folder / FILE)
        cipher.sync_folder(data_folder)
    finally:
        shutil.rmtree(staging)
    return Restored(data_folder / FILE, aside, letter)


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
            path.with_suffix(_SLOTS).unlink(missing_ok=True)


def _copy_slots(source: Path, target: Path) -> None:
    if source.exists():
        part = target.with_suffix(".part")
        shutil.copyfile(source, part)
        cipher.sync_file(part)
        part.replace(target)


def _stage(backup: Path, staging: Path, key: bytes) -> Path:
    staged = staging / FILE
    shutil.copyfile(backup, staged)
    staged.chmod(0o600)
    connection = cipher.connect(staged, key, wal=False)
    try:
        counts = copies.count_rows(connection)
    finally:
        connection.close()
    copies.prove(staged, key, counts)
    copies.draw_incarnation(staged, key)
    return staged


def _present(data_folder: Path, key: bytes) -> tuple[Path | None, bool, set[str]]:
    """Return the present store's path, whether the key opens it, and the letters its PCs have."""
    path = data_folder / FILE
    if not path.exists():
        return None, False, set()
    try:
        present = Store.open(data_folder, key)
    except StoreProblem as problem:
        if problem.field == "busy":
            raise
        return path, False, set()
    with present.read() as session:
        letters = set(session.scalars(select(Device.letter)))
    present.close()
    copies.settle(path, key)
    return path, True, letters


def _settle_in(staging: Path, key: bytes, letters: set[str], user_id: str) -> str:
    store = Store.open(staging, key)
    with store.write(user_id) as session:
        devices = session.scalars(alive(Device)).all()
        letter = _next_letter(letters | {device.letter for device in devices})
        for device in devices:
            if device.record_id == store.device_id:
                device.letter = letter
        audit.append(session, "restore", user_id=user_id, noun="device", target_id=store.device_id)
    store.close()
    return letter


def _next_letter(used: set[str]) -> str:
    """After the highest ever seen, so that an older copy does not give a letter away a second time."""
    highest = max((_LETTERS.find(letter) for letter in used), default=-1)
    if highest + 1 >= len(_LETTERS):
        raise StoreProblem(_("电脑字母已经用完"), way_out=_("请联系上级平台换发站点代码。"), field="letter")
    return _LETTERS[highest + 1]


def _bring_slots(backup: Path, data_folder: Path, *, keep_present: bool, at: datetime) -> None:
    present, saved = slots.path(data_folder), backup.with_suffix(_SLOTS)
    if keep_present and present.exists():
        return
    if present.exists():
        present.rename(present.with_name(f"{present.name}.aside-{at:{_STAMP}}"))
    _copy_slots(saved, present)
