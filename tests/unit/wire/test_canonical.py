import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from desk.wire.canonical import canonical

_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
_VALUE = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | _TEXT | st.lists(_TEXT)
_KEY = st.text("abcdefghijklmnopqrstuvwxyz_*0123456789-", min_size=1)


@given(st.dictionaries(_KEY, _VALUE | st.dictionaries(_KEY, _VALUE)))
def test_the_bytes_are_those_of_rfc_8785(body: dict[str, object]) -> None:
    assert canonical(body) == rfc8785.dumps(body)  # type: ignore[arg-type] - the values are all of JSON


def test_control_and_rare_characters() -> None:
    body = {"text": '\x00\x1f\x7f"\\/\b\t\n\r\f\u2028𬱖'}
    assert canonical(body) == rfc8785.dumps(body)


def test_what_json_cannot_say_is_refused() -> None:
    with pytest.raises(TypeError):
        canonical({"at": object()})
    with pytest.raises(UnicodeEncodeError):
        canonical({"text": "\ud800"})
