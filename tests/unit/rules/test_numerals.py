"""Han dates, official dates (DOC-07) and sums of money (domain.md §12)."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.errors import InputProblem
from desk.rules.numerals import (
    amount_words,
    han_date,
    han_number,
    official_date,
    parse_amount,
    parse_han_number,
    plain_date,
)

MOST = 10**14 - 1


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 1, 10), "二〇二六年一月十日"),
        (date(2020, 10, 20), "二〇二〇年十月二十日"),
        (date(2026, 12, 31), "二〇二六年十二月三十一日"),
        (date(2100, 2, 1), "二一〇〇年二月一日"),
    ],
)
def test_han_dates(day: date, words: str) -> None:
    assert han_date(day) == words


@given(st.dates())
def test_the_zero_of_a_han_date_is_u3007(day: date) -> None:
    words = han_date(day)
    assert re.fullmatch(
        r"[〇一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日", words
    )


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (188, "一百八十八"),
        (296, "二百九十六"),
        (1000, "一千"),
        (1012, "一千零一十二"),
        (1179, "一千一百七十九"),
        (1260, "一千二百六十"),
    ],
)
def test_numbers_as_the_articles_of_a_law_say_them(number: int, words: str) -> None:
    assert han_number(number) == words


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_other_numbers_are_not_said(number: int) -> None:
    with pytest.raises(ValueError, match="1 to 9999"):
        han_number(number)


@given(st.integers(1, 9999))
def test_what_is_said_is_read_back(number: int) -> None:
    assert parse_han_number(han_number(number)) == number
    assert parse_han_number(han_number(number).replace("零", "〇")) == number


@given(st.text("〇零一二三四五六七八九十百千条", max_size=8))
def test_only_proper_numbers_are_read(text: str) -> None:
    number = parse_han_number(text)
    assert number is None or han_number(number) == text.replace("〇", "零")


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_two_numbers_are_never_said_alike(one: int, other: int) -> None:
    assert (han_number(one) == han_number(other)) == (one == other)


def test_a_plain_date_is_spaced() -> None:
    assert plain_date(date(2026, 1, 5)) == "2026 年 1 月 5 日"


def test_official_date_has_no_leading_zeros() -> None:
    """DOC-07."""
    assert official_date(date(2026, 1, 5)) == "2026年1月5日"
    assert official_date(date(2026, 11, 22)) == "2026年11月22日"


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (123456, "壹仟贰佰叁拾肆元伍角陆分"),
        (600714, "陆仟零柒元壹角肆分"),
        (32504, "叁佰贰拾伍元零肆分"),
        (10000000, "壹拾万元整"),
        (10700053, "壹拾万柒仟元零伍角叁分"),
        (40950, "肆佰零玖元伍角"),
        (5, "伍分"),
        (0, "零元整"),
        (50, "伍角"),
        (100, "壹元整"),
        (1010, "壹拾元零壹角"),
        (10000100000, "壹亿零壹仟元整"),
        (10203000000, "壹亿零贰佰零叁万元整"),
        (100000000001, "壹拾亿元零壹分"),
        (1000100, "壹万零壹元整"),
        (MOST, "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_amounts_in_words(fen: int, words: str) -> None:
    assert amount_words(fen) == words


def _fen_of(words: str) -> int:
    """Read capital words back, by a way of its own: each character adds or multiplies."""
    digits, places = "零壹贰叁肆伍陆柒捌玖", {"拾": 10, "佰": 100, "仟": 1000}
    total = group = digit = 0
    for character in words:
        if character in digits:
            digit = digits.index(character)
        elif character in places:
            group, digit = group + digit * places[character], 0
        elif character in "万亿":
            total, group, digit = total + (group + digit) * (10**4 if character == "万" else 10**8), 0, 0
        elif character == "元":
            total, group, digit = (total + group + digit) * 100, 0, 0
        elif character in "角分":
            total, digit = total + digit * (10 if character == "角" else 1), 0
    return total


@given(st.one_of(st.integers(0, MOST), st.integers(0, 10**8)))
def test_words_read_back_and_never_stammer(fen: int) -> None:
    words = amount_words(fen)
    assert _fen_of(words) == fen
    assert "零零" not in words
    assert words.endswith("整") == (fen % 100 == 0)


@pytest.mark.parametrize(("fen", "word"), [(-1, "负数"), (MOST + 1, "最多 12 位")])
def test_sums_without_words_are_refused(fen: int, word: str) -> None:
    with pytest.raises(InputProblem, match=word) as caught:
        amount_words(fen)
    assert caught.value.way_out


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        *(("1234.56", 123456), ("1,234.5", 123450), ("￥300", 30000), ("¥ 300.", 30000), ("300元", 30000)),
        *(
            ("１２３４．５６", 123456),
            ("1，234，567", 123456700),
            ("0.05", 5),
            (" 0 ", 0),
            ("999999999999.99", MOST),
        ),
    ],
)
def test_typed_sums(typed: str, fen: int) -> None:
    assert parse_amount(typed) == fen


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        *(("12.345", "两位小数"), ("0.001", "两位小数"), ("1000000000000", "最多 12 位")),
        *(
            ("", "不是"),
            ("-5", "不是"),
            ("三百", "不是"),
            ("1.2.3", "不是"),
            ("1,2", "不是"),
            ("1e5", "不是"),
            ("元", "不是"),
        ),
    ],
)
def test_what_is_no_sum_is_refused_with_a_sentence(typed: str, word: str) -> None:
    with pytest.raises(InputProblem, match=word) as caught:
        parse_amount(typed)
    assert caught.value.field == "amount"
    assert caught.value.way_out


@given(st.integers(0, MOST))
def test_a_printed_sum_is_read_back(fen: int) -> None:
    assert parse_amount(f"{fen // 100:,}.{fen % 100:02d}元") == fen
