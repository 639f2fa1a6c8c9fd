"""A PostgreSQL of the tests' own, one for each worker of a run, and a fresh database for each test."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from desk.hub import register
from tests.hub import servers
from tests.hub.hub_ops import SCOPE


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Give the way to a server with an empty database, from which those of the tests are copied."""
    with servers.server() as conninfo:
        yield conninfo


@pytest.fixture
def database(server: str) -> Iterator[str]:
    """Give a database of this test's own, with one scope."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE test TEMPLATE {servers.EMPTY}")
        conninfo = make_conninfo(server, dbname="test")
        with psycopg.connect(conninfo) as inside:
            register.add_station(inside, register.add_county(inside, "示例县"), "示例站", scope=SCOPE)
        yield conninfo
        connection.execute("DROP DATABASE test WITH (FORCE)")
