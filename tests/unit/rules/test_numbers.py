"""product.md Numbers: printed numbers, the spoken number, mediation numbers (DOC-08, CL-5)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.errors import InputProblem
from desk.rules.numbers import (
    LETTERS,
    SPOKEN_RANDOM,
    Number,
    NumberPattern,
    check_digit,
    is_spoken,
    new_spoken,
    read_spoken,
    show_spoken,
)

VISIT = NumberPattern("LF{year}-{letter}{n:04}")
MEDIATION = NumberPattern("〔{year}〕{committee}人调字第{n}号")


def test_the_number_of_the_product_page() -> None:
    assert VISIT.format(Number(2026, 312, "A")) == "LF2026-A0312"
    assert VISIT.parse("LF2026-A0312") == Number(2026, 312, "A")


def test_after_9999_the_number_widens() -> None:
    assert VISIT.format(Number(2026, 10000, "B")) == "LF2026-B10000"
    assert VISIT.parse("LF2026-B10000") == Number(2026, 10000, "B")


@pytest.mark.parametrize(
    "typed", ["lf2026-a0312", " LF2026-A 0312 ", "ＬＦ２０２６－Ａ０３１２", "LF2026—A0312"]
)
def test_a_number_is_read_as_people_type_it(typed: str) -> None:
    assert VISIT.parse(typed) == Number(2026, 312, "A")


@pytest.mark.parametrize(
    "typed",
    ["", "LF2026-A312", "LF2026-A00312", "LF2026-A0000", "ZX2026-A0312", "LF26-A0312", "LF2026-A0312X"],
)
def test_what_is_no_number_of_the_pattern_is_not_read(typed: str) -> None:
    assert VISIT.parse(typed) is None


def test_doc08_the_mediation_number_has_hexagonal_brackets_and_no_leading_zero() -> None:
    number = Number(2026, 27, committee="示例")
    assert MEDIATION.format(number) == "〔2026〕示例人调字第27号"
    assert MEDIATION.parse("〔2026〕示例人调字第27号") == number
    assert MEDIATION.parse("〔2026〕示例人调字第027号") is None
    assert MEDIATION.format(number)[0] == "\u3014"


@pytest.mark.parametrize(
    "pattern",
    [
        "LF{year}-{letter}",
        "{n}",
        "{year}{n}{n}",
        "{year}{n:4}",
        "{year}{n:00}",
        "{year:2}{n}",
        "{year}{n}{x}",
        "{year",
    ],
)
def test_a_bad_pattern_is_refused_in_words(pattern: str) -> None:
    with pytest.raises(InputProblem, match="编号样式"):
        NumberPattern(pattern)


@given(st.integers(1000, 9999), st.sampled_from(LETTERS), st.integers(1, 10**7))
def test_printed_numbers_come_back(year: int, letter: str, n: int) -> None:
    number = Number(year, n, letter)
    assert VISIT.parse(VISIT.format(number)) == number


@given(st.lists(st.tuples(st.sampled_from("AB"), st.integers(1, 20000)), unique=True))
def test_no_two_pcs_or_running_numbers_share_a_printed_number(drawn: list[tuple[str, int]]) -> None:
    assert len({VISIT.format(Number(2026, n, letter)) for letter, n in drawn}) == len(drawn)


def test_letters_that_read_like_digits_are_not_drawn() -> None:
    assert not set("IO") & set(LETTERS)


spoken = st.binary(min_size=SPOKEN_RANDOM, max_size=SPOKEN_RANDOM).map(new_spoken)


@given(spoken)
def test_a_spoken_number_is_nine_digits_and_comes_back_as_shown(digits: str) -> None:
    assert is_spoken(digits)
    assert read_spoken(show_spoken(digits)) == digits
    assert len(show_spoken(digits).split()) == 3


@given(spoken, st.integers(0, 8), st.integers(1, 9))
def test_every_single_wrong_digit_is_caught(digits: str, place: int, shift: int) -> None:
    wrong = str((int(digits[place]) + shift) % 10)
    assert not is_spoken(digits[:place] + wrong + digits[place + 1 :])


@given(spoken, st.integers(0, 7))
def test_every_swap_of_neighbours_is_caught(digits: str, place: int) -> None:
    swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
    assert is_spoken(swapped) == (digits[place] == digits[place + 1])


def test_the_check_digit_table_catches_all_errors_by_exhaustion() -> None:
    """Damm's two laws: rows are permutations, and (c·x)·y = (c·y)·x only for x = y."""

    def step(interim: int, digit: int) -> int:
        prefix = next(str(first) for first in range(10) if check_digit(str(first)) == interim)
        return check_digit(prefix + str(digit))

    for interim in range(10):
        assert {step(interim, digit) for digit in range(10)} == set(range(10))
        assert step(interim, interim) == 0
        for x in range(10):
            for y in range(10):
                assert (step(step(interim, x), y) == step(step(interim, y), x)) == (x == y)


def test_known_check_digit() -> None:
    assert check_digit("572") == 4


def test_spoken_numbers_do_not_follow_one_another() -> None:
    first, second = (new_spoken(bytes(15) + bytes([last])) for last in (1, 2))
    assert first[:8] != second[:8]
    with pytest.raises(ValueError, match="too few"):
        new_spoken(b"short")


@pytest.mark.parametrize("typed", ["", "4071 8826", "4071 8826 33", "4071 882a 3"])
def test_a_spoken_number_of_the_wrong_length_is_refused_in_words(typed: str) -> None:
    with pytest.raises(InputProblem, match="9 位数字"):
        read_spoken(typed)


def test_a_misheard_spoken_number_is_refused_in_words() -> None:
    good = new_spoken(bytes(range(16)))
    wrong = good[:-1] + str((int(good[-1]) + 1) % 10)
    with pytest.raises(InputProblem, match="报错"):
        read_spoken(wrong)
    full_width = "".join(chr(ord(digit) + 0xFEE0) for digit in good)
    assert read_spoken(full_width) == good
