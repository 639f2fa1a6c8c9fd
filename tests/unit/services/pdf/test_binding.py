"""Papers and scans in one PDF: order, running numbers at the outer corner, damaged files told by name."""

import io
from pathlib import Path

import pypdfium2
import pytest

from desk.errors import PaperProblem
from desk.services.pdf import binding, official, prose, render
from desk.services.pdf.binding import Sheets
from desk.services.pdf.faces import SHIPPED
from tests.paper_samples import fonts, texts
from tests.scan_samples import picture, scanned_pdf

A4_POINTS = (595.28, 841.89)
TURNED = picture(1754, 1240, turn_mark=6)


def _paper(words: str) -> bytes:
    return official.draw("样张", prose.paragraph(words, SHIPPED), faces=SHIPPED, paging="none")


def _corners(pdf: bytes) -> list[tuple[str, float, float]]:
    """Return of each page the number in its upper quarter, and where it stands as the sheet is held (0…1)."""
    found = []
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            text = page.get_textpage()
            marks = [
                (text.get_text_range(index, 1), *text.get_charbox(index))
                for index in range(text.count_chars())
            ]
            digits = [mark for mark in marks if mark[0].isdigit()]
            word = "".join(mark[0] for mark in digits)
            left, bottom, _right, _top = page.get_cropbox()
            width, height = page.get_size()
            x, y = digits[0][1] - left, digits[0][2] - bottom
            turned = {0: (x, y), 90: (y, height - x), 180: (width - x, height - y), 270: (width - y, x)}
            x, y = turned[page.get_rotation()]
            found.append((word, x / width, y / height))
    finally:
        document.close()
    return found


def test_parts_stand_in_order_and_only_numbered_pages_count() -> None:
    parts = (
        Sheets("封面", _paper("封面"), numbered=False),
        Sheets("甲", _paper("甲\n" * 30)),
        Sheets("乙", _paper("乙")),
        Sheets("封底", _paper("封底"), numbered=False),
    )
    pages = texts(binding.bind(parts))
    assert [page[0] for page in pages] == ["封", "甲", "甲", "乙", "封"]
    assert ["".join(filter(str.isdigit, page)) for page in pages] == ["", "1", "2", "3", ""]


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_numbers_stand_at_the_outer_upper_corner_however_the_page_is_stored(turned: int) -> None:
    scan = scanned_pdf(2, turned=turned)
    blank = io.BytesIO()
    document = pypdfium2.PdfDocument.new()
    for _number in range(2):
        document.new_page(*A4_POINTS).set_rotation(turned)
    document.save(blank)
    document.close()
    assert binding.count(Sheets("扫描", scan)) == 2
    first, second = _corners(binding.bind([Sheets("扫描", blank.getvalue(), scanned=True)]))
    assert (first[0], second[0]) == ("1", "2")
    assert first[1] > 0.8
    assert second[1] < 0.2
    assert min(first[2], second[2]) > 0.9


def test_pages_of_any_size_carry_a_number_in_proportion() -> None:
    small, large = scanned_pdf(1, width=300, height=420), scanned_pdf(1, width=2480, height=3508)
    for pdf in (small, large):
        pages = texts(binding.bind([Sheets("扫描", pdf, scanned=True)]))
        assert "1" in pages[0].replace("scan1", "", 1)


def test_a_whole_sheet_fills_its_page_and_a_card_keeps_a_margin() -> None:
    whole = render.page(binding.bind([Sheets("证", picture(), "image/jpeg", numbered=False)]), 0, 30)
    assert whole.getpixel((2, 2))[0] < 60
    card = render.page(binding.bind([Sheets("证", picture(1000, 630), "image/jpeg", numbered=False)]), 0, 30)
    assert card.width > card.height
    assert card.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("content", "mime"),
    [
        (picture(), "image/jpeg"),
        (picture(mode="L"), "image/jpeg"),
        (picture(mode="CMYK"), "image/jpeg"),
        (picture(form="PNG"), "image/png"),
        (picture(form="PNG", mode="RGBA"), "image/png"),
        (picture(form="PNG", mode="P"), "image/png"),
        (picture(form="PNG", mode="1"), "image/png"),
        (TURNED, "image/jpeg"),
    ],
)
def test_any_kind_of_picture_is_shown_as_it_looks(content: bytes, mime: str) -> None:
    pdf = binding.bind([Sheets("证", content, mime, numbered=False)])
    assert binding.count(Sheets("证", content, mime)) == 1
    shown = render.page(pdf, 0, 30)
    dark = shown.getpixel((shown.width - 6, 6) if content == TURNED else (6, 6))
    assert dark[0] < 70
    assert shown.getpixel((shown.width // 2, shown.height // 2))[0] > 200


def test_a_turned_picture_is_turned() -> None:
    shown = render.page(binding.bind([Sheets("证", picture(), "image/jpeg", turn=90, numbered=False)]), 0, 30)
    assert shown.width > shown.height
    assert shown.getpixel((shown.width - 6, 6))[0] < 70


@pytest.mark.parametrize(
    ("content", "mime"),
    [
        (b"%PDF-1.4 broken", binding.PDF),
        (b"", binding.PDF),
        (scanned_pdf()[:300], binding.PDF),
        (b"not a picture", "image/jpeg"),
        (picture()[:4000], "image/jpeg"),
        (b"", "image/png"),
    ],
)
def test_a_damaged_scan_is_told_by_name(content: bytes, mime: str) -> None:
    part = Sheets("当事人身份证明", content, mime, scanned=True)
    with pytest.raises(PaperProblem, match="当事人身份证明"):
        binding.bind([part])
    if mime == binding.PDF:
        with pytest.raises(PaperProblem, match="当事人身份证明"):
            binding.count(part)


def test_whoever_waits_is_told_and_may_call_it_off() -> None:
    heard: list[tuple[int, int]] = []
    parts = [Sheets("甲", _paper("甲"))] * 3
    binding.bind(parts, told=lambda done, of: heard.append((done, of)))
    assert heard == [(1, 3), (2, 3), (3, 3)]

    class Stop(Exception):
        pass

    def stop(_done: int, _of: int) -> None:
        raise Stop

    with pytest.raises(Stop):
        binding.bind(parts, told=stop)
    assert binding.bind(parts)  # the door to PDFium is open again


def test_the_face_of_the_numbers_is_embedded(tmp_path: Path) -> None:
    listed = fonts(binding.bind([Sheets("甲", _paper("甲"))] * 3), tmp_path)
    assert all(font[1] == "yes" and font[3] == "yes" for font in listed)
    assert any("DeskNumbers" in font[0] for font in listed)
