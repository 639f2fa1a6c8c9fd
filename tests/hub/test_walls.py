"""The second wall: what the database itself keeps from a worker, whatever its code asks (I7)."""

from collections.abc import Iterator
from typing import Any, LiteralString

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege
from psycopg_pool import ConnectionPool

from desk.hub import admin, sync
from desk.hub.postgres import PostgresLedger, open_pool
from desk.hub.statements import AS_DEVICE, AS_WORKER, WITH_SCOPES
from desk.wire.troubles import Trouble
from tests.hub.desks import station_of
from tests.hub.hub_ops import SCOPE, op, push
from tests.hub.ledger_checks import tell

OTHER = SCOPE[:-1] + "2"
BY_SCOPE = ("scope", "epoch_history", "revision", "head", "conflict", "quarantine", "number")
BY_DEVICE = ("device", "scope_grant", "incarnation")
SHUT = ("county", "station", "hub_user", "enrolment_code", "hub_key")


@pytest.fixture
def filled(database: str) -> str:
    """Give a database whose one station has something in every table."""
    with psycopg.connect(database) as connection:
        station_of(connection, OTHER)
        connection.execute(
            "INSERT INTO device (device_id, name, made_at) VALUES ('d1', '', ''), ('d2', '', '')"
        )
        connection.execute("INSERT INTO scope_grant VALUES ('d1', %s), ('d2', %s)", (SCOPE, OTHER))
        connection.execute(
            "INSERT INTO incarnation (device_id, incarnation, session, nonce, first_at)"
            " VALUES ('d1', 'i1', 1, '', ''), ('d2', 'i1', 1, '', '')"
        )
    with open_pool(database, 2) as pool:
        ledger = PostgresLedger(pool)
        tell(ledger, op("o1", set={"subject": "路灯"}), op("o2", rec="r2", set={"subject": 7}))
        tell(ledger, op("o3", "patch", set={"subject": "树"}, base={"subject": "o1"}))
        tell(ledger, op("o4", "patch", set={"subject": "井"}, base={"subject": "o1"}))
        tell(ledger, op("o5", type="visit", rec="v1", set={"number": "LF2026-A0001"}))
    return database


@pytest.fixture
def worker(filled: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(filled) as made:
        made.execute(AS_WORKER)
        made.commit()
        yield made


def counts(connection: psycopg.Connection[Any], *tables: LiteralString) -> dict[str, int]:
    found = {}
    for each in tables:
        found[str(each)] = connection.execute("SELECT count(*) FROM " + each).fetchall()[0][0]
    return found


def test_the_role_of_workers_can_pass_no_policy(worker: psycopg.Connection[Any]) -> None:
    row = worker.execute(
        "SELECT rolsuper, rolbypassrls, rolcanlogin FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    assert row == (False, False, False)


def test_every_table_has_its_wall(filled: str) -> None:
    with psycopg.connect(filled) as connection:
        found = connection.execute(
            "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'"
        ).fetchall()
        owners = connection.execute(
            "SELECT tablename::text FROM pg_policies WHERE policyname = 'operator'"
        ).fetchall()
        assert len(admin.list_scopes(connection)) == 2
    assert {name for name, _enabled, _forced in found} == {*BY_SCOPE, *BY_DEVICE, *SHUT}
    assert all(enabled and forced for _name, enabled, forced in found)
    assert {name for (name,) in owners} == {*BY_SCOPE, *BY_DEVICE, *SHUT}


def test_who_says_nothing_sees_nothing(worker: psycopg.Connection[Any], filled: str) -> None:
    with psycopg.connect(filled) as operator:
        assert min(counts(operator, *BY_SCOPE, *BY_DEVICE).values()) > 0
    assert set(counts(worker, *BY_SCOPE, *BY_DEVICE).values()) == {0}
    worker.execute(WITH_SCOPES, ("",))
    worker.execute(AS_DEVICE, ("",))
    assert set(counts(worker, *BY_SCOPE, *BY_DEVICE).values()) == {0}


def test_who_says_a_scope_sees_that_and_only_till_the_transaction_ends(
    worker: psycopg.Connection[Any],
) -> None:
    worker.execute(WITH_SCOPES, (SCOPE,))
    worker.execute(AS_DEVICE, ("d1",))
    assert min(counts(worker, *BY_SCOPE).values()) > 0
    assert counts(worker, "scope", *BY_DEVICE) == dict.fromkeys(("scope", *BY_DEVICE), 1)
    worker.commit()
    assert set(counts(worker, *BY_SCOPE, *BY_DEVICE).values()) == {0}
    worker.execute(WITH_SCOPES, (OTHER,))
    assert counts(worker, "revision", "head", "scope") == {"revision": 0, "head": 0, "scope": 1}
    worker.commit()
    worker.execute(WITH_SCOPES, (f"{SCOPE},{OTHER}",))
    assert counts(worker, "scope") == {"scope": 2}


@pytest.mark.parametrize("table", SHUT)
def test_what_is_no_stations_is_shut(worker: psycopg.Connection[Any], table: LiteralString) -> None:
    with pytest.raises(InsufficientPrivilege):
        counts(worker, table)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM revision",
        "UPDATE revision SET body = ''",
        "DELETE FROM head",
        "DELETE FROM quarantine",
        "UPDATE device SET revoked_at = NULL",
        "INSERT INTO scope_grant VALUES ('d1', 'S:x')",
        "INSERT INTO scope (scope_id, epoch) VALUES ('S:x', 'e')",
    ],
)
def test_nothing_is_taken_back_or_granted_by_a_worker(
    worker: psycopg.Connection[Any], statement: LiteralString
) -> None:
    worker.execute(WITH_SCOPES, (SCOPE,))
    worker.execute(AS_DEVICE, ("d1",))
    with pytest.raises(InsufficientPrivilege):
        worker.execute(statement)


def test_no_row_is_written_into_a_scope_that_was_not_granted(worker: psycopg.Connection[Any]) -> None:
    worker.execute(WITH_SCOPES, (OTHER,))
    with pytest.raises(InsufficientPrivilege, match="row-level security"):
        worker.execute("INSERT INTO number VALUES (%s, 'visit', 'number', 'x', 'r1', 'o1')", (SCOPE,))


@pytest.fixture
def pool(filled: str) -> Iterator[ConnectionPool[Any]]:
    with open_pool(filled, 2, walled=True) as made:
        yield made


def test_a_route_that_forgot_to_look_would_still_give_out_nothing(pool: ConnectionPool[Any]) -> None:
    mine, theirs = PostgresLedger(pool, [SCOPE]), PostgresLedger(pool, [OTHER])
    here = mine.scope(SCOPE)
    assert here is not None
    assert (here.version, len(here.history)) == (4, 1)
    assert theirs.scope(SCOPE) is None
    assert theirs.page(SCOPE, 0, 10) is None
    assert theirs.snapshot(SCOPE, ("", ""), 10) is None
    assert theirs.parts(SCOPE, "") is None
    assert theirs.revisions(SCOPE, "r1") == []
    answer = sync.push(theirs, push(op("o9", rec="r9"), epoch=here.epoch))
    assert isinstance(answer, Trouble)
    assert answer.error == "no_such"
    theirs.halt(SCOPE, here.epoch)
    assert mine.scope(SCOPE) == here
    # What is granted works through the wall.
    assert [each.verdict for each in tell(mine, op("o9", rec="r9"))] == ["applied"]
    assert len(mine.revisions(SCOPE, "r9")) == 1
