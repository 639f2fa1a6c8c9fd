"""The routes through the real application, on a real PostgreSQL."""

import json
import logging
from collections.abc import Iterator

import psycopg
import pytest
from httpx import Response

from desk import ids
from desk.hub import admin
from desk.hub.main import create_app
from desk.wire import frame, packing, routes, troubles
from desk.wire.epochs import Epoch
from desk.wire.greeting import Digest, Hello, HelloAsk, Snapshot
from desk.wire.incoming import OpIn
from desk.wire.messages import Page, Pulled, Push, Pushed
from desk.wire.records import SCHEMA
from desk.wire.signing import Counter
from desk.wire.troubles import CursorAhead, DeviceForked, EpochChanged
from tests.hub.desks import Desk, enrolled
from tests.hub.hub_ops import SCOPE, op
from tests.hub.in_process import running

SECRET = "王某某的电话"


def body(answer: Response) -> bytes:
    assert answer.headers["Content-Encoding"] == frame.ENCODING
    # httpx has unpacked it already.
    return answer.content


@pytest.fixture
def desk(database: str) -> Iterator[Desk]:
    with running(create_app(database, 4)) as client:
        yield enrolled(database, client)


def epoch_of(desk: Desk) -> str:
    answer = desk.hello(HelloAsk("i1", desk.counter.session, ids.new_id()))
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


def test_health_needs_no_signature_and_tells_nothing(desk: Desk) -> None:
    assert desk.client.get(routes.HEALTHZ).json() == {"status": "ok"}
    assert desk.client.get(routes.READYZ).json() == {"status": "ready"}


def test_a_device_speaks_for_itself_only(desk: Desk) -> None:
    epoch = epoch_of(desk)
    given = (OpIn("o1", op("o1").to_bytes()),)
    for device, incarnation in (("somebody", "i1"), (desk.device, "i2")):
        push = Push(device, incarnation, SCOPE, epoch, SCHEMA, 0, given)
        assert desk.post(routes.PUSH, push.encode()).status_code == 401


@pytest.mark.parametrize(
    ("raw", "encoding", "status"),
    [
        (b"{}", "", 400),
        (b"\xff", "", 400),
        (frame.pack(b"{}"), "zstd", 400),
        (b"junk", "zstd", 400),
        (b"{}", "gzip", 400),
        (packing.pack(b"{}"), packing.ENCODING, 400),
        (frame.pack(b"{}"), packing.ENCODING, 400),
        (frame.pack(b"[0,0,7,[]]\n\n"), packing.ENCODING, 400),
        (b"junk", packing.ENCODING, 400),
        (frame.pack(bytes(frame.MOST_RAW + 1)), "zstd", 400),
        (bytes(frame.MOST_PACKED + 1), "", 413),
        (b"[" * 100_000, "", 400),
    ],
)
def test_what_is_no_message_is_refused(desk: Desk, raw: bytes, encoding: str, status: int) -> None:
    for n, route in enumerate((routes.PUSH, routes.PULL), 1):
        desk.counter = Counter(desk.counter.session, n)
        said = desk.headers("POST", route, "", raw)
        said.pop("Content-Encoding")
        answer = desk.client.post(
            route, content=raw, headers=said | ({"Content-Encoding": encoding} if encoding else {})
        )
        assert answer.status_code == status
        assert troubles.decode(body(answer)).sentence


def test_a_push_may_come_as_tables_and_is_the_same_push(desk: Desk) -> None:
    """The hub says so in its greeting; what comes under zstd alone is taken as ever."""
    told = desk.hello(HelloAsk("i1", desk.counter.session, ids.new_id()))
    assert told.headers["Accept-Encoding"] == f"{frame.ENCODING}, {packing.NAME}"
    epoch = Hello.decode(body(told)).scopes[0].epoch
    ops = [op("o1", set={"subject": SECRET}), op("o2", rec="r2", set={"subject": 7})]
    raw = desk.push_of(*ops, epoch=epoch)
    packed = packing.pack(raw)
    assert packed is not None
    desk.counter = Counter(desk.counter.session, 1)
    said = desk.headers("POST", routes.PUSH, "", packed) | {"Content-Encoding": packing.ENCODING}
    answer = desk.client.post(routes.PUSH, content=packed, headers=said)
    verdicts = [each.verdict for each in Pushed.decode(body(answer), Push.decode(raw)).answers]
    assert verdicts == ["applied", "quarantined"]
    # With other bytes the same id would be kept in custody.
    assert [each.verdict for each in desk.push(*ops, epoch=epoch).answers] == ["duplicate", "quarantined"]
    assert "Accept-Encoding" not in answer.headers


@pytest.mark.parametrize("most", ["0", "-1", "x", "2001", "９"])
def test_a_page_size_out_of_range(desk: Desk, most: str) -> None:
    assert desk.get(routes.of_scope(routes.SNAPSHOT, SCOPE), most=most).status_code == 400


def test_a_restored_hub_is_told_by_epoch_and_by_desks_that_are_ahead(desk: Desk, database: str) -> None:
    epoch = epoch_of(desk)
    desk.push(op("o1"), epoch=epoch)
    (part,) = Pulled.decode(body(desk.pull(epoch, 7))).parts
    assert part == CursorAhead(SCOPE, epoch, 1)
    push = desk.push_of(op("o2", rec="r2"), epoch=epoch, cursor=1)
    answer = desk.post(routes.PUSH, push)
    assert (answer.status_code, answer.headers["Retry-After"]) == (409, "300")
    with psycopg.connect(database) as connection:
        assert admin.declare_restore(connection, SCOPE, None, "演练") == 0
    answer = desk.post(routes.PUSH, push)
    changed = troubles.decode(body(answer))
    assert isinstance(changed, EpochChanged)
    assert (answer.status_code, changed.history[0]) == (409, Epoch(epoch, 0))
    assert [each.verdict for each in desk.push(op("o1"), epoch=changed.epoch).answers] == ["duplicate"]


def test_a_round_that_finds_no_room_is_told_when_to_come(database: str) -> None:
    with running(create_app(database, 4, rounds=1)) as client:
        first, second = (enrolled(database, client) for _n in range(2))
        answer = second.hello(HelloAsk("i1", 0, "n"))
        told = troubles.decode(body(answer))
        assert isinstance(told, troubles.Trouble)
        assert (answer.status_code, told.error) == (429, "busy")
        assert int(answer.headers["Retry-After"]) == told.wait_s > 0
        # The round under way goes on.
        assert first.push(op("o1"), epoch=epoch_of(first)).version == 1
        assert client.get(routes.TIME + "?nonce=a").status_code == 200


def test_a_name_nobody_signed_for_takes_no_place(database: str) -> None:
    """A stranger who says a station's name would else stand in its way."""
    with running(create_app(database, 4, rounds=1)) as client:
        desk = enrolled(database, client)
        strangers = [Desk(client, ids.new_id()), Desk(client, desk.device)]
        for n in range(3):
            for each in strangers:
                assert each.hello(HelloAsk("i9", 0, f"n{n}")).status_code == 401
        assert desk.push(op("o1"), epoch=epoch_of(desk)).version == 1


def test_a_clone_is_noticed_and_a_lost_answer_is_not_one(desk: Desk) -> None:
    """sync.md 2.6."""

    def hello(session: int, nonce: str, incarnation: str = "i1") -> Hello | troubles.AnyTrouble:
        raw = body(desk.hello(HelloAsk(incarnation, session, nonce)))
        return troubles.decode(raw) if b'"error"' in raw else Hello.decode(raw)

    first = hello(1, "a")
    assert isinstance(first, Hello)
    again = hello(1, "a")
    assert isinstance(again, Hello)
    assert first.session == again.session == 2
    second = hello(2, "b")
    assert isinstance(second, Hello)
    assert second.session == 3
    assert hello(2, "c") == DeviceForked(desk.device)
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
    desk.client.get(routes.HELLO, headers={"Desk-Device": f"x{SECRET}".encode()})
    events = [record.event for record in caplog.records if hasattr(record, "event")]
    said = json.dumps(events, ensure_ascii=False)
    assert {"pushed", "pulled", "unknown_device"} <= {each["event"] for each in events}
    assert SECRET not in said
    assert desk.key.hex() not in said
