"""Canonical JSON: byte for byte what the reference writes, whatever way it goes."""

from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from desk.wire import canonical

_LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53) + 1, 2**53 - 1),
    st.text(),
    st.floats(allow_nan=False, allow_infinity=False),
)
_VALUES = st.recursive(
    _LEAVES, lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)), max_leaves=20
)


@given(st.dictionaries(st.text(), _VALUES))
def test_as_the_reference(body: dict[str, Any]) -> None:
    assert canonical.dumps(body) == rfc8785.dumps(body)


@given(st.dictionaries(st.from_regex(r"[a-z_*]{1,12}", fullmatch=True), st.one_of(st.text(), st.none())))
def test_plain_words_as_the_reference(body: dict[str, Any]) -> None:
    assert canonical.dumps(body) == rfc8785.dumps(body)


def test_every_control_character() -> None:
    body = {"words": "".join(map(chr, range(0x100))) + "\u2028\u2029\ud7ff\ue000\U0001f600"}
    assert canonical.dumps(body) == rfc8785.dumps(body)


def test_keys_beyond_the_first_plane_go_by_their_utf_16() -> None:
    assert canonical.dumps({"\U00010000": 1, "\uffff": 2}) == rfc8785.dumps({"\U00010000": 1, "\uffff": 2})


@pytest.mark.parametrize("value", ["\ud800", 2**53, float("nan"), b"bytes", {1: "one"}, [object()]])
def test_what_has_no_canonical_form(value: object) -> None:
    with pytest.raises(rfc8785.CanonicalizationError):
        canonical.dumps({"value": value})
