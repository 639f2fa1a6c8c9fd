"""Every message comes back, strictly; what a newer side added is passed over or kept."""

import dataclasses
import json
from collections.abc import Callable
from typing import Any

import pytest

from desk.wire.codecs import WireError
from desk.wire.epochs import Epoch
from desk.wire.incoming import OpIn
from desk.wire.messages import MOST_OPS, Answer, Page, Pull, Pulled, Push, Pushed, Want
from desk.wire.revision import result_to_json
from desk.wire.troubles import CursorAhead, EpochChanged, Trouble
from tests.unit.wire.test_op import OP
from tests.unit.wire.test_revision import HARD, PLAIN, TAKEN

PUSH = Push("d1", "i1", "S:1", "e1", 2, 7, (TAKEN, OpIn("o2", dataclasses.replace(OP, op="o2").to_bytes())))
PUSHED = Pushed(
    "S:1",
    "e1",
    9,
    (
        Answer("o1", "applied", result_to_json(PLAIN)),
        Answer("o2", "deferred", code="unknown_base", bases=("o0",)),
        Answer("", "quarantined", code="not_an_op", sentence="看不懂"),
    ),
)
PULL = Pull(2, (Want("S:1", "e1", 7, 9), Want("S:2", "", 0)), 100)
PAGE = Page("S:1", "e1", 2, 4, 4, 1, (PLAIN, HARD), "00" * 16)
PULLED = Pulled(
    (
        PAGE,
        EpochChanged("S:2", (Epoch("e2", 0),)),
        CursorAhead("S:3", "e1", 5),
        Trouble("no_grant", "", "S:4"),
    )
)
BOTH: list[tuple[Any, Callable[[bytes], Any]]] = [
    (PUSH, Push.decode),
    (PUSHED, Pushed.decode),
    (PULL, Pull.decode),
    (PULLED, Pulled.decode),
]


@pytest.mark.parametrize(("message", "decode"), BOTH)
def test_a_message_comes_back(message: Any, decode: Callable[[bytes], Any]) -> None:
    assert decode(message.encode()) == message


@pytest.mark.parametrize(("message", "decode"), BOTH)
def test_a_name_of_a_newer_side_is_passed_over(message: Any, decode: Callable[[bytes], Any]) -> None:
    body = json.loads(message.encode()) | {"mood": {"deep": [1]}}
    assert decode(json.dumps(body).encode()) == message


@pytest.mark.parametrize(("message", "decode"), BOTH)
def test_each_name_is_missed(message: Any, decode: Callable[[bytes], Any]) -> None:
    whole = json.loads(message.encode())
    for name in set(whole) - {"answers", "parts", "most", "highest", "brief", "trail"}:
        with pytest.raises(WireError):
            decode(json.dumps({key: value for key, value in whole.items() if key != name}).encode())
    with pytest.raises(WireError, match="protocol"):
        decode(json.dumps(whole | {"v": 99}).encode())


def test_an_op_goes_in_as_the_bytes_it_is_kept_in() -> None:
    assert OP.to_bytes() in PUSH.encode()


def test_a_bad_op_does_not_stop_the_others() -> None:
    """I8: it keeps its place and gets an answer of its own."""
    body = json.loads(PUSH.encode())
    body["ops"].insert(1, {"op": 7})
    assert [each.op for each in Push.decode(json.dumps(body).encode()).ops] == ["o1", "", "o2"]


@pytest.mark.parametrize("count", [0, MOST_OPS + 1])
def test_a_push_holds_some_ops_and_not_too_many(count: int) -> None:
    with pytest.raises(WireError, match="ops"):
        Push.decode(dataclasses.replace(PUSH, ops=(TAKEN,) * count).encode())


def test_an_accepted_op_brings_its_revision() -> None:
    assert PUSHED.answers[0].revision(OP.to_bytes()) == PLAIN
    with pytest.raises(WireError):
        Answer.from_json({"op": "o1", "verdict": "applied"})


def test_a_scope_is_asked_for_once() -> None:
    for wants in ((), (Want("S:1", "e1", 7),) * 2):
        with pytest.raises(WireError, match="wants"):
            Pull.decode(dataclasses.replace(PULL, wants=wants).encode())


@pytest.mark.parametrize(
    "change", [{"start": 3}, {"end": 3}, {"revisions": (HARD, PLAIN)}, {"revisions": (PLAIN, PLAIN)}]
)
def test_a_page_out_of_order_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(WireError, match="order"):
        Pulled.decode(Pulled((dataclasses.replace(PAGE, **change),)).encode())


def test_an_answer_says_nothing_twice() -> None:
    """Over a thin line: what both sides know from the push is left out, and put in again."""
    own, other = OpIn("o1", dataclasses.replace(OP, op="o1").to_bytes()), PUSH.ops[1]
    applied = {**result_to_json(PLAIN), "set": {"state": "closed"}}
    written_out = {**result_to_json(PLAIN), "set": {"state": "open"}}
    push = dataclasses.replace(PUSH, ops=(own, other, OpIn.of({"op": 7})))
    answers = (
        Answer("o1", "applied", applied),
        Answer("o2", "merged", written_out),
        Answer("", "quarantined", code="not_an_op", sentence="看不懂"),
    )
    whole, brief = Pushed("S:1", "e1", 9, answers), Pushed("S:1", "e1", 9, answers, push)
    raw = brief.encode()
    assert Pushed.decode(raw, push) == whole
    assert b"closed" not in raw
    assert b'"o1"' not in raw
    assert Pushed.decode(whole.encode(), push) == whole
    for foreign in (
        None,
        dataclasses.replace(push, ops=push.ops[:2]),
        dataclasses.replace(push, ops=(own,) * 3),
    ):
        with pytest.raises(WireError, match="other ops"):
            Pushed.decode(raw, foreign)
    short = json.loads(raw) | {"answers": []}
    with pytest.raises(WireError, match="each op"):
        Pushed.decode(json.dumps(short).encode(), push)


def test_an_older_desk_is_answered_in_full() -> None:
    older = {name: value for name, value in json.loads(PUSH.encode()).items() if name != "brief"}
    assert not Push.decode(json.dumps(older).encode()).brief


def test_a_page_for_the_county_says_a_word_for_each_revision() -> None:
    vouched = dataclasses.replace(PAGE, vouchers=("s1", "s2"))
    assert Pulled.decode(Pulled((vouched, PAGE)).encode()) == Pulled((vouched, PAGE))
    assert b"vouchers" not in PAGE.encoded()
    with pytest.raises(WireError, match="vouchers"):
        Pulled.decode(Pulled((dataclasses.replace(PAGE, vouchers=("s1",)),)).encode())


def test_a_push_says_them_again_and_is_silent_without() -> None:
    push = Push("d1", "i1", "S:1", "e1", 1, 0, (OpIn.of({"op": "o1"}),))
    assert b"vouchers" not in push.encode()
    vouched = dataclasses.replace(push, vouchers={"o1": "s1"})
    assert Push.decode(vouched.encode()).vouchers == {"o1": "s1"}
