"""Running text on the grid: 28 characters a line, headings bound, titles in a trapezoid, blank lines."""

import pytest

from desk.errors import PaperProblem
from desk.services.pdf import official, prose
from desk.services.pdf.faces import SHIPPED
from desk.services.pdf.page import Style
from tests.paper_samples import MISSING

HAN = "人民调解工作" * 30


def _lines(found: list[prose.Strip]) -> list[str]:
    return [mark.text for strip in found for mark in strip.marks]


def test_a_paragraph_begins_two_characters_in() -> None:
    lines = _lines(prose.paragraph(HAN, SHIPPED))
    assert [len(line) for line in lines[:-1]] == [26, *[28] * (len(lines) - 2)]
    assert "".join(lines) == HAN


def test_parts_are_paragraphs_of_their_own_and_blank_ones_are_dropped() -> None:
    assert _lines(prose.paragraph("甲\n\n　\n乙", SHIPPED)) == ["甲", "乙"]


def test_a_line_that_is_a_little_short_reaches_the_right_edge() -> None:
    """A closing mark that may not begin a line takes a character with it; the rest is spread."""
    text = "调" * 26 + "（一）" + "解" * 30
    first = prose.paragraph(text, SHIPPED)[0].marks[0]
    assert first.style.spacing >= official.SPACING


def test_headings_are_bound_to_what_follows() -> None:
    assert all(strip.keep for strip in prose.heading("一、当事人", SHIPPED))
    first = prose.heading("一、当事人", SHIPPED)[0].marks[0].style
    second = prose.heading("（一）谈纠纷", SHIPPED, level=2)[0].marks[0].style
    assert (first.bold, second.bold) == (True, False)


def test_a_long_title_is_broken_into_like_lines() -> None:
    """DOC-04."""
    lines = _lines(prose.title("示例县示例镇人民调解委员会关于某某纠纷的人民调解协议书", SHIPPED))
    assert len(lines) == 2
    assert abs(len(lines[0]) - len(lines[1])) <= 3


def test_pairs_are_not_broken_where_they_fit_a_line() -> None:
    parts = ["申请人", "姓名：钱某", "单位或住址：示例县示例镇和平路8号2幢", "联系方式：13900000172"]
    lines = _lines(prose.pairs(parts, SHIPPED))
    assert len(lines) == 3
    assert all(any(part in line for line in lines) for part in parts)


def test_lines_to_write_on_are_bound() -> None:
    found = prose.blank(3)
    assert [len(strip.strokes) for strip in found] == [1, 1, 1]
    assert [strip.keep for strip in found] == [True, True, False]


def test_tied_text_keeps_its_last_lines_with_the_signature() -> None:
    found = prose.tied(prose.paragraph("甲\n乙\n丙", SHIPPED))
    assert [strip.keep for strip in found] == [False, True, True]
    assert prose.tied([]) == []


@pytest.mark.parametrize("align", ["left", "centre", "right"])
def test_flush_lines_stand_where_they_are_asked(align: str) -> None:
    mark = prose.flush("编号", SHIPPED, align=align)[0].marks[0]
    assert mark.style.align == align


def test_a_missing_glyph_names_its_field() -> None:
    with pytest.raises(PaperProblem, match="事实"):
        prose.paragraph(MISSING, SHIPPED, style=Style(16), field="事实")


def test_white_is_bound_to_what_follows() -> None:
    assert prose.gap(2).gap
    assert prose.gap(2).keep
