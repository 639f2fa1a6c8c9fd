"""What an operator looks through: open questions, what lies in custody, and who is registered.

Ids, names of fields, codes and times; never a value of a record.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from psycopg import Connection

from desk.errors import InputProblem
from desk.hub import sentences
from desk.text import _

Row = Connection[Any]

_CONFLICTS: Final = """
SELECT c.scope_id, s.name, c.conflict_id, c.noun, c.record_id, c.field, c.reason,
       c.mine_op, coalesce(m.device_id, ''), coalesce(m.user_id, ''), coalesce(m.claimed_at, ''),
       c.theirs_op, coalesce(t.device_id, ''), coalesce(t.user_id, ''), coalesce(t.claimed_at, ''),
       coalesce(m.received_at, ''), coalesce(c.closed_by_op, '')
  FROM conflict c JOIN scope s USING (scope_id)
  LEFT JOIN revision m ON m.scope_id = c.scope_id AND m.op_id = c.mine_op
  LEFT JOIN revision t ON t.scope_id = c.scope_id AND t.op_id = c.theirs_op
 WHERE (%(scope)s = '' OR c.scope_id = %(scope)s) AND (%(closed)s OR c.closed_by_op IS NULL)
 ORDER BY m.received_at, c.scope_id, c.conflict_id"""
_KEPT: Final = """
SELECT q.scope_id, s.name, q.op_id, q.device_id, q.reason, q.received_at, q.body
  FROM quarantine q JOIN scope s USING (scope_id)
 WHERE %(scope)s = '' OR q.scope_id = %(scope)s ORDER BY q.received_at, q.scope_id, q.op_id"""
_STATIONS: Final = """
SELECT s.station_id, s.name, s.code, coalesce(s.scope_id, ''), c.county_id, c.name
  FROM station s JOIN county c USING (county_id) ORDER BY c.name, s.code, s.name, s.station_id"""
_USERS: Final = """
SELECT u.user_id, u.name, u.role, coalesce(u.disabled_at, ''), c.county_id, c.name
  FROM hub_user u JOIN county c USING (county_id) ORDER BY c.name, u.role, u.name, u.user_id"""


@dataclass(frozen=True)
class ConflictLine:
    """One question on one field: mine lost or came second, theirs stands. closed_by: "" while it is open."""

    scope: str
    name: str
    conflict: str
    noun: str
    record: str
    field: str
    reason: str
    mine_op: str
    mine_device: str
    mine_user: str
    mine_at: str
    theirs_op: str
    theirs_device: str
    theirs_user: str
    theirs_at: str
    received_at: str
    closed_by: str


@dataclass(frozen=True)
class KeptLine:
    """One op in custody. device: who handed it in, or else who wrote it as far as that can be read."""

    scope: str
    name: str
    op: str
    device: str
    code: str
    sentence: str
    received_at: str
    noun: str
    record: str
    user: str


@dataclass(frozen=True)
class StationLine:
    """One station. scope: "" until its first PC enrols."""

    station: str
    name: str
    code: str
    scope: str
    county: str
    county_name: str


@dataclass(frozen=True)
class UserLine:
    """One of the county's people. disabled_at: "" while they may come in."""

    user: str
    name: str
    role: str
    disabled_at: str
    county: str
    county_name: str


@dataclass(frozen=True)
class CountyLine:
    """One county with the number of its stations."""

    county: str
    name: str
    stations: int


def conflicts(connection: Row, scope: str = "", *, closed: bool = False) -> tuple[ConflictLine, ...]:
    """Return the open questions of a scope or of all; `closed`: those too that are. Raises InputProblem."""
    _must_exist(connection, scope)
    found = connection.execute(_CONFLICTS, {"scope": scope, "closed": closed})
    return tuple(ConflictLine(*row) for row in found)


def kept(connection: Row, scope: str = "") -> tuple[KeptLine, ...]:
    """Return what lies in custody, the oldest first. Raises InputProblem for no such scope."""
    _must_exist(connection, scope)
    return tuple(_kept(row) for row in connection.execute(_KEPT, {"scope": scope}))


def counties(connection: Row) -> tuple[CountyLine, ...]:
    """Return all counties."""
    found = connection.execute(
        "SELECT county_id, name, (SELECT count(*) FROM station s WHERE s.county_id = c.county_id)"
        " FROM county c ORDER BY name"
    )
    return tuple(CountyLine(*row) for row in found)


def stations(connection: Row) -> tuple[StationLine, ...]:
    """Return all stations, county by county."""
    return tuple(StationLine(*row) for row in connection.execute(_STATIONS))


def users(connection: Row) -> tuple[UserLine, ...]:
    """Return all users of the counties."""
    return tuple(UserLine(*row) for row in connection.execute(_USERS))


def _kept(row: Sequence[Any]) -> KeptLine:
    scope, name, op, device, code, at, body = row
    said = _read(bytes(body))
    return KeptLine(
        scope=scope,
        name=name,
        op=op,
        device=device or _id(said.get("device")),
        code=code,
        sentence=sentences.told(code),
        received_at=at,
        noun=_id(said.get("type")),
        record=_id(said.get("rec")),
        user=_id(said.get("user")),
    )


def _read(body: bytes) -> dict[str, Any]:
    # What lies there is what could not be read; whatever can be is told.
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _id(value: object) -> str:
    """Return an id as it is written; of what is none, nothing: it goes to a terminal."""
    fits = isinstance(value, str) and len(value) <= 64 and value.isascii()
    return str(value) if fits and str(value).replace("-", "").replace("_", "").isalnum() else ""


def _must_exist(connection: Row, scope: str) -> None:
    if scope and connection.execute("SELECT 1 FROM scope WHERE scope_id = %s", (scope,)).fetchone() is None:
        raise InputProblem(_("没有这个范围：{scope}").format(scope=scope), field="scope")
