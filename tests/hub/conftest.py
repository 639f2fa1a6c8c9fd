"""A PostgreSQL of the tests' own, one for each worker of a run, and a fresh database for each test."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from desk.hub import register, schema
from desk.hub.own_postgres import OwnPostgres
from tests.hub.hub_ops import SCOPE


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Give an empty database with the hub's tables, from which those of the tests are copied."""
    # As root the server runs under another user, who must get into the folder; pytest's own are closed.
    folder = Path(tempfile.mkdtemp(prefix="hub-test-"))
    folder.chmod(0o711)
    own = OwnPostgres(folder)
    conninfo = own.start()
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute("CREATE DATABASE hub")
    schema.migrate(make_conninfo(conninfo, dbname="hub"))
    yield conninfo
    own.stop()
    shutil.rmtree(folder)


@pytest.fixture
def database(server: str) -> Iterator[str]:
    """Give a database of this test's own, with one scope."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE test TEMPLATE hub")
        conninfo = make_conninfo(server, dbname="test")
        with psycopg.connect(conninfo) as inside:
            register.add_station(inside, register.add_county(inside, "示例县"), "示例站", scope=SCOPE)
        yield conninfo
        connection.execute("DROP DATABASE test WITH (FORCE)")
