"""Fills the search index for many records at once: what a round has brought.

One by one, as after a save (`search_index.put`), three statements a record are most of the time. And FTS5
writes what it holds to disk whenever a row number is lower than the one before: here they go up.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import orjson
from sqlalchemy.orm import Session as Rows

from desk.models import plain
from desk.services.search_index import first_row

_COUNTER_BITS = 12
_STANDS: Final = (
    "SELECT record_id, row FROM search_hit WHERE noun = ? AND record_id IN (SELECT value FROM json_each(?))"
)
_LAST: Final = (
    "SELECT value, (SELECT max(row) FROM search_hit WHERE row BETWEEN value AND value + 4095)"
    " FROM json_each(?)"
)
_STANDS_AT: Final = "SELECT 1 FROM search_hit WHERE row = ?"
_FREE: Final = (
    "SELECT row + 1 FROM search_hit h WHERE row >= ?"
    " AND NOT EXISTS (SELECT 1 FROM search_hit n WHERE n.row = h.row + 1) ORDER BY row LIMIT 1"
)
_TAKE_OUT: Final = ("DELETE FROM search_hit WHERE row = ?", "DELETE FROM search WHERE rowid = ?")
_PUT_HIT: Final = "INSERT INTO search_hit (row, noun, record_id) VALUES (?, ?, ?)"
_PUT_TERMS: Final = "INSERT OR REPLACE INTO search (rowid, terms) VALUES (?, ?)"


@dataclass(frozen=True, slots=True)
class Entry:
    """One record to index: under which event time, and its terms with their shelves, blanks between them.

    One text: hundreds of words, kept until all are written, take ten times the room.
    """

    record_id: str
    at: datetime
    terms: str


def put(rows: Rows, noun: str, entries: Sequence[Entry]) -> None:
    """Index records of one noun, each once, in place of what stood there before."""
    if not entries:
        return
    stands = places(rows, noun, [each.record_id for each in entries])
    kept, gone, fresh = [], [], []
    for each in entries:
        first, row = first_row(each.at), stands.get(each.record_id)
        if row is not None and row >> _COUNTER_BITS == first >> _COUNTER_BITS:
            kept.append((row, each))
            continue
        if row is not None:
            gone.append((row,))
        fresh.append((first, each))
    if gone:
        for words in _TAKE_OUT:
            plain.write_many(rows, words, gone)
    placed = _placed(rows, fresh)
    plain.write_many(rows, _PUT_HIT, [(row, noun, each.record_id) for row, each in placed])
    listed = sorted([*kept, *placed], key=lambda pair: pair[0])
    plain.write_many(rows, _PUT_TERMS, [(row, each.terms) for row, each in listed])


def places(rows: Rows, noun: str, record_ids: Sequence[str]) -> Mapping[str, int]:
    """Return under which row numbers records stand in the index; one that does not stand there has none."""
    return dict(plain.ask(rows, _STANDS, (noun, orjson.dumps(record_ids).decode())))


def _placed(rows: Rows, fresh: Sequence[tuple[int, Entry]]) -> list[tuple[int, Entry]]:
    """Give each a row number of its millisecond behind those that are taken.

    One whose millisecond is full gets the next number that is free: a moment too late is found, none is not.
    """
    firsts = sorted({first for first, _entry in fresh})
    last = dict(plain.ask(rows, _LAST, (orjson.dumps(firsts).decode(),)))
    following = {first: last[first] + 1 if last[first] is not None else first for first in firsts}
    placed, beyond = [], []
    for first, entry in fresh:
        if following[first] >> _COUNTER_BITS == first >> _COUNTER_BITS:
            placed.append((following[first], entry))
            following[first] += 1
        else:
            beyond.append((first, entry))
    taken = {row for row, _entry in placed}
    for first, entry in beyond:
        following[first] = _free(rows, following[first], taken)
        taken.add(following[first])
        placed.append((following[first], entry))
    placed.sort(key=lambda pair: pair[0])
    return placed


def _free(rows: Rows, row: int, taken: Container[int]) -> int:
    """Return the first row number from this one on that stands neither in the index nor among the taken."""
    while True:
        if plain.ask(rows, _STANDS_AT, (row,)):
            row = plain.ask(rows, _FREE, (row,))[0][0]
        if row not in taken:
            return row
        row += 1
