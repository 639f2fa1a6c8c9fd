"""The open routes: enrolling with a key one holds, and the signed time."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import orjson
import psycopg
import pytest
from httpx import Response

from desk import ids
from desk.hub import keys
from desk.hub.main import create_app
from desk.wire import frame, packing, routes, signing, troubles
from desk.wire.enrolling import Enrol, Enrolled
from desk.wire.greeting import Hello, HelloAsk
from desk.wire.history import History
from desk.wire.moment import Moment
from desk.wire.rotating import Rotate, Rotated
from desk.wire.signing import Counter
from tests.hub.desks import Desk, code_for, enrolled
from tests.hub.hub_ops import SCOPE, op
from tests.hub.in_process import InProcess, running


@pytest.fixture
def client(database: str) -> Iterator[InProcess]:
    with running(create_app(database, 4)) as made:
        yield made


def enroll(pc: Desk, ask: Enrol) -> Response:
    packed = frame.pack(ask.encode())
    headers = pc.headers("POST", routes.ENROLL, "", packed)
    return pc.client.post(routes.ENROLL, content=packed, headers=headers)


def test_a_pc_enrols_with_a_key_it_holds(client: InProcess, database: str) -> None:
    pc = Desk(client, ids.new_id())
    ask = Enrol(code_for(database).replace("-", ""), pc.device, signing.public_of(pc.key), SCOPE)
    for forger in (replace(pc, key=bytes(32)), replace(pc, device="other"), replace(pc, counter=Counter(1))):
        assert enroll(forger, ask).status_code == 401
    unsigned = client.post(routes.ENROLL, content=ask.encode(), headers={"Accept-Encoding": ""})
    assert unsigned.status_code == 400
    with psycopg.connect(database) as connection:
        time_key = keys.public(connection, keys.TIME)
    known = Enrolled("station", "示例县", "示例站", time_key, SCOPE)
    assert Enrolled.decode(enroll(pc, ask).content) == known
    other = Desk(client, ids.new_id())
    again = enroll(other, replace(ask, device=other.device, public_key=signing.public_of(other.key)))
    assert (again.status_code, troubles.decode(again.content).error) == (403, "code_used")
    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT count(*) FROM device").fetchone() == (1,)


@pytest.mark.parametrize("encoding", [frame.ENCODING, packing.ENCODING, "identity"])
def test_a_stranger_is_read_no_further_than_an_enrolment_is_long(
    client: InProcess, database: str, encoding: str
) -> None:
    """Whoever asks is not known yet: what unfolds to megabytes costs nothing. Else it is a sound message."""
    pc = Desk(client, ids.new_id())
    ask = Enrol(code_for(database).replace("-", ""), pc.device, signing.public_of(pc.key), SCOPE)
    for spare, status in ((20 << 10, 400), (1 << 10, 200)):
        long = orjson.dumps({**orjson.loads(ask.encode()), "spare": "x" * spare})
        packed = packing.pack(long) if encoding == packing.ENCODING else frame.pack(long)
        sent = long if encoding == "identity" else packed or b""
        headers = {**pc.headers("POST", routes.ENROLL, "", sent), "Content-Encoding": encoding}
        assert pc.client.post(routes.ENROLL, content=sent, headers=headers).status_code == status


def test_the_time_is_signed_for_the_one_who_asked(client: InProcess, database: str) -> None:
    with psycopg.connect(database) as connection:
        public = keys.public(connection, keys.TIME)
    for nonce in ("a1", "b2"):
        told = Moment.decode(client.get(f"{routes.TIME}?nonce={nonce}").content)
        assert told.nonce == nonce
        assert told.is_by(public)
    for query in ("", "?nonce=", "?nonce=%20", f"?nonce={'n' * 81}"):
        assert client.get(f"{routes.TIME}{query}").status_code == 400


def test_a_pc_takes_a_new_key_and_the_old_one_opens_nothing(client: InProcess, database: str) -> None:
    pc, other = enrolled(database, client), enrolled(database, client)
    fresh = bytes(reversed(range(32)))
    route = routes.of_device(routes.ROTATE, pc.device)
    ask = Rotate.to(pc.device, fresh)
    theirs = routes.of_device(routes.ROTATE, other.device)
    for where, wrong in (
        (theirs, Rotate.to(other.device, fresh)),
        (theirs, ask),
        (route, Rotate.to(other.device, fresh)),
        (route, replace(ask, public_key=signing.public_of(bytes(32)))),
    ):
        assert pc.post(where, wrong.encode()).status_code == 401
    answer = pc.post(route, ask.encode())
    assert Rotated.decode(answer.content) == Rotated(pc.device)
    assert pc.hello(HelloAsk("i1", 1, "a")).status_code == 401
    renewed = replace(pc, key=fresh)
    assert renewed.hello(HelloAsk("i1", 1, "a")).status_code == 200
    assert other.hello(HelloAsk("i1", 1, "a")).status_code == 200


def test_the_history_of_a_record_is_told_page_by_page(client: InProcess, database: str) -> None:
    pc = enrolled(database, client)
    epoch = Hello.decode(pc.hello(HelloAsk("i1", 1, "a")).content).scopes[0].epoch
    names = [f"o{n}" for n in range(5)]
    pc.push(op(names[0], set={"subject": "0"}), op("x", rec="r2"), epoch=epoch)
    for before, name in pairwise(names):
        pc.push(op(name, "patch", set={"subject": name}, base={"subject": before}), epoch=epoch)
    route, after, found = routes.of_record(routes.REVISIONS, "r1"), "", []
    while True:
        page = History.decode(pc.get(route, scope=SCOPE, most="2", after=after).content)
        found += [each.op.op for each in page.revisions]
        after = page.after
        if not after:
            break
    assert found == names
    nobodys = pc.get(routes.of_record(routes.REVISIONS, "r-none"), scope=SCOPE)
    assert History.decode(nobodys.content).revisions == ()
    for query in ({"most": "0"}, {"most": "101"}, {"most": "1" * 40}, {"after": "x"}):
        assert pc.get(route, scope=SCOPE, **query).status_code == 400
