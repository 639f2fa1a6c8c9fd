"""Mediations among what search finds: by number, title, party and phone; only for who may read them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from sqlalchemy.orm import Session as Rows

from desk.models import plain
from desk.rules.mediation_labels import STATE
from desk.services import search_ends, search_index
from desk.services.mediation import case_terms

# Plain words: they are in the way of every keystroke.
_CASES: Final = (
    "SELECT record_id, number, case_no, title, dispute_type, state FROM mediation"
    " WHERE record_id IN ({ids}) AND void = 0"
)
_PARTIES: Final = (
    "SELECT mediation_id, side, name FROM party WHERE mediation_id IN ({ids}) AND void = 0 ORDER BY n, rowid"
)


class _Case(NamedTuple):
    record_id: str
    number: str
    case_no: str
    title: str
    dispute_type: str
    state: str


class _Party(NamedTuple):
    mediation_id: str
    side: str
    name: str


@dataclass(frozen=True)
class CaseLine:
    """One case as search shows it."""

    id: str
    number: str
    case_no: str
    title: str
    parties: str
    state: str


def matching(rows: Rows, typed: str, limit: int, end: str = "") -> Iterator[str]:
    """Yield the ids of the newest cases that match everything typed; with `end` those that end so."""
    if not end:
        return search_index.each_newest(rows, typed, "case", limit)
    found = search_index.each_newest(rows, typed, "case", search_ends.UNCOUNTED, end)
    return search_ends.cases(rows, found, end)


def lines(rows: Rows, ids: Sequence[str]) -> tuple[CaseLine, ...]:
    """Return cases as search shows them, in the order given; those made void are left out."""
    if not ids:
        return ()
    known = {row[0]: _Case(*row) for row in plain.ask_lists(rows, _CASES, {"ids": ids})}
    parties: dict[str, list[_Party]] = {record_id: [] for record_id in ids}
    for row in plain.ask_lists(rows, _PARTIES, {"ids": ids}):
        parties[row[0]].append(_Party(*row))
    return tuple(_line(known[each], parties[each]) for each in ids if each in known)


def _line(case: _Case, parties: Sequence[_Party]) -> CaseLine:
    return CaseLine(
        id=case.record_id,
        number=case.number,
        case_no=case.case_no,
        title=case_terms.title(case, parties),
        parties=case_terms.parties_text(parties),
        state=STATE.get(case.state, ""),
    )
