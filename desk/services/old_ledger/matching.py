"""Lays an old ledger beside what is stored, so that importing it again doubles nothing."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session as Rows

from desk import clock
from desk.models.local import ImportBatch
from desk.models.matter import Matter
from desk.models.visit import Visit
from desk.rules.names import name_key
from desk.services.old_ledger.plan_values import Entry, LedgerPlan
from desk.services.old_ledger.values import LedgerRow
from desk.text import _

KIND = "old_ledger"
"""The kind of these imports among the batches of this PC."""


def lay_beside(file_name: str, ledger: Sequence[LedgerRow], marks: AbstractSet[str]) -> LedgerPlan:
    """Return what an import of these rows would do; `marks` are those of matters that are stored."""
    seen: dict[str, int] = {}
    entries = []
    for row in ledger:
        mark = mark_of(row.day, row.name, row.statement or row.subject)
        entries.append(_entry(row, mark, marks, seen.setdefault(mark, row.line)))
    return LedgerPlan(file_name, tuple(entries))


def mark_of(day: date | None, name: str, words: str) -> str:
    """Return the mark of a matter: a digest of its day, visitor and words without signs and blanks."""
    plain = re.sub(r"\W+", "", words)
    return hashlib.sha256(f"{day}|{name_key(name)}|{plain}".encode()).hexdigest()[:32]


def stored_marks(rows: Rows, ledger: Iterable[LedgerRow]) -> frozenset[str]:
    """Return the marks of what is stored of the ledger's days, by its words now and as once imported."""
    days = [row.day for row in ledger if row.day is not None]
    if not days:
        return frozenset()
    zone = clock.now().tzinfo
    first = datetime.combine(min(days), time.min, zone)
    after = datetime.combine(max(days) + timedelta(days=1), time.min, zone)
    query = (
        select(Visit.received_at, Visit.name_told, Matter.subject, Matter.statement)
        .join(Matter, Matter.visit_id == Visit.record_id)
        .where(
            Visit.received_at >= first,
            Visit.received_at < after,
            Visit.void.is_(False),
            Matter.void.is_(False),
        )
    )
    marks = set()
    for received_at, name, subject, statement in rows.execute(query):
        day = received_at.astimezone(zone).date() if received_at else None
        marks |= {mark_of(day, name, words) for words in (subject, statement) if words}
    return frozenset(marks | _imported(rows))


def _imported(rows: Rows) -> set[str]:
    """Return the marks of imports of this PC whose visits still stand, whatever was corrected since."""
    batches = select(ImportBatch.changes).where(ImportBatch.kind == KIND, ImportBatch.undone_at.is_(None))
    marks = {each["visit"]: each["mark"] for changes in rows.scalars(batches) for each in changes["matters"]}
    gone = set(rows.scalars(select(Visit.record_id).where(Visit.backfilled, Visit.void))) if marks else set()
    return {mark for visit_id, mark in marks.items() if visit_id not in gone}


def _entry(row: LedgerRow, mark: str, marks: AbstractSet[str], first_line: int) -> Entry:
    if row.problem:
        return Entry(row, "problem", mark, row.problem)
    if mark in marks:
        return Entry(row, "known", mark, _("这件事已经在接待台里，不再导入。"))
    if first_line != row.line:
        return Entry(row, "doubtful", mark, _("与第 {line} 行完全相同，按重复处理。").format(line=first_line))
    if row.apart:
        return Entry(row, "apart", mark, row.apart)
    if row.closed:
        return Entry(row, "closed", mark, _("旧台账写明已经办结，不用再办，不导入。"))
    return Entry(row, "new", mark)
