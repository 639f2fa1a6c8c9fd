"""Sums of an agreement: what a clerk types, what is refused, figures and Han words (domain.md §12)."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.errors import InputProblem
from desk.rules.agreement_money import (
    MAX_FEN,
    both,
    figures,
    in_ten_thousands,
    in_words,
    read_amount,
    total,
)
from desk.rules.numerals import amount_words


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("2,600", 260000),
        ("2600.5", 260050),
        ("１２００", 120000),
        ("１，２００．５０", 120050),
        (" ￥300 ", 30000),
        ("300元", 30000),
        ("300元整", 30000),
        ("1.2万", 1200000),
        ("1.2 万元", 1200000),
        ("３万", 3000000),
        ("0.00001万", 10),
        ("1.234567万", 1234567),
        ("0", 0),
        ("0.05", 5),
        ("0000000000012", 1200),
        ("9999999999.99", MAX_FEN),
    ],
)
def test_a_sum_is_read_as_people_type_it(typed: str, fen: int) -> None:
    assert read_amount(typed) == fen


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "请填写金额"),
        ("  ", "请填写金额"),
        ("2600.555", "两位小数"),
        ("2,600.000", "两位小数"),
        ("1.2345678万", "两位小数"),
        ("123456789012", "最多 10 位"),
        ("13800000000", "最多 10 位"),
        ("138,000,000,00", "最多 10 位"),
        ("2000000万", "最多 10 位"),
        ("-5", "负数"),
        ("－5", "负数"),
        ("两千六", "不是能识别的金额"),
        ("2万6", "不是能识别的金额"),
        ("2600左右", "不是能识别的金额"),
        ("2,60", "不是能识别的金额"),
        ("1e5", "不是能识别的金额"),
        ("万", "不是能识别的金额"),
        ("²600", "不是能识别的金额"),
    ],
)
def test_what_is_no_sure_sum_is_refused_in_words(typed: str, words: str) -> None:
    with pytest.raises(InputProblem, match=words) as caught:
        read_amount(typed)
    assert caught.value.field == "amount"
    assert caught.value.way_out


def test_the_sum_of_the_picture() -> None:
    assert figures(260000) == "2,600.00 元"
    assert both(260000) == "2,600.00 元（贰仟陆佰元整）"


@given(st.integers(0, MAX_FEN))
def test_figures_and_han_words_come_from_one_number(fen: int) -> None:
    assert read_amount(figures(fen)) == fen
    assert both(fen) == f"{figures(fen)}（{amount_words(fen)}）"


@given(st.integers(0, 10**8 - 1), st.integers(0, 6))
def test_ten_thousands_are_exact_or_refused(digits: int, decimals: int) -> None:
    typed = f"{digits // 10**decimals}.{digits % 10**decimals:0{decimals}}" if decimals else str(digits)
    if digits // 10**decimals * 10_000 >= 10**10:
        with pytest.raises(InputProblem):
            read_amount(f"{typed}万")
    else:
        assert read_amount(f"{typed}万") * 10**decimals == digits * 10_000 * 100


@given(st.text("0123456789.,万元￥- 百", max_size=15))
def test_whatever_is_typed_is_a_sum_in_bounds_or_a_sentence(typed: str) -> None:
    with contextlib.suppress(InputProblem):
        assert 0 <= read_amount(typed) <= MAX_FEN


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (260000, "0.26"),
        (12345600, "12.3456"),
        (1000000, "1"),
        (0, "0"),
        (149, "0.0001"),
        (49, "0"),
        (99999950, "100"),
    ],
)
def test_statistics_show_ten_thousands(fen: int, words: str) -> None:
    assert in_ten_thousands(fen) == words


def test_a_total_counts_the_clauses_with_money() -> None:
    assert total([260000, None, 5]) == 260005
    assert total([]) == 0


def test_a_typed_sum_is_said_in_words_or_what_is_wrong_with_it() -> None:
    assert in_words("2,600") == ("贰仟陆佰元整", "")
    assert in_words("") == ("", "")
    assert in_words("123456789012")[0] == ""
    assert in_words("123456789012")[1]
