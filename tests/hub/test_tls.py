"""The real client before a server that speaks TLS: what is believed, and that nothing is sent otherwise."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from desk import clock
from desk.errors import HubProblem
from desk.hub import certificates
from desk.hub.certificates import Files
from desk.services.sync.client import HubClient, find_authority
from desk.services.sync.gate import Gate
from desk.wire import routes, signing
from desk.wire.codecs import instant_text
from desk.wire.greeting import SERVED, Hello, HelloAsk, Limits
from desk.wire.moment import Moment
from tests.fakes import FakeClock

KEY, TIME = bytes(32), bytes(range(32))
ASK = HelloAsk("i1", 0, "n1")
HELLO = Hello(*SERVED, "2026-11-23T09:00:00.000+08:00", 1, 1, Limits(), ())


class Server:
    """Answers hello and time by the certificate it is given, and remembers what it was asked."""

    def __init__(self, files: Files) -> None:
        self.asked: list[str] = []
        self.ahead = timedelta()
        self.time_key = TIME
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.asked.append(self.path)
                body = HELLO.encode()
                if self.path.startswith(routes.TIME):
                    nonce = self.path.partition("nonce=")[2]
                    body = (
                        Moment(instant_text(clock.now() + server.ahead), nonce)
                        .signed(server.time_key)
                        .encode()
                    )
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_said: object) -> None:
                """Nothing of it is wanted."""

        class Quiet(HTTPServer):
            def handle_error(self, request: object, client_address: object) -> None:
                """Whoever hangs up during the handshake is what these tests are about."""

        self._http = Quiet(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(files.certificate, files.key)
        # The handshake is made by whoever reads first, so that a failed one does not end the server.
        self._http.socket = context.wrap_socket(
            self._http.socket, server_side=True, do_handshake_on_connect=False
        )
        self.address = f"https://127.0.0.1:{self._http.server_port}"
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.05})

    @contextmanager
    def running(self) -> Iterator["Server"]:
        self._thread.start()
        try:
            yield self
        finally:
            self._http.shutdown()
            self._thread.join()
            self._http.server_close()


def hello(server: Server, authority: str, address: str = "") -> Hello:
    gate = Gate(address or server.address, "d1", KEY, authority, signing.public_of(TIME))
    with HubClient(gate) as client:
        answer = client.hello(ASK)
    assert isinstance(answer, Hello)
    return answer


def refused(server: Server, authority: str, address: str = "") -> HubProblem:
    with pytest.raises(HubProblem) as told:
        hello(server, authority, address)
    return told.value


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "tls")


def test_the_authority_of_the_sheet_is_found_and_believed(files: Files, tmp_path: Path) -> None:
    pin = certificates.make(files, "示例县", ["127.0.0.1"])
    other = Files(tmp_path / "other")
    foreign = certificates.make(other, "示例县", ["127.0.0.1"])
    with Server(files).running() as server:
        authority = find_authority(server.address, pin)
        with pytest.raises(HubProblem) as told:
            find_authority(server.address, foreign)
        assert told.value.field == "pin"
        # Both only looked.
        assert server.asked == []
        assert hello(server, authority) == HELLO
        assert len(server.asked) == 1


def test_an_impostor_is_sent_nothing(files: Files, tmp_path: Path) -> None:
    certificates.make(files, "示例县", ["127.0.0.1"])
    other = Files(tmp_path / "other")
    certificates.make(other, "示例县", ["127.0.0.1"])
    with Server(other).running() as server:
        for authority in (files.authority.read_text("ascii"), ""):
            assert refused(server, authority).field == "certificate"
        assert server.asked == []


def test_another_name_is_sent_nothing(files: Files) -> None:
    certificates.make(files, "示例县", ["hub.example"])
    with Server(files).running() as server:
        assert refused(server, files.authority.read_text("ascii")).field == "certificate"
        assert server.asked == []


def test_dates_that_do_not_fit_are_looked_into_by_the_signed_time(
    files: Files, fake_clock: FakeClock
) -> None:
    """Whoever's clock is wrong: nothing is asked but the time, and only the hub's own word is believed."""
    now = clock.now()
    fake_clock.forward(days=-4000)
    certificates.make(files, "示例县", ["127.0.0.1"], days=30)
    authority = files.authority.read_text("ascii")
    fake_clock.set(now.isoformat())
    with Server(files).running() as server:
        told = refused(server, authority)
        assert (told.field, "过期" in told.sentence) == ("certificate", True)
        server.ahead = timedelta(days=-3000)
        told = refused(server, authority)
        assert (told.field, "快了 3000 天" in told.sentence) == ("clock", True)
        server.time_key = KEY
        told = refused(server, authority)
        assert (told.field, "日期核对不上" in told.sentence) == ("certificate", True)
        assert len(server.asked) == 3
        assert all(each.startswith(routes.TIME) for each in server.asked)
