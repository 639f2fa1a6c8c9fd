"""The hub's tables, up and down."""

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from psycopg.conninfo import make_conninfo
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from desk.hub import admin, cli, enrolment, register, schema
from desk.hub.main import create_app
from desk.hub.postgres import PostgresLedger, open_pool
from desk.wire import frame, routes, signing
from desk.wire.enrolling import Enrol
from desk.wire.greeting import Hello, HelloAsk
from tests.hub.desks import Desk
from tests.hub.hub_ops import SCOPE, op
from tests.hub.in_process import running
from tests.hub.ledger_checks import tell

_COLUMNS = """
SELECT table_name::text, column_name::text, data_type::text, is_nullable::text
  FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2"""


def test_a_second_run_changes_nothing(database: str) -> None:
    schema.migrate(database)
    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (schema.newest(),)


def test_every_table_begins_with_its_scope(database: str) -> None:
    """It is what the tables can be spread by (sync.md 2.14)."""
    with psycopg.connect(database) as connection:
        rows = connection.execute(
            "SELECT tc.table_name, kcu.column_name FROM information_schema.table_constraints tc"
            " JOIN information_schema.key_column_usage kcu USING (constraint_name, table_name)"
            " WHERE tc.constraint_type = 'PRIMARY KEY' AND kcu.ordinal_position = 1"
            " AND tc.table_schema = 'public'"
        ).fetchall()
    first = dict(rows)
    of_devices = {"device", "scope_grant", "incarnation"}
    assert {table for table, column in first.items() if column == "device_id"} == of_devices
    assert {table for table, column in first.items() if column == "scope_id"} == {
        *("scope", "epoch_history", "revision", "head", "conflict", "quarantine", "number")
    }


def test_a_countys_own_database_needs_no_superuser(server: str, capsys: pytest.CaptureFixture[str]) -> None:
    """docs/hub.md: an owner with CREATEROLE, or with the role of workers given by an administrator."""
    mine = make_conninfo(server, user="county_hub", password="x", dbname="county_hub")
    with psycopg.connect(server, autocommit=True) as root:
        root.execute("CREATE ROLE county_hub LOGIN PASSWORD 'x'")
        root.execute("CREATE DATABASE county_hub OWNER county_hub")
        try:
            assert cli.main(["--database", mine, "scopes"]) == 1
            assert "desk_hub_rows" in capsys.readouterr().err
            root.execute("GRANT desk_hub_rows TO county_hub WITH SET TRUE, INHERIT FALSE")
            schema.migrate(mine)
            with psycopg.connect(mine) as owner:
                county = register.add_county(owner, "示例县")
                station = register.add_station(owner, county, "示例站", scope=SCOPE)
                code = enrolment.new_code(owner, station=station).code.replace("-", "")
                assert len(admin.list_scopes(owner)) == 1
            with running(create_app(mine, 2)) as client:
                pc = Desk(client, "pc-1")
                raw = frame.pack(Enrol(code, pc.device, signing.public_of(pc.key), SCOPE).encode())
                headers = pc.headers("POST", routes.ENROLL, "", raw)
                assert client.post(routes.ENROLL, content=raw, headers=headers).status_code == 200
                greeting = Hello.decode(pc.hello(HelloAsk("i1", 0, "n1")).content)
                answers = pc.push(op("o1"), epoch=greeting.scopes[0].epoch).answers
            assert [each.verdict for each in answers] == ["applied"]
        finally:
            root.execute("DROP DATABASE county_hub WITH (FORCE)")
            root.execute("DROP ROLE county_hub")


def test_down_and_up_again_changes_nothing(database: str) -> None:
    with psycopg.connect(database) as connection:
        before = connection.execute(_COLUMNS).fetchall()
    for target, move in (("base", command.downgrade), ("head", command.upgrade)):
        _move(database, target, move)
    with psycopg.connect(database) as connection:
        assert connection.execute(_COLUMNS).fetchall() == before


def test_the_trail_of_what_was_there_is_summed_up(database: str) -> None:
    """h0005: an older hub knows after it what it would have kept all along."""
    with open_pool(database, 2) as pool:
        ledger = PostgresLedger(pool)
        for names in ("ab", "c", "de"):
            tell(ledger, *(op(name, rec=name) for name in names))
    kept = _trails(database)
    assert [each is not None for each in kept[1:]] == [True, False, True, True, False]
    for target, move in (("h0004", command.downgrade), ("head", command.upgrade)):
        _move(database, target, move)
    assert _trails(database) == kept


def _trails(database: str) -> list[bytes | None]:
    """Return those of the scope and of its revisions, in their order."""
    with psycopg.connect(database) as connection:
        rows = connection.execute(
            "SELECT trail, 0 AS version, 0 AS ord FROM scope WHERE scope_id = %s UNION ALL"
            " SELECT trail, version, ord FROM revision WHERE scope_id = %s ORDER BY version, ord",
            (SCOPE, SCOPE),
        ).fetchall()
    return [row[0] for row in rows]


def _move(database: str, target: str, move: Callable[[Config, str], None]) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    engine = create_engine(
        "postgresql+psycopg://", creator=lambda: psycopg.connect(database), poolclass=NullPool
    )
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        move(config, target)


def test_no_database_is_told() -> None:
    with pytest.raises(psycopg.OperationalError):
        schema.migrate("host=127.0.0.1 port=1 connect_timeout=2")
