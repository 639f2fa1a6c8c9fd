"""The open routes: enrolling with a key one holds, and the signed time."""

from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest
from httpx import Response

from desk import ids
from desk.hub import keys
from desk.hub.main import create_app
from desk.wire import frame, routes, signing, troubles
from desk.wire.enrolling import Enrol, Enrolled
from desk.wire.moment import Moment
from desk.wire.signing import Counter
from tests.hub.desks import Desk, code_for
from tests.hub.hub_ops import SCOPE
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


def test_the_time_is_signed_for_the_one_who_asked(client: InProcess, database: str) -> None:
    with psycopg.connect(database) as connection:
        public = keys.public(connection, keys.TIME)
    for nonce in ("a1", "b2"):
        told = Moment.decode(client.get(f"{routes.TIME}?nonce={nonce}").content)
        assert told.nonce == nonce
        assert told.is_by(public)
    for query in ("", "?nonce=", "?nonce=%20", f"?nonce={'n' * 81}"):
        assert client.get(f"{routes.TIME}{query}").status_code == 400
