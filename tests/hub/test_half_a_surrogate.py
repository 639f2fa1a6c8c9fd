"""Half a surrogate, which JSON can say and no bytes can hold, in each text of each message.

The texts come from the messages themselves: one that gains a field is asked for it too (sync.md 3, line 23).
"""

import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import psycopg
import pytest

from desk import ids
from desk.hub.main import create_app
from desk.wire import frame, routes, signing, troubles
from desk.wire.enrolling import Enrol
from desk.wire.messages import Pull, Want
from desk.wire.records import SCHEMA
from desk.wire.rotating import Rotate
from tests.hub.desks import Desk, code_for, enrolled
from tests.hub.hub_ops import SCOPE, op
from tests.hub.in_process import running
from tests.hub.test_fuzz import state

HALF = "\ud800"
Path = tuple[str | int, ...]


class Sent(NamedTuple):
    """A message that would be taken as it is, and where it goes."""

    path: str
    raw: bytes


def _push(desk: Desk, database: str) -> Sent:
    with psycopg.connect(database) as connection:
        (row,) = connection.execute("SELECT epoch FROM scope").fetchall()
    # With its own seal, so that those are among the texts.
    body = json.loads(desk.push_of(op("o1", device=desk.device), epoch=row[0]))
    return Sent(routes.PUSH, json.dumps(body | {"vouchers": {"o1": "seal"}}).encode())


def _pull(_desk: Desk, _database: str) -> Sent:
    return Sent(routes.PULL, Pull(SCHEMA, (Want(SCOPE, "e1", 0),)).encode())


def _rotate(desk: Desk, _database: str) -> Sent:
    asked = Rotate.to(desk.device, ids.random_bytes(signing.KEY_LENGTH))
    return Sent(routes.of_device(routes.ROTATE, desk.device), asked.encode())


def _enrol(desk: Desk, database: str) -> Sent:
    code = code_for(database).replace("-", "")
    return Sent(routes.ENROLL, Enrol(code, desk.device, signing.public_of(desk.key), SCOPE).encode())


@pytest.fixture
def desk(database: str) -> Iterator[Desk]:
    with running(create_app(database, 4)) as client:
        yield enrolled(database, client)


def texts_in(value: Any, at: Path = ()) -> Iterator[Path]:
    """Return where texts stand, each with its way there."""
    if isinstance(value, str):
        yield at
    held = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in held:
        yield from texts_in(each, (*at, name))


def spoilt(raw: bytes, at: Path, half: Callable[[str], str]) -> bytes:
    """Return the message with half a surrogate at one place."""
    body = json.loads(raw)
    inner = body
    for name in at[:-1]:
        inner = inner[name]
    inner[at[-1]] = half(inner[at[-1]])
    return json.dumps(body).encode()


@pytest.mark.parametrize("half", [lambda _text: HALF, lambda text: text[1:] + HALF], ids=["alone", "behind"])
@pytest.mark.parametrize("message", [_push, _pull, _rotate, _enrol])
def test_half_a_surrogate_is_no_message(
    desk: Desk, database: str, message: Callable[[Desk, str], Sent], half: Callable[[str], str]
) -> None:
    """Of an op or a seal it spoils that one alone (`test_fuzz.py`), everywhere else the whole message."""
    sent = message(desk, database)
    places = list(texts_in(json.loads(sent.raw)))
    assert places
    for at in places:
        before = state(database)
        raw = frame.pack(spoilt(sent.raw, at, half))
        signer = desk
        if sent.path == routes.ENROLL:
            signer = Desk(desk.client, desk.device, desk.key)
        else:
            desk.counter = signing.Counter(desk.counter.session, desk.counter.n + 1)
        answer = desk.client.post(sent.path, content=raw, headers=signer.headers("POST", sent.path, "", raw))
        if at[0] in {"ops", "vouchers"}:
            assert answer.status_code == 200, (at, answer.content)
        else:
            assert (answer.status_code, troubles.decode(answer.content).error) == (400, "bad_message"), at
            assert state(database) == before, at
