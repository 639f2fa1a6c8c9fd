"""Counties, stations and users, and which scopes their PCs see."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from desk.errors import InputProblem
from desk.hub import admin, enrolment, register
from desk.wire.enrolling import Enrol
from tests.hub.desks import county_of, station_of
from tests.hub.hub_ops import SCOPE

KEY = bytes(32)
SCOPE_2 = SCOPE[:-1] + "2"


@pytest.fixture
def connection(database: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(database, autocommit=True) as made:
        yield made


def grants(connection: psycopg.Connection[Any], device: str) -> tuple[set[str], int]:
    found = connection.execute("SELECT scope_id FROM scope_grant WHERE device_id = %s", (device,)).fetchall()
    (row,) = connection.execute("SELECT grants FROM device WHERE device_id = %s", (device,)).fetchall()
    return {each[0] for each in found}, row[0]


def enrol(connection: psycopg.Connection[Any], device: str, scope: str = SCOPE, **whom: str) -> None:
    code = enrolment.new_code(connection, **whom).code.replace("-", "")  # type: ignore[arg-type]
    enrolment.enrol(connection, Enrol(code, device, KEY, scope, empty=True))


def test_names_are_needed_and_a_county_is_made_once(connection: psycopg.Connection[Any]) -> None:
    county = register.add_county(connection, "邻县")
    for name in (" ", "邻县"):
        with pytest.raises(InputProblem):
            register.add_county(connection, name)
    with pytest.raises(InputProblem):
        register.add_station(connection, "nobody", "站")
    with pytest.raises(InputProblem):
        register.add_user(connection, "nobody", "王某某", "county")
    with pytest.raises(InputProblem):
        register.add_user(connection, county, "王某某", "station")


def test_a_scope_belongs_to_one_station(connection: psycopg.Connection[Any]) -> None:
    county = county_of(connection)
    with pytest.raises(InputProblem):
        register.add_station(connection, county, "又一站", scope=SCOPE)
    station = register.add_station(connection, county, "新站", "330106-004")
    assert register.give_scope(connection, station, SCOPE_2)
    assert register.give_scope(connection, station, SCOPE_2)
    assert not register.give_scope(connection, station, SCOPE)
    assert not register.give_scope(connection, "nobody", SCOPE_2)


def test_a_scope_of_another_kind_is_no_stations(connection: psycopg.Connection[Any]) -> None:
    station = register.add_station(connection, county_of(connection), "新站")
    admin.add_scope(connection, "区域", "R:1")
    for scope in ("R:1", "R:2", "X:1", SCOPE_2[2:]):
        with pytest.raises(InputProblem):
            register.give_scope(connection, station, scope)
    found = connection.execute("SELECT scope_id FROM station WHERE station_id = %s", (station,)).fetchone()
    assert found == (None,)
    assert register.give_scope(connection, station, SCOPE_2)


def test_the_scope_of_a_county_is_made_once_and_no_stations(connection: psycopg.Connection[Any]) -> None:
    county = county_of(connection)
    own = register.county_scope(connection, county)
    assert register.county_scope(connection, county) == own == f"C:{county}"
    station = register.add_station(connection, county, "新站")
    assert not register.give_scope(connection, station, own)


def test_a_pc_of_the_county_sees_all_its_stations_those_to_come_too(
    connection: psycopg.Connection[Any],
) -> None:
    user = register.add_user(connection, county_of(connection), "王某某", "county")
    enrol(connection, "county-pc", user=user)
    elsewhere = register.add_user(connection, register.add_county(connection, "邻县"), "赵某某", "auditor")
    enrol(connection, "other-pc", user=elsewhere)
    own = register.county_scope(connection, county_of(connection))
    assert grants(connection, "county-pc") == ({SCOPE, own}, 1)
    station = register.add_station(connection, county_of(connection), "新站")
    enrol(connection, "new-pc", SCOPE_2, station=station)
    assert grants(connection, "county-pc") == ({SCOPE, SCOPE_2, own}, 2)
    assert grants(connection, "new-pc")[0] == {SCOPE_2}
    (elsewhere,) = grants(connection, "other-pc")[0]
    assert elsewhere.startswith("C:")
    assert elsewhere != own


def test_a_user_who_is_disabled_takes_the_pcs_along(connection: psycopg.Connection[Any]) -> None:
    user = register.add_user(connection, county_of(connection), "王某某", "auditor")
    enrol(connection, "county-pc", user=user)
    left = enrolment.new_code(connection, user=user).code.replace("-", "")
    assert register.disable_user(connection, user) == 1
    with pytest.raises(InputProblem):
        register.disable_user(connection, user)
    with pytest.raises(enrolment.Refused, match="bad_code"):
        enrolment.enrol(connection, Enrol(left, "pc-2", KEY, SCOPE))
    with pytest.raises(InputProblem):
        enrolment.new_code(connection, user=user)


def test_the_list_says_whose_a_pc_is(connection: psycopg.Connection[Any]) -> None:
    enrol(connection, "pc-1", station=station_of(connection))
    for name in ("i1", "i2"):
        connection.execute(
            "INSERT INTO incarnation (device_id, incarnation, session, nonce, first_at, holes)"
            " VALUES ('pc-1', %s, 1, '', '', 1)",
            (name,),
        )
    (line,) = register.list_devices(connection)
    assert (line.whose, line.role, line.copies, line.holes, line.revoked_at) == (
        "示例站",
        "station",
        1,
        2,
        "",
    )


def test_a_code_drawn_beside_the_end_of_its_user_lets_nobody_in(
    database: str, connection: psycopg.Connection[Any]
) -> None:
    user = register.add_user(connection, county_of(connection), "王某某", "county")
    with psycopg.connect(database) as beside:
        code = enrolment.new_code(beside, user=user).code.replace("-", "")
        register.disable_user(connection, user)
    with pytest.raises(enrolment.Refused, match="bad_code"):
        enrolment.enrol(connection, Enrol(code, "county-pc", KEY, SCOPE, empty=True))


def test_a_pc_that_is_coming_in_ends_with_its_user(
    database: str, connection: psycopg.Connection[Any]
) -> None:
    user = register.add_user(connection, county_of(connection), "王某某", "county")
    with psycopg.connect(database) as coming, ThreadPoolExecutor(1) as lane:
        enrol(coming, "county-pc", user=user)
        ending = lane.submit(disable_beside, database, user)
        while not ending.done() and not waits_for_lock(database):
            pass
        coming.commit()
        assert ending.result(timeout=300) == 1
    (line,) = register.list_devices(connection)
    assert line.revoked_at


def disable_beside(database: str, user: str) -> int:
    with psycopg.connect(database) as connection:
        return register.disable_user(connection, user)


def waits_for_lock(database: str) -> bool:
    words = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with psycopg.connect(database) as connection:
        return connection.execute(words).fetchone() is not None
