"""Deputies among what search finds: by name, initials, syllables, constituency or the end of a phone.

A station has a few hundred of them at most, so they are looked through one by one, with the very terms the
index would hold. Nothing has to be kept beside the roster: what was imported or corrected is found at once.
"""

from functools import cache, lru_cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session as Rows

from desk.models import plain
from desk.models.deputy import Deputy, Mandate
from desk.models.plain import Question
from desk.rules.code_ends import ends_in
from desk.rules.grams import index_terms, query_terms
from desk.rules.names import name_key
from desk.services.deputies import list_order

_PLACES = (
    select(func.group_concat(Mandate.constituency + " " + Mandate.electing_unit, " "))
    .where(Mandate.deputy_id == Deputy.record_id, Mandate.void.is_(False))
    .correlate(Deputy)
    .scalar_subquery()
)
_QUERY = select(
    *(Deputy.record_id, Deputy.state, Deputy.name, Deputy.alias, Deputy.name_initials, Deputy.phone, _PLACES)
).where(Deputy.void.is_(False))


def matching(rows: Rows, typed: str, end: str = "") -> tuple[str, ...]:
    """Return the ids of all deputies that match everything typed, in the order of the list.

    `end` leaves those only whose phone ends so. Returns () if there is nothing to find.
    """
    wanted = frozenset(query_terms(typed))
    if not wanted:
        return ()
    terms_of = _terms if any(term.startswith("p") for term in wanted) else _plain_terms
    found = [line for line in plain.answer(rows, _question()) if wanted <= terms_of(*line[2:])]
    if end:
        found = [line for line in found if ends_in(line.phone, end)]
    found.sort(key=lambda line: list_order(line.state, line.name, line.record_id))
    return tuple(line.record_id for line in found)


@cache
def _question() -> Question:
    return plain.question(_QUERY)


@lru_cache(maxsize=2048)
def _terms(name: str, alias: str, initials: str, phone: str, places: str | None) -> frozenset[str]:
    return frozenset(
        index_terms(names=[name, alias], initials=[initials], phones=[phone], texts=[places or ""])
    )


@lru_cache(maxsize=2048)
def _plain_terms(name: str, alias: str, _initials: str, phone: str, places: str | None) -> frozenset[str]:
    # No letters were typed, so no readings are asked for: the first of them loads their library for 0.2 s.
    return frozenset(index_terms(phones=[phone], texts=[name_key(name), name_key(alias), places or ""]))
