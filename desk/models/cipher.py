"""The one place that opens a store file, and makes sure that it really is encrypted."""

import os
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

import sqlcipher3.dbapi2 as sqlcipher

from desk.errors import StoreProblem
from desk.models import problems
from desk.text import _
from desk.wire.codecs import instant_text

KEY_BYTES = 32
_PAGE = 4096
_PLAIN_HEADER = b"SQLite format 3\x00"
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    # Synced rows arrive in any order (sync.md): a foreign key could refuse one.
    "foreign_keys = OFF",
    "busy_timeout = 5000",
    "cache_size = -32000",
    # Saves go into a file of their own first. Left to SQLite, one save in a dozen moves the last thousand
    # pages into the main file, which takes long; `Store.tidy` does it while nobody waits.
    "wal_autocheckpoint = 4000",
    # Sorting must never spill words into a plain temporary file.
    "temp_store = MEMORY",
)

# A moment in a statement of plain words must not be written in the driver's own way, which sorts differently.
sqlcipher.register_adapter(datetime, instant_text)
sqlcipher.register_adapter(date, date.isoformat)


def connect(path: Path, key: bytes, *, mode: Literal["rw", "rwc"] = "rw", wal: bool = True) -> Any:
    """Open the file with its raw 32-byte key and return a DB-API connection in autocommit; rwc creates it.

    Raises:
        StoreProblem: missing, not encrypted, wrong key or damaged.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("the store key has 32 bytes")
    if mode == "rw" and path.exists():
        _refuse(path)
    with problems.explained():
        connection = sqlcipher.connect(
            f"{path.resolve().as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False
        )
        try:
            _prepare(connection, key, wal=wal)
        except BaseException:
            connection.close()
            raise
    return connection


def is_encrypted(path: Path) -> bool:
    """Tell whether the file's header is not that of a plain database; an empty file says nothing yet."""
    with path.open("rb") as file:
        return file.read(len(_PLAIN_HEADER)) != _PLAIN_HEADER


def sync_file(path: Path) -> None:
    """Make what a closed file holds durable."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make a rename in the folder durable. Windows cannot open folders and needs no such call."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _prepare(connection: Any, key: bytes, *, wal: bool) -> None:
    # Without this SQLCipher prints its errors, page numbers included, to standard error.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise RuntimeError("this SQLite has no cipher")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    for pragma in _PRAGMAS if wal else _PRAGMAS[1:]:
        connection.execute(f"PRAGMA {pragma}")


def _refuse(path: Path) -> None:
    if path.stat().st_size < _PAGE:
        # SQLite would take a cut-off file for a new, empty store.
        raise problems.damaged()
    if not is_encrypted(path):
        raise StoreProblem(
            _("数据文件没有加密，不能使用"),
            way_out=_("这不是接待台的数据文件，或已被替换。请从最近一次备份恢复。"),
            field="plain",
        )


def is_sound(connection: Any) -> bool:
    """Check every page's authentication code, then SQLite's structure; seconds for a large store.

    Both are needed: the last page of a long text may fail its code without any query saying so.
    """
    try:
        return is_authentic(connection) and connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
    except sqlcipher.DatabaseError:
        return False


def is_authentic(connection: Any) -> bool:
    """Check that each page of the file is ours. Twice if need be: a page may be written this moment."""
    return any(not connection.execute("PRAGMA cipher_integrity_check").fetchall() for _try in range(2))
