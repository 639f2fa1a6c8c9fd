import dataclasses
import hashlib
import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from desk.wire.codecs import WireError
from desk.wire.op import Op, digest, written

OP = Op(
    op="o1", device="d1", incarnation="i1", run=1, seq=7, tx="t1", scope="S:1", type="matter", rec="r1",
    kind="patch", set={"state": "closed"}, base={"state": "o0"}, at="2026-03-02T09:14:05.000+08:00",
    user="u1", offset=None, mono=12, schema=1, was={"state": "open"},
)  # fmt: skip


def test_an_op_says_all_that_sync_needs() -> None:
    """sync.md, What a desk writes from its first day; class F carries from and to (2.7)."""
    assert set(json.loads(OP.to_bytes())) == {
        *("op", "device", "incarnation", "run", "seq", "tx", "scope", "type", "rec", "kind", "set", "base"),
        *("user", "at", "offset", "mono", "schema", "from"),
    }


def test_the_bytes_are_canonical_json() -> None:
    body = OP.to_bytes()
    assert body == rfc8785.dumps(json.loads(body))
    assert digest(body) == hashlib.sha256(body).digest()


@given(st.text(st.characters(codec="utf-8")), st.integers(-(2**53) + 1, 2**53 - 1), st.booleans())
def test_written_from_what_it_says_it_is_the_same(words: str, number: int, flag: bool) -> None:
    op = dataclasses.replace(OP, set={"text": words, "n": number, "flag": flag, "none": None})
    body = json.loads(op.to_bytes())
    assert written(body) == op.to_bytes()


@pytest.mark.parametrize("value", ["\ud800", 2**53 + 1])
def test_what_has_no_canonical_form_is_refused(value: str | int) -> None:
    with pytest.raises(rfc8785.CanonicalizationError):
        written({"set": {"text": value}})


def test_no_state_changed_no_from() -> None:
    assert "from" not in json.loads(dataclasses.replace(OP, was={}).to_bytes())


@given(st.text(), st.integers(-(2**53) + 1, 2**53 - 1), st.booleans())
def test_an_op_comes_back(words: str, number: int, flag: bool) -> None:
    try:
        words.encode()
    except UnicodeEncodeError:
        words = ""
    op = dataclasses.replace(OP, set={"text": words, "n": number, "flag": flag, "none": None})
    assert Op.from_bytes(op.to_bytes()) == op


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"op": 1}', OP.to_bytes().replace(b'"tx":"t1",', b""), b"\xff"]
)
def test_what_is_no_op_is_refused(body: bytes) -> None:
    with pytest.raises(WireError):
        Op.from_bytes(body)


def test_names_of_a_newer_protocol_are_passed_over() -> None:
    """What others wrote is offered again after a restore, and lies over their records until it is taken."""
    assert Op.from_bytes(OP.to_bytes()[:-1] + b',"mood":1}') == OP
