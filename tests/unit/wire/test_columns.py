"""What is seen at once of many ops is what is seen of each by itself."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.wire import codecs, columns
from desk.wire.codecs import WireError
from desk.wire.fields import Record
from desk.wire.incoming import OpIn
from desk.wire.records import RECORDS, SCHEMA
from tests.unit.wire.test_incoming import JSON
from tests.unit.wire.test_op import OP

BODY: dict[str, Any] = json.loads(OP.to_bytes()) | {"schema": SCHEMA}
INSERT = {name: value for name, value in BODY.items() if name != "from"} | {"kind": "insert", "base": {}}
NEARLY = st.sampled_from(
    [
        *("", "o2", "x" * 64, "x" * 65, "x" * 81, "路灯", "\n", "a\nb", "patch", 0, 1, -1, 2**53, 1.5, True),
        *(None, {}, {"state": "o"}, {"路": "1"}, {"a": "\ud800"}, {"a": {"add": [], "remove": []}}),
        *({"a": "x" * 90}, {"a": "x\ny"}),
    ]
)
_LIKE_A_MOMENT = (
    r"[0-9]{4}-[0-3][0-9]-[0-3][0-9]T[0-2][0-9]:[0-9]{2}:[0-9]{2}\.[0-9]{3}[+-][0-2][0-9]:[0-9]{2}"
)
CHANGE = st.dictionaries(st.sampled_from([*BODY, "mood"]), NEARLY | JSON, max_size=2)


def test_ordinary_ops_are_seen_as_such() -> None:
    assert columns.are_ordinary([BODY, INSERT])
    made = OpIn.all_of([BODY, INSERT])
    assert all(each.is_ordinary for each in made)
    assert not any(each.is_ordinary for each in OpIn.all_of([BODY, {**BODY, "mood": "good"}]))


@given(st.lists(CHANGE, min_size=1, max_size=3), st.sets(st.sampled_from(sorted(BODY)), max_size=1))
def test_an_op_taken_beside_others_is_what_it_is_alone(changes: list[Any], missing: set[str]) -> None:
    values = [INSERT, *({**BODY, **change} for change in changes)]
    values[-1] = {name: value for name, value in values[-1].items() if name not in missing}
    for together, value in zip(OpIn.all_of(values), values, strict=True):
        alone = OpIn.of(value)
        assert (together.op, together.body, together.sha256) == (alone.op, alone.body, alone.sha256)
        if together.is_ordinary:
            assert together.read() == alone.read()
            assert together.says("seq") == alone.says("seq")


@pytest.mark.parametrize("value", [7, None, "op", [], [BODY]])
def test_what_is_no_object_is_not_ordinary(value: object) -> None:
    assert not columns.are_ordinary([BODY, value])


WORDS = st.sampled_from(
    [
        *("", "a", "b,a", "a,b", "A_b", "路灯", "x y", "x" * 64, "x" * 65, "a\n", "a\nb", "2026-11-23"),
        *("2026-13-01", "2026-11-23T09:00:00.000+08:00", "2026-11-23T09:00:00.000"),
    ]
)
VALUES = WORDS | st.none() | st.booleans() | st.integers(-(2**54), 2**54) | JSON


@given(st.data())
def test_a_column_that_fits_holds_what_each_field_takes(data: st.DataObject) -> None:
    record = RECORDS[data.draw(st.sampled_from(sorted(RECORDS)))]
    names = data.draw(
        st.lists(st.sampled_from([*record.by_name, "mood"]), min_size=1, max_size=2, unique=True)
    )
    rows = data.draw(st.lists(st.tuples(*(VALUES for _name in names)), min_size=1, max_size=3))
    alone = all(_takes(record, name, row[n]) for row in rows for n, name in enumerate(names))
    # A list or a map is never plain, so no column of an ordinary op holds one.
    if all(value is None or isinstance(value, str | int) for row in rows for value in row):
        assert columns.fit(record, names, rows) == alone


def _takes(record: Record, name: str, value: object) -> bool:
    try:
        record.by_name[name].from_json(value)
    except (WireError, KeyError):
        return False
    return True


def test_ids_and_instants() -> None:
    assert columns.are_ids(["a", "B-9", "x" * 64])
    for bad in ([""], ["a", "x" * 65], ["a b"], ["a\n"], ["a\nb"], []):
        assert not columns.are_ids(bad)
    assert columns.are_instants([OP.at, OP.at])
    for moment in ("", "2026-03-02T09:14:05", None, 7):
        assert not columns.are_instants([OP.at, moment])


@given(
    st.lists(
        st.from_regex(
            _LIKE_A_MOMENT,
            fullmatch=True,
        )
        | st.sampled_from([OP.at, "2026-02-29T09:14:05.000+08:00", "1899-12-31T09:14:05.000+08:00"]),
        min_size=1,
        max_size=4,
    )
)
def test_moments_that_are_seen_together_are_moments_each_by_itself(moments: list[str]) -> None:
    def is_one(moment: str) -> bool:
        try:
            codecs.INSTANT.from_json(moment)
        except WireError:
            return False
        return True

    assert columns.are_instants(moments) == all(map(is_one, moments))


def test_what_sets_the_same_fields_is_put_together() -> None:
    found = columns.by_shape(
        [("matter", {"a": 1}), ("visit", {"a": 1}), ("matter", {"a": 2}), ("matter", {})]
    )
    assert found == {("matter", "a"): [0, 2], ("visit", "a"): [1], ("matter",): [3]}
