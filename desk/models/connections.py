"""The open connections to a store's file: each block of work takes one, begun, and gives it back.

They stay open between blocks and are taken past SQLAlchemy's pool, whose way out and back, with a transaction
of the session around that of the connection, took three times as long as a short block itself.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Literal

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.pool import NullPool

from desk.models import cipher, columns, plain, recorder


class Connections:
    """Those of one store, for all threads; a block has its own as long as it lasts."""

    def __init__(self, path: Path, key: bytes, mode: Literal["rw", "rwc"] = "rw") -> None:
        """Args: as those of `cipher.connect`."""
        self._engine = _engine(path, key, mode)
        # The last used one first: its page cache is warm, and few stay open.
        self._idle: deque[Connection] = deque()
        self._closed = False

    @contextmanager
    def begun(self, *, writes: bool) -> Iterator[Connection]:
        """Give a connection in a transaction, which is committed at the end and rolled back on an exception.

        Raises:
            RuntimeError: something was changed where nothing may be (`writes` is False).
            TransactionGone: it is there no more at the end, so nothing that was written in it is stored.
        """
        connection = self._take()
        try:
            driver: Any = connection.connection.driver_connection
            # Past SQLAlchemy (docs/decisions/0008), which joins where it is needed (`RecordedSession`).
            driver.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
            before = driver.total_changes
            try:
                yield connection
            except BaseException:
                _take_back(connection, driver)
                raise
            if writes:
                _commit(connection, driver)
            else:
                _take_back(connection, driver)
                if driver.total_changes != before:
                    # SQLite's own `query_only` would forget every prepared statement each time it is
                    # switched, the index's too: that took as long as a save.
                    raise RuntimeError("a read block may change nothing")
        finally:
            self._give_back(connection)

    def close(self) -> None:
        """Close the file, for blocks still under way at their end."""
        self._closed = True
        with suppress(IndexError):
            while True:
                self._idle.pop().close()

    def _take(self) -> Connection:
        try:
            return self._idle.pop()
        except IndexError:
            return self._engine.connect()

    def _give_back(self, connection: Connection) -> None:
        driver: Any = None if connection.invalidated else connection.connection.driver_connection
        if self._closed or driver is None or driver.in_transaction:
            # Where taking back failed too, the driver is still in it: no other block can begin there.
            connection.close()
        else:
            self._idle.append(connection)
        if self._closed:
            # Meanwhile, by another thread that may not have seen this one.
            self.close()


def _engine(path: Path, key: bytes, mode: Literal["rw", "rwc"]) -> Engine:
    engine = create_engine(
        "sqlite://",
        creator=lambda: cipher.connect(path, key, mode=mode),
        module=sqlcipher,
        json_serializer=columns.json_text,
        poolclass=NullPool,
    )
    columns.teach(engine.dialect)
    recorder.guard(engine)
    return engine


def _commit(connection: Connection, driver: Any) -> None:
    try:
        if not driver.in_transaction:
            # Taken back by SQLite itself or by a flush that failed: a COMMIT would say nothing of it.
            raise plain.TransactionGone
        if connection.in_transaction():
            connection.commit()
        else:
            driver.commit()
    except BaseException:
        _take_back(connection, driver)
        raise


def _take_back(connection: Connection, driver: Any) -> None:
    if connection.get_transaction() is not None:
        connection.rollback()
    if driver.in_transaction:
        driver.rollback()
