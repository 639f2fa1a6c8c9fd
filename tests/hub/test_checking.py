"""Ops are looked at together, and judged as if each came alone."""

import json
from typing import Any

import pytest
from hypothesis import given as draws
from hypothesis import strategies as st

from desk.hub import checking
from desk.wire.incoming import OpIn
from desk.wire.messages import Push
from desk.wire.records import RECORDS, SCHEMA
from tests.hub.hub_ops import SCOPE, op
from tests.unit.wire.test_columns import VALUES

BORN: dict[str, Any] = json.loads(op("o1", set={"subject": "路灯"}).to_bytes())
PATCH: dict[str, Any] = json.loads(
    op("o2", "patch", set={"state": "closed"}, base={"state": "o1"}, was={"state": "open"}).to_bytes()
)
NAMES = [*RECORDS["matter"].by_name, "mood"]
FIELDS = st.dictionaries(st.sampled_from(NAMES), VALUES | st.just("a\0b"), max_size=2)
CHANGE = st.fixed_dictionaries(
    {},
    optional={
        "set": FIELDS,
        "from": FIELDS,
        "at": VALUES,
        "rec": st.sampled_from(["r1", "r 1", "路"]),
        "tx": st.sampled_from(["t1", "t\n1"]),
        "scope": st.sampled_from([SCOPE, "S:2"]),
        "type": st.sampled_from(["matter", "visit", "moon"]),
        "schema": st.sampled_from([1, SCHEMA, SCHEMA + 1]),
    },
)


def pushed(values: list[dict[str, Any]]) -> Push:
    return Push("d1", "i1", SCOPE, "e1", SCHEMA, 0, OpIn.all_of(values))


@draws(st.lists(st.tuples(st.sampled_from([BORN, PATCH]), CHANGE), max_size=3))
def test_an_op_is_judged_beside_others_as_alone(changes: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    values = [BORN, PATCH, *({**body, **change} for body, change in changes)]
    together = checking.read_all(pushed(values))
    assert [each.place for each in together] == list(range(len(values)))
    for each, value in zip(together, values, strict=True):
        (alone,) = checking.read_all(Push("d1", "i1", SCOPE, "e1", SCHEMA, 0, (OpIn.of(value),)))
        assert (each.op, each.code, each.given.body) == (alone.op, alone.code, alone.given.body)


@pytest.mark.parametrize("odd", [{}, {"add": 7}, {"remove": [{"a": None}]}, [["a\0b"]], {"a\0b": 1}])
@pytest.mark.parametrize("where", ["set", "from"])
def test_a_value_of_no_kind_beside_a_nul_spoils_its_own_op_alone(where: str, odd: Any) -> None:
    """I8: whatever a value is, looking for a NUL in it stops nobody."""
    bad = {**BORN, "op": "o3", "user": "a\0b", where: {"subject": odd}}
    reads = checking.read_all(pushed([BORN, bad, PATCH]))
    assert [bool(each.code) for each in reads] == [False, True, False]


def test_one_bad_op_does_not_change_how_the_others_are_judged() -> None:
    bad = {**BORN, "op": "o3", "set": {"subject": "a\0b"}}
    worse = {**BORN, "op": "o4", "set": {"state": "no code"}}
    reads = checking.read_all(pushed([BORN, bad, PATCH, worse]))
    assert [each.code for each in reads] == ["", "bad_value", "", "bad_value"]
