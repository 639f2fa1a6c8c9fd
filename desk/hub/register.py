"""Who belongs to the county: stations, and the people of the county whose PCs look at all of them."""

from dataclasses import dataclass
from typing import Any, Final

from psycopg import Connection

from desk import clock, ids
from desk.errors import InputProblem
from desk.hub import admin, journal
from desk.text import _
from desk.wire.codecs import instant_text
from desk.wire.enrolling import COUNTYS, ROLES, STATION, STATIONS

Row = Connection[Any]

USER_ROLES: Final = tuple(sorted(ROLES - {STATION}))
"""What a user of the county may be; the PCs enrolled for one have the same role."""


@dataclass(frozen=True)
class DeviceLine:
    """One PC as the list shows it. copies: incarnations beyond the first. holes: records it lost itself."""

    device: str
    role: str
    whose: str
    copies: int
    holes: int
    revoked_at: str


def hold_county(connection: Row, county: str) -> None:
    """Let nobody else enrol for a county, or give one of its stations a scope, until this transaction ends.

    A station's first PC gives all PCs of the county its scope, and a PC of the county takes all scopes that
    are there: of two that do not see each other one would lose its grant.
    """
    connection.execute("SELECT 1 FROM county WHERE county_id = %s FOR UPDATE", (county,))


def add_county(connection: Row, name: str) -> str:
    """Make a county and return its id. Raises InputProblem: no name, or it is there already."""
    county = ids.new_id()
    made = connection.execute(
        "INSERT INTO county (county_id, name, made_at) VALUES (%s, %s, %s)"
        " ON CONFLICT DO NOTHING RETURNING 1",
        (county, _named(name), _now()),
    ).fetchone()
    if made is None:
        raise InputProblem(_("这个县已经有了"), field="name")
    journal.note("county_added", {"county": county})
    return county


def add_station(connection: Row, county: str, name: str, code: str = "", scope: str = "") -> str:
    """Make a station of a county and return its id.

    Its scope is that of the first PC which enrols for it, unless it is named here.

    Raises:
        InputProblem: no such county, no name, or the scope belongs to another station.
    """
    _must_have(connection, county)
    hold_county(connection, county)
    station = ids.new_id()
    connection.execute(
        "INSERT INTO station (station_id, county_id, name, code, made_at) VALUES (%s, %s, %s, %s, %s)",
        (station, county, _named(name), code.strip(), _now()),
    )
    if scope and not give_scope(connection, station, scope):
        raise InputProblem(_("这个范围属于别的站点"), field="scope")
    journal.note("station_added", {"station": station, "county": county})
    return station


def give_scope(connection: Row, station: str, scope: str) -> bool:
    """Make this the scope of a station that has none, made if need be; all PCs of the county may see it.

    Returns:
        Whether the scope is the station's now; False if either has another already.

    Raises:
        InputProblem: no station's scope is called so.
    """
    found = connection.execute(
        "SELECT scope_id, name, county_id FROM station WHERE station_id = %s FOR UPDATE", (station,)
    ).fetchone()
    if found is None or found[0] is not None:
        return found is not None and found[0] == scope
    taken = connection.execute("SELECT 1 FROM station WHERE scope_id = %s", (scope,)).fetchone()
    if taken or scope.startswith(COUNTYS):
        return False
    if not scope.startswith(STATIONS):
        raise InputProblem(_("站点的范围编号要以 S: 开头"), field="scope")
    if not connection.execute("SELECT 1 FROM scope WHERE scope_id = %s", (scope,)).fetchone():
        admin.add_scope(connection, found[1], scope)
    connection.execute("UPDATE station SET scope_id = %s WHERE station_id = %s", (scope, station))
    connection.execute(
        "WITH given AS (INSERT INTO scope_grant (device_id, scope_id)"
        " SELECT d.device_id, %s FROM device d JOIN hub_user u USING (user_id) WHERE u.county_id = %s"
        " ON CONFLICT DO NOTHING RETURNING device_id)"
        " UPDATE device SET grants = grants + 1 WHERE device_id IN (SELECT device_id FROM given)",
        (scope, found[2]),
    )
    return True


def county_scope(connection: Row, county: str) -> str:
    """Return the county's own scope, made if need be: what its PCs write of themselves (sync.md 2.2)."""
    scope = f"{COUNTYS}{county}"
    if not connection.execute("SELECT 1 FROM scope WHERE scope_id = %s", (scope,)).fetchone():
        name = connection.execute("SELECT name FROM county WHERE county_id = %s", (county,)).fetchone()
        admin.add_scope(connection, name[0] if name else "", scope)
    return scope


def add_user(connection: Row, county: str, name: str, role: str) -> str:
    """Make a user of the county and return the id. Raises InputProblem: no county, no name, no such role."""
    _must_have(connection, county)
    if role not in USER_ROLES:
        raise InputProblem(_("没有这个角色"), field="role")
    user = ids.new_id()
    connection.execute(
        "INSERT INTO hub_user (user_id, county_id, name, role, made_at) VALUES (%s, %s, %s, %s, %s)",
        (user, county, _named(name), role, _now()),
    )
    journal.note("user_added", {"user": user, "role": role})
    return user


def disable_user(connection: Row, user: str) -> int:
    """Let none of a user's PCs in any more, and no new one; return how many there were.

    Raises:
        InputProblem: there is no such user, or the user is disabled already.
    """
    # Whoever is coming in by a code holds it, then the county: asked for in this order nobody waits for ever,
    # and who was first is among the PCs below.
    connection.execute("DELETE FROM enrolment_code WHERE user_id = %s AND used_at IS NULL", (user,))
    for (county,) in connection.execute(
        "SELECT county_id FROM hub_user WHERE user_id = %s", (user,)
    ).fetchall():
        hold_county(connection, county)
    done = connection.execute(
        "UPDATE hub_user SET disabled_at = %s WHERE user_id = %s AND disabled_at IS NULL RETURNING 1",
        (_now(), user),
    ).fetchone()
    if done is None:
        raise InputProblem(_("没有这个用户，或已被停用"), field="user")
    ended = connection.execute(
        "UPDATE device SET revoked_at = %s WHERE user_id = %s AND revoked_at IS NULL", (_now(), user)
    ).rowcount
    journal.note("user_disabled", {"user": user, "devices": ended})
    return ended


def end_codes(connection: Row) -> int:
    """End all one-time codes nobody has used, and return how many there were.

    For a database that was put back: there a code that was used since is not used.
    """
    ended = connection.execute("DELETE FROM enrolment_code WHERE used_at IS NULL").rowcount
    journal.note("codes_ended", {"codes": ended})
    return ended


def list_devices(connection: Row) -> tuple[DeviceLine, ...]:
    """Return all PCs, those of stations first."""
    rows = connection.execute(
        "SELECT d.device_id, d.role, coalesce(s.name, u.name, d.name),"
        " greatest(count(i.incarnation) - 1, 0), coalesce(sum(i.holes), 0), coalesce(d.revoked_at, '')"
        " FROM device d LEFT JOIN station s USING (station_id) LEFT JOIN hub_user u USING (user_id)"
        " LEFT JOIN incarnation i ON i.device_id = d.device_id"
        " GROUP BY d.device_id, s.name, u.name ORDER BY d.station_id IS NULL, 3, d.device_id"
    )
    return tuple(DeviceLine(*row) for row in rows)


def _must_have(connection: Row, county: str) -> None:
    if connection.execute("SELECT 1 FROM county WHERE county_id = %s", (county,)).fetchone() is None:
        raise InputProblem(_("没有这个县"), field="county")


def _named(name: str) -> str:
    if not name.strip():
        raise InputProblem(_("请写名称"), field="name")
    return name.strip()


def _now() -> str:
    return instant_text(clock.now())
