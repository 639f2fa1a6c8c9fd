"""Speaks to the county's hub: the only file of the program that opens a socket.

Every answer is read piece by piece and given up as soon as it is larger than any answer may be. The server's
certificate is checked against the system's; nothing is ever sent over a connection that was not.
"""

import ssl
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

from desk.errors import HubProblem
from desk.services.sync.engine import unreadable
from desk.text import _
from desk.wire import frame, routes, troubles
from desk.wire.codecs import WireError
from desk.wire.greeting import Hello, HelloAsk, Snapshot
from desk.wire.messages import Pull, Pulled, Push, Pushed
from desk.wire.troubles import AnyTrouble, Trouble

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

T = TypeVar("T")

# Whoever closes the window waits no longer than one of these.
_CONNECT_S: Final = 5.0
_READ_S: Final = 15.0
_BUSY: Final = frozenset({429, 502, 503, 504})
_OK: Final = 200


class HubClient:
    """One hub for one device. Use as a context: the connection is kept between the requests of a round.

    Args:
        address: as `address.cleaned` returns it.
        device: this PC's id.
        token: what the county gave for it; a secret, written into no log.
        transport: stands in for the network in tests.
    """

    def __init__(
        self, address: str, device: str, token: str, transport: "httpx.BaseTransport | None" = None
    ) -> None:
        import httpx

        self._httpx: Any = httpx
        self._device, self._token = device, token
        self._client = httpx.Client(
            base_url=address,
            timeout=httpx.Timeout(_READ_S, connect=_CONNECT_S),
            verify=ssl.create_default_context(),
            follow_redirects=False,
            trust_env=False,
            transport=transport,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def hello(self, ask: HelloAsk) -> Hello | AnyTrouble:
        """Greet. Raises HubProblem."""
        return self._ask("GET", routes.HELLO, Hello.decode, params=ask.query())

    def push(self, push: Push) -> Pushed | AnyTrouble:
        """Hand in ops. Raises HubProblem."""
        return self._ask("POST", routes.PUSH, Pushed.decode, body=push.encode())

    def pull(self, pull: Pull) -> Pulled | AnyTrouble:
        """Ask for what is new. Raises HubProblem."""
        return self._ask("POST", routes.PULL, Pulled.decode, body=pull.encode())

    def snapshot(self, scope: str, after: str) -> Snapshot | AnyTrouble:
        """Ask for a page of heads. Raises HubProblem."""
        path = routes.of_scope(routes.SNAPSHOT, scope)
        return self._ask("GET", path, Snapshot.decode, params={"after": after} if after else {})

    def _ask(
        self,
        method: str,
        path: str,
        read: "Callable[[bytes], T]",
        *,
        params: dict[str, str] | None = None,
        body: bytes | None = None,
    ) -> T | AnyTrouble:
        packed = frame.pack(body) if body is not None else None
        headers = routes.headers(self._device, self._token, packed=packed is not None)
        try:
            with self._client.stream(method, path, params=params, content=packed, headers=headers) as answer:
                raw = _read_all(answer)
                status, wait_s = answer.status_code, _wait_s(answer.headers.get("Retry-After", ""))
        except (self._httpx.HTTPError, self._httpx.InvalidURL, OSError) as error:
            raise _no_line(error) from error
        try:
            if status == _OK:
                return read(raw)
            trouble = troubles.decode(raw)
        except WireError as error:
            raise _not_ours(status, wait_s) from error
        if isinstance(trouble, Trouble) and wait_s > trouble.wait_s:
            return Trouble(trouble.error, trouble.sentence, trouble.scope, wait_s)
        return trouble


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


def _no_line(error: BaseException) -> HubProblem:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return HubProblem(
                _("县级平台的证书核对不上，没有发送任何数据"),
                way_out=_("请先看本机的日期时间对不对；对的话请联系县里。"),
                field="certificate",
            )
        cause = cause.__cause__ or cause.__context__
    return HubProblem(_("连不上县级平台"), way_out=_("数据都在本机，线路通了会自动补送。"), field="no_line")
