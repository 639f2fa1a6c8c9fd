"""Speaks to the county's hub: the only file of the program that opens a socket.

Every answer is read piece by piece and given up as soon as it is larger than any answer may be. Every request
is signed with this PC's key, and no data is ever sent over a connection that was not checked (`trust.py`).
"""

import socket
from datetime import datetime
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar
from urllib.parse import urlencode, urlsplit

from desk import ids
from desk.errors import HubProblem
from desk.services.sync import trust
from desk.services.sync.ahead import Ahead
from desk.services.sync.engine import unreadable
from desk.services.sync.gate import Gate
from desk.text import _
from desk.wire import frame, packing, routes, signing, troubles
from desk.wire.codecs import WireError
from desk.wire.enrolling import Enrol, Enrolled
from desk.wire.greeting import Hello, HelloAsk, Snapshot
from desk.wire.messages import Pull, Pulled, Push, Pushed
from desk.wire.moment import Moment
from desk.wire.rotating import Rotate, Rotated
from desk.wire.signing import Asked, Counter
from desk.wire.troubles import AnyTrouble, Trouble

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

    import httpx

T = TypeVar("T")

# Whoever closes the window waits no longer than one of these.
_CONNECT_S: Final = 5.0
_READ_S: Final = 15.0
_BUSY: Final = frozenset({429, 502, 503, 504})
_OK: Final = 200
_CANNOT_READ: Final = frozenset({400, 415})
_HTTPS: Final = 443
_NEW: Final = "enrol"


class HubClient:
    """One hub for one device. Use as a context: the connection is kept between the requests of a round.

    Args:
        gate: the way to it.
        transport: stands in for the network in tests.
    """

    def __init__(self, gate: Gate, transport: "httpx.BaseTransport | None" = None) -> None:
        import httpx

        self._httpx: Any = httpx
        self._gate, self._transport = gate, transport
        self._incarnation, self._counter = "", Counter()
        self._ahead: Ahead[Snapshot | AnyTrouble] = Ahead()
        self._takes_tables, self._tables_refused = False, False
        self._client: httpx.Client = self._opened(trust.context(gate.authority))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ahead.settle()
        self._client.close()

    def hello(self, ask: HelloAsk) -> Hello | AnyTrouble:
        """Greet. Raises HubProblem."""
        self._ahead.settle()
        self._incarnation, self._counter = ask.incarnation, Counter(ask.session)
        answer = self._ask("GET", routes.HELLO, Hello.decode, params=ask.query())
        if isinstance(answer, Hello):
            self._counter = Counter(answer.session)
        return answer

    def enrol(self, ask: Enrol) -> Enrolled | AnyTrouble:
        """Ask to be let in. Raises HubProblem."""
        self._ahead.settle()
        self._incarnation, self._counter = _NEW, Counter()
        return self._ask("POST", routes.ENROLL, Enrolled.decode, body=ask.encode())

    def push(self, push: Push) -> Pushed | AnyTrouble:
        """Hand in ops. Raises HubProblem."""
        return self._next("POST", routes.PUSH, partial(Pushed.decode, to=push), body=push.encode())

    def pull(self, pull: Pull) -> Pulled | AnyTrouble:
        """Ask for what is new. Raises HubProblem."""
        return self._next("POST", routes.PULL, Pulled.decode, body=pull.encode())

    def rotate(self, ask: Rotate) -> Rotated | AnyTrouble:
        """Ask for a new key. Raises HubProblem."""
        path = routes.of_device(routes.ROTATE, self._gate.device)
        return self._next("POST", path, Rotated.decode, body=ask.encode())

    def snapshot(self, scope: str, after: str) -> Snapshot | AnyTrouble:
        """Ask for a page of heads. Raises HubProblem."""
        foreseen = self._ahead.take((scope, after))
        page = foreseen.result() if foreseen is not None else self._heads(scope, after)
        if isinstance(page, Snapshot) and page.after:
            # While this one is stored the one behind it is on its way.
            self._ahead.begin((scope, page.after), partial(self._heads, scope, page.after))
        return page

    def _heads(self, scope: str, after: str) -> Snapshot | AnyTrouble:
        path = routes.of_scope(routes.SNAPSHOT, scope)
        return self._asked_next("GET", path, Snapshot.decode, params={"after": after} if after else {})

    def _next(self, method: str, path: str, read: "Callable[[bytes], T]", **said: Any) -> T | AnyTrouble:
        # One request at a time, whatever was foreseen: their numbers go up in the order in which they come.
        self._ahead.settle()
        return self._asked_next(method, path, read, **said)

    def _asked_next(
        self, method: str, path: str, read: "Callable[[bytes], T]", **said: Any
    ) -> T | AnyTrouble:
        # A request whose answer was lost used up its number too.
        self._counter = Counter(self._counter.session, self._counter.n + 1)
        return self._ask(method, path, read, **said)

    def _ask(
        self,
        method: str,
        path: str,
        read: "Callable[[bytes], T]",
        *,
        params: dict[str, str] | None = None,
        body: bytes | None = None,
    ) -> T | AnyTrouble:
        headers, packed = self._packed(body)
        asked = Asked(method, path, urlencode(params or {}), packed)
        headers |= signing.sign(asked, self._gate.device, self._incarnation, self._counter, self._gate.key)
        try:
            with self._client.stream(method, _target(asked), content=packed, headers=headers) as answer:
                raw = _read_all(answer)
                status, wait_s = answer.status_code, _wait_s(answer.headers.get("Retry-After", ""))
                self._takes_tables |= packing.NAME in answer.headers.get("Accept-Encoding", "")
            if status in _CANNOT_READ and headers.get("Content-Encoding") == packing.ENCODING:
                # The hub, or something on the way, cannot bear tables: the same as ever, from now on.
                self._tables_refused = True
                return self._asked_next(method, path, read, params=params, body=body)
        except (self._httpx.HTTPError, self._httpx.InvalidURL, OSError) as error:
            wrong = trust.cause_of(error)
            if wrong is None:
                raise _no_line() from error
            raise trust.refusal(wrong, self._their_time() if trust.is_of_time(wrong) else None) from error
        try:
            if status == _OK:
                return read(raw)
            trouble = troubles.decode(raw)
        except WireError as error:
            raise _not_ours(status, wait_s) from error
        if isinstance(trouble, Trouble) and wait_s > trouble.wait_s:
            return Trouble(trouble.error, trouble.sentence, trouble.scope, wait_s)
        return trouble

    def _packed(self, body: bytes | None) -> tuple[dict[str, str], bytes]:
        """Return headers and body as it travels: as tables, where the hub said that it takes them."""
        if body is None:
            return routes.headers(packed=False), b""
        packed = packing.pack(body) if self._takes_tables and not self._tables_refused else None
        if packed is None:
            return routes.headers(), frame.pack(body)
        return routes.headers(encoding=packing.ENCODING), packed

    def _their_time(self) -> datetime | None:
        """Ask for the hub's signed time over a connection nobody vouches for; None if it is not to be had."""
        if not self._gate.time_key:
            return None
        nonce = ids.random_bytes(16).hex()
        try:
            with (
                self._opened(trust.unchecked()) as client,
                client.stream("GET", f"{routes.TIME}?nonce={nonce}") as answer,
            ):
                told = Moment.decode(_read_all(answer))
                moment = datetime.fromisoformat(told.time)
        except (self._httpx.HTTPError, OSError, WireError, HubProblem, ValueError):
            return None
        proved = told.nonce == nonce and told.is_by(self._gate.time_key) and moment.tzinfo is not None
        return moment if proved else None

    def _opened(self, verify: "ssl.SSLContext") -> "httpx.Client":
        made: httpx.Client = self._httpx.Client(
            base_url=self._gate.address,
            timeout=self._httpx.Timeout(_READ_S, connect=_CONNECT_S),
            verify=verify,
            follow_redirects=False,
            trust_env=False,
            transport=self._transport,
        )
        return made


def find_authority(address: str, pin: str) -> str:
    """Return the county's certificate authority, as the hub shows it and the sheet names it (PEM).

    The connection is only looked at: nothing is sent over it.

    Raises:
        HubProblem: no line, or another certificate than the sheet's.
    """
    parts = urlsplit(address)
    try:
        with (
            socket.create_connection((parts.hostname or "", parts.port or _HTTPS), _CONNECT_S) as line,
            trust.unchecked().wrap_socket(line, server_hostname=parts.hostname) as shown,
        ):
            chain = trust.chain_of(shown)
    except (OSError, ValueError) as error:
        raise _no_line() from error
    return trust.authority_in(chain, pin)


def _target(asked: Asked) -> str:
    return f"{asked.path}?{asked.query}" if asked.query else asked.path


def _read_all(answer: "httpx.Response") -> bytes:
    """Return the body, unpacked and never more than a message may hold. Raises HubProblem."""
    raw = bytearray()
    for piece in answer.iter_raw():
        raw += piece
        if len(raw) > frame.MOST_RAW:
            raise unreadable()
    encoding = answer.headers.get("Content-Encoding", "identity")
    try:
        if encoding == frame.ENCODING:
            return frame.unpack(bytes(raw))
    except WireError as error:
        raise unreadable() from error
    if encoding != "identity":
        raise unreadable()
    return bytes(raw)


def _wait_s(text: str) -> int:
    return min(int(text), 3600) if text.isascii() and text.isdigit() else 0


def _not_ours(status: int, wait_s: int) -> HubProblem:
    if status in _BUSY:
        return HubProblem(_("县级平台正忙"), field="busy", wait_s=wait_s)
    return unreadable()


def _no_line() -> HubProblem:
    return HubProblem(_("连不上县级平台"), way_out=_("数据都在本机，线路通了会自动补送。"), field="no_line")
