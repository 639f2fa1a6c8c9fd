"""What an operator looks through."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from desk.errors import InputProblem
from desk.hub import listing, register, sync
from desk.hub.listing import CountyLine, StationLine, UserLine
from desk.hub.postgres import PostgresLedger, open_pool
from desk.wire.incoming import OpIn
from tests.hub.desks import county_of, station_of
from tests.hub.hub_ops import AT, SCOPE, op, push
from tests.hub.ledger_checks import tell

OTHER = SCOPE[:-1] + "2"


@pytest.fixture
def ledger(database: str) -> Iterator[PostgresLedger]:
    with open_pool(database, 2) as pool:
        yield PostgresLedger(pool)


@pytest.fixture
def connection(database: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(database, autocommit=True) as made:
        yield made


def test_a_question_names_both_sides_and_no_value(
    ledger: PostgresLedger, connection: psycopg.Connection[Any]
) -> None:
    tell(ledger, op("o1", set={"subject": "路灯"}))
    tell(ledger, op("o2", "patch", device="d2", user="u2", set={"subject": "树"}, base={"subject": "o1"}))
    tell(ledger, op("o3", "patch", set={"subject": "井"}, base={"subject": "o1"}))
    (line,) = listing.conflicts(connection, SCOPE)
    assert (line.noun, line.record, line.field, line.name) == ("matter", "r1", "subject", "示例站")
    assert (line.mine_op, line.mine_device, line.mine_user, line.mine_at) == ("o3", "d1", "u1", AT)
    assert (line.theirs_op, line.theirs_device, line.theirs_user) == ("o2", "d2", "u2")
    assert not {"路灯", "树", "井"} & set(vars(line).values())
    assert listing.conflicts(connection) == (line,)
    base = {"subject": "o2", f"conflict:{line.conflict}": "o3"}
    tell(ledger, op("o4", "close", set={"subject": "井"}, base=base))
    assert listing.conflicts(connection, SCOPE) == ()
    (closed,) = listing.conflicts(connection, SCOPE, closed=True)
    assert closed.closed_by == "o4"


def test_what_lies_in_custody_tells_by_whom_and_why(
    ledger: PostgresLedger, connection: psycopg.Connection[Any]
) -> None:
    station_of(connection, OTHER)
    tell(ledger, op("o1", rec="r2", device="d7", set={"subject": 7}))
    scope = ledger.scope(SCOPE)
    assert scope is not None
    for n, body in enumerate((b"[1]", b'{"op": "x\\u001b[31m", "device": "\\u001b[2J"}', b"\xff")):
        sync.push(ledger, push(OpIn(f"b{n}", body), epoch=scope.epoch))
    lines = {each.op: each for each in listing.kept(connection, SCOPE)}
    # Who handed it in, whoever wrote it.
    assert (lines["o1"].device, lines["o1"].code, lines["o1"].noun, lines["o1"].record) == (
        *("d1", "bad_value", "matter"),
        "r2",
    )
    assert "填得不合规定" in lines["o1"].sentence
    # What cannot be read is listed too, and sends no words of its own to a terminal.
    assert all(lines[f"b{n}"].code == "not_an_op" for n in range(3))
    assert {each for n in range(3) for each in (lines[f"b{n}"].noun, lines[f"b{n}"].user)} == {""}
    assert listing.kept(connection, OTHER) == ()
    assert len(listing.kept(connection)) == 4


def test_a_scope_that_is_not_there_is_told(connection: psycopg.Connection[Any]) -> None:
    for look in (listing.conflicts, listing.kept):
        with pytest.raises(InputProblem):
            look(connection, "S:nobody")


def test_who_is_registered(connection: psycopg.Connection[Any]) -> None:
    county = county_of(connection)
    bare = register.add_station(connection, county, "新站", "330199-009")
    user = register.add_user(connection, county, "王某某", "auditor")
    assert listing.counties(connection) == (CountyLine(county, "示例县", 2),)
    assert listing.stations(connection) == (
        StationLine(station_of(connection), "示例站", "", SCOPE, county, "示例县"),
        StationLine(bare, "新站", "330199-009", "", county, "示例县"),
    )
    assert listing.users(connection) == (UserLine(user, "王某某", "auditor", "", county, "示例县"),)
