"""核对回执: a scanned or typed code is true, false or unknown, offline."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desk.models.store import Store
from desk.ui.pages.check_receipt.page import CheckReceiptPage
from tests.fakes import FakeClock
from tests.ui.paper_stage import PaperStage, stage
from tests.ui.test_accessible import nameless


@pytest.fixture
def made(qtbot: QtBot, store: Store, fake_clock: FakeClock, tmp_path: Path) -> PaperStage:
    return stage(store, tmp_path, deputies=0)


@pytest.fixture
def page(qtbot: QtBot, made: PaperStage) -> CheckReceiptPage:
    shown = CheckReceiptPage(made.context)
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.load()
    return shown


def scan(page: CheckReceiptPage, text: str, qtbot: QtBot) -> None:
    page.field.setText(text)
    qtbot.keyClick(page.field, Qt.Key.Key_Return)


def test_a_true_receipt(page: CheckReceiptPage, made: PaperStage, qtbot: QtBot) -> None:
    code = made.desk.issue(made.visit_id).code
    scan(page, code, qtbot)
    assert page.verdict.text() == "真回执"
    assert "LF2026-A0312" in page.sentence.text()
    assert page.sentence.accessibleName().startswith("真回执。")
    assert page.field.selectedText() == code, "ready for the next scan"
    assert page.asked.text().endswith("…")
    assert nameless(page) == []


def test_wide_signs_of_an_input_method_are_read(
    page: CheckReceiptPage, made: PaperStage, qtbot: QtBot
) -> None:
    code = made.desk.issue(made.visit_id).code
    scan(page, "".join(chr(ord(sign) + 0xFEE0) for sign in code), qtbot)
    assert page.verdict.text() == "真回执"


def test_the_spoken_number(page: CheckReceiptPage, made: PaperStage, qtbot: QtBot) -> None:
    made.desk.issue(made.visit_id)
    scan(page, "4071 8826 9", qtbot)
    assert page.verdict.text() == "真回执"
    assert "只核了号" in page.sentence.text()


def test_a_changed_code_is_false(page: CheckReceiptPage, made: PaperStage, qtbot: QtBot) -> None:
    code = made.desk.issue(made.visit_id).code
    scan(page, code[:-4] + ("AAAA" if code[-4:] != "AAAA" else "BBBA"), qtbot)
    assert page.verdict.text() in {"假回执"}


def test_an_unknown_number(page: CheckReceiptPage, qtbot: QtBot) -> None:
    scan(page, "407188269", qtbot)
    assert page.verdict.text() == "核对不了"


def test_garbage_is_told_at_the_field(page: CheckReceiptPage, qtbot: QtBot) -> None:
    scan(page, "12", qtbot)
    assert page.row._line.text()
    assert not page._answer.isVisible()
    scan(page, "", qtbot)
    assert page.row._line.text() == "请先扫码或输入查询号"
    page.load()
    assert page.row._line.text() == ""


def test_words_and_the_way_back(page: CheckReceiptPage, made: PaperStage, qtbot: QtBot) -> None:
    assert page.title == "核对回执"
    assert "断网" in page.help_text
    qtbot.keyClick(page.field, Qt.Key.Key_Escape)
    assert made.wanted == [("back", "")]
