"""The sheet: what its code says, what is written on it, and what it cannot write."""

import io
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pypdfium2
import pytest
import zxingcpp

from desk.errors import PaperProblem
from desk.hub import sheet
from desk.hub.enrolment import Code
from desk.wire.enrolling import Ticket

UNTIL = datetime(2026, 12, 3, 9, 0, tzinfo=timezone(timedelta(hours=8)))
CODE = Code("7K2M-AAAA-BBBB-CCCC", "示例站", "示例县", UNTIL)
PIN = "AAAA-BBBB-CCCC-DDDD-EEEE"
WHERE = "https://hub.example:8750"


def test_the_code_is_a_ticket_and_all_of_it_is_written_too() -> None:
    drawn = sheet.draw(CODE, WHERE, PIN)
    document = pypdfium2.PdfDocument(io.BytesIO(drawn))
    page = document[0]
    (found,) = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
    assert Ticket.read(found.text) == Ticket(WHERE, CODE.code, PIN)
    text = page.get_textpage().get_text_bounded()
    for words in (CODE.code, WHERE, PIN, "示例县", "示例站", "2026-12-03"):
        assert words in text
    assert len(document) == 1
    document.close()
    assert b"Helvetica" not in drawn


def test_without_an_authority_of_its_own_no_pin_is_asked_for() -> None:
    document = pypdfium2.PdfDocument(io.BytesIO(sheet.draw(CODE, WHERE, "")))
    assert "不用填" in document[0].get_textpage().get_text_bounded()
    document.close()


def test_a_character_no_font_has_stops_it() -> None:
    with pytest.raises(PaperProblem):
        sheet.draw(replace(CODE, whom="示例\U0003fffd站"), WHERE, PIN)
