"""Who asks: a device by its token, the scopes it may see, and whether it is the only one of its kind (2.6).

The token is 256 random bits, made by the command line and kept here as its SHA-256 only. Keys and signatures
take its place with the next slice.
"""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

from psycopg import Connection

from desk import clock, ids
from desk.hub import journal
from desk.wire.codecs import instant_text
from desk.wire.greeting import HelloAsk
from desk.wire.troubles import DeviceForked

TOKEN_BYTES = 32

_DEVICE = """
SELECT d.token_sha256, d.grants, coalesce(array_agg(g.scope_id) FILTER (WHERE g.scope_id IS NOT NULL), '{}')
  FROM device d LEFT JOIN scope_grant g USING (device_id)
 WHERE d.device_id = %s AND d.revoked_at IS NULL GROUP BY d.device_id"""
_SESSION = "SELECT session, nonce FROM incarnation WHERE device_id = %s AND incarnation = %s FOR UPDATE"
_GREETED = """
INSERT INTO incarnation (device_id, incarnation, session, nonce, first_at) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (device_id, incarnation) DO UPDATE SET session = excluded.session, nonce = excluded.nonce"""


@dataclass(frozen=True)
class Device:
    """A device that proved who it is. grants: number of its grants, changed with each given or taken."""

    device: str
    grants: int
    scopes: frozenset[str]


def new_token() -> str:
    """Draw a token of 256 bits, as 64 hexadecimal digits."""
    return ids.random_bytes(TOKEN_BYTES).hex()


def hash_of(token: str) -> bytes:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).digest()


def admit(connection: Connection[Any], device: str, authorization: str) -> Device | None:
    """Return the device, or None if it is unknown, revoked, or the token is not its own."""
    scheme, _space, token = authorization.partition(" ")
    row = connection.execute(_DEVICE, (device,)).fetchone()
    kept = bytes(row[0]) if row else bytes(TOKEN_BYTES)
    proved = hmac.compare_digest(kept, hash_of(token)) and scheme.lower() == "bearer"
    return Device(device, row[1], frozenset(row[2])) if row and proved else None


def greet(connection: Connection[Any], device: Device, ask: HelloAsk) -> int | DeviceForked:
    """Count a hello of this incarnation; a number that was used already means a restored or cloned PC.

    A lost answer is not taken for one: the same nonce is answered again. A number higher than ours means that
    we were restored, not the PC.
    """
    row = connection.execute(_SESSION, (device.device, ask.incarnation)).fetchone()
    session, nonce = row if row else (0, "")
    if ask.session == session - 1 and ask.nonce == nonce:
        return int(session)
    if ask.session < session:
        journal.note("device_forked", {"device": device.device, "incarnation": ask.incarnation}, alarm=True)
        return DeviceForked(device.device)
    at = instant_text(clock.now())
    connection.execute(_GREETED, (device.device, ask.incarnation, ask.session + 1, ask.nonce, at))
    return ask.session + 1
