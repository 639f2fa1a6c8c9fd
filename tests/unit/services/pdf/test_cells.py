"""Cells hold their text."""

from desk.services.pdf import cells, page
from desk.services.pdf.page import Sheet, Style
from tests.paper_samples import outside, texts


def test_a_cell_shrinks_then_cuts_its_text() -> None:
    sheet = Sheet(page.A4, "题")
    cells.put(sheet, cells.Box(10, 10, 30, 8), "很长的内容" * 20, Style(10), field="内容")
    cells.put(sheet, cells.Box(10, 30, 30, 8), "短", Style(10, align="centre"))
    pdf = sheet.finish()
    assert "…" in texts(pdf)[0]
    assert "短" in texts(pdf)[0]
    assert outside(pdf) == []


def test_height_grows_with_the_lines() -> None:
    sheet = Sheet(page.A4, "题")
    one = cells.fit(sheet, 40, "短", Style(9), most=4, field="")
    many = cells.fit(sheet, 40, "长" * 40, Style(9), most=4, field="")
    assert cells.height(many) > cells.height(one)
    sheet.finish()
