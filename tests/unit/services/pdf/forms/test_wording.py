"""Values as forms write them."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.numerals import amount_words
from desk.services.pdf.forms import wording

AT = datetime(2026, 11, 3, 9, 5, tzinfo=timezone(timedelta(hours=8)))


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("text", "王某某", "王某某"),
        ("text", None, ""),
        ("text", "", ""),
        ("date", date(2026, 1, 5), "2026年1月5日"),
        ("han_date", date(2026, 1, 10), "二〇二六年一月十日"),
        ("datetime", AT, "2026年11月3日9时05分"),
        ("list", ("甲", "乙"), "1. 甲\n2. 乙"),
        ("list", (), ""),
        ("names", ("甲", "乙"), "甲、乙"),
        ("int", 0, "0"),
        ("money", 0, "0.00元（大写：零元整）"),
        ("money", 600_714, "6,007.14元（大写：陆仟零柒元壹角肆分）"),
        ("money", None, ""),
    ],
)
def test_words(kind: str, value: object, shown: str) -> None:
    assert wording.words(kind, value) == shown


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("choice", "乙", ("□甲", "■乙")),
        ("choice", ("甲", "乙"), ("■甲", "■乙")),
        ("choice", "", ("□甲", "□乙")),
        ("choice", "丙", ("□甲", "□乙", "■丙")),
        ("yesno", True, ("■是", "□否")),
        ("yesno", False, ("□是", "■否")),
        ("yesno", None, ("□是", "□否")),
        ("text", "", ()),
        ("text", "甲", ("甲",)),
    ],
)
def test_pieces(kind: str, value: object, shown: tuple[str, ...]) -> None:
    options = ("甲", "乙") if kind == "choice" else ()
    assert wording.pieces(kind, value, options) == shown


@given(st.integers(0, 10**14 - 1))
def test_figures_and_words_come_from_one_sum(fen: int) -> None:
    text = wording.money(fen)
    figures, _yuan, rest = text.partition("元（大写：")
    assert int(figures.replace(",", "").replace(".", "")) == fen
    assert rest == f"{amount_words(fen)}）"


def test_places_in_a_sentence_are_filled() -> None:
    assert wording.filled("经{committee}调解", {"committee": "示例调委会"}.__getitem__) == "经示例调委会调解"
    assert wording.filled("没有{Places", str.upper) == "没有{Places"
