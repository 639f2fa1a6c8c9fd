"""Imports an old ledger into the store in one transaction and takes an import back."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from desk import clock
from desk.errors import InputProblem
from desk.models.base import alive
from desk.models.deputy import Deputy
from desk.models.local import ImportBatch
from desk.models.store import Store
from desk.rules import local_rules
from desk.rules.names import name_key
from desk.services import audit
from desk.services.numbers import Numbers
from desk.services.old_ledger import columns, undoing
from desk.services.old_ledger.matching import KIND, lay_beside, stored_marks
from desk.services.old_ledger.plan_values import NEW, Choices, Entry, LedgerDone, LedgerPlan
from desk.services.old_ledger.understand import understand
from desk.services.old_ledger.values import Known, OldLedger
from desk.services.old_ledger.writing import people_of, write
from desk.services.outcome import Done
from desk.services.profiles import Profiles
from desk.services.session import Session
from desk.services.sheets.read import read
from desk.services.visit_rows import Act
from desk.text import _

_GROUPS = ("visit", "matter", "person", "proposal")
_CHANGED = frozenset(_GROUPS)


@dataclass(frozen=True)
class LedgerBatch:
    """One import that was made: when, from which file, how many matters, and whether it was taken back."""

    id: str
    at: datetime | None
    file_name: str
    new: int
    undone: bool


class OldLedgers:
    """Reads old ledgers, plans and makes imports, takes them back. Reading may take seconds."""

    def __init__(self, store: Store, session: Session, profiles: Profiles, numbers: Numbers) -> None:
        self._store = store
        self._session = session
        self._profiles = profiles
        self._numbers = numbers

    def understand(
        self, path: Path, mapping: Mapping[int, str] | None = None, *, sheet: str = ""
    ) -> OldLedger:
        """Return what a file says, with the clerk's corrections of the columns.

        Raises InputProblem if the file cannot be read as a table.
        """
        return understand(read(path, columns.WORDS, sheet), self._known(), mapping)

    def plan(self, ledger: OldLedger) -> LedgerPlan:
        """Return what importing the ledger would do, line by line; nothing is changed.

        Raises InputProblem if there is nothing in it.
        """
        if not ledger.rows:
            raise InputProblem(_("表里没有读到事项。"), way_out=_("请核对表头和各栏的含义。"))
        self._session.require("read", "visit")
        with self._store.read() as rows:
            return lay_beside(ledger.file_name, ledger.rows, stored_marks(rows, ledger.rows))

    def apply(self, plan: LedgerPlan, choices: Choices | None = None) -> Done[LedgerDone]:
        """Import the plan in one transaction as backfilled visits and remember it for `undo`.

        Raises:
            AccessProblem: the user may not write visits or print ledgers.
            InputProblem: visits were added since the plan was made, or there is nothing to import.
            ClockProblem: the computer's clock must be confirmed before numbers are given.
        """
        self._require()
        profile, user = self._profiles.current(), self._session.user
        with self._store.write(user.id) as rows, rows.no_autoflush:
            ledger = [entry.row for entry in plan.entries]
            if lay_beside(plan.file_name, ledger, stored_marks(rows, ledger)) != plan:
                raise InputProblem(
                    _("核对期间来访登记又有改动，这次没有导入。"),
                    way_out=_("请重新打开这份台账，核对后再导入。"),
                )
            chosen = _chosen(plan, choices or {})
            act = Act(rows, user, clock.now(), profile)
            people = people_of(rows, [entry.row for entry in chosen])
            known = set(people.values())
            matters, made, numbers = [], set(), []
            for entry in chosen:
                visit, matter, person = write(act, entry.row, self._numbers, people)
                matters.append(undoing.noted(visit, matter, entry.mark))
                numbers.append(visit.number)
                made |= {person.record_id} - known if person is not None else set()
            batch = ImportBatch(
                kind=KIND,
                at=act.at,
                user_id=user.id,
                source=plan.file_name,
                counts={"new": len(chosen), "skipped": len(plan.entries) - len(chosen)},
                changes={"matters": matters, "people": sorted(made)},
            )
            rows.add(batch)
            rows.flush()
            audit.append(rows, "import", user_id=user.id, noun=KIND, target_id=batch.batch_id)
        skipped = len(plan.entries) - len(chosen)
        return Done(LedgerDone(batch.batch_id, len(chosen), skipped, numbers[0], numbers[-1]), _CHANGED)

    def undo(self, batch_id: str) -> Done[int]:
        """Take an import back in one transaction: what it made becomes void; return how many visits.

        Their numbers are spent. Raises AccessProblem; InputProblem if taken back already or worked on since.
        """
        self._require()
        user_id = self._session.user.id
        with self._store.write(user_id) as rows:
            batch = rows.get(ImportBatch, batch_id)
            if batch is None or batch.undone_at is not None:
                raise InputProblem(_("这次导入已经撤销过了。"))
            count = undoing.take_back(rows, batch.changes)
            batch.undone_at = clock.now()
            audit.append(rows, "import_undo", user_id=user_id, noun=KIND, target_id=batch_id)
        return Done(count, _CHANGED)

    def batches(self) -> tuple[LedgerBatch, ...]:
        """Return the imports of this PC, newest first."""
        self._session.require("read", "visit")
        query = select(ImportBatch).where(ImportBatch.kind == KIND).order_by(ImportBatch.at.desc())
        with self._store.read() as rows:
            return tuple(
                LedgerBatch(
                    each.batch_id, each.at, each.source, each.counts["new"], each.undone_at is not None
                )
                for each in rows.scalars(query)
            )

    def _known(self) -> Known:
        today, profile = clock.today(), self._profiles.current()
        ids: dict[str, list[str]] = defaultdict(list)
        with self._store.read() as rows:
            for deputy in rows.scalars(alive(Deputy)):
                ids[name_key(deputy.name)].append(deputy.record_id)
        return Known(
            today=today,
            deputies={name: found[0] if len(found) == 1 else "" for name, found in ids.items()},
            topics=local_rules.categories(profile, today),
            max_headcount=profile.number("visit.max_headcount", today),
        )

    def _require(self) -> None:
        for group in _GROUPS:
            self._session.require("write", group)
        # A whole book is the clerk's and the head's business, not a deputy's on duty.
        self._session.require("print", "ledger")


def _chosen(plan: LedgerPlan, choices: Choices) -> list[Entry]:
    found = [
        entry
        for entry in plan.entries
        if not entry.fixed and choices.get(entry.row.line, entry.default) == NEW
    ]
    if not found:
        raise InputProblem(_("没有选中要导入的事项。"), way_out=_("请选中至少一行，或返回。"))
    return found
