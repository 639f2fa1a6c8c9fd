"""One-time codes on paper, and the PC that comes with one (sync.md 2.6).

A code is random, kept as its SHA-256 only, runs out, and lets in one PC once. Whoever lost the answer asks
the same again and is answered the same.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from psycopg import Connection

from desk import clock
from desk.errors import InputProblem
from desk.hub import journal, keys, register
from desk.text import _
from desk.wire import codes
from desk.wire.codecs import WireError, instant_text
from desk.wire.enrolling import STATION, Enrol, Enrolled

Row = Connection[Any]

DAYS: Final = 7
"""How long a code lives unless the operator says otherwise."""

_STATION = "SELECT s.name, c.name FROM station s JOIN county c USING (county_id) WHERE station_id = %s"
_USER = """
SELECT u.name, c.name FROM hub_user u JOIN county c USING (county_id)
 WHERE user_id = %s AND disabled_at IS NULL"""
_CODE = """
SELECT e.station_id, e.user_id, e.expires_at, e.used_at, e.device_id, e.public_key,
       coalesce(u.role, 'station'), coalesce(cs.name, cu.name), coalesce(s.name, ''),
       coalesce(s.county_id, u.county_id)
  FROM enrolment_code e
  LEFT JOIN station s USING (station_id) LEFT JOIN county cs ON cs.county_id = s.county_id
  LEFT JOIN hub_user u USING (user_id) LEFT JOIN county cu ON cu.county_id = u.county_id
 WHERE e.code_sha256 = %s FOR UPDATE OF e"""
_DISABLED = "SELECT 1 FROM hub_user WHERE user_id = %s AND disabled_at IS NOT NULL"
_DEVICE = "SELECT station_id, user_id FROM device WHERE device_id = %s FOR UPDATE"
_PUT_DEVICE = """
INSERT INTO device (device_id, name, public_key, role, station_id, user_id, made_at)
VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (device_id) DO UPDATE SET public_key = excluded.public_key, role = excluded.role,
       station_id = excluded.station_id, user_id = excluded.user_id, revoked_at = NULL,
       grants = device.grants + 1"""
_GRANT = """
INSERT INTO scope_grant (device_id, scope_id)
SELECT %s, scope_id FROM station WHERE scope_id IS NOT NULL AND (station_id = %s OR county_id = %s)
ON CONFLICT DO NOTHING"""
_STATION_SCOPE = "SELECT scope_id FROM station WHERE station_id = %s AND scope_id IS NOT NULL"
_GRANT_OWN = "INSERT INTO scope_grant (device_id, scope_id) VALUES (%s, %s) ON CONFLICT DO NOTHING"
_ROTATE = (
    "UPDATE device SET public_key = %s"
    " WHERE device_id = %s AND public_key = %s AND revoked_at IS NULL RETURNING 1"
)
_STANDS = "SELECT 1 FROM device WHERE device_id = %s AND revoked_at IS NULL"
_USED = "UPDATE enrolment_code SET used_at = %s, device_id = %s, public_key = %s WHERE code_sha256 = %s"


@dataclass(frozen=True)
class Code:
    """A fresh code, shown this once: in groups, for whom, of which county, until when."""

    code: str
    whom: str
    county: str
    until: datetime


class Refused(Exception):
    """The code lets this PC not in; `args[0]` is the error word."""


def new_code(connection: Row, *, station: str = "", user: str = "", days: int = DAYS) -> Code:
    """Draw a code for one PC of a station, or for one of a user of the county.

    Raises:
        InputProblem: no such station or user, or the days are not between 1 and 90.
    """
    if not 1 <= days <= 90:
        raise InputProblem(_("有效期要在 1 和 90 天之间"), field="days")
    found = connection.execute(_STATION if station else _USER, (station or user,)).fetchone()
    if found is None:
        raise InputProblem(_("没有这个站点或用户"), field="id")
    code, until = codes.new(codes.ONE_TIME), clock.now() + timedelta(days=days)
    connection.execute(
        "INSERT INTO enrolment_code (code_sha256, station_id, user_id, made_at, expires_at)"
        " VALUES (%s, %s, %s, %s, %s)",
        (
            *(_hash(code.replace("-", "")), station or None, user or None),
            *(instant_text(clock.now()), instant_text(until)),
        ),
    )
    journal.note("code_made", {"station": station, "user": user})
    return Code(code, found[0], found[1], until)


def enrol(connection: Row, ask: Enrol) -> Enrolled:
    """Let a PC in that has proved to hold its key.

    A PC of this station that was revoked, or lost its key, comes in again by a new code. A PC of the county
    keeps its own records in the county's scope; one that has others already is refused.

    Raises:
        Refused: the code is none, over, or used; or the PC belongs elsewhere.
        WireError: the scope is none.
    """
    found = connection.execute(_CODE, (_hash(ask.code),)).fetchone()
    if found is None:
        raise Refused("bad_code")
    station, user, until, used, device, key, role, county, name, county_id = found
    register.hold_county(connection, county_id)
    # A code may have been drawn beside the end of its user; asked now, since disabling holds the county too.
    if connection.execute(_DISABLED, (user,)).fetchone() is not None:
        raise Refused("bad_code")
    answer = Enrolled(role, county, name, keys.public(connection, keys.TIME))
    own = "" if role == STATION else register.county_scope(connection, county_id)
    if own and ask.scope != own and not ask.empty:
        raise Refused("not_empty")
    if used is not None:
        if (device, bytes(key)) == (ask.device, ask.public_key):
            return replace(answer, scope=own or _scope_of(connection, station))
        raise Refused("code_used")
    if clock.now() > datetime.fromisoformat(until):
        raise Refused("code_expired")
    before = connection.execute(_DEVICE, (ask.device,)).fetchone()
    if before is not None and tuple(before) not in {(station, user), (None, None)}:
        raise Refused("device_elsewhere")
    if role == STATION:
        _join(connection, station, ask.scope)
    now = instant_text(clock.now())
    connection.execute(_PUT_DEVICE, (ask.device, name, ask.public_key, role, station, user, now))
    connection.execute(_GRANT, (ask.device, station, None if role == STATION else county_id))
    if own:
        connection.execute(_GRANT_OWN, (ask.device, own))
    connection.execute(_USED, (now, ask.device, ask.public_key, _hash(ask.code)))
    journal.note("device_enrolled", {"device": ask.device, "role": role})
    return replace(answer, scope=own or _scope_of(connection, station))


def rotate(connection: Row, device: str, public_key: bytes, signed_by: bytes) -> None:
    """Put a device's new key in the place of the one that signed for it.

    Raises:
        Refused: the device was revoked in the meantime, or has another key by now.
    """
    done = connection.execute(_ROTATE, (public_key, device, signed_by)).fetchone()
    if done is None:
        there = connection.execute(_STANDS, (device,)).fetchone()
        raise Refused("unknown_device" if there is not None else "revoked")
    journal.note("device_rotated", {"device": device}, alarm=True)


def _scope_of(connection: Row, station: str | None) -> str:
    found = connection.execute(_STATION_SCOPE, (station,)).fetchone()
    return str(found[0]) if found is not None else ""


def _join(connection: Row, station: str, scope: str) -> None:
    if not scope:
        # An empty PC takes on the station's own; somebody must have brought it.
        if not _scope_of(connection, station):
            raise Refused("no_first_pc")
        return
    try:
        joined = register.give_scope(connection, station, scope)
    except InputProblem as error:
        raise WireError("scope: none is called so") from error
    if not joined:
        raise Refused("other_scope")


def _hash(code: str) -> bytes:
    return hashlib.sha256(code.encode()).digest()
