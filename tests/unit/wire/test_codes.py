"""Codes read from paper survive handwriting and Chinese input methods."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk import errors
from desk.wire import codes


@pytest.mark.parametrize(("symbols", "groups"), [(codes.RECOVERY, 8), (codes.ONE_TIME, 4)])
def test_a_code_is_in_groups_of_four_and_reads_back(symbols: int, groups: int) -> None:
    code = codes.new(symbols)
    assert [len(group) for group in code.split("-")] == [4] * groups
    assert codes.clean(code, symbols) == code.replace("-", "")


def test_two_codes_differ() -> None:
    assert codes.new(codes.RECOVERY) != codes.new(codes.RECOVERY)


@given(st.sampled_from(["-", " ", "", "——", "　", "·", "\n"]), st.booleans(), st.booleans())
def test_case_width_and_separators_do_not_matter(between: str, lower: bool, full_width: bool) -> None:
    code = codes.new(codes.RECOVERY)
    typed = between.join(code.split("-"))
    typed = typed.lower() if lower else typed
    if full_width:
        typed = "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in typed)
    assert codes.clean(typed, codes.RECOVERY) == code.replace("-", "")


def test_letters_that_look_like_digits_are_read_as_digits() -> None:
    code = next(code for code in iter(lambda: codes.new(codes.RECOVERY), None) if "0" in code and "1" in code)
    assert codes.clean(code.replace("0", "o").replace("1", "l"), codes.RECOVERY) == code.replace("-", "")


@pytest.mark.parametrize("typed", ["", "7K2M", "7K2M-" * 9])
def test_a_wrong_length_says_how_many_are_missing(typed: str) -> None:
    with pytest.raises(errors.InputProblem, match="32 位"):
        codes.clean(typed, codes.RECOVERY)


def test_a_slip_of_the_pen_is_told_apart_from_a_wrong_code() -> None:
    bare = codes.new(codes.RECOVERY).replace("-", "")
    slips = [bare[:at] + ("Z" if bare[at] != "Z" else "Y") + bare[at + 1 :] for at in range(len(bare))]
    caught = 0
    for slip in slips:
        try:
            codes.clean(slip, codes.RECOVERY)
        except errors.InputProblem as problem:
            caught += "抄错" in problem.sentence
    assert caught >= len(slips) - 1  # 10 bits of checksum: one miss in a thousand


def test_a_letter_no_code_contains_is_refused() -> None:
    bare = codes.new(codes.ONE_TIME).replace("-", "")
    for letter in ("U", "码"):
        with pytest.raises(errors.InputProblem, match="抄错"):
            codes.clean(letter + bare[1:], codes.ONE_TIME, field="code")


def test_a_pin_tells_its_bytes_and_reads_back() -> None:
    assert codes.of_bytes(bytes(32), codes.PIN).startswith("0000-0000-0000-0000-00")
    first = codes.of_bytes(bytes([0b00001_000, 0b01_000000, *bytes(30)]), codes.PIN)
    assert first.startswith("1100-")
    assert codes.clean(first, codes.PIN) == first.replace("-", "")
