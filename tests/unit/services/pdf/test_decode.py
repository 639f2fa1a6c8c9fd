"""Codes are read back from the finished paper before it is released."""

import pytest

from desk.errors import PaperProblem
from desk.services.pdf import decode, page
from desk.services.pdf.page import Sheet
from tests.paper_samples import CODE


def _two_pages() -> bytes:
    sheet = Sheet(page.A4, "题")
    sheet.code(20, 20, 40, CODE)
    sheet.next_page()
    sheet.code(20, 20, 30, "JDT1:S:1")
    sheet.code(100, 20, 30, "JDT1:S:2")
    return sheet.finish()


def test_codes_are_found_with_their_page() -> None:
    assert set(decode.codes(_two_pages())) == {
        decode.Found(0, CODE),
        decode.Found(1, "JDT1:S:1"),
        decode.Found(1, "JDT1:S:2"),
    }


def test_a_code_that_does_not_read_back_stops_the_paper() -> None:
    decode.require(_two_pages(), (decode.Found(0, CODE),))
    with pytest.raises(PaperProblem):
        decode.require(_two_pages(), (decode.Found(1, CODE),))
