"""Ruled rows grow with their text, part over pages line by line and never through a signature."""

from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.services.pdf import official, ruled
from desk.services.pdf.faces import SHIPPED
from desk.services.pdf.ruled import Cell
from desk.services.pdf.strips import paginate
from tests.paper_samples import outside, texts

LABEL = Cell("纠纷情况", 27, "label")


def _long(count: int) -> Cell:
    return Cell("双方争执不下。" * count, official.WIDTH - 27, top=True)


def test_a_short_row_is_one_strip() -> None:
    (strip,) = ruled.row([LABEL, _long(1)], SHIPPED, height=20)
    assert strip.height == 20


@given(st.integers(1, 300))
def test_a_row_is_as_high_as_its_lines_and_keeps_two_together(count: int) -> None:
    strips = ruled.row([LABEL, _long(count)], SHIPPED)
    assert [strip.line for strip in strips] == list(range(len(strips)))
    if len(strips) > 1:
        assert strips[0].keep
        assert strips[-2].keep
    pages = paginate(strips, official.HEIGHT)
    assert all(len(page) > 1 for page in pages) or len(strips) == 1


def test_a_long_row_is_ruled_on_every_page_and_its_label_stands_on_each() -> None:
    pdf = official.draw("表", ruled.row([LABEL, _long(300)], SHIPPED), faces=SHIPPED)
    pages = texts(pdf)
    assert len(pages) > 1
    assert all("纠纷情况" in page for page in pages)
    assert "".join(page.replace("纠纷情况", "")[:-3] for page in pages) == "双方争执不下。" * 300
    assert outside(pdf) == []


@pytest.mark.parametrize("top", [True, False])
def test_no_line_of_a_parted_row_reaches_over_its_rule(top: bool) -> None:
    long = replace(_long(400), top=top)
    pdf = official.draw("表", ruled.row([LABEL, long], SHIPPED), faces=SHIPPED, paging="none")
    document = pypdfium2.PdfDocument(pdf)
    try:
        assert len(document) > 2
        for page in document:
            rules = [each.get_bounds() for each in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])]
            text = page.get_textpage()
            boxes = [text.get_charbox(index) for index in range(text.count_chars())]
            low, high = min(box[1] for box in rules), max(box[3] for box in rules)
            # Clear of the rules on both sides, by a millimetre below and half of one above.
            assert min(box[1] for box in boxes if box[3] > box[1]) > low + 2.8
            assert max(box[3] for box in boxes) < high - 1.4
    finally:
        document.close()


def test_a_row_to_sign_is_never_parted() -> None:
    names = "\n".join(f"王某{number}：" for number in range(9))
    assert len(ruled.row([LABEL, Cell(names, 129, "sign", dated=True)], SHIPPED)) == 1
    (seal,) = ruled.row([LABEL, Cell("", 129, "seal", dated=True)], SHIPPED)
    assert seal.height > 30  # a seal is 42 mm at most and may reach over the rules


@pytest.mark.parametrize("count", [1, 9, 25, 60])
@pytest.mark.parametrize("length", [2, 150])
def test_no_name_to_sign_beside_runs_off_the_page(count: int, length: int) -> None:
    """DOC-11: twenty-five parties sign the register sheet (F-02); every name is there, with its room."""
    names = [f"{number}{'示例县某某综合服务社' * 15}"[:length] for number in range(count)]
    cells = [LABEL, Cell("\n".join(f"{name}：" for name in names), 129, "sign", dated=True)]
    strips = ruled.row(cells, SHIPPED)
    if count <= 25 and length < 10:
        assert len(strips) == 1
    assert all(strip.height < official.HEIGHT - 2 * official.STEP for strip in strips)
    pdf = official.draw("表", strips, faces=SHIPPED, paging="none")
    assert outside(pdf) == []
    pages = texts(pdf)
    whole = "".join(pages).replace("纠纷情况", "")
    assert all(f"{name}：" in whole for name in names)
    # One date, where the row ends.
    assert (whole.count("年"), whole.count("日")) == (1, 1)
    assert "年月日" in pages[-1]


def test_pieces_are_not_broken() -> None:
    pieces = tuple(f"□选项之{number}号" for number in "一二三四五六七八九")
    pdf = official.draw("表", ruled.row([Cell("", 60, pieces=pieces)], SHIPPED), faces=SHIPPED)
    assert all(piece in texts(pdf)[0] for piece in pieces)


def test_a_heading_of_many_lines_stays_whole() -> None:
    head = [Cell("涉及未成年人的件数", 12, "label"), Cell("名称", 144, "label")]
    body = [[Cell(str(number), 12), Cell("材料", 144)] for number in range(60)]
    pages = texts(official.draw("表", ruled.table(head, body, SHIPPED), faces=SHIPPED))
    assert all("涉及未成年人的件数" in page for page in pages)


def test_headings_of_a_list_come_again() -> None:
    head = [Cell("序号", 30, "label"), Cell("名称", 126, "label")]
    body = [[Cell(str(number), 30), Cell("材料", 126)] for number in range(60)]
    pages = texts(official.draw("表", ruled.table(head, body, SHIPPED), faces=SHIPPED))
    assert len(pages) > 1
    assert all("序号名称" in page for page in pages)


def test_labels_are_broken_into_even_lines() -> None:
    pdf = official.draw("表", ruled.row([Cell("人民调解委员会", 27, "label")], SHIPPED), faces=SHIPPED)
    assert "人民调解委员会" in texts(pdf)[0]


def test_shares_fill_the_width() -> None:
    assert sum(ruled.widths((1, 2, 3))) == official.WIDTH
    assert ruled.label_width(12) == 27
    assert ruled.date_width(14) > 30
    assert [word for word, _back in ruled.date_places()] == ["年", "月", "日"]
