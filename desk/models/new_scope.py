"""Moves a store that holds nothing but its first start into another scope (sync.md 2.2, "only while empty").

A county's PC is set up like any other and learns where it belongs when it enrols. Nothing of it has been sent
by then, so its ops are written anew under their own ids; afterwards a scope never changes.
"""

from dataclasses import replace
from typing import Final

from sqlalchemy.orm import Session as Rows

from desk.models import plain
from desk.models.tables import SYNCED
from desk.wire.op import Op, digest

FIRST: Final = frozenset({"station", "device", "user", "entry_code", "audit", "print_job"})
"""What a store holds after the first start: its papers are those of the wizard."""

_OPS = "SELECT position, body FROM outbox ORDER BY position"
_WRITTEN = "UPDATE outbox SET body = ?, sha256 = ?, scope_id = ? WHERE position = ?"
_SENT = "SELECT EXISTS (SELECT 1 FROM shadow_head) OR EXISTS (SELECT 1 FROM revision_log)"


def is_fresh(rows: Rows) -> bool:
    """Tell whether nobody has worked with the store yet, and nothing of it is at a hub."""
    if plain.ask(rows, _SENT)[0][0]:
        return False
    later = (noun for noun in SYNCED if noun not in FIRST)
    return not any(plain.ask(rows, f"SELECT 1 FROM {noun} LIMIT 1") for noun in later)  # noqa: S608 - our own noun


def take_on(rows: Rows, scope: str) -> None:
    """Put every record and every op of a fresh store into a scope, in the caller's block.

    Raises:
        ValueError: the store is not fresh.
    """
    if not is_fresh(rows):
        raise ValueError("a store with records of its own keeps its scope")
    for noun in FIRST:
        plain.write(rows, f"UPDATE {noun} SET scope_id = ?", (scope,))  # noqa: S608 - our own noun
    for position, body in plain.ask(rows, _OPS):
        moved = replace(Op.from_bytes(body), scope=scope).to_bytes()
        plain.write(rows, _WRITTEN, (moved, digest(moved), scope, position))
    plain.write(rows, "DELETE FROM cursor")
    plain.write(rows, "UPDATE meta SET scope_id = ?", (scope,))
