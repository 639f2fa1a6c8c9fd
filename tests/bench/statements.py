"""What a store writes, noted while it does, and the same statements sent raw to another store."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any

from sqlalchemy import Connection, event

from desk.models import connections, plain
from desk.models.store import Store

_WRITES = ("INSERT", "UPDATE", "DELETE")
Statement = tuple[str, Any, bool]
_BLOCK = "COMMIT"


@contextmanager
def noted(store: Store) -> Iterator[list[Statement]]:
    """Note every writing statement of a store with its values, and where its blocks end."""
    made: list[Statement] = []

    def note(_c: object, _cursor: object, words: str, values: Any, _context: object, many: bool) -> None:
        if words.startswith(_WRITES):
            made.append((words, values, many))

    write, write_many, commit = plain.write, plain.write_many, connections._commit

    def one(rows: Any, words: str, values: Any = ()) -> list[tuple[Any, ...]]:
        made.append((words, values, False))
        return write(rows, words, values)

    def many(rows: Any, words: str, values: Any) -> None:
        made.append((words, values, True))
        write_many(rows, words, values)

    def end(connection: Connection, driver: object) -> None:
        if made and made[-1][0] != _BLOCK:
            made.append((_BLOCK, (), False))
        commit(connection, driver)

    event.listen(store._connections._engine, "before_cursor_execute", note)
    plain.write, plain.write_many, connections._commit = one, many, end
    try:
        yield made
    finally:
        plain.write, plain.write_many, connections._commit = write, write_many, commit
        event.remove(store._connections._engine, "before_cursor_execute", note)


def replay(connection: Any, statements: list[Statement]) -> None:
    """Send them again, each block in a transaction of its own."""
    cursor = connection.cursor()
    begun = False
    for words, values, many in statements:
        if not begun:
            cursor.execute("BEGIN IMMEDIATE")
        begun = words != _BLOCK
        if many:
            cursor.executemany(words, values)
        else:
            cursor.execute(words, values).fetchall()
    if begun:
        cursor.execute(_BLOCK)


def replayed(store: Store, statements: list[Statement]) -> float:
    """Send them to a store over a connection of their own and return the seconds."""
    connection = store.connect()
    began = perf_counter()
    replay(connection, statements)
    took_s = perf_counter() - began
    connection.close()
    return took_s
