"""The one file that opens a socket: what it sends, and that no answer can hurt it."""

import ssl
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest

from desk.errors import HubProblem
from desk.services.sync.client import HubClient
from desk.services.sync.gate import Gate
from desk.wire import frame, packing, routes, signing
from desk.wire.enrolling import Enrol, Enrolled
from desk.wire.greeting import SERVED, Hello, HelloAsk, Limits, Snapshot
from desk.wire.incoming import OpIn
from desk.wire.messages import Pull, Pulled, Push, Pushed, Want
from desk.wire.signing import Asked, Counter
from desk.wire.troubles import DeviceForked, Trouble
from tests.stores import SCOPE

KEY = bytes(range(32))
GATE = Gate("https://hub.example/desk", "d1", KEY)
HELLO = Hello(*SERVED, "2026-11-23T09:00:00.000+08:00", 1, 1, Limits(), ())
ASK = HelloAsk("i1", 0, "n1")
PUSH = Push("d1", "i1", SCOPE, "e1", 2, 0, (OpIn("o1", b'{"op":"o1"}'),))


def client(answer: Callable[[httpx.Request], httpx.Response]) -> HubClient:
    return HubClient(GATE, httpx.MockTransport(answer))


def packed(body: bytes, status: int = 200, **headers: str) -> httpx.Response:
    named = {"Content-Encoding": frame.ENCODING, **{k.replace("_", "-"): v for k, v in headers.items()}}
    return httpx.Response(status, headers=named, stream=httpx.ByteStream(frame.pack(body)))


def bare(status: int, text: str, **headers: str) -> httpx.Response:
    return httpx.Response(status, headers=headers, stream=httpx.ByteStream(text.encode()))


def hello_with(answer: Callable[[httpx.Request], httpx.Response]) -> Any:
    with client(answer) as hub:
        return hub.hello(ASK)


def test_each_verb_goes_to_its_route_and_is_signed_with_the_next_number() -> None:
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
    for request, counter in zip(asked, ["0.0", "1.1", "1.2", "1.3"], strict=True):
        path, _mark, query = request.url.raw_path.decode().partition("?")
        claim = signing.read(request.headers.items())
        assert (claim.device, claim.incarnation, str(claim.counter)) == ("d1", "i1", counter)
        # What is signed is the route as the hub sees it, whatever stands before it on the way.
        signed = Asked(request.method, path.removeprefix("/desk"), query, request.content)
        assert signing.is_by(claim, signed, signing.public_of(KEY))


@pytest.mark.parametrize("takes", [True, False])
def test_a_hub_that_takes_tables_is_sent_them(takes: bool) -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        if len(asked) == 1:
            return packed(HELLO.encode(), **({"Accept_Encoding": f"zstd, {packing.NAME}"} if takes else {}))
        return packed(Pushed(SCOPE, "e1", 1, ()).encode())

    odd = replace(PUSH, ops=(OpIn("o1", b'{"op": "o1"}'),))
    with client(answer) as hub:
        hub.hello(ASK)
        hub.push(PUSH)
        hub.push(odd)
    said = [each.headers.get("Content-Encoding") for each in asked]
    # What is not spelled as usual would come out otherwise, and goes as ever.
    assert said == [None, packing.ENCODING if takes else frame.ENCODING, frame.ENCODING]
    read = packing.unpack if takes else frame.unpack
    assert Push.decode(read(asked[1].content)) == PUSH
    for request in asked:
        path, _mark, query = request.url.raw_path.decode().partition("?")
        signed = Asked(request.method, path.removeprefix("/desk"), query, request.content)
        assert signing.is_by(signing.read(request.headers.items()), signed, signing.public_of(KEY))


@pytest.mark.parametrize("status", [400, 415])
def test_where_tables_are_refused_the_same_goes_as_ever(status: int) -> None:
    """By a hub that cannot read them after all, or by something on the way: once, and never again."""
    said: list[tuple[str, str]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        encoding = request.headers.get("Content-Encoding", "")
        said.append((encoding, request.headers[signing.COUNTER]))
        if encoding == packing.ENCODING:
            return bare(status, "<html>no</html>")
        body = HELLO.encode() if len(said) == 1 else Pushed(SCOPE, "e1", 1, ()).encode()
        return packed(body, Accept_Encoding=f"zstd, {packing.NAME}")

    with client(answer) as hub:
        hub.hello(ASK)
        assert hub.push(PUSH) == Pushed(SCOPE, "e1", 1, ())
        assert hub.push(PUSH) == Pushed(SCOPE, "e1", 1, ())
    assert said == [
        ("", "0.0"),
        (packing.ENCODING, "1.1"),
        (frame.ENCODING, "1.2"),
        (frame.ENCODING, "1.3"),
    ]


def test_a_lost_answer_uses_up_its_number() -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.headers[signing.COUNTER])
        if len(asked) == 2:
            raise httpx.ReadTimeout("late")
        return packed(HELLO.encode() if len(asked) == 1 else Pulled(()).encode())

    with client(answer) as hub:
        hub.hello(ASK)
        with pytest.raises(HubProblem):
            hub.pull(Pull(2, (Want(SCOPE, "e1", 0),)))
        hub.pull(Pull(2, (Want(SCOPE, "e1", 0),)))
    assert asked == ["0.0", "1.1", "1.2"]


def pages(asked: list[httpx.Request], came: threading.Event) -> Callable[[httpx.Request], httpx.Response]:
    """Answer as a hub whose snapshot has three pages, and say when the second was asked for."""
    behind = {"": "person|p1", "person|p1": "person|p2", "person|p2": ""}

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        if request.method == "POST":
            return packed(Pulled(()).encode())
        after = request.url.params.get("after", "")
        if after:
            came.set()
        return packed(Snapshot(SCOPE, "e1", len(asked), (), behind[after]).encode())

    return answer


def test_the_page_behind_a_page_is_asked_for_while_it_is_stored() -> None:
    asked: list[httpx.Request] = []
    came = threading.Event()
    with client(pages(asked, came)) as hub:
        assert hub.snapshot(SCOPE, "") == Snapshot(SCOPE, "e1", 1, (), "person|p1")
        assert came.wait(120)
        assert hub.snapshot(SCOPE, "person|p1") == Snapshot(SCOPE, "e1", 2, (), "person|p2")
        assert hub.snapshot(SCOPE, "person|p2") == Snapshot(SCOPE, "e1", 3, ())
    assert [each.url.params.get("after", "") for each in asked] == ["", "person|p1", "person|p2"]
    assert [each.headers[signing.COUNTER] for each in asked] == ["0.1", "0.2", "0.3"]


def test_what_comes_instead_of_the_page_foreseen_waits_for_it_and_has_the_higher_number() -> None:
    asked: list[httpx.Request] = []
    with client(pages(asked, threading.Event())) as hub:
        hub.snapshot(SCOPE, "")
        hub.pull(Pull(2, (Want(SCOPE, "e1", 0),)))
        assert hub.snapshot(SCOPE, "person|p2") == Snapshot(SCOPE, "e1", 4, ())
    assert [each.method for each in asked] == ["GET", "GET", "POST", "GET"]
    assert [each.headers[signing.COUNTER] for each in asked] == ["0.1", "0.2", "0.3", "0.4"]


def test_a_page_foreseen_that_does_not_come_fails_when_it_is_wanted() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.params.get("after", ""):
            raise httpx.ReadTimeout("late")
        return packed(Snapshot(SCOPE, "e1", 0, (), "person|p1").encode())

    with client(answer) as hub:
        hub.snapshot(SCOPE, "")
        with pytest.raises(HubProblem):
            hub.snapshot(SCOPE, "person|p1")


def test_enrolling_is_signed_with_the_new_key() -> None:
    enrolled = Enrolled("station", "示例县", "示例站", bytes(32))
    ask = Enrol("7K2M", "d1", signing.public_of(KEY), SCOPE)

    def answer(request: httpx.Request) -> httpx.Response:
        claim = signing.read(request.headers.items())
        asked = Asked("POST", "/v1/enroll", "", request.content)
        assert claim.counter == Counter()
        assert signing.is_by(claim, asked, ask.public_key)
        return packed(enrolled.encode())

    with client(answer) as hub:
        assert hub.enrol(ask) == enrolled


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
    broken.__cause__ = ssl.SSLCertVerificationError(1, "certificate verify failed")
    with pytest.raises(HubProblem) as problem:
        hello_with(_fail(broken))
    assert problem.value.field == "certificate"


def test_no_secret_is_in_what_is_told() -> None:
    with pytest.raises(HubProblem) as problem:
        hello_with(_fail(httpx.ConnectError(KEY.hex())))
    assert KEY.hex() not in problem.value.sentence + problem.value.way_out
    assert repr(KEY) not in repr(GATE)
