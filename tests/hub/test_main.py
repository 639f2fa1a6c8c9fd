"""The routes through the real application, on a real PostgreSQL."""

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest
from httpx import Response

from desk.hub import admin
from desk.hub.main import create_app
from desk.wire import frame, routes, troubles
from desk.wire.epochs import Epoch
from desk.wire.greeting import Digest, Hello, HelloAsk, Snapshot
from desk.wire.incoming import OpIn
from desk.wire.messages import Page, Pull, Pulled, Push, Pushed, Want
from desk.wire.op import Op
from desk.wire.records import SCHEMA
from desk.wire.troubles import CursorAhead, DeviceForked, EpochChanged
from tests.hub.hub_ops import SCOPE, op
from tests.hub.in_process import InProcess, running

SECRET = "王某某的电话"


@dataclass
class Desk:
    """One device with its token, asking through the application."""

    client: InProcess
    device: str
    token: str

    def post(self, route: str, raw: bytes) -> Response:
        return self.client.post(
            route, content=frame.pack(raw), headers=routes.headers(self.device, self.token)
        )

    def get(self, route: str, **query: str) -> Response:
        said = routes.headers(self.device, self.token, packed=False)
        return self.client.get(route, params=query, headers=said)

    def push(self, *ops: Op, epoch: str, cursor: int = 0) -> Pushed:
        given = tuple(map(_given, ops))
        answer = self.post(routes.PUSH, Push(self.device, "i1", SCOPE, epoch, SCHEMA, cursor, given).encode())
        assert answer.status_code == 200, body(answer)
        return Pushed.decode(body(answer))

    def pull(self, epoch: str, cursor: int, scope: str = SCOPE) -> Response:
        return self.post(routes.PULL, Pull(SCHEMA, (Want(scope, epoch, cursor),)).encode())


def _given(made: Op) -> OpIn:
    return OpIn(made.op, made.to_bytes())


def body(answer: Response) -> bytes:
    assert answer.headers["Content-Encoding"] == frame.ENCODING
    # httpx has unpacked it already.
    return answer.content


@pytest.fixture
def desk(database: str) -> Iterator[Desk]:
    with psycopg.connect(database) as connection:
        device, token = admin.add_device(connection, "前台", [SCOPE])
    with running(create_app(database, 4)) as client:
        yield Desk(client, device, token)


def epoch_of(desk: Desk) -> str:
    answer = desk.get(routes.HELLO, **HelloAsk("i1", 0, "n1").query())
    assert answer.status_code == 200, body(answer)
    return Hello.decode(body(answer)).scopes[0].epoch


def test_a_day_of_one_desk(desk: Desk) -> None:
    epoch = epoch_of(desk)
    first = desk.push(op("o1", set={"subject": SECRET}), op("o2", rec="r2", set={"subject": 7}), epoch=epoch)
    assert [each.verdict for each in first.answers] == ["applied", "quarantined"]
    assert [each.verdict for each in desk.push(op("o1", set={"subject": SECRET}), epoch=epoch).answers] == [
        "duplicate"
    ]
    (part,) = Pulled.decode(body(desk.pull(epoch, 0))).parts
    assert isinstance(part, Page)
    assert [(each.op.op, each.set) for each in part.revisions] == [("o1", {"subject": SECRET})]
    heads = Snapshot.decode(body(desk.get(routes.of_scope(routes.SNAPSHOT, SCOPE))))
    assert [(each.type, each.rec, dict(each.head.fields)) for each in heads.heads] == [
        ("matter", "r1", {"subject": SECRET})
    ]
    told = Digest.decode(body(desk.get(routes.of_scope(routes.DIGEST, SCOPE))))
    assert told.digest == part.digest


def test_health_needs_no_token_and_tells_nothing(desk: Desk) -> None:
    assert desk.client.get(routes.HEALTHZ).json() == {"status": "ok"}
    assert desk.client.get(routes.READYZ).json() == {"status": "ready"}


def every_route() -> list[tuple[str, str]]:
    spec = create_app("", 1).openapi()
    return [(path, verb) for path, verbs in spec["paths"].items() for verb in verbs]


def test_every_route_is_known_here() -> None:
    assert {path for path, _verb in every_route()} == {
        *(routes.HELLO, routes.PUSH, routes.PULL, routes.SNAPSHOT, routes.DIGEST),
        *(routes.HEALTHZ, routes.READYZ),
    }


def test_nothing_is_open_without_a_token(desk: Desk) -> None:
    tried = {
        "nobody": {},
        "no token": {"Desk-Device": desk.device},
        "empty token": {"Desk-Device": desk.device, "Authorization": "Bearer "},
        "wrong token": {"Desk-Device": desk.device, "Authorization": f"Bearer {'0' * 64}"},
        "other scheme": {"Desk-Device": desk.device, "Authorization": f"Basic {desk.token}"},
        "other device": {"Desk-Device": "somebody", "Authorization": f"Bearer {desk.token}"},
    }
    for path, verb in every_route():
        if path in {routes.HEALTHZ, routes.READYZ}:
            continue
        for name, headers in tried.items():
            answer = desk.client.request(
                verb, routes.of_scope(path, SCOPE), headers={**headers, "Accept-Encoding": ""}
            )
            assert answer.status_code == 401, (path, name)
            assert troubles.decode(answer.content).error == "unknown_device"


def test_a_revoked_device_comes_in_no_more(desk: Desk, database: str) -> None:
    with psycopg.connect(database) as connection:
        admin.revoke(connection, desk.device)
    assert desk.pull("e1", 0).status_code == 401


def test_another_station_is_neither_read_nor_told_apart_from_none(desk: Desk, database: str) -> None:
    """I7."""
    with psycopg.connect(database) as connection:
        other = admin.add_scope(connection, "邻站")
    epoch = epoch_of(desk)
    for scope in (other, "S:nobody"):
        push = Push(desk.device, "i1", scope, epoch, SCHEMA, 0, (_given(op("o1")),))
        for answer in (
            desk.post(routes.PUSH, push.encode()),
            desk.pull(epoch, 0, scope),
            desk.get(routes.of_scope(routes.SNAPSHOT, scope)),
            desk.get(routes.of_scope(routes.DIGEST, scope)),
        ):
            assert (answer.status_code, troubles.decode(body(answer)).error) == (403, "no_grant")


def test_a_device_speaks_for_itself_only(desk: Desk) -> None:
    push = Push("somebody", "i1", SCOPE, epoch_of(desk), SCHEMA, 0, (_given(op("o1")),))
    assert desk.post(routes.PUSH, push.encode()).status_code == 401


@pytest.mark.parametrize(
    ("raw", "headers", "status"),
    [
        (b"{}", {}, 400),
        (b"\xff", {}, 400),
        (frame.pack(b"{}"), {"Content-Encoding": "zstd"}, 400),
        (b"junk", {"Content-Encoding": "zstd"}, 400),
        (b"{}", {"Content-Encoding": "gzip"}, 400),
        (frame.pack(bytes(frame.MOST_RAW + 1)), {"Content-Encoding": "zstd"}, 400),
        (bytes(frame.MOST_PACKED + 1), {}, 413),
        (b"[" * 100_000, {}, 400),
    ],
)
def test_what_is_no_message_is_refused(desk: Desk, raw: bytes, headers: dict[str, str], status: int) -> None:
    said = {**routes.headers(desk.device, desk.token, packed=False), **headers}
    for route in (routes.PUSH, routes.PULL):
        answer = desk.client.post(route, content=raw, headers=said)
        assert answer.status_code == status
        assert troubles.decode(body(answer)).sentence


@pytest.mark.parametrize("most", ["0", "-1", "x", "2001", "９"])
def test_a_page_size_out_of_range(desk: Desk, most: str) -> None:
    assert desk.get(routes.of_scope(routes.SNAPSHOT, SCOPE), most=most).status_code == 400


def test_a_restored_hub_is_told_by_epoch_and_by_desks_that_are_ahead(desk: Desk, database: str) -> None:
    epoch = epoch_of(desk)
    desk.push(op("o1"), epoch=epoch)
    (part,) = Pulled.decode(body(desk.pull(epoch, 7))).parts
    assert part == CursorAhead(SCOPE, epoch, 1)
    push = Push(desk.device, "i1", SCOPE, epoch, SCHEMA, 1, (_given(op("o2", rec="r2")),))
    answer = desk.post(routes.PUSH, push.encode())
    assert (answer.status_code, answer.headers["Retry-After"]) == (409, "300")
    with psycopg.connect(database) as connection:
        assert admin.declare_restore(connection, SCOPE, None, "演练") == 0
    answer = desk.post(routes.PUSH, push.encode())
    changed = troubles.decode(body(answer))
    assert isinstance(changed, EpochChanged)
    assert (answer.status_code, changed.history[0]) == (409, Epoch(epoch, 0))
    assert [each.verdict for each in desk.push(op("o1"), epoch=changed.epoch).answers] == ["duplicate"]


def test_a_clone_is_noticed_and_a_lost_answer_is_not_one(desk: Desk) -> None:
    """sync.md 2.6."""

    def hello(session: int, nonce: str, incarnation: str = "i1") -> Hello | troubles.AnyTrouble:
        raw = body(desk.get(routes.HELLO, **HelloAsk(incarnation, session, nonce).query()))
        return troubles.decode(raw) if b'"error"' in raw else Hello.decode(raw)

    first = hello(0, "a")
    assert isinstance(first, Hello)
    again = hello(0, "a")
    assert isinstance(again, Hello)
    assert first.session == again.session == 1
    second = hello(1, "b")
    assert isinstance(second, Hello)
    assert second.session == 2
    assert hello(1, "c") == DeviceForked(desk.device)
    fresh = hello(0, "d", "i2")
    assert isinstance(fresh, Hello)
    # A number above ours: we were restored, not the PC.
    ahead = hello(9, "e")
    assert isinstance(ahead, Hello)
    assert (fresh.session, ahead.session) == (1, 10)


def test_a_database_that_is_gone_is_said_and_asked_again(desk: Desk, database: str, server: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("ALTER DATABASE test ALLOW_CONNECTIONS false")
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'test'")
        try:
            assert desk.client.get(routes.READYZ).status_code == 503
            assert desk.client.get(routes.HEALTHZ).status_code == 200
        finally:
            connection.execute("ALTER DATABASE test ALLOW_CONNECTIONS true")


def test_the_log_holds_ids_and_counts_and_nothing_a_visitor_said(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="desk.hub")
    epoch = epoch_of(desk)
    desk.push(op("o1", set={"subject": SECRET}), op("o2", rec="r2", set={"subject": [SECRET]}), epoch=epoch)
    desk.pull(epoch, 0)
    desk.client.get(routes.HELLO, headers={"Desk-Device": f"x\n{SECRET}".encode()})
    events = [record.event for record in caplog.records if hasattr(record, "event")]
    said = json.dumps(events, ensure_ascii=False)
    assert {"pushed", "pulled", "unknown_device"} <= {each["event"] for each in events}
    assert SECRET not in said
    assert desk.token not in said
