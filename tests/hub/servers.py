"""A PostgreSQL of the tests' own, with an empty database of the hub's tables from which others are copied."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from desk.hub import schema
from desk.hub.own_postgres import OwnPostgres

EMPTY = "hub"
"""The name of that database."""


@contextmanager
def server() -> Iterator[str]:
    """Start one and give the way to it; at the end nothing of it is left."""
    # As root the server runs under another user, who must get into the folder; pytest's own are closed.
    folder = Path(tempfile.mkdtemp(prefix="hub-test-"))
    folder.chmod(0o711)
    own = OwnPostgres(folder)
    conninfo = own.start()
    try:
        with psycopg.connect(conninfo, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {EMPTY}")
        schema.migrate(make_conninfo(conninfo, dbname=EMPTY))
        yield conninfo
    finally:
        own.stop()
        shutil.rmtree(folder)
