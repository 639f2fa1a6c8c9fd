"""Cells every kind of table has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.services.sheets import cells


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("13407289115", "13407289115"),
        ("186 5030 2018", "18650302018"),
        ("134-1748-9585", "13417489585"),
        ("", ""),
    ],
)
def test_phones_in_any_spelling(text: str, number: str) -> None:
    assert cells.read_phone(text) == (number, ())


@pytest.mark.parametrize("text", ["1.4E+10", "1.88399E+10", "1.74730e+10", "17473000000"])
def test_a_rounded_phone_is_empty_and_doubted(text: str) -> None:
    number, doubts = cells.read_phone(text)
    assert number == ""
    assert text in doubts[0]


@given(st.text(max_size=20))
def test_no_text_breaks_a_reader(text: str) -> None:
    cells.read_phone(text)


def test_words_on_one_line() -> None:
    assert cells.one_line("工作单位\n及职务 ") == "工作单位 及职务"
