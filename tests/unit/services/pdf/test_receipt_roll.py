"""The receipt on a thermal roll (domain.md 13.2)."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from desk.errors import PaperProblem
from desk.services.pdf import decode, receipt_roll, thermal
from desk.services.pdf.receipt_values import ReceiptRow
from tests.paper_samples import CODE, MISSING, MIXED, RARE, RECEIPT, outside, texts


@pytest.mark.parametrize("dots", thermal.DOTS.values())
def test_the_strip_says_what_the_sheet_says(dots: int) -> None:
    pdf = receipt_roll.draw(replace(RECEIPT, visitor=RARE, reprint=1), dots)
    words = texts(pdf)[0]
    for wanted in (RECEIPT.title, RECEIPT.station, RECEIPT.number, RARE, RECEIPT.receivers, "补打第1次"):
        assert "".join(wanted.split()) in words
    for row in RECEIPT.rows:
        assert "".join((row.strong + row.text).split()) in words
    assert decode.codes(pdf, dpi=203) == (decode.Found(0, CODE),)
    assert outside(pdf) == []


@pytest.mark.parametrize("dots", thermal.DOTS.values())
def test_the_plain_strip_says_number_and_phone_only(dots: int) -> None:
    """product.md, Safe."""
    paper = replace(RECEIPT, plain=True, notes=())
    assert texts(receipt_roll.draw(paper, dots)) == ["407188263登记号LF2026-A0312电话0000-1234567"]
    stub = texts(receipt_roll.draw_stub(paper, dots))[0]
    assert "陈" not in stub
    assert "积水" not in stub


@pytest.mark.parametrize("dots", thermal.DOTS.values())
def test_the_stub_has_room_to_sign(dots: int) -> None:
    words = texts(receipt_roll.draw_stub(RECEIPT, dots))[0]
    for wanted in ("回执存根", "陈**（1人）", "小区雨后积水", "来访人签名", "接待代表签名", "登记人签名"):
        assert wanted in words


@settings(max_examples=30, deadline=None)
@given(MIXED, MIXED)
def test_any_words_are_drawn_inside_the_strip_or_refused(visitor: str, words: str) -> None:
    paper = replace(
        RECEIPT, visitor=visitor, station=words, notes=(words,), rows=(ReceiptRow(visitor, words),)
    )
    try:
        pdf = receipt_roll.draw(paper, 384)
    except PaperProblem as problem:
        assert "U+" in problem.sentence  # noqa: PT017 - either outcome is right, any other error is not
        return
    assert outside(pdf) == []


def test_a_missing_glyph_stops_the_strip() -> None:
    with pytest.raises(PaperProblem, match="来访人"):
        receipt_roll.draw(replace(RECEIPT, visitor=MISSING), 384)
