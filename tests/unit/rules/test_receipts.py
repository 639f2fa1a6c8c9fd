"""Issue A §5, payload v1: packed and read back, damaged ones refused in words."""

import base64
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.errors import ClockProblem, InputProblem
from desk.rules.receipts import ReceiptBody, ReceiptCode, is_host, pack, signed_part, unpack

BODY = ReceiptBody(b"\x01\x02\x03\x04", bytes(range(16)), date(2026, 11, 23))
SIGNATURE = bytes(range(64))


def test_with_no_host_the_code_is_a_plain_word_and_87_bytes() -> None:
    text = pack(BODY, SIGNATURE)
    assert text.startswith("JDT1:")
    payload = text.removeprefix("JDT1:")
    assert len(payload) == 116
    raw = base64.urlsafe_b64decode(payload)
    assert raw[:1] == b"\x01"
    assert raw[1:5] == BODY.key_id
    assert raw[5:21] == BODY.token
    assert int.from_bytes(raw[21:23]) == (date(2026, 11, 23) - date(2020, 1, 1)).days
    assert raw[23:] == SIGNATURE


def test_with_a_host_the_code_is_an_address() -> None:
    text = pack(BODY, SIGNATURE, "desk.example.org")
    assert text.startswith("https://desk.example.org/r/")
    assert unpack(text) == ReceiptCode(BODY, SIGNATURE, "desk.example.org")


bodies = st.builds(
    ReceiptBody,
    st.binary(min_size=4, max_size=4),
    st.binary(min_size=16, max_size=16),
    st.dates(date(2020, 1, 1), date(2199, 6, 6)),
)
signatures = st.binary(min_size=64, max_size=64)


@given(bodies, signatures, st.sampled_from(["", "desk.example.org", "10.0.0.7:8443"]))
def test_every_code_comes_back(body: ReceiptBody, signature: bytes, host: str) -> None:
    assert unpack(f" {pack(body, signature, host)}\r\n") == ReceiptCode(body, signature, host)


def read_or_none(text: str) -> ReceiptCode | None:
    try:
        return unpack(text)
    except InputProblem:
        return None


@given(bodies, signatures, st.integers(0, 115), st.characters(codec="utf-8"))
def test_a_changed_character_never_gives_the_same_code(
    body: ReceiptBody, signature: bytes, place: int, other: str
) -> None:
    text = pack(body, signature)
    at = len("JDT1:") + place
    changed = text[:at] + other + text[at + 1 :]
    assert changed == text or read_or_none(changed) != unpack(text)


@given(st.text())
def test_any_other_text_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(InputProblem) as caught:
        unpack(text)
    assert caught.value.way_out


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "不是接待回执"),
        ("https://desk.example.org/x/AAAA", "不是接待回执"),
        ("http://desk.example.org/r/AAAA", "不是接待回执"),
        ("https://evil.example.org@desk/r/AAAA", "不是接待回执"),
        ("JDT1:", "不完整"),
        ("JDT1:AQ", "不完整"),
        ("JDT1:AR", "不完整"),
        ("JDT1:****", "认不出"),
        ("JDT1:王", "认不出"),
        ("JDT1:AgAA", "版本"),
        (pack(BODY, SIGNATURE) + "AAAA", "不完整"),
        (pack(BODY, SIGNATURE)[:-4], "不完整"),
        (pack(BODY, SIGNATURE) + "=", "不完整"),
    ],
)
def test_what_is_wrong_is_said(text: str, words: str) -> None:
    with pytest.raises(InputProblem, match=words):
        unpack(text)


def test_what_is_signed_says_what_it_is_and_covers_every_byte_before_the_signature() -> None:
    assert signed_part(BODY).startswith(b"jiedaitai receipt\x00")
    assert signed_part(BODY).endswith(base64.urlsafe_b64decode(pack(BODY, SIGNATURE)[5:])[:23])


def test_a_clock_in_1970_makes_no_receipt() -> None:
    with pytest.raises(ClockProblem, match="1970-01-01"):
        pack(ReceiptBody(b"abcd", bytes(16), date(1970, 1, 1)), SIGNATURE)


def test_a_host_is_a_bare_name_in_lower_case() -> None:
    assert is_host("desk.example.org")
    assert is_host("10.0.0.7:8443")
    for text in ("", "https://desk.example.org", "desk.example.org/", "Desk.example.org", "a b", "-a"):
        assert not is_host(text)


def test_wrong_lengths_are_bugs_and_fly() -> None:
    with pytest.raises(ValueError, match="key id"):
        ReceiptBody(b"abc", bytes(16), date(2026, 1, 1))
    with pytest.raises(ValueError, match="64"):
        pack(BODY, b"short")
