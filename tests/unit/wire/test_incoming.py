"""An op on its way: its bytes stay, its content is looked at closely."""

import dataclasses
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.wire.codecs import WireError
from desk.wire.incoming import OpIn
from desk.wire.op import digest
from tests.unit.wire.test_op import OP

BODY: dict[str, Any] = json.loads(OP.to_bytes())


def test_an_op_comes_through_byte_for_byte() -> None:
    taken = OpIn.of(BODY)
    assert (taken.op, taken.body, taken.sha256) == ("o1", OP.to_bytes(), digest(OP.to_bytes()))
    assert taken.read() == OP


def test_what_a_newer_desk_wrote_is_kept_in_the_bytes() -> None:
    """sync.md 2.11."""
    taken = OpIn.of({**BODY, "mood": "good", "set": {"state": "closed", "weather": "sunny"}})
    assert json.loads(taken.body)["mood"] == "good"
    assert taken.read().set == {"state": "closed", "weather": "sunny"}


@pytest.mark.parametrize(
    "value", [None, 7, "op", [], [{}], {"op": 7}, {"op": ""}, {"op": "x" * 65}, {"op": "\n"}]
)
def test_what_has_no_usable_id_keeps_its_place(value: object) -> None:
    taken = OpIn.of(value)
    assert taken.op == ""
    with pytest.raises(WireError):
        taken.read()


@pytest.mark.parametrize(
    "change",
    [
        *(
            {name: value}
            for name in ("device", "tx", "scope", "type", "rec")
            for value in (None, "", 7, "x" * 81)
        ),
        *({name: value} for name in ("run", "seq", "mono", "schema") for value in (None, -1, "1", True, 1.5)),
        *({"kind": value} for value in (None, "delete", 7)),
        *(
            {"set": value}
            for value in (None, [], {"a": [1]}, {"a": {"add": []}}, {"a": {"add": [1], "remove": []}})
        ),
        *({"base": value} for value in (None, [], {"a": None}, {"a": 7})),
        {"from": []},
        {"offset": "1"},
        {"set": {"a": 1.5}},
        {"set": {str(n): n for n in range(401)}},
        {"set": {"a": 2**60}},
        {"set": {"a": "\ud800"}},
    ],
)
def test_what_is_no_op_is_refused_and_its_id_known(change: dict[str, Any]) -> None:
    taken = OpIn.of({**BODY, **change})
    assert taken.op == "o1"
    with pytest.raises(WireError):
        taken.read()


def test_another_spelling_of_the_same_op_is_refused() -> None:
    with pytest.raises(WireError, match="canonical"):
        dataclasses.replace(OpIn.of(BODY), body=json.dumps(BODY).encode()).read()


def test_an_op_nested_too_deep_is_refused_alone() -> None:
    """I8: one that nobody can take apart breaks nothing down; the ops beside it go on."""
    deep: Any = []
    for _level in range(800):
        deep = [deep]
    taken = OpIn.of({**BODY, "set": {"a": deep}})
    assert taken.op == "o1"
    with pytest.raises(WireError):
        taken.read()


def test_half_a_sign_in_a_name_is_refused_alone() -> None:
    taken = OpIn.of({**BODY, "more": {"\ud800": 1}})
    assert taken.op == "o1"
    with pytest.raises(WireError):
        taken.read()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(sorted(BODY)), JSON, max_size=4))
def test_whatever_comes_is_an_op_or_a_wire_error(change: dict[str, Any]) -> None:
    taken = OpIn.of({**BODY, **change})
    try:
        op = taken.read()
    except WireError:
        return
    assert op.op == taken.op
