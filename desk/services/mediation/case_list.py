"""The list of cases: keyset pages, newest first, each with its most urgent clock; counts for the chips."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, func, select, tuple_
from sqlalchemy.orm import Session as Rows

from desk import clock
from desk.models.agreement import Agreement, AgreementTerm, Signature
from desk.models.confirmation import Confirmation
from desk.models.follow_up import FollowUp
from desk.models.mediation import CaseMediator, Extension, Mediation
from desk.models.party import Party
from desk.rules.dispute_codes import DISPUTE_TYPE
from desk.rules.mediation_labels import STATE
from desk.rules.mediation_states import OPEN_TO_REGISTRAR, TAKEN, TO_PERFORM
from desk.rules.profile import Profile
from desk.services import search_index
from desk.services.mediation import case_due, case_terms, clocks, sheet
from desk.services.mediation.access import CaseReader, listed
from desk.services.mediation.case_cards import most_urgent
from desk.services.mediation.sheet import Sheet
from desk.services.mediation.values import CaseFilter, CasePage, CaseRow, GroupCount
from desk.services.visit_list import day_bounds

GROUPS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "new": ("待受理", OPEN_TO_REGISTRAR),
    "open": ("办理中", TAKEN),
    "agreed": ("待履行", TO_PERFORM),
    "ended": ("待归档", ("performed", "followed_up", "refused", "terminated", "referred_out", "rejected")),
    "archived": ("已归档", ("archived",)),
}
"""The chips above the list: code, word, and the states that stand under each."""

CLOCK_TABLES: Final = (
    *(Party, CaseMediator, Extension, Agreement, AgreementTerm, Signature, FollowUp, Confirmation),
)
"""What a line and its clocks are made of."""

_KEY_SIGN: Final = "|"
_MOST_FOUND: Final = 500


@dataclass(frozen=True)
class Asked:
    """What a page of the list asks for."""

    narrow: CaseFilter
    after: str | None
    limit: int
    profile: Profile


def page(rows: Rows, reader: CaseReader, asked: Asked) -> CasePage:
    """Return one page of cases; `after` is the `next_key` of the page before."""
    query = select(Mediation).where(*_conditions(rows, reader, asked))
    if asked.after is not None:
        at, _sign, record_id = asked.after.partition(_KEY_SIGN)
        key = tuple_(Mediation.registered_at, Mediation.record_id)
        query = query.where(key < tuple_(datetime.fromisoformat(at), record_id))
    query = query.order_by(Mediation.registered_at.desc(), Mediation.record_id.desc())
    found = rows.scalars(query.limit(asked.limit + 1)).all()
    cases = found[: asked.limit]
    next_key = None
    if len(found) > asked.limit:
        last = cases[-1]
        assert last.registered_at is not None, "the list holds only cases with their time"
        next_key = f"{last.registered_at.isoformat()}{_KEY_SIGN}{last.record_id}"
    today = clocks.Day(asked.profile, clock.today())
    sheets = sheet.load_many(rows, cases, CLOCK_TABLES)
    return CasePage(tuple(_row(each, today) for each in sheets), next_key)


def counts(rows: Rows, reader: CaseReader) -> tuple[GroupCount, ...]:
    """Return how many cases stand under each chip."""
    query = select(Mediation.state, func.count()).where(listed(reader)).group_by(Mediation.state)
    query = query.where(Mediation.registered_at.is_not(None))
    by_state = {row[0]: row[1] for row in rows.execute(query)}
    return tuple(
        GroupCount(group, label, sum(by_state.get(state, 0) for state in states))
        for group, (label, states) in GROUPS.items()
    )


def _row(case: Sheet, today: clocks.Day) -> CaseRow:
    row, parties = case.case, case.of(Party)
    running = clocks.clocks(case, today)
    mediators = [each.name for each in case.of(CaseMediator) if each.role == "mediator"]
    return CaseRow(
        id=row.record_id,
        number=row.number,
        case_no=row.case_no,
        title=case_terms.title(row, parties),
        parties_text=case_terms.parties_text(parties),
        dispute_label=DISPUTE_TYPE.get(row.dispute_type, ""),
        mediators_text="、".join(mediators),
        state=row.state,
        state_label=STATE.get(row.state, ""),
        registered_at=row.registered_at,
        clock=most_urgent(running) if running else None,
        small=row.small,
    )


def _conditions(rows: Rows, reader: CaseReader, asked: Asked) -> list[ColumnElement[bool]]:
    narrow = asked.narrow
    found = [listed(reader), Mediation.registered_at.is_not(None)]
    if narrow.group:
        found.append(Mediation.state.in_(GROUPS[narrow.group][1]))
    asked_for = {name: getattr(narrow, name) for name in ("state", "dispute_type", "committee_id")}
    found += [getattr(Mediation, name) == value for name, value in asked_for.items() if value]
    if narrow.mediator_id:
        mine = select(CaseMediator.mediation_id).where(
            CaseMediator.mediator_id == narrow.mediator_id, CaseMediator.void.is_(False)
        )
        found.append(Mediation.record_id.in_(mine))
    if narrow.text.strip():
        ids = search_index.newest(rows, narrow.text, "case", _MOST_FOUND)
        found.append(Mediation.record_id.in_(ids))
    if narrow.due:
        found.append(Mediation.record_id.in_(case_due.due_ids(rows, asked.profile)))
    if narrow.day_from is not None:
        found.append(Mediation.registered_at >= day_bounds(narrow.day_from)[0])
    if narrow.day_to is not None:
        found.append(Mediation.registered_at < day_bounds(narrow.day_to)[1])
    return found
