"""Hello, snapshot and digest."""

import dataclasses
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.wire.codecs import WireError
from desk.wire.epochs import Epoch
from desk.wire.greeting import SERVED, Digest, HeadOut, Hello, HelloAsk, Limits, ScopeState, Snapshot
from desk.wire.heads import Head

STATE = ScopeState("S:1", "e2", 9, 4, 1, (Epoch("e1", 0), Epoch("e2", 4)), halted=True, digest="d1")
HELLO = Hello(*SERVED, "2026-03-02T09:14:05.000+08:00", 3, 1, Limits(), (STATE,), ("ab",))
SNAPSHOT = Snapshot(
    "S:1", "e1", 4, (HeadOut("visit", "r1", Head(9, {"n": 1, "t": None}, {"*": "o1"})),), "r1"
)
DIGEST = Digest("S:1", "e1", 9, "00" * 16, {"ab": "00" * 16})
ALL: list[tuple[Any, Callable[[bytes], Any]]] = [
    (HELLO, Hello.decode),
    (SNAPSHOT, Snapshot.decode),
    (DIGEST, Digest.decode),
]


@pytest.mark.parametrize(("message", "decode"), ALL)
def test_a_message_comes_back(message: Any, decode: Callable[[bytes], Any]) -> None:
    assert decode(message.encode()) == message


@pytest.mark.parametrize(("message", "decode"), ALL)
def test_each_name_is_missed(message: Any, decode: Callable[[bytes], Any]) -> None:
    whole = json.loads(message.encode())
    for name in set(whole) - {"v", "scopes", "missing", "heads", "after"}:
        with pytest.raises(WireError):
            decode(json.dumps({key: value for key, value in whole.items() if key != name}).encode())


def test_a_question_comes_back() -> None:
    ask = HelloAsk("i1", 7, "n1")
    assert HelloAsk.read(ask.query()) == ask


@pytest.mark.parametrize(
    "change", [{"session": "x"}, {"session": "-1"}, {"nonce": ""}, {"incarnation": "x" * 81}]
)
def test_a_question_out_of_range_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(WireError):
        HelloAsk.read(HelloAsk("i1", 7, "n1").query() | change)
    with pytest.raises(WireError):
        HelloAsk.read({"incarnation": "i1"})


@pytest.mark.parametrize("change", [{"fields": {"a": [1]}}, {"fields": None}, {"field_op": {"a": 1}}])
def test_a_head_that_cannot_be_is_refused(change: dict[str, object]) -> None:
    body = SNAPSHOT.heads[0].to_json() | change
    with pytest.raises(WireError):
        HeadOut.from_json(body)


NEARLY = st.sampled_from(
    ["", "visit", "x" * 201, 0, -1, 2**53, 1.5, True, None, {}, {"a": 1}, {"a": "o1"}, [1]]
)


@given(st.lists(st.dictionaries(st.sampled_from(["type", "rec", "version", "fields", "mood"]), NEARLY)))
def test_heads_read_at_once_are_what_each_is_alone(changes: list[dict[str, object]]) -> None:
    bodies = [SNAPSHOT.heads[0].to_json() | change for change in changes]
    whole = {"v": 1, "scope": "S:1", "epoch": "e1", "tail": 4, "heads": bodies}
    try:
        alone = tuple(map(HeadOut.from_json, bodies))
    except WireError:
        with pytest.raises(WireError):
            Snapshot.decode(json.dumps(whole).encode())
    else:
        assert Snapshot.decode(json.dumps(whole).encode()).heads == alone


def test_a_pair_has_two_numbers() -> None:
    for pair in ((1,), (1, 2, 3), ("1", 2)):
        with pytest.raises(WireError, match="lowest"):
            Hello.decode(dataclasses.replace(HELLO, schema=pair).encode())
