"""This PC takes a new key: its copy of the old one may be in other hands (sync.md 2.3).

The new key is kept before it is asked for. Where the answer was lost nobody knows which of the two the hub
believes; the next round finds out by asking with both. One that the hub does not believe in, since it still
greets by the old, is never asked for again: it may have been copied together with the old one.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any, Final

from sqlalchemy.orm import Session as Rows

from desk import ids
from desk.errors import HubProblem
from desk.models import plain
from desk.models.local import DeviceSecret
from desk.models.store import Store
from desk.services import audit
from desk.services.sync import engine, gate
from desk.services.sync.gate import Gate
from desk.services.sync.keeper import StoreKeeper
from desk.text import _
from desk.wire import signing
from desk.wire.rotating import Rotate, Rotated

PENDING: Final = "hub_key_asked"
"""The name of the key that was asked for and may or may not be the hub's by now."""

Connect = Callable[[Gate], AbstractContextManager[Any]]
"""Opens the way to a hub."""

_READ = "SELECT secret FROM device_secret WHERE name = ?"
_FORGET = "DELETE FROM device_secret WHERE name = ?"


def renew(store: Store, user_id: str, connect: Connect) -> None:
    """Ask for a new key and believe in it once the hub does.

    Raises:
        HubProblem: this PC is not enrolled, no line, or the hub's own refusal; then the old key stands, or,
            where only the answer was lost, the next round finds out.
    """
    with store.read() as rows:
        way = gate.read(rows, store.device_id)
    if not way.address or not way.key:
        raise HubProblem(_("这台电脑还没有在县级平台登记"), field="not_enrolled")
    with connect(way) as hub:
        engine.greet(StoreKeeper(store), hub)
        key = _drawn(store, user_id)
        answer = hub.rotate(Rotate.to(store.device_id, key))
    if not isinstance(answer, Rotated):
        raise engine.refused(answer)
    take_over(store, user_id)


def other_way(store: Store, way: Gate) -> Gate | None:
    """Return the way with the key that was asked for; None if none was."""
    with store.read() as rows:
        found = _pending(rows)
    return replace(way, key=found) if found else None


def take_over(store: Store, user_id: str = "") -> None:
    """Put the key that was asked for in the place of the old one, if one was.

    user_id: "" for the program itself.
    """
    with store.write(user_id) as rows:
        pending = _pending(rows)
        if not pending:
            # Another lane was faster: the key that stands is the new one.
            return
        rows.merge(DeviceSecret(name=gate.KEY, secret=pending))
        forget(rows)
        audit.append(rows, "setting_change", user_id=user_id, noun="setting", fields=gate.KEY)


def forget(rows: Rows) -> None:
    """Forget a key that was asked for."""
    plain.write(rows, _FORGET, (PENDING,))


def _drawn(store: Store, user_id: str) -> bytes:
    drawn = ids.random_bytes(signing.KEY_LENGTH)
    with store.write(user_id) as rows:
        rows.merge(DeviceSecret(name=PENDING, secret=drawn))
    return drawn


def _pending(rows: Rows) -> bytes:
    found = plain.ask(rows, _READ, (PENDING,))
    return bytes(found[0][0]) if found else b""
