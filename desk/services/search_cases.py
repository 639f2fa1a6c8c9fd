"""Mediations among what search finds: by number, title, party and phone; only for who may read them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session as Rows

from desk.models.mediation import Mediation
from desk.models.party import Party
from desk.rules.mediation_labels import STATE
from desk.services import search_index
from desk.services.mediation import case_terms, sheet


@dataclass(frozen=True)
class CaseLine:
    """One case as search shows it."""

    id: str
    number: str
    case_no: str
    title: str
    parties: str
    state: str


def matching(rows: Rows, typed: str, limit: int) -> tuple[str, ...]:
    """Return the ids of the newest cases that match everything typed; () if there is nothing to find."""
    return search_index.newest(rows, typed, "case", limit)


def lines(rows: Rows, ids: Sequence[str]) -> tuple[CaseLine, ...]:
    """Return cases as search shows them, in the order given; those made void are left out."""
    query = select(Mediation).where(Mediation.record_id.in_(ids), Mediation.void.is_(False))
    known = {each.case.record_id: each for each in sheet.load_many(rows, rows.scalars(query).all(), (Party,))}
    return tuple(
        CaseLine(
            id=record_id,
            number=case.case.number,
            case_no=case.case.case_no,
            title=case_terms.title(case.case, case.of(Party)),
            parties=case_terms.parties_text(case.of(Party)),
            state=STATE.get(case.case.state, ""),
        )
        for record_id, case in ((record_id, known[record_id]) for record_id in ids if record_id in known)
    )
