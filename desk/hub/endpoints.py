"""What each route does: a message in, a message out. Those of devices come after the door."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, Protocol

import psycopg
from fastapi import Request
from psycopg_pool import ConnectionPool, PoolTimeout

from desk import clock
from desk.hub import door, enrolment, journal, keys, rights, schema, sync, vouchers
from desk.hub.admission import Visit
from desk.hub.door import Device
from desk.hub.postgres import PostgresLedger
from desk.hub.statements import AS_OPERATOR, TRY_ROOM
from desk.wire import frame, packing, routes, signing
from desk.wire.codecs import WireError, instant_text
from desk.wire.enrolling import COUNTY, STATION, Enrol
from desk.wire.greeting import MOST_HEADS, SERVED, Hello, HelloAsk, Limits
from desk.wire.history import MOST_HISTORY, place_in
from desk.wire.messages import MOST_PUSH_BYTES, Pull, Pulled, Push, Pushed
from desk.wire.moment import Moment, nonce_in
from desk.wire.reading import Raw
from desk.wire.rotating import Rotate, Rotated
from desk.wire.signing import Asked, Counter
from desk.wire.troubles import DeviceForked

_NO_ROOM_S: Final = 60

MOST_PUSH: Final = 2 * MOST_PUSH_BYTES
"""Most bytes of a push unfolded: its ops with their seals, or one op that is larger than a push may be."""

MOST_PULL: Final = 64 << 10
"""Most bytes of a pull unfolded: fifty scopes are a tenth of it."""

MOST_OTHER: Final = 16 << 10
"""Most bytes of any other message unfolded: a greeting has none, an enrolment and a new key a few hundred."""

_MOST: Final[Mapping[str, int]] = {"push": MOST_PUSH, "pull": MOST_PULL}


class Message(Protocol):
    """Whatever goes out."""

    def encode(self) -> bytes:
        """Write it."""


class Hub:
    """What the routes share: the pool of a worker's connections, and the key that signs the time."""

    def __init__(self, pool: ConnectionPool[psycopg.Connection[Any]]) -> None:
        self.pool = pool
        self._time_seed = b""
        self._voucher_key = b""
        self._is_full = False

    def ledger(self, device: Device) -> PostgresLedger:
        """Return the ledger as far as a device may see it."""
        return PostgresLedger(self.pool, device.scopes)

    @contextmanager
    def operator(self) -> Iterator[psycopg.Connection[Any]]:
        """Begin a transaction that no wall holds: for what is no station's, such as a code on paper."""
        with self.pool.connection() as connection:
            connection.execute(AS_OPERATOR)
            yield connection

    def is_ready(self) -> bool:
        """Tell whether the database answers, has this version's tables and, once it had none, has room."""
        try:
            with self.pool.connection(timeout=2) as connection:
                row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
                if self._is_full:
                    connection.execute(AS_OPERATOR)
                    connection.execute(TRY_ROOM)
        except (psycopg.Error, PoolTimeout):
            return False
        if self._is_full:
            journal.note("room_again", alarm=True)
        self._is_full = False
        return row is not None and row[0] == schema.newest()

    def note_full(self) -> None:
        """Remember that the database has no room; it is not ready before a trial finds some."""
        journal.note("disk_full", alarm=True)
        self._is_full = True

    def time_seed(self) -> bytes:
        """Return the seed of the key that signs the time; after the first time without the database."""
        if not self._time_seed:
            with self.operator() as connection:
                self._time_seed = keys.seed(connection, keys.TIME)
        return self._time_seed

    def voucher_key(self) -> bytes:
        """Return the key of the seals a county's PC gets; after the first time without the database."""
        if not self._voucher_key:
            self._voucher_key = vouchers.key_from(self.time_seed())
        return self._voucher_key


Answer = Callable[[Hub, Request, bytes], Message]
Guarded = Callable[[Hub, Device, Request, Raw], Message]


def told(ask: Answer) -> Answer:
    """Make an answer that tells its failures as troubles."""

    def answer(hub: Hub, request: Request, raw: bytes) -> Message:
        try:
            return ask(hub, request, raw)
        except (door.Refused, enrolment.Refused) as refused:
            return sync.trouble(refused.args[0])
        except (WireError, psycopg.DataError):
            # What cannot stand in the database, such as a NUL in an address, cannot stand in a message.
            return sync.trouble("bad_message")
        except psycopg.errors.DiskFull:
            hub.note_full()
            return sync.trouble("no_room", wait_s=_NO_ROOM_S)
        except (psycopg.OperationalError, psycopg.InterfaceError, PoolTimeout):
            journal.note("database_unreachable", alarm=True)
            return sync.trouble("unready", wait_s=10)

    return answer


def guarded(verb: str, ask: Guarded) -> Answer:
    """Make an answer that is only for a device which signed for it and may ask it."""

    def answer(hub: Hub, request: Request, raw: bytes) -> Message:
        with hub.pool.connection() as connection, connection.pipeline():
            device = door.admit(connection, request.headers.items(), asked(request, raw))
            visit: Visit = request.state.visit
            wait_s = visit.prove(device.device, greets=verb == "hello")
            if verb != "hello" and not wait_s:
                door.count(connection, device)
        if wait_s:
            return sync.trouble("busy", wait_s=wait_s)
        if not rights.may(device.role, verb):
            return sync.trouble("no_right")
        # What is read costs many times its bytes: no more of it than the longest message of its kind has.
        return ask(hub, device, request, _unpacked(request, raw, _MOST.get(verb, MOST_OTHER)))

    return answer


def asked(request: Request, raw: bytes) -> Asked:
    """Return what of a request is signed, as it came."""
    path: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
    query: bytes = request.scope["query_string"]
    return Asked(request.method, path.decode("latin-1"), query.decode("latin-1"), raw)


def hello(hub: Hub, device: Device, request: Request, _raw: Raw) -> Message:
    """Greet: what is served, and where the scopes stand."""
    ask = HelloAsk.read(dict(request.query_params))
    with hub.pool.connection() as connection:
        session = door.greet(connection, device, ask)
    if isinstance(session, DeviceForked):
        return session
    found = (hub.ledger(device).scope(scope) for scope in sorted(device.scopes))
    return Hello(
        *SERVED,
        now=instant_text(clock.now()),
        session=session,
        grants=device.grants,
        limits=Limits(),
        scopes=tuple(sync.state_of(scope) for scope in found if scope is not None),
    )


def push(hub: Hub, device: Device, _request: Request, raw: Raw) -> Message:
    """Take ops of one scope in."""
    message = Push.decode(raw)
    if (message.device, message.incarnation) != (device.device, device.incarnation):
        return sync.trouble("unknown_device")
    if message.scope not in device.scopes:
        return sync.trouble("no_grant", message.scope)
    vouched = vouchers.good(hub.voucher_key(), message) if message.vouchers else frozenset()
    answer = sync.push(hub.ledger(device), message, device.role, vouched)
    # A county's PC numbers its ops over many scopes, so those of one show holes that are none.
    if isinstance(answer, Pushed) and device.role == STATION:
        with hub.pool.connection() as connection, connection.pipeline():
            door.watch_seqs(connection, device, message.ops)
    return answer


def pull(hub: Hub, device: Device, _request: Request, raw: Raw) -> Message:
    """Give out what is new."""
    message = Pull.decode(raw)
    foreign = [want.scope for want in message.wants if want.scope not in device.scopes]
    if foreign:
        return sync.trouble("no_grant", foreign[0])
    answer = sync.pull(hub.ledger(device), message, device.role)
    if isinstance(answer, Pulled) and device.role == COUNTY:
        return vouchers.given(hub.voucher_key(), answer)
    return answer


def snapshot(hub: Hub, device: Device, request: Request, _raw: Raw) -> Message:
    """Give out heads for an empty desk."""
    scope = request.path_params["scope"]
    if scope not in device.scopes:
        return sync.trouble("no_grant", scope)
    noun, _bar, record_id = request.query_params.get("after", "").partition("|")
    most = _most(request, MOST_HEADS)
    return sync.snapshot(hub.ledger(device), scope, (noun, record_id), most)


def digest(hub: Hub, device: Device, request: Request, _raw: Raw) -> Message:
    """Give out the digests of a scope and its parts."""
    scope = request.path_params["scope"]
    if scope not in device.scopes:
        return sync.trouble("no_grant", scope)
    return sync.digest(hub.ledger(device), scope, request.query_params.get("prefix", ""))


def revisions(hub: Hub, device: Device, request: Request, _raw: Raw) -> Message:
    """Give out the history of one record of a scope."""
    scope = request.query_params.get("scope", "")
    if scope not in device.scopes:
        return sync.trouble("no_grant", scope)
    after = place_in(request.query_params.get("after", ""))
    most = _most(request, MOST_HISTORY)
    return sync.revisions(hub.ledger(device), scope, request.path_params["record"], after, most)


def rotate(hub: Hub, device: Device, request: Request, raw: Raw) -> Message:
    """Put a new key in the place of the one that signed this request."""
    message = Rotate.decode(raw)
    if {request.path_params["device"], message.device} != {device.device} or not message.is_proved:
        return sync.trouble("unknown_device")
    with hub.operator() as connection:
        enrolment.rotate(connection, device.device, message.public_key, device.public_key)
    return Rotated(device.device)


def enroll(hub: Hub, request: Request, raw: bytes) -> Message:
    """Let a PC in by the code on its sheet; it signs with the key it brings, so it is known to hold it."""
    # Nobody knows yet who asks: what it costs to read it is kept small.
    message = Enrol.decode(_unpacked(request, raw, MOST_OTHER))
    claim = signing.read(request.headers.items())
    if (claim.device, claim.counter) != (message.device, Counter()) or not signing.is_by(
        claim, asked(request, raw), message.public_key
    ):
        return sync.trouble("unknown_device")
    try:
        with hub.operator() as connection:
            return enrolment.enrol(connection, message)
    except psycopg.IntegrityError:
        # Two at the same moment want the same, for two counties that do not wait for each other.
        journal.note("enrolled_at_once", {"device": message.device})
        return sync.trouble("at_once")


def time(hub: Hub, request: Request, _raw: bytes) -> Message:
    """Say what time it is here, signed."""
    nonce = nonce_in(request.query_params.get("nonce", ""))
    return Moment(instant_text(clock.now()), nonce).signed(hub.time_seed())


ROUTES: tuple[tuple[str, str, str, Answer], ...] = (
    (routes.HELLO, "GET", "Greet: what is served, and where the scopes stand", guarded("hello", hello)),
    (routes.PUSH, "POST", "Hand in ops of one scope", guarded("push", push)),
    (routes.PULL, "POST", "Ask for what is new", guarded("pull", pull)),
    (routes.SNAPSHOT, "GET", "Heads for an empty desk", guarded("snapshot", snapshot)),
    (routes.DIGEST, "GET", "Digests of a scope and its parts", guarded("digest", digest)),
    (routes.REVISIONS, "GET", "History of a record", guarded("revisions", revisions)),
    (routes.ROTATE, "POST", "Take a new key for a device", guarded("rotate", rotate)),
    (routes.ENROLL, "POST", "Let a PC in by the code on its sheet", enroll),
    (routes.TIME, "GET", "The hub's time, signed", time),
)


def _most(request: Request, highest: int) -> int:
    """Return how many the answer may hold. Raises WireError: out of its range."""
    most = request.query_params.get("most", str(highest))
    if not most.isascii() or not most.isdigit() or len(most) > 9 or not 0 < int(most) <= highest:
        raise WireError("most: out of its range")
    return int(most)


def _unpacked(request: Request, raw: bytes, most: int) -> Raw:
    encoding = request.headers.get("Content-Encoding", "identity")
    if encoding == packing.ENCODING:
        return packing.unpack(raw, most)
    if encoding == frame.ENCODING:
        return frame.unpack(raw, most)
    if encoding != "identity" or len(raw) > most:
        raise WireError("another encoding, or too many bytes")
    return raw
