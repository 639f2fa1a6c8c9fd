"""Reads one synced row by plain words, for the verbs that begin with one.

SQLAlchemy's own load is made for any question and any shape of answer; after a pause, when none of it is in
the processor's cache, it takes as long as the rest of a save. The row is the session's like any other: it is
there once, and what changes on it leaves an op.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Session

from desk.models import columns as column_kinds
from desk.models import plain
from desk.models.base import Row, Synced
from desk.models.row_states import RowKeeping, key_of

_BY_ID = "record_id = ?"


@dataclass(frozen=True)
class _Plan:
    """How rows of one table are read: words before WHERE, columns, and what SQLite has no kind for.

    `empty` makes an instance that nothing is known of.
    """

    words: str
    names: tuple[str, ...]
    makers: tuple[tuple[str, Callable[[Any], Any]], ...]
    empty: Callable[[], Any]


def get(rows: Session, table: type[Row], record_id: str) -> Row | None:
    """Return the row of an id, void or not; None if there is none."""
    return first(rows, table, _BY_ID, (record_id,))


def first(rows: Session, table: type[Row], where: str, values: Sequence[Any]) -> Row | None:
    """Return the first row that answers the words after WHERE; nothing pending is flushed before."""
    assert isinstance(rows, RowKeeping), "a session of a block keeps rows by itself"
    assert rows.bind is not None, "and has its connection"
    plan = _plan(table, rows.bind.dialect)
    found = plain.ask(rows, f"{plan.words} {where} LIMIT 1", values)
    if not found:
        return None
    named = dict(zip(plan.names, found[0], strict=True))
    key = key_of(table)((named["record_id"],))
    known = rows.identity_map.get(key)
    if isinstance(known, table):
        # What the block has changed on it stands.
        return known
    for name, maker in plan.makers:
        if named[name] is not None:
            named[name] = maker(named[name])
    row: Row = plan.empty()
    row.__dict__.update(named)
    # All it has is there and nothing changed yet: with its key it is one that was read.
    rows.take_over(row, key)
    return row


@lru_cache(maxsize=256)
def _plan(table: type[Synced], dialect: Dialect) -> _Plan:
    mapper = inspect(table)
    columns = mapper.local_table.columns
    names = tuple(column.name for column in columns)
    readers = ((column.name, column_kinds.reader(column, dialect)) for column in columns)
    makers = tuple((name, maker) for name, maker in readers if maker is not None)
    whole = str(mapper.local_table.description)
    words = f"SELECT {', '.join(names)} FROM {whole} WHERE"  # noqa: S608 - names of our own tables
    return _Plan(words, names, makers, mapper.class_manager.new_instance)
