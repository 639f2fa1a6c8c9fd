"""Messages as tables: what comes out is what went in, and nothing that is sent can do harm."""

import json
from copy import deepcopy
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk import ids
from desk.wire import frame, packing
from desk.wire.codecs import WireError
from desk.wire.incoming import OpIn
from desk.wire.messages import Push
from desk.wire.records import SCHEMA
from tests.unit.wire.test_op import OP

ODD_IDS = st.sampled_from(
    [
        *(
            "",
            "o1",
            "*",
            "S:x",
            "0198A0B0-0000-7000-8000-00000000000A",
            "0198a0b0-0000-7000-8000-0000000000",
        ),
        *("0198a0b0-0000-7000-8000-00000000000a\n", "00000000-0000-0000-0000-000000000000"),
        *("ffffffff-ffff-ffff-ffff-ffffffffffff", "0198a0b0_0000_7000_8000_00000000000a"),
    ]
)
IDS = st.uuids().map(str) | st.integers(0, 20).map(lambda n: f"0198a0b0-0000-7000-8000-{n:012x}") | ODD_IDS
MOMENTS = st.datetimes().map(lambda at: f"{at.isoformat(timespec='milliseconds')}+08:00")
NUMBERS = st.sampled_from(["LF2026-A0001", "LF2026-A0002", "0571-86000000", "~1", "~2", '"1', "\\1", "\x011"])
WHOLES = st.integers(-(2**63), 2**64 - 1)
SCALARS = st.one_of(
    *(st.none(), st.booleans(), st.integers(-2, 2), WHOLES, st.floats(allow_nan=False, allow_infinity=False)),
    *(st.text(max_size=6), IDS, MOMENTS, NUMBERS),
)
NAMES = st.sampled_from(["op", "rec", "at", "set", "n", "", "路", '"', "a\n"]) | st.text(max_size=3)


def objects(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Lists of objects that have much in common, as the ops of a push have."""
    kinds = [SCALARS, IDS, MOMENTS, NUMBERS, st.integers(0, 9), WHOLES, st.just("same"), inner]
    rows = st.dictionaries(NAMES, st.sampled_from(kinds), max_size=4).flatmap(
        lambda known: st.lists(st.fixed_dictionaries({}, optional=known) | st.fixed_dictionaries(known))
    )
    return rows | st.lists(rows, max_size=3)


JSON = st.recursive(
    SCALARS,
    lambda inner: objects(inner) | st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=20,
)
MESSAGES = st.dictionaries(NAMES, JSON | objects(JSON), max_size=4)


def push_of(count: int, series: ids.Series | None = None) -> bytes:
    """Write a push of a save after the other, with ids of one series, or each of its own draw."""
    made = []
    for n in range(count):
        at = f"2026-11-23T{8 + n // 60 % 12:02d}:{n % 60:02d}:{n * 7 % 60:02d}.{n * 37 % 1000:03d}+08:00"
        ms = 1_795_000_000_000 + n * 60_007
        op, rec, tx = ((series or ids.Series()).next(ms) for _ in range(3))
        values = {"state": "open", "statement": f"路灯坏了第{n * n % 997}盏，请派人来看。", "visit_id": rec}
        changed = {"op": op, "rec": rec, "tx": tx, "seq": n, "mono": n * 61_000, "at": at, "set": values}
        raw = orjson.dumps({**json.loads(OP.to_bytes()), **changed, "base": {}}, option=orjson.OPT_SORT_KEYS)
        made.append(OpIn(op, raw))
    return Push(ids.new_id(), ids.new_id(), "S:1", ids.new_id(), SCHEMA, 0, tuple(made)).encode()


@given(MESSAGES)
def test_every_message_comes_out_as_it_went_in(message: dict[str, Any]) -> None:
    raw = orjson.dumps(message)
    packed = packing.pack(raw)
    # What a JSON reader of ours does not give back letter by letter is not packed so.
    assert (packed is None) == (orjson.dumps(orjson.loads(raw)) != raw)
    if packed is not None:
        out = packing.unpack(packed)
        assert orjson.dumps(out) == raw
        assert repr(out) == repr(orjson.loads(raw))


@pytest.mark.parametrize(
    "raw",
    [
        *(b"", b"x", b"[]", b"7", b'{"a": 1}', b'{"a":1,"a":1}', b'{"a":1e2}', b'{"a":"\\u8def"}', b"\xff"),
        *(b'{"a":NaN}', b'{"a":99999999999999999999}', b'{"a":"\\ud800"}', b"{}x", b"{" * 5000),
    ],
)
def test_what_is_spelled_otherwise_is_not_packed(raw: bytes) -> None:
    assert packing.pack(raw) is None


def test_a_push_is_what_it_was_and_a_field_nobody_knows_is_in_it() -> None:
    raw = push_of(40).replace(b'"state":"open"', b'"mood":{"add":["a"],"remove":[]},"state":"open"', 3)
    packed = packing.pack(raw)
    assert packed is not None
    assert orjson.dumps(packing.unpack(packed)) == raw
    assert Push.decode(packing.unpack(packed)) == Push.decode(raw)
    assert [each.body for each in Push.decode(packing.unpack(packed)).ops] == [
        each.body for each in Push.decode(raw).ops
    ]


def test_a_push_takes_far_fewer_bytes_with_ids_of_series_and_fewer_without() -> None:
    for series, share in ((ids.Series(), 0.35), (None, 0.8)):
        raw = push_of(300, series)
        packed = packing.pack(raw)
        assert packed is not None
        assert len(packed) < share * len(frame.pack(raw))


def refused(head: object, numbers: str = "", tails: bytes = b"") -> str:
    """Unpack what was never packed, and tell how it was refused."""
    folded = orjson.dumps(head) + b"\n" + numbers.encode() + b"\n" + tails
    with pytest.raises(WireError) as told:
        packing.unpack(frame.pack(folded))
    return str(told.value)


ONE = [1, [["a"]], {"a": 1}, []]
LONG = "x" * (1 << 20)


def rows(form: list[Any]) -> list[Any]:
    """Put a table into a message."""
    return [0, 0, [1, [["a"]], {}, [["a", 4, form]]], []]


@pytest.mark.parametrize(
    ("head", "numbers", "word"),
    [
        (rows([10_001, [["b"]], {"b": 1}, []]), "10001", "too many"),
        (rows([0, [["b"]], {"b": 1}, []]), "0", "no row"),
        (rows([10_000, [["b"]], {"b": LONG}, []]), "10000", "too many bytes"),
        (rows([10_000, [[LONG]], {LONG: 1}, []]), "10000", "too many bytes"),
        (rows([10_000, [["b"]], {}, [["b", 1, LONG + "~"]]]), "10000" + ",0" * 10_000, "too many bytes"),
        (rows([9, [["b"]] * 9, {"b": LONG}, []]), "9," + ",".join(map(str, range(9))), "too many bytes"),
        ([300_000, 1, ONE, []], "0," * 300_001 + "300000", "too many bytes"),
        ([1, 1, ONE, []], "0,0,1", "other ids"),
        ([1, 1, ONE, []], "0,1,0", "other ids"),
        ([2, 1, ONE, []], "0,0,1,1", "other ids"),
        ([1, 0, ONE, []], "0", "other ids"),
        ([1, 1, ONE, []], "-1,1,1", "no tables"),
        ([0, 0, ONE, [1]], "", "left over"),
        ([0, 0, ONE, []], "5", "left over"),
        ([0, 0, [1, [["a"], []], {"a": 1}, []], []], "0", "no row"),
        ([0, 0, [2, [["a"], ["a"]], {"a": 1}, []], []], "0,2", "no shape"),
        ([0, 0, [2, [["a"], ["a"]], {"a": 1}, []], []], "0,-1", "no shape"),
        ([0, 0, [1, [["a", "a"]], {"a": 1}, []], []], "", "twice"),
        ([0, 0, [1, [[1]], {}, [[1, 5]]], [7]], "", "no text"),
        ([0, 0, [1, [["a"]], {"b": 1}, []], []], "", "no column"),
        ([0, 0, [1, [["a"]], {}, [["a", 5]]], []], "", "no tables"),
        ([0, 0, [1, [["a"]], {}, [["a", 1, "~~"]]], []], "99", "do not fit"),
        ([0, 0, [1, [["a"]], {}, [["a", 1, "~"]]], []], "-1", "do not fit"),
        ([0, 0, [1, [["a"]], {}, [["a", 1, "~"]]], []], "100", "do not fit"),
        ([0, 0, rows([2, [["b"]], {}, [["b", 1, "~~"]]])[2], []], "2,10,901", "do not fit"),
        ([0, 0, [1, [["a"]], {}, [["a", 1, "~" * 19]]], []], "1", "do not fit"),
        ([0, 0, [1, [["a"]], {}, [["a", 2]]], []], "0", "no tables"),
        ([0, 0, [1, [["a"]], {"a": []}, []], []], "", "no constant"),
        ([0, 0, [1, [["a"]], {}, [["a", 4, ONE]]], []], "2", "other lengths"),
        ([0, 0, ONE, []], "1.5", "whole numbers"),
        ([0, 0, ONE, []], '"a","b"', "whole numbers"),
        ([0, 0, ONE, []], "[1]", "whole numbers"),
        ([0, 0, ONE, []], "9" * 30, "whole numbers"),
        ([1, 1, ONE, []], "1,1", "not there"),
        ([1, -1, ONE, []], "1", "not there"),
        ([0, 1, ONE, []], "1,1", "not there"),
        ([0, 0, ONE], "", "no tables"),
        (7, "", "no tables"),
    ],
)
def test_what_was_never_packed_is_refused(head: object, numbers: str, word: str) -> None:
    assert word in refused(head, numbers)


def test_a_form_nested_beyond_reason_is_refused() -> None:
    form = b'[1,[["a"]],{"a":1},[]]'
    for _level in range(400):
        form = b'[1,[["a"]],{},[["a",3,%b]]]' % form
    with pytest.raises(WireError):
        packing.unpack(frame.pack(b"[0,0,%b,[]]\n\n" % form))


def test_values_are_read_as_strictly_as_json() -> None:
    """No name twice, no odd spelling, and nothing nested so deep that writing it again would fail."""
    deep = b"[" * 1000 + b"]" * 1000
    for value in (b'{"x":1,"x":2}', b"1.50", deep, b'{"b":' * 1000 + b"1" + b"}" * 1000):
        folded = b'[0,0,[1,[["a"]],{},[["a",5]]],[%b]]\n\n' % value
        with pytest.raises(WireError):
            packing.unpack(frame.pack(folded))
    assert packing.unpack(frame.pack(b'[0,0,[1,[["a"]],{},[["a",5]]],[{"x":1}]]\n\n')) == {"a": {"x": 1}}


FOLDED = frame.unpack(packing.pack(push_of(12, ids.Series())) or b"")


@given(st.data())
def test_no_noise_does_more_than_be_refused(data: st.DataObject) -> None:
    """Bytes changed at random, and parts of a good form in the place of others."""
    head, numbers, tails = FOLDED.split(b"\n", 2)
    said = orjson.loads(head)
    for _change in range(data.draw(st.integers(0, 3))):
        _spoil(said, data)
    raw = bytearray(b"\n".join([orjson.dumps(said), numbers, tails]))
    for _change in range(data.draw(st.integers(0, 3))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    most = data.draw(st.sampled_from([len(raw), 20_000, frame.MOST_RAW]))
    try:
        out = packing.unpack(frame.pack(bytes(raw)), most)
    except WireError:
        return
    assert isinstance(out, dict)
    assert len(orjson.dumps(out)) <= most


def _spoil(said: Any, data: st.DataObject) -> None:
    """Replace something somewhere in it by something else."""
    at = said
    while True:
        keys = list(at) if isinstance(at, dict) else list(range(len(at)))
        if not keys:
            return
        key = data.draw(st.sampled_from(keys))
        if not isinstance(at[key], dict | list) or data.draw(st.integers(0, 3)) == 0:
            small = st.sampled_from([0, 1, -1, 2, 300, 10**6, "", "~", "at", None, True, 1.5, [], {}, ONE])
            at[key] = deepcopy(data.draw(small))
            return
        at = at[key]


@given(st.binary(max_size=200))
def test_bytes_that_mean_nothing_are_refused(raw: bytes) -> None:
    for packed in (raw, frame.pack(raw)):
        with pytest.raises(WireError):
            packing.unpack(packed)


def test_the_cap_is_that_of_every_message() -> None:
    raw = push_of(200)
    packed = packing.pack(raw)
    assert packed is not None
    with pytest.raises(WireError, match="too many bytes"):
        packing.unpack(packed, len(raw) // 2)
    with pytest.raises(WireError):
        packing.unpack(bytes(frame.MOST_PACKED + 1))
    with pytest.raises(WireError):
        packing.unpack(frame.pack(bytes(frame.MOST_RAW + 1)))
