"""Statements in plain words, past SQLAlchemy: for what stands in the way of every save and every keystroke.

There a dozen short ones follow each other, and what SQLAlchemy adds to each is several times what SQLite
needs for it. Values come as SQLite keeps them: moments and days as ISO text, yes and no as 1 and 0.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

DRIVER = "plain_driver"
"""Where a session keeps its DB-API connection."""


class TransactionGone(RuntimeError):
    """The block's transaction was taken back before its end: nothing of the block is stored nor may be."""

    def __init__(self) -> None:
        super().__init__("the block's transaction is gone")


@dataclass(frozen=True)
class Question:
    """A query that SQLAlchemy has put into words once: it takes longer to make them than to answer.

    `names` are its values in their order, `known` those it brings along, `line` makes a row of the answer.
    """

    words: str
    names: tuple[str, ...]
    known: Mapping[str, Any]
    line: Callable[[Iterable[Any]], Any]


def question(query: Select[*tuple[Any, ...]], *names: str) -> Question:
    """Put a query into words. `names` are the values that each asking gives; all must be words or numbers."""
    whole = query.params(dict.fromkeys(names))
    made = whole.compile(dialect=sqlite.dialect()).construct_expanded_state()
    columns = [column.key or "" for column in query.selected_columns]
    line: Any = namedtuple("line", columns, rename=True)  # type: ignore[misc]  # noqa: PYI024 - as asked
    return Question(made.statement, tuple(made.positiontup or ()), made.parameters, line._make)


def answer(rows: Session, asked: Question, **values: Any) -> list[Any]:
    """Return the rows that answer a question, their values under the names of the columns."""
    return list(answers(rows, asked, **values))


def answers(rows: Session, asked: Question, **values: Any) -> Iterator[Any]:
    """Yield the rows that answer a question, one by one: SQLite finds no more than are taken (`each`)."""
    given = {**asked.known, **values}
    return map(asked.line, each(rows, asked.words, [given[name] for name in asked.names]))


def ask(rows: Session, words: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
    """Return all rows that answer a SELECT in the caller's block; what is pending is not flushed first."""
    found: list[tuple[Any, ...]] = _driver(rows).execute(words, values).fetchall()
    return found


def each(rows: Session, words: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the rows that answer a SELECT, one by one, in a block that only reads.

    For the first of many: each row that nobody takes is one SQLite does not look for. What is left over ends
    with the block.
    """
    found: Iterator[tuple[Any, ...]] = _driver(rows).execute(words, values)
    return found


def write(rows: Session, words: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Send one writing statement in the caller's block and return what it is RETURNING.

    Raises:
        TransactionGone: outside a transaction it would be stored at once, whatever becomes of the block.
    """
    driver = _driver(rows)
    if not driver.in_transaction:
        raise TransactionGone
    found: list[tuple[Any, ...]] = driver.execute(words, values).fetchall()
    return found


def write_many(rows: Session, words: str, values: Sequence[Sequence[Any]]) -> None:
    """Send one writing statement for many rows. Raises TransactionGone, as `write` does."""
    driver = _driver(rows)
    if not driver.in_transaction:
        raise TransactionGone
    driver.executemany(words, values)


def ask_lists(rows: Session, words: str, lists: Mapping[str, Sequence[str]]) -> list[tuple[Any, ...]]:
    """Ask with lists of ids where the words say `IN ({name})`.

    The ids are written out one by one: for a single one `json_each` takes ten times as long as all the rest.
    """
    marks: dict[str, str] = {}
    values: dict[str, str] = {}
    for name, ids in lists.items():
        named = {f"{name}{place}": each for place, each in enumerate(ids)}
        marks[name] = ",".join(f":{each}" for each in named)
        values |= named
    return ask(rows, words.format_map(marks), values)


def _driver(rows: Session) -> Any:
    driver = rows.info.get(DRIVER)
    if driver is None:
        driver = rows.info[DRIVER] = rows.connection().connection.driver_connection
    return driver
