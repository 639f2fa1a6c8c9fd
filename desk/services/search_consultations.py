"""Consultations found while typing, for lawyer and head only: their words reach nobody else (FL-12)."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session as Rows

from desk.models import plain
from desk.models.consultation import Consultation
from desk.models.plain import Question
from desk.rules.consultation_codes import category_words
from desk.rules.marks import Mark, marks
from desk.services import search_ends, search_index
from desk.services.consultation.access import Reader, listed
from desk.services.consultation.rows import split

_BETWEEN = " · "
_SNIPPET = 28
_LEAD = 8
_COLUMNS = (
    *(Consultation.record_id, Consultation.number, Consultation.state, Consultation.consulted_at),
    *(Consultation.name_told, Consultation.identity_refused, Consultation.registrar_id),
    *(Consultation.topic, Consultation.question, Consultation.answer),
)


def matching(rows: Rows, typed: str, limit: int, end: str = "") -> Iterator[str]:
    """Yield the ids of the newest that match everything typed; with `end` those that end so."""
    if not end:
        return search_index.each_newest(rows, typed, "consultation", limit)
    found = search_index.each_newest(rows, typed, "consultation", search_ends.UNCOUNTED, end)
    return search_ends.consultations(rows, found, end)


def lines(
    rows: Rows, reader: Reader, ids: Sequence[str], typed: str
) -> tuple[tuple[str, str, str, tuple[Mark, ...]], ...]:
    """Return (id, title, subtitle, marks) in the order of `ids`, by the reader's rights."""
    asked = _question(reader)
    # One by one: they are few, and the words stay the same.
    found = (line for each in ids for line in plain.answer(rows, asked, record_id=each))
    return tuple(_line(row, reader, typed) for row in found)


@lru_cache(maxsize=16)
def _question(reader: Reader) -> Question:
    """Return a reader's question for one consultation, made once: it is in the way of every keystroke."""
    query = select(*_COLUMNS).where(Consultation.record_id == bindparam("record_id"), listed(reader))
    return plain.question(query, "record_id")


def _line(row: Any, reader: Reader, typed: str) -> tuple[str, str, str, tuple[Mark, ...]]:
    """Show name and question; where only the answer or the number matches, the words around it."""
    name = reader.name(row)
    title = _BETWEEN.join(filter(None, (name, _short(row.question, typed))))
    shown = marks(title, typed, name=name)
    if not shown and marks(row.number, typed):
        title = _BETWEEN.join((row.number, name))
        shown = marks(title, typed)
    if not shown and marks(row.answer, typed):
        title = _BETWEEN.join((name, _short(row.answer, typed)))
        shown = marks(title, typed, name=name)
    day = (row.consulted_at or "")[:10]
    subtitle = _BETWEEN.join(filter(None, (day, row.number, category_words(split(row.topic)))))
    return row.record_id, title, subtitle, shown


def _short(words: str, typed: str) -> str:
    """Return the piece of a text around the first match, or its beginning."""
    flat = " ".join(words.split())
    found = marks(flat, typed)
    start = max(0, found[0][0] - _LEAD) if found else 0
    end = start + _SNIPPET
    return ("…" if start else "") + flat[start:end] + ("…" if end < len(flat) else "")
