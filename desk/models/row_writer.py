"""Writes the synced rows of a flush by plain statements, prepared once a table.

SQLAlchemy's unit of work, which sorts, groups and compares anew at each flush, takes several times as long as
SQLite itself. What is stored is the same to the byte: each value goes through its column's own type.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Session

from desk import ids
from desk.models import plain
from desk.models.base import Row, Synced

_Binder = Callable[[Any], Any]


@dataclass(frozen=True)
class _Plan:
    """How rows of one table are written."""

    table: str
    binders: dict[str, _Binder | None]
    defaults: dict[str, Any]
    insert: str

    def values(self, row: Synced, names: Iterable[str]) -> tuple[Any, ...]:
        """Return the values of some columns as the driver takes them."""
        stands, binders = row.__dict__, self.binders
        return tuple(
            [stands[name] if (binder := binders[name]) is None else binder(stands[name]) for name in names]
        )


def new(table: type[Row], **values: Any) -> Row:
    """Make a row as its constructor does, without SQLAlchemy's event for each of its columns.

    Raises:
        TypeError: no column of the table has this name.
    """
    maker, defaults = _maker(table)
    if not defaults.keys() >= values.keys():
        raise TypeError(f"{table.__name__} has not all of {', '.join(values)}")
    row: Row = maker()
    row.__dict__.update({**defaults, "record_id": ids.new_id(), "field_op": {}, "extra": {}, **values})
    return row


def insert(session: Session, rows: Iterable[Synced]) -> None:
    """Insert new rows, in their order within each table."""
    dialect = _dialect(session)
    by_table: dict[type[Synced], list[Synced]] = {}
    for row in rows:
        by_table.setdefault(type(row), []).append(row)
    for table, together in by_table.items():
        plan = _plan(table, dialect)
        for row in together:
            # What nobody has set is not in the row's dict yet; once stored it is.
            row.__dict__.update(plan.defaults | row.__dict__)
        stored = [plan.values(row, plan.binders) for row in together]
        plain.write_many(session, plan.insert, stored)


def update(session: Session, row: Synced, names: Sequence[str]) -> None:
    """Store what some columns of a row hold now; an index on other columns is not touched."""
    plan = _plan(type(row), _dialect(session))
    words = _update_words(plan.table, tuple(names))
    plain.write(session, words, (*plan.values(row, names), row.record_id))


def _dialect(session: Session) -> Dialect:
    assert session.bind is not None, "a session of a block has its connection"
    return session.bind.dialect


@lru_cache(maxsize=256)
def _maker(table: type[Synced]) -> tuple[Callable[[], Any], dict[str, Any]]:
    mapper = inspect(table)
    return mapper.class_manager.new_instance, _defaults(mapper.local_table.columns)


def _defaults(columns: Iterable[Any]) -> dict[str, Any]:
    return {
        column.name: column.default.arg if column.default is not None and column.default.is_scalar else None
        for column in columns
    }


@lru_cache(maxsize=256)
def _plan(table: type[Synced], dialect: Dialect) -> _Plan:
    columns = inspect(table).local_table.columns
    binders = {column.name: column.type.dialect_impl(dialect).bind_processor(dialect) for column in columns}
    name = str(inspect(table).local_table.description)
    listed, marks = ", ".join(binders), ", ".join("?" * len(binders))
    words = f"INSERT INTO {name} ({listed}) VALUES ({marks})"  # noqa: S608 - names of our own tables
    return _Plan(name, binders, _defaults(columns), words)


@lru_cache(maxsize=512)
def _update_words(table: str, names: tuple[str, ...]) -> str:
    changes = ", ".join(f"{name} = ?" for name in names)
    return f"UPDATE {table} SET {changes} WHERE record_id = ?"  # noqa: S608 - names of our own tables
