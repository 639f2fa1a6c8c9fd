"""Who is let in, how often; a replayed, edited, late, foreign or unsigned request changes nothing."""

import logging
from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest
from httpx import Response

from desk.hub import admin, door
from desk.hub.main import create_app
from desk.wire import frame, routes, signing, troubles
from desk.wire.greeting import Hello, HelloAsk
from desk.wire.incoming import OpIn
from desk.wire.messages import Pushed
from desk.wire.signing import Asked, Counter
from tests.hub.desks import Desk, enrolled
from tests.hub.hub_ops import SCOPE, op
from tests.hub.in_process import running

STATE = """
SELECT (SELECT json_agg(s) FROM scope s)::text, (SELECT count(*) FROM revision),
       (SELECT count(*) FROM quarantine), (SELECT json_agg(i) FROM incarnation i)::text"""


@pytest.fixture
def desk(database: str) -> Iterator[Desk]:
    with running(create_app(database, 4)) as client:
        yield enrolled(database, client)


def state(database: str) -> tuple[object, ...]:
    with psycopg.connect(database) as connection:
        return connection.execute(STATE).fetchall()[0]


def epoch_of(database: str) -> str:
    with psycopg.connect(database) as connection:
        return str(connection.execute("SELECT epoch FROM scope").fetchall()[0][0])


def error_of(answer: Response) -> str:
    return troubles.decode(answer.content).error


def sent(desk: Desk, raw: bytes, headers: dict[str, str], route: str = routes.PUSH) -> Response:
    return desk.client.post(route, content=raw, headers=headers)


def signed_push(desk: Desk, database: str, name: str) -> tuple[bytes, dict[str, str]]:
    desk.counter = Counter(desk.counter.session, desk.counter.n + 1)
    raw = frame.pack(desk.push_of(op(name, rec=f"r-{name}"), epoch=epoch_of(database)))
    return raw, desk.headers("POST", routes.PUSH, "", raw)


def test_a_replayed_request_changes_nothing(desk: Desk, database: str) -> None:
    """sync.md 3, line 23."""
    raw, headers = signed_push(desk, database, "o1")
    assert sent(desk, raw, headers).status_code == 200
    before = state(database)
    again = sent(desk, raw, headers)
    assert (again.status_code, error_of(again)) == (409, "replayed")
    assert state(database) == before


def test_a_late_request_changes_nothing(desk: Desk, database: str) -> None:
    """Its number was passed, or another session has begun."""
    raw, headers = signed_push(desk, database, "o1")
    assert desk.pull(epoch_of(database), 0).status_code == 200
    before = state(database)
    assert error_of(sent(desk, raw, headers)) == "replayed"
    assert state(database) == before
    raw, headers = signed_push(desk, database, "o2")
    assert desk.hello(HelloAsk("i1", desk.counter.session, "n2")).status_code == 200
    before = state(database)
    assert error_of(sent(desk, raw, headers)) == "replayed"
    assert state(database) == before


def test_a_replayed_hello_is_answered_the_same_or_raises_the_alarm(
    desk: Desk, database: str, caplog: pytest.LogCaptureFixture
) -> None:
    asks = [HelloAsk("i1", n, f"n{n}") for n in (1, 2)]
    kept = []
    for ask in asks:
        desk.counter = Counter(ask.session)
        kept.append(desk.headers("GET", routes.HELLO, _query(ask)))
        assert desk.hello(ask).status_code == 200
    before = state(database)
    answers = [
        desk.client.get(f"{routes.HELLO}?{_query(ask)}", headers=headers)
        for ask, headers in zip(asks, kept, strict=True)
    ]
    assert error_of(answers[0]) == "device_forked"
    assert Hello.decode(answers[1].content).session == 3
    assert state(database) == before


def _query(ask: HelloAsk) -> str:
    return "&".join(f"{name}={value}" for name, value in ask.query().items())


def test_an_edited_request_changes_nothing(desk: Desk, database: str) -> None:
    raw, headers = signed_push(desk, database, "o1")
    other = frame.pack(desk.push_of(op("o9", rec="r9"), epoch=epoch_of(database)))
    edits = [
        (other, headers),
        (other, headers | {signing.DIGEST: signing.digest_of(other)}),
        (raw, headers | {signing.COUNTER: str(Counter(desk.counter.session, 99))}),
        (raw, headers | {signing.INCARNATION: "i2"}),
        (raw, headers | {signing.SIGNATURE: f"desk=:{'A' * 86}==:"}),
        (raw, headers | {signing.INPUT: headers[signing.INPUT].replace(' "content-digest"', "")}),
    ]
    before = state(database)
    for edited, said in edits:
        answer = sent(desk, edited, said)
        assert (answer.status_code, error_of(answer)) == (401, "unknown_device")
    assert sent(desk, raw, headers, routes.PULL).status_code == 401
    assert sent(desk, raw, headers, f"{routes.PUSH}?x=1").status_code == 401
    assert state(database) == before
    assert sent(desk, raw, headers).status_code == 200


def test_what_is_foreign_signed_or_not_signed_changes_nothing(desk: Desk, database: str) -> None:
    other = enrolled(database, desk.client)
    raw, headers = signed_push(desk, database, "o1")
    forged = replace(desk, key=other.key).headers("POST", routes.PUSH, "", raw)
    stranger = replace(desk, device="nobody").headers("POST", routes.PUSH, "", raw)
    bare = {name: value for name, value in headers.items() if name != signing.SIGNATURE}
    before = state(database)
    for said in (forged, stranger, bare, {}, {"Authorization": f"Bearer {desk.key.hex()}"}):
        answer = sent(desk, raw, {**said, "Accept-Encoding": ""})
        assert (answer.status_code, error_of(answer)) == (401, "unknown_device")
    assert state(database) == before


def test_a_revoked_device_is_told_so_and_a_forger_of_it_is_not(desk: Desk, database: str) -> None:
    with psycopg.connect(database) as connection:
        admin.revoke(connection, desk.device)
    answer = desk.pull("e1", 0)
    assert (answer.status_code, error_of(answer)) == (403, "revoked")
    assert "登记码" in str(troubles.decode(answer.content))
    assert replace(desk, key=bytes(32)).pull("e1", 0).status_code == 401


def test_a_hole_in_the_running_numbers_raises_the_alarm(
    desk: Desk, database: str, caplog: pytest.LogCaptureFixture
) -> None:
    """sync.md 2.6: a detector, what came is taken."""
    caplog.set_level(logging.INFO, logger="desk.hub")
    epoch = epoch_of(database)

    def push(*seqs: int) -> Pushed:
        made = [replace(op(f"o{n}", rec=f"r{n}"), seq=n, device=desk.device, incarnation="i1") for n in seqs]
        return desk.push(*made, epoch=epoch)

    def holes() -> list[int]:
        return [each.event["missing"] for each in caplog.records if each.msg and _is_hole(each)]

    push(1, 2)
    push(2, 3)
    assert holes() == []
    assert [each.verdict for each in push(4, 7).answers] == ["applied", "applied"]
    assert holes() == [2]
    push(8)
    assert holes() == [2]
    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT last_seq, holes FROM incarnation").fetchall() == [(8, 2)]


def _is_hole(record: logging.LogRecord) -> bool:
    return getattr(record, "event", {}).get("event") == "seq_hole"


def test_numbers_of_others_and_of_no_op_are_passed_over(desk: Desk, database: str) -> None:
    who = door.Device(desk.device, "station", 1, frozenset({SCOPE}), "i1", Counter(1, 1))
    with psycopg.connect(database) as connection:
        foreign = OpIn("o1", replace(op("o1"), seq=9).to_bytes())
        odd = [OpIn.of({"op": "o2", "seq": True}), OpIn.of({"op": "o3", "seq": 2**53})]
        door.watch_seqs(connection, who, [foreign, OpIn("", b"junk"), *odd])
        assert connection.execute("SELECT last_seq FROM incarnation").fetchall() == [(0,)]


def test_a_counter_counts_once(desk: Desk, database: str) -> None:
    asked = Asked("GET", "/x", "", b"")
    with psycopg.connect(database) as connection:
        desk.counter = Counter(1, 5)
        device = door.admit(connection, desk.headers("GET", "/x").items(), asked)
        assert (device.role, device.scopes, device.counter) == ("station", {SCOPE}, Counter(1, 5))
        door.count(connection, device)
        for counter in (Counter(1, 5), Counter(1, 4), Counter(0, 9), Counter(2, 1)):
            with pytest.raises(door.Refused, match="replayed"):
                door.count(connection, replace(device, counter=counter))
