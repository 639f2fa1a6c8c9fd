"""Pushes written, packed and signed before the clock starts, and a line that only sends them.

So a measurement of the hub is one of the hub: what a PC does for its request was measured elsewhere.
"""

import socket
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

import orjson

from desk.wire import frame, packing, routes, signing
from desk.wire.greeting import HelloAsk
from desk.wire.messages import Push
from desk.wire.signing import Asked, Counter


@dataclass(frozen=True)
class Signer:
    """How one PC signs: its id, writer, key, and the session its hello began."""

    device: str
    incarnation: str
    key: bytes
    session: int

    def push(self, n: int, push: Push) -> bytes:
        """Write a push, the n-th request of the session, whole: as a desk sends it."""
        raw = push.encode()
        packed = packing.pack(raw)
        assert packed is not None
        asked = Asked("POST", routes.PUSH, "", packed)
        return self._written(asked, Counter(self.session, n))

    def hello(self, ask: HelloAsk) -> bytes:
        """Write a greeting."""
        return self._written(Asked("GET", routes.HELLO, urlencode(ask.query()), b""), Counter(ask.session))

    def _written(self, asked: Asked, counter: Counter) -> bytes:
        signed = signing.sign(asked, self.device, self.incarnation, counter, self.key)
        headers = routes.headers(packed=bool(asked.body), encoding=packing.ENCODING) | signed
        headers |= {"Host": "hub", "Content-Length": str(len(asked.body))}
        target = f"{asked.path}?{asked.query}" if asked.query else asked.path
        lines = [f"{asked.method} {target} HTTP/1.1", *(f"{name}: {each}" for name, each in headers.items())]
        return "\r\n".join([*lines, "", ""]).encode() + asked.body


@dataclass(frozen=True)
class Told:
    """An answer as it came: status, seconds to wait where the hub asked for patience, body as packed."""

    status: int
    wait_s: int
    body: bytes

    def verdicts(self) -> set[str]:
        """Return what became of the ops of a push."""
        assert self.status == 200, self
        return {each["verdict"] for each in orjson.loads(frame.unpack(self.body))["answers"]}


class Line:
    """One connection that is kept. Asks one thing after another."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._file = self._socket.makefile("rb")

    def close(self) -> None:
        """Hang up."""
        self._file.close()
        self._socket.close()

    def ask(self, request: bytes) -> Told:
        """Send a request and return its answer."""
        self._socket.sendall(request)
        status = int(self._file.readline().split()[1])
        headers = dict(_headers(iter(self._file.readline, b"\r\n")))
        body = self._file.read(int(headers[b"content-length"]))
        return Told(status, int(headers.get(b"retry-after", b"0")), body)


def _headers(lines: Iterable[bytes]) -> Iterable[tuple[bytes, bytes]]:
    for line in lines:
        name, _colon, value = line.partition(b":")
        yield name.lower(), value.strip()
