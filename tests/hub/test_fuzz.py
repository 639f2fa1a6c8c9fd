"""Whatever is sent to whatever route: an answer below 500 in the hub's own words, and nothing is changed.

The routes come from the application's own description (sync.md 3, line 23).
"""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk import ids
from desk.hub.main import create_app
from desk.wire import frame, packing, routes, signing, troubles
from desk.wire.greeting import HelloAsk
from desk.wire.signing import Counter
from tests.hub.desks import Desk, enrolled
from tests.hub.hub_ops import SCOPE, op
from tests.hub.in_process import running

HEALTH = {routes.HEALTHZ, routes.READYZ}
ROUTES = sorted(
    (verb, path) for path, verbs in create_app("", 1).openapi()["paths"].items() for verb in verbs
)
STATE = """
SELECT (SELECT json_agg(s ORDER BY scope_id) FROM scope s)::text, (SELECT count(*) FROM revision),
       (SELECT count(*) FROM head), (SELECT count(*) FROM quarantine), (SELECT count(*) FROM device),
       (SELECT count(*) FROM incarnation), (SELECT count(*) FROM enrolment_code WHERE used_at IS NOT NULL)"""

WORDS = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40)
# Beside ordinary signs: a NUL, which no text of PostgreSQL holds, and half a surrogate, which no bytes do.
ODD = st.text(st.characters(codec=None) | st.sampled_from("\0\ud800\udfff\uffff"), max_size=20)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | FLOATS | ODD,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ODD, inner, max_size=4),
    max_leaves=12,
)
NAMES = ["v", "device", "incarnation", "scope", "epoch", "schema", "cursor", "ops", "wants", "code", "op"]
BODIES = st.one_of(
    st.binary(max_size=200),
    JSON.map(lambda value: json.dumps(value).encode()),
    st.integers(1, 100_000).map(lambda deep: b'{"ops":' + b"[" * deep + b"]" * deep + b"}"),
    st.dictionaries(st.sampled_from(NAMES), JSON, max_size=8).map(lambda body: json.dumps(body).encode()),
)


PLACES = [*json.loads(op("o").to_bytes()), "set.subject", "vouchers", "more"]


@pytest.fixture
def desk(database: str) -> Iterator[Desk]:
    with running(create_app(database, 4)) as client:
        yield enrolled(database, client)


def state(database: str) -> list[tuple[object, ...]]:
    with psycopg.connect(database) as connection:
        return connection.execute(STATE).fetchall()


@pytest.mark.parametrize("signed", [True, False])
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_noise_is_taken_for_a_message(
    desk: Desk, database: str, signed: bool, data: st.DataObject
) -> None:
    verb, route = data.draw(st.sampled_from([each for each in ROUTES if each[1] not in HEALTH]))
    places = st.sampled_from([SCOPE, desk.device, "S:x", "a/b", "%", "é"]) | WORDS | ODD.filter(bool)
    place = quote(data.draw(places), safe="", errors="surrogatepass")
    path = route.format(scope=place, record=place, device=place)
    names = st.sampled_from(["after", "most", "prefix", "nonce", "session", "scope"])
    query = data.draw(st.dictionaries(names, WORDS | ODD, max_size=3))
    raw = data.draw(BODIES)
    raw = frame.pack(raw) if data.draw(st.booleans()) else raw
    before = state(database)
    text = "&".join(f"{name}={_quoted(value)}" for name, value in query.items())
    if signed and not route.endswith(routes.HELLO):
        desk.counter = Counter(desk.counter.session, desk.counter.n + 1)
        headers = desk.headers(verb.upper(), path, text, raw)
        headers["Content-Encoding"] = data.draw(st.sampled_from([frame.ENCODING, packing.ENCODING]))
    else:
        names = st.sampled_from([signing.DEVICE, signing.COUNTER, signing.SIGNATURE, "Content-Encoding"])
        headers = data.draw(st.dictionaries(names, WORDS, max_size=4))
    target = f"{path}?{text}" if text else path
    answer = desk.client.request(verb, target, content=raw, headers=headers)
    assert answer.status_code < 500
    if answer.status_code not in {200, 404, 405}:
        assert troubles.decode(answer.content).sentence
    assert state(database) == before


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(name=st.sampled_from(PLACES), odd=JSON, deep=st.just(0) | st.integers(0, 400))
def test_an_odd_op_delays_no_other(desk: Desk, database: str, name: str, odd: Any, deep: int) -> None:
    """I8, and the same with an odd seal: what is saved beside it is applied.

    No deeper here: what Python itself cannot read any more, at some 900, is no message at all.
    """
    for _level in range(deep):
        odd = [odd]
    good = [op(ids.new_id(), rec=ids.new_id(), device=desk.device) for _n in range(2)]
    with psycopg.connect(database) as connection:
        epoch = connection.execute("SELECT epoch FROM scope").fetchone()
    assert epoch is not None
    push = json.loads(desk.push_of(*good, epoch=epoch[0]))
    spoilt = json.loads(op(ids.new_id(), rec=ids.new_id(), device=desk.device).to_bytes())
    if name == "vouchers":
        push["vouchers"] = {good[0].op: odd if isinstance(odd, str) else "seal"}
    else:
        (spoilt["set"] if "." in name else spoilt)[name.rpartition(".")[2]] = odd
    push["ops"].insert(1, spoilt)
    answer = desk.post(routes.PUSH, json.dumps(push).encode())
    assert answer.status_code == 200, answer.content
    answers = json.loads(answer.content)["answers"]
    assert [answers[0]["verdict"], answers[2]["verdict"]] == ["applied", "applied"]


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_byte_of_a_signed_push_can_be_changed(desk: Desk, database: str, data: st.DataObject) -> None:
    desk.hello(HelloAsk("i1", desk.counter.session, ids.new_id()))
    desk.counter = Counter(desk.counter.session, 1)
    raw = frame.pack(desk.push_of(op("o1"), epoch="e1"))
    headers = desk.headers("POST", routes.PUSH, "", raw)
    at = data.draw(st.integers(0, len(raw) - 1))
    bit = data.draw(st.integers(0, 7))
    edited = raw[:at] + bytes([raw[at] ^ 1 << bit]) + raw[at + 1 :]
    before = state(database)
    answer = desk.client.post(routes.PUSH, content=edited, headers=headers)
    assert (answer.status_code, troubles.decode(answer.content).error) == (401, "unknown_device")
    assert state(database) == before


def _quoted(value: str) -> str:
    return "".join(f"%{each:02X}" for each in value.encode(errors="surrogatepass"))
