"""Fills the search index in the same block as the record, so that what was saved is found at once.

A row's number is its event time (ms) and a counter: number order is time order (`models/search.py`). Each
term carries the letter of its shelf in front (u王三, v路灯, nd0312), so that one index answers for people,
visits and numbers apart, each newest first, without looking at what belongs to the others.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from operator import itemgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal

from sqlalchemy import Select, Text, bindparam, column, insert, table, text
from sqlalchemy.orm import Session as Rows

from desk.models import plain
from desk.models.base import Synced
from desk.models.matter import Matter
from desk.models.person import Person
from desk.models.search import SearchHit
from desk.models.visit import Visit
from desk.rules.grams import end_term, index_terms, query_terms

if TYPE_CHECKING:
    from desk.services.index_lines import MatterLine, PersonLine, VisitLine

Shelf = Literal["person", "visit", "number", "case", "consultation"]
"""Where to look: people; visits by name, phone and words; visits by their printed and spoken numbers;
mediations and consultations, where only those with the right to them ever look."""

Picked = Select[*tuple[Any, ...]]
"""A query of some columns."""

_LETTERS: Final = MappingProxyType(
    {"person": "u", "visit": "v", "number": "n", "case": "m", "consultation": "c"}
)
_COUNTER_BITS = 12
_FIND = "SELECT row FROM search_hit WHERE noun = ? AND record_id = ?"
# Where the millisecond is full, the next number that is free.
_TAKE_ROW = (
    "INSERT INTO search_hit (row, noun, record_id) SELECT CASE max(row) WHEN ?4 THEN (SELECT h.row + 1"
    " FROM search_hit h WHERE h.row >= ?4 AND NOT EXISTS (SELECT 1 FROM search_hit n"
    " WHERE n.row = h.row + 1) ORDER BY h.row LIMIT 1) ELSE coalesce(max(row) + 1, ?1) END, ?2, ?3"
    " FROM search_hit WHERE row BETWEEN ?1 AND ?4 RETURNING row"
)
_PUT = "INSERT OR REPLACE INTO search (rowid, terms) VALUES (?, ?)"
_FTS = table("search", column("rowid"))
_MATCHES = text("search MATCH :match").bindparams(bindparam("match", type_=Text))
_HITS = _FTS.join(SearchHit, SearchHit.row == _FTS.c.rowid)
_NEWEST = (
    "SELECT search_hit.record_id FROM search JOIN search_hit ON search_hit.row = search.rowid"
    " WHERE search MATCH ? ORDER BY search.rowid DESC LIMIT ?"
)


def index_visit(
    rows: Rows, visit: Visit, matter: Matter, companions: Iterable[str] = (), linked: str = ""
) -> None:
    """Index a visit: names, phone, identity number, words of its matter, its numbers.

    `linked` is the number of the proposal, mediation or consultation that came of it.
    """
    at = visit.received_at or visit.arrived_at
    if at is not None:
        put(rows, "visit", visit.record_id, at, visit_terms(visit, matter, companions, linked))


def visit_terms(
    visit: "Visit | VisitLine",
    matter: "Matter | MatterLine",
    companions: Iterable[str] = (),
    linked: str = "",
) -> list[str]:
    """Return what a visit is found by; it needs no store."""
    words = (matter.statement, matter.request, matter.deputy_view, matter.answer_text)
    terms = index_terms(
        names=[visit.name_told, *companions],
        phones=[visit.phone_told],
        id_numbers=[visit.id_no_told],
        texts=[matter.subject, matter.category, visit.address_told, visit.grid_told, *words],
    )
    numbers = index_terms(numbers=[visit.number, visit.spoken, linked])
    return _on("visit", terms) + _on("number", numbers)


def index_person(rows: Rows, person: Person, at: datetime) -> None:
    """Index a person by name, typed initials, phone, identity number and address."""
    put(rows, "person", person.record_id, at, person_terms(person))


def person_terms(person: "Person | PersonLine") -> list[str]:
    """Return what a person is found by; it needs no store."""
    terms = index_terms(
        names=[person.name, person.alias],
        initials=[person.name_initials],
        phones=[person.phone],
        id_numbers=[person.id_no],
        texts=[person.address, person.grid],
    )
    return _on("person", terms)


def case_terms(
    *,
    numbers: Iterable[str],
    names: Iterable[str],
    phones: Iterable[str],
    id_numbers: Iterable[str],
    texts: Iterable[str],
    shelf: Literal["case", "consultation"] = "case",
) -> list[str]:
    """Return what a mediation or consultation is found by; it needs no store."""
    terms = index_terms(names=names, phones=phones, numbers=numbers, id_numbers=id_numbers, texts=texts)
    return _on(shelf, terms)


def put(rows: Rows, noun: str, record_id: str, at: datetime, terms: Iterable[str]) -> None:
    """Index one record under its event time, in place of what stood there before."""
    # Plain statements: this is in the way of every save, and SQLAlchemy takes longer than SQLite here.
    found = _row_of(rows, noun, record_id)
    first = first_row(at)
    if found is not None and found >> _COUNTER_BITS != first >> _COUNTER_BITS:
        _take_out(rows, found)
        found = None
    if found is None:
        last = first + (1 << _COUNTER_BITS) - 1
        found = plain.write(rows, _TAKE_ROW, (first, noun, record_id, last))[0][0]
    plain.write(rows, _PUT, (found, " ".join(terms)))


def put_new(rows: Rows, entries: Sequence[tuple[int, str, str, str]]) -> None:
    """Index many new records at once: (row number, noun, record id, terms with blanks between)."""
    hits = [{"row": row, "noun": noun, "record_id": record_id} for row, noun, record_id, _terms in entries]
    rows.execute(insert(SearchHit), hits)
    plain.write_many(rows, _PUT, [(entry[0], entry[3]) for entry in entries])


def first_row(at: datetime) -> int:
    """Return the smallest row number of a moment; 4096 records of one millisecond have room."""
    return int(at.timestamp() * 1000) << _COUNTER_BITS


def moment_of(row: int) -> datetime:
    """Return the moment a row number stands for."""
    return datetime.fromtimestamp((row >> _COUNTER_BITS) / 1000, UTC).astimezone()


def drop(rows: Rows, noun: str, record_id: str) -> None:
    """Take a record out of the index."""
    found = _row_of(rows, noun, record_id)
    if found is not None:
        _take_out(rows, found)


def newest(rows: Rows, typed: str, shelf: Shelf, limit: int) -> tuple[str, ...]:
    """Return the newest records of a shelf that match everything typed; () if there is nothing to find."""
    return tuple(each_newest(rows, typed, shelf, limit))


def each_newest(rows: Rows, typed: str, shelf: Shelf, limit: int, end: str = "") -> Iterator[str]:
    """Yield them one by one, in a block that only reads: no more are looked for than are taken."""
    match = matching(typed, shelf, end)
    return _ids(rows, match, limit) if match else iter(())


def newest_like(rows: Rows, typed: str, shelf: Shelf, limit: int) -> tuple[str, ...]:
    """Return the newest records of a shelf that share at least one pair of characters with what was typed."""
    pairs = [term for term in query_terms(typed) if len(term) > 1]
    return tuple(_ids(rows, _joined(" OR ", pairs, shelf), limit)) if pairs else ()


def matching(typed: str, shelf: Shelf, end: str = "") -> str:
    """Return the index's own question for what was typed; "" if there is nothing to find.

    `end` (`grams.code_end`) leaves only what has a phone or number that ends in the last three of it: of four
    digits and more nearly all the others have them in the middle.
    """
    terms = query_terms(typed)
    if shelf == "number" and not all(term.startswith("d") for term in terms):
        # Under a number stand its digits only.
        return ""
    return _joined(" AND ", (*terms, end_term(end)) if end else terms, shelf)


def led_by_index(query: Picked, target: type[Synced]) -> Picked:
    """Join a query on a record's table to the index, which leads: what matches `:match`, newest first."""
    joined = _HITS.join(target, target.record_id == SearchHit.record_id)
    return query.select_from(joined).where(_MATCHES).order_by(_FTS.c.rowid.desc())


def _ids(rows: Rows, match: str, limit: int) -> Iterator[str]:
    return map(itemgetter(0), plain.each(rows, _NEWEST, (match, limit)))


def _on(shelf: Shelf, terms: Iterable[str]) -> list[str]:
    letter = _LETTERS[shelf]
    return [letter + term for term in terms]


def _joined(sign: str, terms: Iterable[str], shelf: Shelf) -> str:
    return sign.join(f'"{term}"' for term in _on(shelf, terms))


def _row_of(rows: Rows, noun: str, record_id: str) -> int | None:
    found = plain.ask(rows, _FIND, (noun, record_id))
    return found[0][0] if found else None


def _take_out(rows: Rows, row: int) -> None:
    plain.write(rows, "DELETE FROM search_hit WHERE row = ?", (row,))
    plain.write(rows, "DELETE FROM search WHERE rowid = ?", (row,))
