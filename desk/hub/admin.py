"""What an operator does at the hub: scopes, restores, a device revoked."""

from dataclasses import dataclass
from typing import Any

from psycopg import Connection

from desk import clock, ids
from desk.errors import InputProblem
from desk.hub import journal
from desk.text import _
from desk.wire.codecs import instant_text

Row = Connection[Any]


@dataclass(frozen=True)
class ScopeLine:
    """One scope as the list shows it."""

    scope: str
    name: str
    version: int
    durable: int
    halted: bool
    conflicts: int
    quarantined: int


def add_scope(connection: Row, name: str, scope: str = "") -> str:
    """Make a scope; without an id it gets a new one.

    Raises:
        InputProblem: it is there already, or the id does not begin with S:, C: or R:.
    """
    scope = scope or f"S:{ids.new_id()}"
    if scope[:2] not in {"S:", "C:", "R:"} or not scope[2:].replace("-", "").isalnum() or len(scope) > 64:
        raise InputProblem(_("范围编号要以 S:、C: 或 R: 开头"), field="scope")
    epoch = ids.new_id()
    made = connection.execute(
        "INSERT INTO scope (scope_id, epoch, name) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING RETURNING 1",
        (scope, epoch, name),
    ).fetchone()
    if made is None:
        raise InputProblem(_("这个范围已经有了"), field="scope")
    connection.execute(
        "INSERT INTO epoch_history (scope_id, n, epoch, restored_to, at) VALUES (%s, 1, %s, 0, %s)",
        (scope, epoch, instant_text(clock.now())),
    )
    journal.note("scope_added", {"scope": scope})
    return scope


def revoke(connection: Row, device: str) -> None:
    """Let a device in no more. Raises InputProblem if there is none of this id."""
    done = connection.execute(
        "UPDATE device SET revoked_at = %s WHERE device_id = %s AND revoked_at IS NULL RETURNING 1",
        (instant_text(clock.now()), device),
    ).fetchone()
    if done is None:
        raise InputProblem(_("没有这台设备，或它已被停用"), field="device")
    journal.note("device_revoked", {"device": device})


def declare_restore(connection: Row, scope: str, restored_to: int | None, reason: str) -> int:
    """Begin a new epoch: the database was put back from a backup, or may have been.

    Args:
        connection: its transaction.
        scope: which one.
        restored_to: up to which version the backup reached; None for the durable version, always safe.
        reason: for the history.

    Returns:
        The version said to be shared.

    Raises:
        InputProblem: no such scope, or a version above the one it is at.
    """
    version, durable = _must_exist(connection, scope)
    shared = durable if restored_to is None else restored_to
    if not 0 <= shared <= version:
        raise InputProblem(_("版本要在 0 和 {version} 之间").format(version=version), field="to")
    epoch = ids.new_id()
    connection.execute(
        "UPDATE scope SET epoch = %s, halted = false, durable_version = least(durable_version, %s)"
        " WHERE scope_id = %s",
        (epoch, shared, scope),
    )
    connection.execute(
        "INSERT INTO epoch_history (scope_id, n, epoch, restored_to, at, reason)"
        " SELECT %s, max(n) + 1, %s, %s, %s, %s FROM epoch_history WHERE scope_id = %s",
        (scope, epoch, shared, instant_text(clock.now()), reason, scope),
    )
    journal.note("epoch_declared", {"scope": scope, "shared": shared}, alarm=True)
    return shared


def set_durable(connection: Row, scope: str, version: int) -> None:
    """Say up to which version *every* backup that is still kept reaches; desks prune below it.

    Raises:
        InputProblem: no such scope, a version above its own, or below the one said before.
    """
    newest, durable = _must_exist(connection, scope)
    if not durable <= version <= newest:
        raise InputProblem(
            _("版本要在 {durable} 和 {newest} 之间").format(durable=durable, newest=newest), field="version"
        )
    connection.execute("UPDATE scope SET durable_version = %s WHERE scope_id = %s", (version, scope))


def list_scopes(connection: Row) -> tuple[ScopeLine, ...]:
    """Return all scopes with what waits in them."""
    rows = connection.execute(
        "SELECT scope_id, name, version, durable_version, halted,"
        " (SELECT count(*) FROM conflict c WHERE c.scope_id = s.scope_id AND closed_by_op IS NULL),"
        " (SELECT count(*) FROM quarantine q WHERE q.scope_id = s.scope_id) FROM scope s ORDER BY scope_id"
    )
    return tuple(ScopeLine(*row) for row in rows)


def _must_exist(connection: Row, scope: str) -> tuple[int, int]:
    row = connection.execute(
        "SELECT version, durable_version FROM scope WHERE scope_id = %s FOR UPDATE", (scope,)
    ).fetchone()
    if row is None:
        raise InputProblem(_("没有这个范围：{scope}").format(scope=scope), field="scope")
    return row[0], row[1]
