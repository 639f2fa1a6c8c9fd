"""Whole copies of a store file: written and proved."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desk import ids
from desk.models import cipher, problems


def write_copy(source: Any, target: Path, key: bytes) -> dict[str, int]:
    """Copy one state of the DB-API connection `source` to a new file and return the rows per table.

    All pages in one step: a stepwise backup starts again at every write of others, for ever.
    """
    source.execute("BEGIN")
    try:
        counts = count_rows(source)
        target.unlink(missing_ok=True)
        target.touch(mode=0o600)
        copied = cipher.connect(target, key, mode="rwc", wal=False)
        try:
            source.backup(copied, pages=-1)
            # The copy is one file that stands alone.
            copied.execute("PRAGMA journal_mode = DELETE")
        finally:
            copied.close()
    finally:
        source.execute("ROLLBACK")
    cipher.sync_file(target)
    return counts


def prove(path: Path, key: bytes, counts: Mapping[str, int]) -> None:
    """Open a copy as if it were needed, and find it encrypted, whole and complete.

    Raises:
        StoreProblem: it is not.
    """
    connection = cipher.connect(path, key, wal=False)
    try:
        with problems.explained():
            if not cipher.is_sound(connection) or count_rows(connection) != dict(counts):
                raise problems.damaged()
    finally:
        connection.close()


def count_rows(connection: Any) -> dict[str, int]:
    """Count the rows of every table but those inside the search index."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    plain = (name for (name,) in names if name == "search_hit" or not name.startswith(("search", "sqlite_")))
    return {name: _count(connection, name) for name in plain}


def _count(connection: Any, table: str) -> int:
    query = f'SELECT count(*) FROM "{table}"'  # noqa: S608 - the name comes from the file's own schema
    return int(connection.execute(query).fetchone()[0])


def settle(path: Path, key: bytes) -> None:
    """Bring what stands in the write-ahead log into the file itself, so that one rename moves everything.

    Raises:
        StoreProblem: another program uses the store, or it cannot be read.
    """
    connection = cipher.connect(path, key)
    try:
        with problems.explained():
            # Whoever holds the store open holds it for long: there is nothing to wait for.
            connection.execute("PRAGMA busy_timeout = 200")
            if connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                raise problems.busy()
    finally:
        connection.close()


def draw_incarnation(path: Path, key: bytes) -> None:
    """Make a restored file a new writer: `seq` starts again, made ops keep their ids (sync.md 2.6)."""
    connection = cipher.connect(path, key, wal=False)
    try:
        with problems.explained():
            connection.execute("UPDATE meta SET incarnation = ?, seq = 0", (ids.new_id(),))
    finally:
        connection.close()


def attachment_digests(path: Path, key: bytes) -> frozenset[str]:
    """Return the SHA-256 of every attachment whose file belongs to a store, void ones too.

    None in one that is older; those whose files are still on another PC of the station are left out.

    Raises:
        StoreProblem: it does not open with the key, or is damaged.
    """
    connection = cipher.connect(path, key, wal=False)
    try:
        with problems.explained():
            named = _column(connection, "attachment", "sha256")
            return frozenset(named - _column(connection, "awaited_file", "sha256") - {""})
    finally:
        connection.close()


def _column(connection: Any, table: str, column: str) -> set[str]:
    found = connection.execute("SELECT name FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    words = f"SELECT DISTINCT {column} FROM {table}"  # noqa: S608 - our own tables
    return {value for (value,) in connection.execute(words)} if found else set()
