"""The one file that opens a socket: what it sends, and that no answer can hurt it."""

import ssl
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from desk.errors import HubProblem
from desk.services.sync.client import HubClient
from desk.wire import frame, routes
from desk.wire.greeting import SERVED, Hello, HelloAsk, Limits, Snapshot
from desk.wire.incoming import OpIn
from desk.wire.messages import Pull, Pulled, Push, Pushed, Want
from desk.wire.troubles import DeviceForked, Trouble
from tests.stores import SCOPE

TOKEN = "5f" * 32
HELLO = Hello(*SERVED, "2026-11-23T09:00:00.000+08:00", 1, 1, Limits(), ())
ASK = HelloAsk("i1", 0, "n1")
PUSH = Push("d1", "i1", SCOPE, "e1", 2, 0, (OpIn("o1", b'{"op":"o1"}'),))


def client(answer: Callable[[httpx.Request], httpx.Response]) -> HubClient:
    return HubClient("https://hub.example/desk", "d1", TOKEN, httpx.MockTransport(answer))


def packed(body: bytes, status: int = 200, **headers: str) -> httpx.Response:
    named = {"Content-Encoding": frame.ENCODING, **{k.replace("_", "-"): v for k, v in headers.items()}}
    return httpx.Response(status, headers=named, stream=httpx.ByteStream(frame.pack(body)))


def bare(status: int, text: str, **headers: str) -> httpx.Response:
    return httpx.Response(status, headers=headers, stream=httpx.ByteStream(text.encode()))


def hello_with(answer: Callable[[httpx.Request], httpx.Response]) -> Any:
    with client(answer) as hub:
        return hub.hello(ASK)


def test_each_verb_goes_to_its_route_with_the_device_and_its_token() -> None:
    asked: list[httpx.Request] = []
    answers = {
        "/desk/v1/hello": HELLO.encode(),
        "/desk/v1/push": Pushed(SCOPE, "e1", 1, ()).encode(),
        "/desk/v1/pull": Pulled(()).encode(),
        f"/desk{routes.of_scope(routes.SNAPSHOT, SCOPE)}": Snapshot(SCOPE, "e1", 0, ()).encode(),
    }

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return packed(answers[request.url.raw_path.decode().partition("?")[0]])

    with client(answer) as hub:
        assert hub.hello(ASK) == HELLO
        assert hub.push(PUSH) == Pushed(SCOPE, "e1", 1, ())
        assert hub.pull(Pull(2, (Want(SCOPE, "e1", 0),))) == Pulled(())
        assert hub.snapshot(SCOPE, "person|p1") == Snapshot(SCOPE, "e1", 0, ())
    assert Push.decode(frame.unpack(asked[1].content)) == PUSH
    assert asked[3].url.params["after"] == "person|p1"
    for request in asked:
        assert request.headers[routes.AUTHORIZATION] == f"Bearer {TOKEN}"
        assert request.headers[routes.DEVICE] == "d1"


def test_a_refusal_is_read_and_a_wait_is_the_longer_of_both() -> None:
    busy = Trouble("busy", "正忙", wait_s=5)
    assert hello_with(lambda _r: packed(busy.encode(), 429)) == busy
    assert hello_with(lambda _r: packed(busy.encode(), 429, Retry_After="60")).wait_s == 60
    assert hello_with(lambda _r: packed(DeviceForked("d1").encode(), 409)) == DeviceForked("d1")


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        (bare(200, "<html>请先登录无线网</html>"), "unreadable"),
        (bare(302, "", Location="https://elsewhere.example"), "unreadable"),
        (bare(500, "oops"), "unreadable"),
        (bare(503, "oops", **{"Retry-After": "90"}), "busy"),
        (
            httpx.Response(200, headers={"Content-Encoding": "br"}, stream=httpx.ByteStream(b"x")),
            "unreadable",
        ),
        (packed(b"[]"), "unreadable"),
    ],
)
def test_what_is_no_answer_of_a_hub_is_said(answer: httpx.Response, word: str) -> None:
    with pytest.raises(HubProblem) as problem:
        hello_with(lambda _request: answer)
    assert problem.value.field == word
    assert problem.value.wait_s == (90 if word == "busy" else 0)


def test_an_answer_without_end_is_given_up() -> None:
    class Endless(httpx.SyncByteStream):
        sent = 0

        def __iter__(self) -> Any:
            while True:
                self.sent += 1 << 20
                yield bytes(1 << 20)

    stream = Endless()
    with pytest.raises(HubProblem, match="读不懂"):
        hello_with(lambda _request: httpx.Response(200, stream=stream))
    assert stream.sent <= frame.MOST_RAW + (2 << 20)


def test_a_bomb_is_given_up() -> None:
    bomb = frame.pack(bytes(200 << 20))
    answer = httpx.Response(200, headers={"Content-Encoding": frame.ENCODING}, stream=httpx.ByteStream(bomb))
    with pytest.raises(HubProblem, match="读不懂"):
        hello_with(lambda _request: answer)


def _fail(error: Exception) -> Callable[[httpx.Request], httpx.Response]:
    def answer(_request: httpx.Request) -> httpx.Response:
        raise error

    return answer


def test_no_line_and_a_wrong_certificate_are_told_apart() -> None:
    with pytest.raises(HubProblem) as problem:
        hello_with(_fail(httpx.ConnectTimeout("late")))
    assert problem.value.field == "no_line"
    broken = httpx.ConnectError("tls")
    broken.__cause__ = ssl.SSLCertVerificationError(1, "certificate has expired")
    with pytest.raises(HubProblem) as problem:
        hello_with(_fail(broken))
    assert problem.value.field == "certificate"


def test_no_secret_is_in_what_is_told() -> None:
    with pytest.raises(HubProblem) as problem:
        hello_with(_fail(httpx.ConnectError(f"Bearer {TOKEN}")))
    assert TOKEN not in problem.value.sentence + problem.value.way_out
