"""Which of the records found have a phone or number that ends in what was typed, for each group of a search.

The index leaves a few that only seem to (`rules/code_ends.py`): their own codes are looked at, in the order
in which they were found, no more of them than a page of hits at a time, until too many only seemed to.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any, Final, TypeVar

from sqlalchemy.orm import Session as Rows

from desk.models import plain
from desk.rules.code_ends import any_ends_in, ends_in

Found = TypeVar("Found")

MOST: Final = 60
"""How many that only seem to are looked at: three pages, so that a year typed, which all numbers hold, costs
no more. What truly ends so is not counted: it is taken as far as there is room for it.
"""

UNCOUNTED: Final = -1
"""What SQLite takes for no limit: lines are looked for one by one, and no more of them than are taken."""

_PAGE: Final = 20
_CASES: Final = (
    "SELECT record_id, number FROM mediation WHERE record_id IN ({ids})"
    " UNION ALL SELECT record_id, case_no FROM mediation WHERE record_id IN ({ids})"
    " UNION ALL SELECT mediation_id, phone FROM party WHERE mediation_id IN ({ids}) AND void = 0"
    " UNION ALL SELECT mediation_id, phone FROM agent WHERE mediation_id IN ({ids}) AND void = 0"
)
_CONSULTATIONS: Final = (
    "SELECT record_id, number FROM consultation WHERE record_id IN ({ids})"
    " UNION ALL SELECT record_id, phone_told FROM consultation WHERE record_id IN ({ids})"
    " UNION ALL SELECT consultation_id, phone FROM opponent WHERE consultation_id IN ({ids}) AND void = 0"
)
# What came of a visit, where the visit's own numbers end otherwise.
_OF_MATTERS: Final = " UNION ALL ".join(
    f"SELECT matter.visit_id, {noun}.number FROM matter JOIN {noun} ON {noun}.matter_id = matter.record_id"  # noqa: S608 - names of our own
    f" WHERE matter.visit_id IN ({{ids}}) AND matter.void = 0 AND {noun}.void = 0"
    for noun in ("proposal", "mediation", "consultation")
)


def phones(lines: Iterator[Any], column: str, end: str) -> Iterator[Any]:
    """Yield the lines whose own phone ends so."""
    return _kept((line, ends_in(getattr(line, column), end)) for line in lines)


def cases(rows: Rows, ids: Iterator[str], end: str) -> Iterator[str]:
    """Yield the mediations one of whose numbers, or a phone of a party or agent, ends so."""
    return _kept(_judged(ids, partial(_asked, rows, _CASES), end))


def consultations(rows: Rows, ids: Iterator[str], end: str) -> Iterator[str]:
    """Yield the consultations whose number, or a phone of either side, ends so."""
    return _kept(_judged(ids, partial(_asked, rows, _CONSULTATIONS), end))


def numbers(rows: Rows, lines: Iterator[Any], end: str) -> Iterator[Any]:
    """Yield the visits whose number on paper or over the phone, or that of what came of them, ends so."""

    def codes(some: Sequence[Any]) -> list[Sequence[str]]:
        own = [(line.number, line.spoken) for line in some]
        left = [line.record_id for line, known in zip(some, own, strict=True) if not any_ends_in(known, end)]
        came = _by_id(rows, _OF_MATTERS, left) if left else {}
        return [(*known, *came.get(line.record_id, ())) for line, known in zip(some, own, strict=True)]

    return _kept(_judged(lines, codes, end))


def _judged(
    found: Iterator[Found], codes: Callable[[Sequence[Found]], Sequence[Sequence[str]]], end: str
) -> Iterator[tuple[Found, bool]]:
    while some := list(islice(found, _PAGE)):
        for each, known in zip(some, codes(some), strict=True):
            yield each, any_ends_in(known, end)


def _kept(judged: Iterable[tuple[Found, bool]]) -> Iterator[Found]:
    seemed = 0
    for each, ends in judged:
        if ends:
            yield each
            continue
        seemed += 1
        if seemed == MOST:
            return


def _asked(rows: Rows, words: str, ids: Sequence[str]) -> list[Sequence[str]]:
    known = _by_id(rows, words, ids)
    return [known.get(each, ()) for each in ids]


def _by_id(rows: Rows, words: str, ids: Sequence[str]) -> Mapping[str, list[str]]:
    known: defaultdict[str, list[str]] = defaultdict(list)
    for record_id, code in plain.ask_lists(rows, words, {"ids": ids}):
        known[record_id].append(code)
    return known
