"""Who asks: a device by its signature, the scopes it may see, and whether it is the only one (sync.md 2.6).

A request counts once: its counter must be above all others of the session its last hello began. A replay
changes nothing, and neither does one that was changed, late, or signed by somebody else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from psycopg import Connection

from desk import clock
from desk.hub import journal
from desk.hub.statements import AS_DEVICE
from desk.wire import signing
from desk.wire.codecs import WireError, instant_text
from desk.wire.greeting import HelloAsk
from desk.wire.incoming import OpIn
from desk.wire.signing import Asked, Counter
from desk.wire.troubles import DeviceForked

_DEVICE = """
SELECT d.public_key, d.role, d.grants, d.revoked_at IS NOT NULL,
       coalesce(array_agg(g.scope_id) FILTER (WHERE g.scope_id IS NOT NULL), '{}')
  FROM device d LEFT JOIN scope_grant g USING (device_id) WHERE d.device_id = %s GROUP BY d.device_id"""
# The count need not survive a crash: what a replay says then is known already.
_COUNT = """
UPDATE incarnation SET request = %s
 WHERE device_id = %s AND incarnation = %s AND session = %s AND request < %s
RETURNING set_config('synchronous_commit', 'off', true)"""
_SESSION = "SELECT session, nonce FROM incarnation WHERE device_id = %s AND incarnation = %s FOR UPDATE"
_GREETED = """
INSERT INTO incarnation (device_id, incarnation, session, nonce, first_at) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (device_id, incarnation) DO UPDATE
   SET session = excluded.session, nonce = excluded.nonce, request = 0"""
_SEQS = """
WITH was AS MATERIALIZED (
  SELECT last_seq FROM incarnation WHERE device_id = %(device)s AND incarnation = %(incarnation)s FOR UPDATE),
fresh AS (
  SELECT max(seq) AS newest, max(seq) - was.last_seq - count(*) AS missing, was.last_seq AS after
    FROM unnest(%(seqs)s::bigint[]) AS seq, was WHERE seq > was.last_seq GROUP BY was.last_seq)
UPDATE incarnation SET last_seq = fresh.newest, holes = holes + fresh.missing FROM fresh
 WHERE device_id = %(device)s AND incarnation = %(incarnation)s
RETURNING fresh.after, fresh.missing"""


@dataclass(frozen=True)
class Device:
    """A device that proved who it is.

    grants: number of its grants, changed with each given or taken. incarnation, counter: of this request.
    public_key: by which it proved it.
    """

    device: str
    role: str
    grants: int
    scopes: frozenset[str]
    incarnation: str
    counter: Counter
    public_key: bytes = b""


class Refused(Exception):
    """The door stays shut; `args[0]` is the error word. Only who proved to be a device is told more."""


def admit(connection: Connection[Any], headers: Iterable[tuple[str, str]], asked: Asked) -> Device:
    """Return the device that signed this request.

    Raises:
        Refused: not signed, by no device that is known, or by one that was revoked.
    """
    try:
        claim = signing.read(headers)
    except WireError as error:
        raise Refused("unknown_device") from error
    # Whoever it says it is: the rows of no other device can be seen from here on.
    connection.execute(AS_DEVICE, (claim.device,))
    row = connection.execute(_DEVICE, (claim.device,)).fetchone()
    if row is None or not signing.is_by(claim, asked, bytes(row[0])):
        raise Refused("unknown_device")
    if row[3]:
        raise Refused("revoked")
    scopes, key = frozenset(row[4]), bytes(row[0])
    return Device(claim.device, row[1], row[2], scopes, claim.incarnation, claim.counter, key)


def count(connection: Connection[Any], device: Device) -> None:
    """Use up the counter of a request. Raises Refused: it was used, or another session has begun since."""
    session, n = device.counter.session, device.counter.n
    told = (n, device.device, device.incarnation, session, n)
    if connection.execute(_COUNT, told).fetchone() is None:
        raise Refused("replayed")


def greet(connection: Connection[Any], device: Device, ask: HelloAsk) -> int | DeviceForked:
    """Count a hello of this incarnation; a number that was used already means a restored or cloned PC.

    A lost answer is not taken for one: the same nonce is answered again. A number higher than ours means that
    we were restored, not the PC.

    Raises:
        Refused: what it asks is not what was signed for.
    """
    if ask.incarnation != device.incarnation or device.counter != Counter(ask.session, 0):
        raise Refused("unknown_device")
    connection.execute(AS_DEVICE, (device.device,))
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


def watch_seqs(connection: Connection[Any], device: Device, ops: Iterable[OpIn]) -> None:
    """Raise the alarm at a hole in the running numbers of this incarnation: the PC lost records itself.

    A detector only: what came is taken in all the same.
    """
    seqs = list(set(_own_seqs(device, ops)))
    connection.execute(AS_DEVICE, (device.device,))
    who = {"device": device.device, "incarnation": device.incarnation}
    row = connection.execute(_SEQS, {**who, "seqs": seqs}).fetchone()
    if row is not None and row[1]:
        journal.note("seq_hole", {**who, "after": row[0], "missing": row[1]}, alarm=True)


def _own_seqs(device: Device, ops: Iterable[OpIn]) -> Iterable[int]:
    own = (device.device, device.incarnation)
    for each in ops:
        try:
            said, seq = (each.says("device"), each.says("incarnation")), each.says("seq")
        except WireError:
            # What has no usable body is in quarantine and has no number either.
            continue
        if not each.op or said != own or isinstance(seq, bool):
            continue
        if isinstance(seq, int) and 0 < seq < 2**53:
            yield seq
