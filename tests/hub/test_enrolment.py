"""One-time codes: one PC, once, in time; and who loses the answer is answered the same."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from desk.errors import InputProblem
from desk.hub import admin, enrolment, register
from desk.hub.enrolment import Refused
from desk.wire.codecs import WireError
from desk.wire.enrolling import Enrol
from tests.fakes import FakeClock
from tests.hub.desks import county_of, station_of
from tests.hub.hub_ops import SCOPE

KEY = bytes(range(32))
OTHER = SCOPE[:-1] + "9"


@pytest.fixture
def connection(database: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(database, autocommit=True) as made:
        yield made


def code_of(connection: psycopg.Connection[Any], station: str = "") -> str:
    made = enrolment.new_code(connection, station=station or station_of(connection))
    return made.code.replace("-", "")


def test_a_code_lets_one_pc_in(connection: psycopg.Connection[Any]) -> None:
    code = code_of(connection)
    answer = enrolment.enrol(connection, Enrol(code, "pc-1", KEY, SCOPE))
    assert (answer.role, answer.county, answer.station) == ("station", "示例县", "示例站")
    assert enrolment.enrol(connection, Enrol(code, "pc-1", KEY, SCOPE)) == answer
    for ask in (Enrol(code, "pc-2", KEY, SCOPE), Enrol(code, "pc-1", bytes(32), SCOPE)):
        with pytest.raises(Refused, match="code_used"):
            enrolment.enrol(connection, ask)
    with pytest.raises(Refused, match="bad_code"):
        enrolment.enrol(connection, Enrol("0" * 16, "pc-1", KEY, SCOPE))
    assert connection.execute("SELECT device_id, public_key FROM device").fetchall() == [("pc-1", KEY)]


def test_a_code_is_kept_as_its_hash_and_runs_out(
    connection: psycopg.Connection[Any], fake_clock: FakeClock
) -> None:
    made = enrolment.new_code(connection, station=station_of(connection), days=3)
    assert (made.whom, made.county, made.until) == ("示例站", "示例县", fake_clock.moment + timedelta(days=3))
    told = str(connection.execute("SELECT e::text FROM enrolment_code e").fetchall())
    assert made.code.replace("-", "") not in told.upper()
    fake_clock.forward(days=3, seconds=1)
    with pytest.raises(Refused, match="code_expired"):
        enrolment.enrol(connection, Enrol(made.code.replace("-", ""), "pc-1", KEY, SCOPE))


def test_a_code_needs_somebody_and_a_sensible_time(connection: psycopg.Connection[Any]) -> None:
    for said in ({"station": "nobody"}, {"user": "nobody"}, {}):
        with pytest.raises(InputProblem):
            enrolment.new_code(connection, **said)  # type: ignore[arg-type]
    for days in (0, 91):
        with pytest.raises(InputProblem):
            enrolment.new_code(connection, station=station_of(connection), days=days)


def test_the_first_pc_brings_the_scope_and_another_scope_is_refused(
    connection: psycopg.Connection[Any],
) -> None:
    """sync.md 2.2: enrolment registers the id and rewrites nothing."""
    station = register.add_station(connection, county_of(connection), "新站")
    for scope in ("X:1", "R:1", "S:", "S:a b"):
        with pytest.raises(WireError):
            enrolment.enrol(connection, Enrol(code_of(connection, station), "pc-1", KEY, scope))
    enrolment.enrol(connection, Enrol(code_of(connection, station), "pc-1", KEY, OTHER))
    for scope in (SCOPE, f"{SCOPE}0"):
        with pytest.raises(Refused, match="other_scope"):
            enrolment.enrol(connection, Enrol(code_of(connection, station), "pc-2", KEY, scope))
    enrolment.enrol(connection, Enrol(code_of(connection, station), "pc-2", KEY, OTHER))


def test_a_revoked_pc_comes_in_again_by_a_new_code_of_its_station(
    connection: psycopg.Connection[Any],
) -> None:
    enrolment.enrol(connection, Enrol(code_of(connection), "pc-1", KEY, SCOPE))
    admin.revoke(connection, "pc-1")
    other = register.add_station(connection, county_of(connection), "新站")
    with pytest.raises(Refused, match="device_elsewhere"):
        enrolment.enrol(connection, Enrol(code_of(connection, other), "pc-1", KEY, OTHER))
    enrolment.enrol(connection, Enrol(code_of(connection), "pc-1", bytes(32), SCOPE))
    row = connection.execute("SELECT public_key, revoked_at, grants FROM device").fetchall()
    assert row == [(bytes(32), None, 2)]


def test_a_pc_with_nothing_of_its_own_takes_on_the_stations_scope(
    connection: psycopg.Connection[Any],
) -> None:
    first = enrolment.enrol(connection, Enrol(code_of(connection), "pc-1", KEY, SCOPE))
    code = code_of(connection)
    ask = Enrol(code, "pc-2", KEY, "")
    answer = enrolment.enrol(connection, ask)
    assert (first.scope, answer.scope) == (SCOPE, SCOPE)
    assert enrolment.enrol(connection, ask) == answer
    grants = connection.execute("SELECT scope_id FROM scope_grant WHERE device_id = 'pc-2'").fetchall()
    assert grants == [(SCOPE,)]
    station = register.add_station(connection, county_of(connection), "新站")
    with pytest.raises(Refused, match="no_first_pc"):
        enrolment.enrol(connection, Enrol(code_of(connection, station), "pc-3", KEY, ""))


def held(connection: psycopg.Connection[Any], ask: Enrol, database: str) -> Any:
    """Enrol in one transaction, begin to enrol `ask` beside it, and return what became of that."""
    with ThreadPoolExecutor(1) as lane:
        beside = lane.submit(enrol_beside, database, ask)
        # It waits for the county's row, or is through already where nothing makes it wait.
        while not beside.done() and not waits_for_lock(database):
            pass
        connection.commit()
        return beside.result(timeout=300)


def enrol_beside(database: str, ask: Enrol) -> Any:
    with psycopg.connect(database) as connection:
        return enrolment.enrol(connection, ask)


def waits_for_lock(database: str) -> bool:
    with psycopg.connect(database) as connection:
        words = (
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return connection.execute(words).fetchone() is not None


@pytest.mark.parametrize("county_first", [True, False])
def test_a_first_pc_and_one_of_the_county_at_once_lose_no_grant(database: str, *, county_first: bool) -> None:
    """Each looks for what the other brings before it is there."""
    with psycopg.connect(database) as connection:
        county = county_of(connection)
        user = register.add_user(connection, county, "王某某", "county")
        code = enrolment.new_code(connection, user=user).code.replace("-", "")
        countys = Enrol(code, "pc-c", KEY, "S:fresh", empty=True)
        first = Enrol(
            code_of(connection, register.add_station(connection, county, "新站")), "pc-1", KEY, OTHER
        )
    before, after = (countys, first) if county_first else (first, countys)
    with psycopg.connect(database) as connection:
        enrolment.enrol(connection, before)
        held(connection, after, database)
        grants = connection.execute("SELECT scope_id FROM scope_grant WHERE device_id = 'pc-c'").fetchall()
    assert (OTHER,) in grants


def test_two_first_pcs_of_a_county_at_once_share_its_scope(database: str) -> None:
    with psycopg.connect(database) as connection:
        county = county_of(connection)
        asks = [
            Enrol(
                enrolment.new_code(connection, user=user).code.replace("-", ""),
                name,
                KEY,
                f"S:{name}",
                empty=True,
            )
            for name in ("pc-1", "pc-2")
            for user in [register.add_user(connection, county, name, "county")]
        ]
    with psycopg.connect(database) as connection:
        one = enrolment.enrol(connection, asks[0])
        other = held(connection, asks[1], database)
    assert one.scope == other.scope == f"C:{county}"


def test_two_first_pcs_of_a_station_at_once_are_told_apart(database: str) -> None:
    with psycopg.connect(database) as connection:
        station = register.add_station(connection, county_of(connection), "新站")
        codes_ = [code_of(connection, station) for _n in range(2)]
    with psycopg.connect(database) as connection:
        enrolment.enrol(connection, Enrol(codes_[0], "pc-1", KEY, OTHER))
        with pytest.raises(Refused, match="other_scope"):
            held(connection, Enrol(codes_[1], "pc-2", KEY, f"{OTHER}0"), database)


def test_a_pc_of_the_county_begins_in_the_countys_scope(connection: psycopg.Connection[Any]) -> None:
    county = county_of(connection)
    own = register.county_scope(connection, county)
    user = register.add_user(connection, county, "王某某", "county")
    code = enrolment.new_code(connection, user=user).code.replace("-", "")
    # One that has records of a station is not taken, and the code is not used up by the try.
    with pytest.raises(Refused, match="not_empty"):
        enrolment.enrol(connection, Enrol(code, "pc-1", KEY, OTHER))
    answer = enrolment.enrol(connection, Enrol(code, "pc-1", KEY, OTHER, empty=True))
    assert (answer.role, answer.county, answer.scope) == ("county", "示例县", own)
    # Its answer was lost and it has worked since: its scope is what it brings, so it is told so.
    with pytest.raises(Refused, match="not_empty"):
        enrolment.enrol(connection, Enrol(code, "pc-1", KEY, OTHER))
    assert enrolment.enrol(connection, Enrol(code, "pc-1", KEY, own)) == answer
    again = enrolment.new_code(connection, user=user).code.replace("-", "")
    assert enrolment.enrol(connection, Enrol(again, "pc-1", bytes(32), own)).scope == own
    with pytest.raises(Refused, match="other_scope"):
        enrolment.enrol(connection, Enrol(code_of(connection), "pc-2", KEY, own))


def test_a_new_key_takes_the_place_of_the_one_that_signed_for_it_only(
    connection: psycopg.Connection[Any],
) -> None:
    """Of two requests signed by the old key that come at once, the second one's key is nobody's any more."""
    enrolment.enrol(connection, Enrol(code_of(connection), "pc-1", KEY, SCOPE))
    enrolment.rotate(connection, "pc-1", b"n" * 32, KEY)
    with pytest.raises(Refused, match="unknown_device"):
        enrolment.rotate(connection, "pc-1", b"t" * 32, KEY)
    stands = connection.execute("SELECT public_key FROM device WHERE device_id = 'pc-1'").fetchone()
    assert stands is not None
    assert bytes(stands[0]) == b"n" * 32
