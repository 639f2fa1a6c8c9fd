"""The way back: a copy takes the place of the store, as a new writer. `aside` moves the files."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.errors import StoreProblem
from desk.models import cipher, copies, problems, sealed_files
from desk.models.base import alive
from desk.models.committee import Committee
from desk.models.device import Device
from desk.models.local import NumberCounter
from desk.models.sealed_files import SealedFiles
from desk.models.store import FILE, Store
from desk.rules.case_numbers import SERIES
from desk.services import aside, audit, backup, keybox, slots, station
from desk.services.attachments import copying
from desk.text import _


@dataclass(frozen=True)
class Restored:
    """A store that came back; `aside` is where the one before it is kept, `letter` the PC's new letter.

    `missing`: how many files of attachments are neither in the data folder nor beside the copy; `unnumbered`:
    committees whose last case number nobody knows, so that the head must say where it goes on (CL-5).
    """

    path: Path
    aside: Path | None
    letter: str
    missing: int = 0
    unnumbered: tuple[str, ...] = ()

    @property
    def numbering_note(self) -> str:
        """What the head must do before case numbers are given again, "" for nothing."""
        if not self.unnumbered:
            return ""
        return _(
            "备份之后编过的案号无从得知，{names}暂不编案号：请站长核对纸质卷宗上最后的案号，"
            "到“设置 › 调委会”填好从第几号起，再保存。"
        ).format(names="、".join(self.unnumbered))


@dataclass(frozen=True)
class _Present:
    """What the present store tells the copy: letters given, and the last case number by (series, year).

    `known`: whether it opens with the copy's key, so that it is this PC's own.
    """

    known: bool = False
    letters: frozenset[str] = frozenset()
    last: Mapping[tuple[str, int], int] = field(default_factory=dict)


def restore(copy: Path, data_folder: Path, key: bytes, *, user_id: str = "") -> Restored:
    """Put a copy in the place of the present store, which is set aside. No program may have the store open.

    The restored desk is a new writer: it draws a new incarnation and a new letter, since numbers given after
    the copy was made are printed and must not be given again (class H). Case numbers, which bear no letter,
    go on after those of the present store; where that does not open, none is given until the head says which.

    Raises:
        StoreProblem: the copy does not open with the key or is not whole, the store is in use, the disk is
        full. Then the present store is as it was.
    """
    with aside.explained():
        aside.settle(data_folder)
        at = aside.stamp()
        half = data_folder / f"{aside.HALF}{at}"
        half.mkdir(parents=True)
        try:
            _bring(copy, half, key)
            missing = _bring_files(copy, half, key)
            present = _present(data_folder, key)
            letter, unnumbered = _settle_in(half, key, present, user_id)
            if not (present.known and slots.path(data_folder).exists()):
                backup.copy_slots(copy.with_suffix(backup.SLOTS), slots.path(half))
            cipher.sync_folder(half)
            whole = half.rename(data_folder / f"{aside.WHOLE}{at}")
        finally:
            if half.exists():
                shutil.rmtree(half)
        cipher.sync_folder(data_folder)
        kept = aside.move_in(whole)
    return Restored(data_folder / FILE, kept if kept.exists() else None, letter, missing, unnumbered)


def by_sheet(copy: Path, data_folder: Path, recovery_code: str) -> Restored:
    """Restore a copy with the code of its recovery sheet; the copy's slot file lies beside it.

    Raises:
        InputProblem: the code was copied wrongly. AccessProblem: it is another store's code.
        StoreProblem: as for `restore`, or the slot file is missing.
    """
    return restore(copy, data_folder, keybox.key_by_sheet(copy.with_suffix(backup.SLOTS), recovery_code))


def _bring(copy: Path, half: Path, key: bytes) -> None:
    staged = half / FILE
    shutil.copyfile(copy, staged)
    staged.chmod(0o600)
    connection = cipher.connect(staged, key, wal=False)
    try:
        with problems.explained():
            counts = copies.count_rows(connection)
    finally:
        connection.close()
    copies.prove(staged, key, counts)
    copies.draw_incarnation(staged, key)


def _bring_files(copy: Path, half: Path, key: bytes) -> int:
    """Make ready what the copy's attachments need and the data folder does not hold; return what is lost."""
    home = SealedFiles(half.parent / sealed_files.FOLDER, key)
    named = copies.attachment_digests(half / FILE, key)
    return copying.bring(copy, named, home, home.beside(half / sealed_files.FOLDER))


def _present(data_folder: Path, key: bytes) -> _Present:
    path = data_folder / FILE
    try:
        present = Store.open(data_folder, key)
    except StoreProblem as problem:
        if problem.field == "busy":
            raise
        return _Present()
    with present.read() as session:
        letters = frozenset(session.scalars(select(Device.letter)))
        series = session.scalars(select(NumberCounter).where(NumberCounter.kind.startswith(SERIES)))
        last = {(row.kind, row.year): row.last for row in series}
    present.close()
    copies.settle(path, key)
    return _Present(True, letters, last)


def _settle_in(half: Path, key: bytes, present: _Present, user_id: str) -> tuple[str, tuple[str, ...]]:
    """Give the restored store letter and case numbers; return the letter and `Restored.unnumbered`."""
    store = Store.open(half, key)
    with store.write(user_id) as session:
        devices = session.scalars(alive(Device)).all()
        letter = station.next_letter(present.letters | {device.letter for device in devices})
        for device in devices:
            if device.record_id == store.device_id:
                device.letter = letter
        unnumbered = _go_on(session, present, store.device_id)
        audit.append(session, "restore", user_id=user_id, noun="device", target_id=store.device_id)
    store.close()
    copies.settle(half / FILE, key)
    cipher.sync_file(half / FILE)
    return letter, unnumbered


def _go_on(session: Session, present: _Present, device_id: str) -> tuple[str, ...]:
    """Let case numbers go on after the last one given; return the committees of which it is not known."""
    if present.known:
        for (kind, year), last in present.last.items():
            counter = session.get(NumberCounter, (kind, "", year))
            given = counter.last if counter is not None else 0
            session.merge(NumberCounter(kind=kind, letter="", year=year, last=max(last, given)))
        return ()
    mine = session.scalars(alive(Committee).where(Committee.number_device == device_id)).all()
    for committee in mine:
        committee.number_device = ""
    return tuple(sorted(committee.name for committee in mine))
