"""Imports a roster into the store in one transaction, updates on repetition, and takes an import back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session as Rows

from desk import clock, errors
from desk.models.base import alive
from desk.models.deputy import Deputy, Mandate
from desk.models.local import ImportBatch
from desk.models.station import Station
from desk.models.store import Store
from desk.services import audit
from desk.services.outcome import Done
from desk.services.roster import columns, refusals, undoing
from desk.services.roster.matching import lay_beside
from desk.services.roster.plan_values import (
    NEW,
    SKIP,
    Choices,
    Entry,
    ImportDone,
    ImportPlan,
    Known,
    KnownMandate,
)
from desk.services.roster.targets import deputy_fields, mandate_targets
from desk.services.roster.understand import understand
from desk.services.roster.values import Roster, RosterRow
from desk.services.session import Session
from desk.services.sheets.read import read
from desk.text import _

_CHANGED = frozenset({"deputy", "mandate"})
_KIND = "roster"


@dataclass(frozen=True)
class Batch:
    """One import that was made: when, from which file, how many rows, and whether it was taken back."""

    id: str
    at: datetime | None
    file_name: str
    new: int
    changed: int
    undone: bool


class RosterImports:
    """Reads roster files, plans and makes imports, takes them back. Reading may take seconds."""

    def __init__(self, store: Store, session: Session) -> None:
        self._store = store
        self._session = session

    def understand(
        self,
        path: Path,
        mapping: Mapping[int, str] | None = None,
        *,
        sheet: str = "",
        today: date | None = None,
    ) -> Roster:
        """Return what a file says, with the clerk's corrections of the columns.

        The station's own level decides whether 镇 deputies may be (ZD-05).

        Raises:
            InputProblem: the file cannot be read as a table.
        """
        with self._store.read() as rows:
            levels = set(rows.scalars(select(Station.level)))
        return understand(read(path, columns.WORDS, sheet), mapping, street=levels == {"street"}, today=today)

    def plan(self, roster: Roster) -> ImportPlan:
        """Return what importing the roster would do, row by row; nothing is changed.

        Raises:
            InputProblem: the roster has no column of names, or nobody in it.
        """
        if not any(column.meaning == columns.NAME for column in roster.columns):
            raise refusals.no_names()
        if not roster.rows:
            raise errors.InputProblem(_("表里没有读到代表。"), way_out=_("请核对表头和各栏的含义。"))
        with self._store.read() as rows:
            return lay_beside(roster.file_name, roster.rows, _known(rows))

    def apply(self, plan: ImportPlan, choices: Choices | None = None) -> Done[ImportDone]:
        """Import the plan in one transaction and remember it for `undo`.

        Raises:
            AccessProblem: the user may not change the roster.
            InputProblem: the deputies were changed since the plan was made, or one is chosen for two rows.
        """
        self._session.require("write", "roster")
        user_id = self._session.user.id
        with self._store.write(user_id) as rows:
            known = {deputy.id: deputy for deputy in _known(rows)}
            if lay_beside(plan.file_name, [entry.row for entry in plan.entries], known.values()) != plan:
                raise errors.InputProblem(
                    _("核对期间代表名册又有改动，这次没有导入。"),
                    way_out=_("请重新打开花名册，核对后再导入。"),
                )
            decided = _decided(plan, choices or {}, known)
            changes = undoing.Changes()
            for entry, deputy in decided:
                _write(rows, entry.row, deputy, changes)
            done = _count(decided, plan)
            batch = ImportBatch(
                kind=_KIND,
                at=clock.now(),
                user_id=user_id,
                source=plan.file_name,
                counts={"new": done.new, "changed": done.changed, "same": done.same, "skipped": done.skipped},
            )
            rows.flush()
            batch.changes = changes.as_json()
            rows.add(batch)
            audit.append(rows, "import", user_id=user_id, noun=_KIND, target_id=batch.batch_id)
        return Done(
            ImportDone(batch.batch_id, done.new, done.changed, done.same, done.skipped),
            _CHANGED if done.new or done.changed else frozenset(),
        )

    def undo(self, batch_id: str) -> Done[None]:
        """Take an import back in one transaction: what it made becomes void, what it changed is as before.

        Raises:
            AccessProblem: the user may not change the roster.
            InputProblem: taken back already, or a deputy was changed or used since; it says which.
        """
        self._session.require("write", "roster")
        user_id = self._session.user.id
        with self._store.write(user_id) as rows:
            batch = rows.get(ImportBatch, batch_id)
            if batch is None or batch.undone_at is not None:
                raise errors.InputProblem(_("这次导入已经撤销过了。"))
            undoing.take_back(rows, batch.changes)
            batch.undone_at = clock.now()
            audit.append(rows, "import_undo", user_id=user_id, noun=_KIND, target_id=batch_id)
        return Done(None, _CHANGED)

    def batches(self) -> tuple[Batch, ...]:
        """Return the imports of this PC, newest first."""
        with self._store.read() as rows:
            found = rows.scalars(
                select(ImportBatch).where(ImportBatch.kind == _KIND).order_by(ImportBatch.at.desc())
            )
            return tuple(
                Batch(
                    b.batch_id, b.at, b.source, b.counts["new"], b.counts["changed"], b.undone_at is not None
                )
                for b in found
            )


def _known(rows: Rows) -> list[Known]:
    """Return the stored deputies with their mandates, in clear."""
    mandates: dict[str, list[KnownMandate]] = {}
    for mandate in rows.scalars(alive(Mandate).order_by(Mandate.level, Mandate.record_id)):
        held = KnownMandate(
            mandate.record_id,
            mandate.level,
            mandate.constituency,
            mandate.electing_unit,
            mandate.group_name,
            mandate.term,
            mandate.state,
        )
        mandates.setdefault(mandate.deputy_id, []).append(held)
    return [
        Known(
            id=deputy.record_id,
            name=deputy.name,
            alias=deputy.alias,
            sex=deputy.sex,
            ethnicity=deputy.ethnicity,
            birth_date=deputy.birth_date,
            phone=deputy.phone,
            post=deputy.post,
            consultative=deputy.consultative,
            state=deputy.state,
            remark=deputy.remark,
            mandates=tuple(mandates.get(deputy.record_id, ())),
        )
        for deputy in rows.scalars(alive(Deputy).order_by(Deputy.record_id))
    ]


def _decided(
    plan: ImportPlan, choices: Choices, known: Mapping[str, Known]
) -> list[tuple[Entry, Known | None]]:
    """Return the entries to import, each with the deputy it is (None: a new one)."""
    decided: list[tuple[Entry, Known | None]] = []
    used: set[str] = set()
    for entry in plan.entries:
        choice = choices.get(entry.row.line, entry.default)
        if choice == SKIP or entry.row.problem:
            continue
        if choice in used:
            raise errors.InputProblem(
                _("第 {line} 行和前面一行选成了同一位代表。").format(line=entry.row.line),
                way_out=_("请改选，或跳过其中一行。"),
            )
        if choice != NEW:
            used.add(choice)
        decided.append((entry, None if choice == NEW else known[choice]))
    return decided


def _write(rows: Rows, row: RosterRow, known: Known | None, changes: undoing.Changes) -> None:
    """Bring one deputy and the mandates to what the row says."""
    fields = deputy_fields(row, known)
    deputy = rows.get_one(Deputy, known.id) if known else Deputy(sex="0", name=row.name)
    changes.note(deputy, fields, is_new=known is None)
    for name, value in fields.items():
        setattr(deputy, name, value)
    rows.add(deputy)
    for target in mandate_targets(row, known):
        mandate = (
            rows.get_one(Mandate, target.known.id)
            if target.known
            else Mandate(deputy_id=deputy.record_id, level=target.level)
        )
        changes.note(mandate, target.fields, is_new=target.known is None)
        for name, text in target.fields.items():
            setattr(mandate, name, text)
        rows.add(mandate)


def _count(decided: Iterable[tuple[Entry, Known | None]], plan: ImportPlan) -> ImportDone:
    pairs = list(decided)
    new = sum(known is None for _entry, known in pairs)
    changed = sum(
        bool(known and (deputy_fields(entry.row, known) or mandate_targets(entry.row, known)))
        for entry, known in pairs
    )
    return ImportDone("", new, changed, len(pairs) - new - changed, len(plan.entries) - len(pairs))
