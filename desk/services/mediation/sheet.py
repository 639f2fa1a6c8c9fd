"""All rows of one case in memory: read once, changed by the verbs, shown from here without asking again."""

from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeVar, cast

from sqlalchemy import Select, bindparam, literal_column
from sqlalchemy.orm import Session as Rows
from sqlalchemy.orm import defer

from desk import ids
from desk.errors import InputProblem
from desk.models.agreement import Agreement, AgreementTerm, Signature
from desk.models.attachment import Attachment
from desk.models.base import Synced, alive
from desk.models.committee import Committee
from desk.models.confirmation import Confirmation
from desk.models.conflict_check import ConflictCheck
from desk.models.consultation import Consultation
from desk.models.follow_up import FollowUp
from desk.models.local_value import LocalValue
from desk.models.matter import Matter
from desk.models.mediation import CaseMediator, Claim, Extension, Mediation, Participant
from desk.models.party import Agent, Party
from desk.models.report import Report
from desk.models.sitting import Inquiry, Presence, Sitting
from desk.models.visit import Visit
from desk.text import _

Row = TypeVar("Row", bound=Synced)
OfAgreement = TypeVar("OfAgreement", Confirmation, FollowUp)

_TABLES: Final = (
    *(Claim, Party, Agent, CaseMediator, Participant, Extension, Inquiry, Sitting, Presence),
    *(Agreement, AgreementTerm, Signature, FollowUp, Confirmation, Report),
)


def _query(table: Any, *, many: bool = False) -> Select[Any]:
    order = [table.n] if hasattr(table, "n") else []
    place: Any = literal_column(f"{table.__tablename__}.rowid")
    mine = table.mediation_id == bindparam("id")
    if not many:
        return alive(table).where(mine).order_by(*order, place)
    mine = table.mediation_id.in_(bindparam("ids", expanding=True))
    # Lists only look: what a change needs, and takes as long to read as all the rest, stays on the disk.
    aside = (defer(table.field_op), defer(table.extra))
    return alive(table).where(mine).order_by(*order, place).options(*aside)


# Built once: making a statement costs as much as asking it.
_QUERIES: Final[dict[type[Synced], Select[Any]]] = {table: _query(table) for table in _TABLES}
_MANY: Final[dict[type[Synced], Select[Any]]] = {table: _query(table, many=True) for table in _TABLES}
_CHECKS = (
    alive(ConflictCheck)
    .where(ConflictCheck.for_id == bindparam("id"))
    .order_by(ConflictCheck.checked_at, literal_column("conflict_check.rowid"))
)
_FILES = (
    alive(Attachment)
    .where(Attachment.target_id == bindparam("id"), Attachment.noun == "mediation")
    .order_by(Attachment.n, literal_column("attachment.rowid"))
)


class Sheet:
    """One case with everything below it; rows made void no longer show."""

    def __init__(self, rows: Rows, case: Mediation, below: dict[type[Synced], list[Synced]]) -> None:
        self.rows = rows
        self.case = case
        self._below = below
        self._checks: list[ConflictCheck] | None = None
        self._local: list[LocalValue] | None = None

    def of(self, table: type[Row]) -> list[Row]:
        """Return the living rows of a kind in their order."""
        return cast("list[Row]", [row for row in self._below.get(table, ()) if not row.void])

    def add(self, row: Row) -> Row:
        """Put a new row below the case, into the store and into this sheet."""
        self._below.setdefault(type(row), []).append(row)
        self.rows.add(row)
        return row

    def new_id(self, table: type[Synced], wanted: str) -> str:
        """Return the id a page has made for a new row; another one if a record had it already."""
        taken = not wanted or self.rows.get(table, wanted) is not None
        return ids.new_id() if taken else wanted

    def one(self, table: type[Row], record_id: str, what: str) -> Row:
        """Return one row of the case. Raises InputProblem if it is not there (any more)."""
        for row in self.of(table):
            if row.record_id == record_id:
                return row
        raise InputProblem(_("本案里没有找到这一项：{what}。").format(what=what), field=what)

    def know(self, check: ConflictCheck) -> None:
        """Put a check of a mediator that was just made into the store and this sheet."""
        self.rows.add(check)
        self._checks = [*(self._checks or ()), check]

    def checks(self) -> list[ConflictCheck]:
        """Return the checks of mediators made for this case, the newest last; asked for once."""
        if self._checks is None:
            self._checks = list(self.rows.scalars(_CHECKS, {"id": self.case.record_id}))
        return self._checks

    def local_values(self) -> list[LocalValue]:
        """Return what stands in a county's own fields of the case and its records; asked for once."""
        if self._local is None:
            ids = [self.case.record_id]
            for table in (Inquiry, Sitting, Agreement):
                ids += [row.record_id for row in self._below.get(table, ())]
            self._local = list(self.rows.scalars(alive(LocalValue).where(LocalValue.target_id.in_(ids))))
        return self._local

    def keep_local(self, row: LocalValue) -> None:
        """Put a new text of a county's own field into the store and this sheet."""
        self.rows.add(row)
        self._local = [*self.local_values(), row]

    @property
    def committee(self) -> Committee | None:
        """The committee that takes or took the case."""
        return self.rows.get(Committee, self.case.committee_id) if self.case.committee_id else None

    @property
    def matter(self) -> Matter | None:
        """The matter of the visit the case came from."""
        return self.rows.get(Matter, self.case.matter_id) if self.case.matter_id else None

    @property
    def visit(self) -> Visit | None:
        """The visit the case came from."""
        matter = self.matter
        return self.rows.get(Visit, matter.visit_id) if matter is not None else None

    @property
    def consultation(self) -> Consultation | None:
        """The consultation the case was referred from."""
        came_from = self.case.consultation_id
        return self.rows.get(Consultation, came_from) if came_from else None

    @property
    def agreement(self) -> Agreement | None:
        """The agreement that stands or is being written; those replaced by a later one are not it."""
        standing = [row for row in self.of(Agreement) if row.state != "replaced"]
        return standing[-1] if standing else None

    def terms(self, agreement: Agreement | None) -> list[AgreementTerm]:
        """Return the terms of one agreement in their order."""
        if agreement is None:
            return []
        found = [row for row in self.of(AgreementTerm) if row.agreement_id == agreement.record_id]
        return sorted(found, key=lambda row: row.n)

    def signatures(self, agreement: Agreement | None) -> list[Signature]:
        """Return the signatures on one agreement."""
        if agreement is None:
            return []
        return [row for row in self.of(Signature) if row.target_id == agreement.record_id]

    @property
    def confirmation(self) -> Confirmation | None:
        """The newest application for confirmation of the agreement that stands."""
        found = self._on_agreement(Confirmation)
        return found[-1] if found else None

    @property
    def follow_ups(self) -> list[FollowUp]:
        """The visits that looked after the agreement that stands; those before it count no more."""
        return self._on_agreement(FollowUp)

    def _on_agreement(self, table: type[OfAgreement]) -> list[OfAgreement]:
        agreement = self.agreement
        if agreement is None:
            return []
        return [row for row in self.of(table) if row.agreement_id == agreement.record_id]

    def everything(self) -> Iterable[Synced]:
        """Return all living rows below the case."""
        return [row for table in self._below for row in self.of(table)]


def load(rows: Rows, case: Mediation) -> Sheet:
    """Read a case with everything below it."""
    told = {"id": case.record_id}
    below: dict[type[Synced], list[Synced]] = {
        table: list(rows.scalars(query, told)) for table, query in _QUERIES.items()
    }
    below[Attachment] = list(rows.scalars(_FILES, told))
    return Sheet(rows, case, below)


def load_many(rows: Rows, cases: Sequence[Mediation], tables: Iterable[type[Synced]]) -> list[Sheet]:
    """Read many cases with the rows of some tables, one query a table; the rest of their sheets is empty."""
    ids = [case.record_id for case in cases]
    below: dict[str, dict[type[Synced], list[Synced]]] = {record_id: {} for record_id in ids}
    for table in tables if ids else ():
        for row in rows.scalars(_MANY[table], {"ids": ids}):
            below[row.mediation_id].setdefault(table, []).append(row)
    return [Sheet(rows, case, below[case.record_id]) for case in cases]


def fresh(rows: Rows, case: Mediation) -> Sheet:
    """Return the sheet of a case that was just made: nothing is below it yet."""
    rows.add(case)
    return Sheet(rows, case, {})


def found(rows: Rows, case_id: str) -> Mediation:
    """Return the case. Raises InputProblem if there is none, or it was voided."""
    case = rows.get(Mediation, case_id)
    if case is None or case.void:
        raise InputProblem(_("没有找到这个纠纷，可能已经作废。"), field="mediation")
    return case
