"""Cases as the statistics count them (§3.8): a handful of queries for a period, however many cases it has."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, literal_column, or_, select
from sqlalchemy.orm import Session as Rows

from desk.models.agreement import Agreement, AgreementTerm
from desk.models.committee import Committee
from desk.models.confirmation import Confirmation
from desk.models.follow_up import FollowUp
from desk.models.mediation import Mediation
from desk.models.party import Party
from desk.models.sweep import Sweep
from desk.rules.mediation_states import result_of
from desk.rules.mediation_statistics import CaseFact, SweepFact
from desk.services.mediation.seen import codes
from desk.services.visit_list import day_bounds

_RENEGED: Final = "reneged"


@dataclass(frozen=True)
class Period:
    """Both days included; `committee_id` empty means all committees."""

    day_from: date
    day_to: date
    committee_id: str = ""


@dataclass(frozen=True)
class _Agreed:
    """What stands of one case's agreement."""

    record_id: str
    form: str
    fen: int
    performance: str


def case_facts(rows: Rows, period: Period) -> Iterator[CaseFact]:
    """Yield the cases accepted in the period, and those registered in it that nobody accepted."""
    committees = select(Committee.record_id, Committee.kind)
    kinds = dict(_pairs(rows, committees))
    wanted = _wanted(period)
    agreed = _agreements(rows, wanted)
    parties = _counts(rows, wanted)
    confirmed = _confirmations(rows, wanted)
    reneged = _reneged(rows, wanted)
    query = select(
        *(Mediation.record_id, Mediation.state, Mediation.archived_from, Mediation.accepted_on),
        *(Mediation.dispute_type, Mediation.source, Mediation.committee_id, Mediation.difficulty),
        *(Mediation.headcount, Mediation.prevented, Mediation.prevented_people),
    ).where(wanted)
    for row in rows.execute(query):
        yield _fact(
            row,
            kind=kinds.get(row.committee_id, "town"),
            agreed=agreed.get(row.record_id),
            people=parties.get(row.record_id, 0),
            confirmed=confirmed,
            reneged=reneged,
        )


def sweep_facts(rows: Rows, period: Period) -> Iterator[SweepFact]:
    """Yield the searches for disputes of the period."""
    query = select(Sweep.found, Sweep.prevented).where(
        Sweep.swept_on >= period.day_from, Sweep.swept_on <= period.day_to, Sweep.void.is_(False)
    )
    if period.committee_id:
        query = query.where(Sweep.committee_id == period.committee_id)
    for row in rows.execute(query):
        yield SweepFact(row.found, row.prevented)


def _fact(
    row: Row[*tuple[Any, ...]],
    *,
    kind: str,
    agreed: _Agreed | None,
    people: int,
    confirmed: Mapping[str, str],
    reneged: Collection[str],
) -> CaseFact:
    result = result_of(
        row.state,
        accepted=row.accepted_on is not None,
        agreed=agreed is not None,
        archived_from=row.archived_from,
    )
    stands = agreed if result == "success" else None
    back = stands is not None and stands.record_id in reneged
    return CaseFact(
        dispute_type=row.dispute_type or "other",
        source=row.source or "application",
        committee_kind=kind,
        result=result,
        people=max(people, row.headcount),
        difficulty=row.difficulty or "ordinary",
        form=stands.form if stands is not None else "",
        fen=stands.fen if stands is not None else 0,
        performance=_RENEGED if back else stands.performance if stands is not None else "not_performed",
        confirmation=confirmed.get(stands.record_id, "none") if stands is not None else "none",
        prevented=codes(row.prevented),
        prevented_people=row.prevented_people,
    )


def _wanted(period: Period) -> ColumnElement[bool]:
    start, end = day_bounds(period.day_from)[0], day_bounds(period.day_to)[1]
    accepted = and_(Mediation.accepted_on >= period.day_from, Mediation.accepted_on <= period.day_to)
    waiting = and_(
        Mediation.accepted_on.is_(None), Mediation.registered_at >= start, Mediation.registered_at < end
    )
    conditions = [or_(accepted, waiting), Mediation.void.is_(False)]
    if period.committee_id:
        conditions.append(Mediation.committee_id == period.committee_id)
    return and_(*conditions)


def _agreements(rows: Rows, wanted: ColumnElement[bool]) -> dict[str, _Agreed]:
    """Return the agreements in force with their sums, and the performance their terms bear out (MED-14)."""
    owed = AgreementTerm.kind != "declaration"
    sums = select(
        AgreementTerm.agreement_id,
        func.sum(case((AgreementTerm.kind == "money", AgreementTerm.amount), else_=0)).label("fen"),
        func.sum(case((owed, 1), else_=0)).label("owed"),
        func.sum(case((and_(owed, AgreementTerm.state == "performed"), 1), else_=0)).label("done"),
        func.sum(case((and_(owed, AgreementTerm.state != "open"), 1), else_=0)).label("begun"),
    ).where(AgreementTerm.void.is_(False), AgreementTerm.mediation_id.in_(_ids(wanted)))
    terms = {row.agreement_id: row for row in rows.execute(sums.group_by(AgreementTerm.agreement_id))}
    columns = (Agreement.mediation_id, Agreement.record_id, Agreement.form)
    query = select(*columns).where(
        Agreement.state == "in_force", Agreement.void.is_(False), Agreement.mediation_id.in_(_ids(wanted))
    )
    found = {}
    for row in rows.execute(query):
        told = terms.get(row.record_id)
        fen = told.fen if told is not None else 0
        found[row.mediation_id] = _Agreed(row.record_id, row.form, fen, _performance(told))
    return found


def _performance(told: Row[*tuple[Any, ...]] | None) -> str:
    if told is None or told.done == told.owed:
        return "performed"
    return "partly" if told.begun else "not_performed"


def _counts(rows: Rows, wanted: ColumnElement[bool]) -> Mapping[str, int]:
    query = _below(Party.mediation_id, Party, wanted).add_columns(func.count())
    return dict(_pairs(rows, query.group_by(Party.mediation_id)))


def _confirmations(rows: Rows, wanted: ColumnElement[bool]) -> Mapping[str, str]:
    """Return the newest word of a court by agreement: one on an agreement before says nothing of the next."""
    place: Any = literal_column("confirmation.rowid")
    query = _of_agreements(Confirmation, Confirmation.state, wanted)
    return dict(_pairs(rows, query.order_by(Confirmation.applied_on, place)))


def _reneged(rows: Rows, wanted: ColumnElement[bool]) -> frozenset[str]:
    """Return the agreements whose last follow-up visit found that a party went back on them."""
    place: Any = literal_column("follow_up.rowid")
    query = _of_agreements(FollowUp, FollowUp.performance, wanted).order_by(FollowUp.visited_at, place)
    return frozenset(found for found, told in dict(_pairs(rows, query)).items() if told == _RENEGED)


def _of_agreements(table: Any, column: Any, wanted: ColumnElement[bool]) -> Select[Any]:
    return select(table.agreement_id, column).where(
        table.void.is_(False), table.mediation_id.in_(_ids(wanted))
    )


def _below(column: Any, table: Any, wanted: ColumnElement[bool]) -> Select[Any]:
    return select(column).where(table.void.is_(False), column.in_(_ids(wanted)))


def _ids(wanted: ColumnElement[bool]) -> Select[str]:
    return select(Mediation.record_id).where(wanted)


def _pairs(rows: Rows, query: Select[*tuple[Any, ...]]) -> Iterator[tuple[Any, Any]]:
    return ((row[0], row[1]) for row in rows.execute(query))
