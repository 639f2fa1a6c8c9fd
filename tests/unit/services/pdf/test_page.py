"""The sheet: mm from the top left, fitted text, codes."""

import pytest

from desk.errors import PaperProblem
from desk.services.pdf import page, render
from desk.services.pdf.page import Sheet, Style
from tests.paper_samples import CODE, outside, texts


def test_sizes_are_as_held() -> None:
    sheet = Sheet(page.A5_LANDSCAPE, "题")
    picture = render.page(sheet.finish(), 0, 72)
    assert picture.size == (596, 420)  # 595.3 points, rounded up


def test_text_is_measured_and_aligned() -> None:
    sheet = Sheet(page.A4, "题")
    assert sheet.text(20, 20, "一二", Style(10)) == pytest.approx(20 / page.POINTS_PER_MM)
    sheet.text(200, 40, "右" * 10, Style(12, align="right"))
    sheet.text(105, 60, "中" * 30, Style(12, align="centre", spacing=2))
    pdf = sheet.finish()
    assert outside(pdf) == []
    assert "右" * 10 in texts(pdf)[0]


def test_fitted_text_returns_the_height_it_took() -> None:
    sheet = Sheet(page.A4, "题")
    one = sheet.fitted(20, 20, 100, "短", Style(10))
    three = sheet.fitted(20, 40, 20, "长" * 14, Style(10), most=3)
    assert three == pytest.approx(3 * one)
    sheet.finish()


def test_a_code_too_dense_for_its_square_is_refused() -> None:
    """issue A, section 5: a module is never smaller than 0.5 mm."""
    sheet = Sheet(page.A4, "题")
    with pytest.raises(PaperProblem):
        sheet.code(20, 20, 20, CODE)


def test_pages_are_counted() -> None:
    sheet = Sheet(page.A4, "题")
    sheet.next_page()
    assert sheet.page_number == 2
    assert render.page_count(sheet.finish()) == 2
