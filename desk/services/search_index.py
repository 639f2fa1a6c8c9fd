"""Fills the search index in the same block as the record, so that what was saved is found at once.

A row's number is its event time (ms) and a counter: number order is time order (`models/search.py`).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, func, insert, select, text
from sqlalchemy.orm import Session as Rows

from desk.models.matter import Matter
from desk.models.person import Person
from desk.models.search import SearchHit
from desk.models.visit import Visit
from desk.rules.grams import index_terms, query_terms

_COUNTER_BITS = 12
_INSERT = text("INSERT INTO search (rowid, terms) VALUES (:row, :terms)")
_DELETE = text("DELETE FROM search WHERE rowid = :row")
_MATCH = text(
    "SELECT search_hit.record_id FROM search JOIN search_hit ON search_hit.row = search.rowid"
    " WHERE search MATCH :match AND search_hit.noun = :noun ORDER BY search.rowid DESC LIMIT :limit"
)


def index_visit(rows: Rows, visit: Visit, matter: Matter, companions: Iterable[str] = ()) -> None:
    """Index a visit: names, phone, numbers, identity number, subject and the words of its matter."""
    words = (matter.statement, matter.request, matter.deputy_view, matter.answer_text)
    terms = index_terms(
        names=[visit.name_told, *companions],
        phones=[visit.phone_told],
        numbers=[visit.number, visit.spoken],
        id_numbers=[visit.id_no_told],
        texts=[matter.subject, matter.category, visit.address_told, visit.grid_told, *words],
    )
    at = visit.received_at or visit.arrived_at
    if at is not None:
        put(
            rows,
            SearchHit(
                row=0,
                noun="visit",
                record_id=visit.record_id,
                title=visit.name_told,
                subtitle=matter.subject,
                words="\n".join(filter(None, (visit.number, matter.statement, matter.request))),
                safety=visit.safety,
            ),
            at,
            terms,
        )


def index_person(rows: Rows, person: Person, at: datetime) -> None:
    """Index a person by name, typed initials, phone and identity number."""
    terms = index_terms(
        names=[person.name, person.alias],
        initials=[person.name_initials],
        phones=[person.phone],
        id_numbers=[person.id_no],
        texts=[person.address, person.grid],
    )
    hit = SearchHit(
        row=0,
        noun="person",
        record_id=person.record_id,
        title=person.name,
        subtitle=person.address,
        words=person.phone,
    )
    put(rows, hit, at, terms)


def put(rows: Rows, hit: SearchHit, at: datetime, terms: Sequence[str]) -> None:
    """Index one record under its event time, in place of what stood there before."""
    drop(rows, hit.noun, hit.record_id)
    row = _free_row(rows, at)
    values = {
        "row": row,
        "noun": hit.noun,
        "record_id": hit.record_id,
        "title": hit.title,
        "subtitle": hit.subtitle,
        "words": hit.words,
        "safety": hit.safety,
    }
    rows.execute(insert(SearchHit), [values])
    rows.execute(_INSERT, {"row": row, "terms": " ".join(terms)})


def drop(rows: Rows, noun: str, record_id: str) -> None:
    """Take a record out of the index."""
    found = select(SearchHit.row).where(SearchHit.noun == noun, SearchHit.record_id == record_id)
    for row in rows.scalars(found).all():
        rows.execute(delete(SearchHit).where(SearchHit.row == row))
        rows.execute(_DELETE, {"row": row})


def newest(rows: Rows, typed: str, noun: str, limit: int) -> tuple[str, ...]:
    """Return the newest records of a noun that match everything typed; () if there is nothing to find."""
    return _matching(rows, query_terms(typed), " AND ", noun, limit)


def newest_like(rows: Rows, typed: str, noun: str, limit: int) -> tuple[str, ...]:
    """Return the newest records of a noun that share at least one pair of characters with what was typed."""
    pairs = tuple(term for term in query_terms(typed) if len(term) > 1)
    return _matching(rows, pairs, " OR ", noun, limit)


def _matching(rows: Rows, terms: Sequence[str], joined: str, noun: str, limit: int) -> tuple[str, ...]:
    if not terms:
        return ()
    match = joined.join(f'"{term}"' for term in terms)
    return tuple(rows.scalars(_MATCH, {"match": match, "noun": noun, "limit": limit}))


def _free_row(rows: Rows, at: datetime) -> int:
    first = int(at.timestamp() * 1000) << _COUNTER_BITS
    last = first + (1 << _COUNTER_BITS) - 1
    taken = rows.scalar(select(func.max(SearchHit.row)).where(SearchHit.row.between(first, last)))
    return first if taken is None else taken + 1
