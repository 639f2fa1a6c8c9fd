"""The official sheet measured from outside: margins, grid, page numbers (DOC-01…11)."""

import pypdfium2
import pytest

from desk.services.pdf import official, prose
from desk.services.pdf.faces import SHIPPED
from tests.paper_samples import outside, texts

MM = 72 / 25.4
TEXT = "本站依法开展人民调解工作及时就地化解矛盾纠纷" * 60


def _boxes(pdf: bytes, number: int = 0) -> list[tuple[str, float, float, float, float]]:
    """Return each visible character of a page with left, top, right and bottom of its ink in mm."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[number]
        text = page.get_textpage()
        found = []
        for index in range(text.count_chars()):
            word = text.get_text_range(index, 1)
            if word.strip():
                left, bottom, right, top = text.get_charbox(index)
                found.append((word, left / MM, 297 - top / MM, right / MM, 297 - bottom / MM))
        return found
    finally:
        document.close()


def test_the_arithmetic_of_the_grid() -> None:
    """DOC-03: 15.79 pt from character to character, 28.99 pt from line to line."""
    assert pytest.approx(15.79, abs=0.005) == official.PITCH * MM
    assert pytest.approx(28.99, abs=0.005) == official.STEP * MM


def test_a_page_holds_22_lines_of_28_characters_inside_the_type_area() -> None:
    """DOC-01, DOC-02."""
    pdf = official.draw("样张", prose.paragraph(TEXT, SHIPPED, indent=0), faces=SHIPPED, paging="none")
    boxes = _boxes(pdf)
    first = [box for box in boxes if box[2] < 37 + official.STEP]
    assert len(first) == 28
    assert min(box[1] for box in boxes) >= 28 - 0.1
    assert max(box[3] for box in boxes) <= 28 + 156 + 0.1
    assert min(box[2] for box in boxes) >= 37
    assert max(box[4] for box in boxes) <= 37 + 225
    assert len(boxes) == 22 * 28


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages() -> None:
    """DOC-06: — 1 —, one character in, below the type area."""
    pdf = official.draw("样张", prose.paragraph(TEXT * 2, SHIPPED), faces=SHIPPED)
    for number in range(3):
        marks = [box for box in _boxes(pdf, number) if box[2] > 37 + 225 + 5]
        assert "".join(box[0] for box in marks) == f"—{number + 1}—"
        middle = sum(box[1] + box[3] for box in marks) / 2 / len(marks)
        assert (middle > 105) == (number % 2 == 0)
        edge = max(box[3] for box in marks) if number % 2 == 0 else min(box[1] for box in marks)
        wanted = 28 + 156 - official.PITCH if number % 2 == 0 else 28 + official.PITCH
        assert edge == pytest.approx(wanted, abs=1)


def test_papers_to_sign_count_their_pages_and_covers_do_not() -> None:
    """DOC-11."""
    content = prose.paragraph(TEXT, SHIPPED)
    pages = texts(official.draw("样张", content, faces=SHIPPED, paging="of"))
    assert [page[-6:] for page in pages] == ["第1页共3页", "第2页共3页", "第3页共3页"]
    assert not texts(official.draw("样张", content, faces=SHIPPED, paging="none"))[0].endswith("页")
    assert outside(official.draw("样张", content, faces=SHIPPED)) == []
