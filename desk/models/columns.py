"""Columns of the typed tables, a maker per codec. All are nullable: a pulled row may lack a field."""

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

import orjson
from sqlalchemy import JSON, Column, DateTime, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import MappedColumn, mapped_column
from sqlalchemy.types import TypeDecorator

from desk.wire.codecs import instant_text

# Dates and the like have columns of their own; inside JSON they are a slip of ours.
_OWN_KINDS: Final = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS
_LONG_WAY: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Instant(TypeDecorator[datetime]):
    """An aware moment as ISO text to the millisecond; within one UTC offset text order is time order."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Write the moment; a naive one raises WireError."""
        del dialect
        return None if value is None else instant_text(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Read the moment back, aware."""
        del dialect
        return None if value is None else datetime.fromisoformat(value)


class Day(TypeDecorator[date]):
    """A date as ISO text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """Write the date."""
        del dialect
        return None if value is None else value.isoformat()

    def process_result_value(self, value: Any | None, dialect: Dialect) -> date | None:
        """Read the date back."""
        del dialect
        return None if value is None else date.fromisoformat(value)


# A thousand columns share them: a type of its own costs a column half a kilobyte, more once it is used.
_TEXT, _INSTANT, _DAY, _JSON = Text(), Instant(), Day(), JSON()


class _UntypedInstant(DateTime):
    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], str | None]:
        del dialect
        return lambda value: None if value is None else instant_text(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[str | None], datetime | None]:
        del dialect, coltype
        return lambda value: None if value is None else datetime.fromisoformat(value)


def teach(dialect: Dialect) -> None:
    """Let a moment without its column's type, as in `tuple_(at, id)`, be written like the columns are.

    SQLite's own way has a space for the T and no offset: the comparison would be wrong without a word.
    """
    dialect.colspecs = {**dialect.colspecs, DateTime: _UntypedInstant}


def reader(column: Column[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    """Return what makes a column's value of what SQLite keeps, where that is not NULL; None if nothing must.

    It is the same that SQLAlchemy makes, by the last of its steps alone.
    """
    kind = column.type
    if isinstance(kind, Instant):
        return datetime.fromisoformat
    if isinstance(kind, Day):
        return date.fromisoformat
    if isinstance(kind, JSON):
        return _map_of
    made: Callable[[Any], Any] | None = kind.dialect_impl(dialect).result_processor(dialect, None)
    return made


def _map_of(text: str) -> Any:
    # Nearly every `extra` is empty.
    return {} if text == "{}" else json.loads(text)


def json_text(value: Any) -> str:
    """Write the value of a JSON column: compact, Chinese words as they are.

    Escaped they would take twice the room, and the shadow holds every one. orjson takes a tenth of the time;
    what it will not write, such as half a surrogate pair, goes the long way.
    """
    try:
        return orjson.dumps(value, option=_OWN_KINDS).decode()
    except orjson.JSONEncodeError:
        return _LONG_WAY(value)


def text() -> MappedColumn[str]:
    """Make a column of words, a code or an id."""
    return mapped_column(_TEXT, default="", nullable=True)


def state() -> MappedColumn[str]:
    """Make a column of class E or F: the op says what it was before, so the old value is always loaded."""
    return mapped_column(_TEXT, default="", nullable=True, active_history=True)


def whole() -> MappedColumn[int]:
    """Make a column of whole numbers."""
    return mapped_column(default=0, nullable=True)


def flag() -> MappedColumn[bool]:
    """Make a column of yes or no."""
    return mapped_column(default=False, nullable=True)


def day() -> MappedColumn[date | None]:
    """Make a column of dates."""
    return mapped_column(_DAY, default=None, nullable=True)


def moment() -> MappedColumn[datetime | None]:
    """Make a column of aware moments."""
    return mapped_column(_INSTANT, default=None, nullable=True)


def small_map() -> MappedColumn[dict[str, Any]]:
    """Make a local JSON column. Assign a new dict to change it: changes inside are not seen."""
    return mapped_column(_JSON, default_factory=dict, nullable=True)
