"""What an operator does."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from desk.errors import InputProblem
from desk.hub import admin
from desk.hub.postgres import PostgresLedger, open_pool
from desk.wire.epochs import Epoch
from tests.hub.hub_ops import SCOPE, op
from tests.hub.ledger_checks import tell


@pytest.fixture
def connection(database: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(database, autocommit=True) as made:
        yield made


def test_scopes_are_made_once(connection: psycopg.Connection[Any]) -> None:
    made = admin.add_scope(connection, "新站")
    assert made.startswith("S:")
    for scope in (made, "X:1", "S:", "S:a b", f"S:{'x' * 70}"):
        with pytest.raises(InputProblem):
            admin.add_scope(connection, "再来", scope)


def test_a_device_is_revoked_once(connection: psycopg.Connection[Any]) -> None:
    connection.execute("INSERT INTO device (device_id, name, made_at) VALUES ('d1', '前台', '')")
    admin.revoke(connection, "d1")
    for device in ("d1", "nobody"):
        with pytest.raises(InputProblem):
            admin.revoke(connection, device)


def test_a_restore_begins_an_epoch_and_says_what_is_shared(
    connection: psycopg.Connection[Any], database: str
) -> None:
    with open_pool(database, 2) as pool:
        ledger = PostgresLedger(pool)
        for n in range(5):
            tell(ledger, op(f"o{n}", rec=f"r{n}"))
        admin.set_durable(connection, SCOPE, 3)
        with pytest.raises(InputProblem):
            admin.declare_restore(connection, SCOPE, 6, "")
        before = ledger.scope(SCOPE)
        assert before is not None
        ledger.halt(SCOPE, before.epoch)
        assert admin.declare_restore(connection, SCOPE, None, "演练") == 3
        after = ledger.scope(SCOPE)
        assert after is not None
        assert (after.halted, after.durable, after.version) == (False, 3, 5)
        assert after.history == (Epoch(before.epoch, 0), Epoch(after.epoch, 3))
        assert admin.declare_restore(connection, SCOPE, 2, "") == 2
        lower = ledger.scope(SCOPE)
        assert lower is not None
        assert (lower.durable, len(lower.history)) == (2, 3)


def test_what_is_durable_never_goes_back(connection: psycopg.Connection[Any], database: str) -> None:
    with open_pool(database, 2) as pool:
        tell(PostgresLedger(pool), op("o1"))
    admin.set_durable(connection, SCOPE, 1)
    for version in (0, 2):
        with pytest.raises(InputProblem):
            admin.set_durable(connection, SCOPE, version)


def test_what_waits_is_listed(connection: psycopg.Connection[Any], database: str) -> None:
    with open_pool(database, 2) as pool:
        ledger = PostgresLedger(pool)
        tell(ledger, op("o1", set={"subject": "路灯"}), op("o2", rec="r2", set={"subject": 7}))
        tell(ledger, op("o3", "patch", set={"subject": "树"}, base={"subject": "o1"}))
        tell(ledger, op("o4", "patch", set={"subject": "井"}, base={"subject": "o1"}))
    (line,) = admin.list_scopes(connection)
    assert (line.name, line.version, line.conflicts, line.quarantined) == ("示例站", 3, 1, 1)
