"""The paper page on a real store: receipts on three papers, the ledger of a period, blank forms, the card."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desk.models.store import Store
from desk.services.pdf import decode
from desk.settings import RECEIPT_PAPER
from desk.ui.pages.paper.page import PaperPage
from desk.ui.pages.paper.periods import MONTH, OWN, QUARTER, YEAR, period, period_of
from tests import paper_desk
from tests.fakes import FakeClock
from tests.paper_samples import texts
from tests.ui.paper_stage import PaperStage, stage
from tests.ui.test_accessible import nameless


@pytest.fixture
def made(qtbot: QtBot, store: Store, fake_clock: FakeClock, tmp_path: Path) -> PaperStage:
    return stage(store, tmp_path, deputies=2)


@pytest.fixture
def page(qtbot: QtBot, made: PaperStage) -> PaperPage:
    shown = PaperPage(made.context, source=made.printers)
    qtbot.addWidget(shown)
    shown.resize(1202, 688)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def jobs_text(page: PaperPage) -> list[str]:
    jobs = page._sides["receipt"].jobs
    return [label.text() for line in jobs._lines for label in line.findChildren(type(page._about))]


def test_a_receipt_is_shown_printed_and_says_that_it_is_a_reprint(page: PaperPage, made: PaperStage) -> None:
    page.show_record(f"receipt:{made.visit_id}")
    assert page._about.text() == "LF2026-A0312 · 2 页"
    assert page.preview.place.text() == "第 1 / 2 页"
    assert nameless(page) == []
    page.print_button.click()
    assert page._about.text() == "LF2026-A0312 · 2 页 · 补打第 1 次"
    assert "补打第1次" in texts(page._paper.pdf)[0]
    assert jobs_text(page) == ["09:00", "已打印"]
    page.copies.setValue(2)
    page.print_button.click()
    assert jobs_text(page) == ["09:00", "已打印", "补打第 1 次，2 份", "09:00", "已打印"]
    assert decode.codes(made.printers.out.read_bytes(), dpi=300)[0].text == page._paper.codes[0]


def test_a_spoilt_paper_is_voided_with_its_reason(page: PaperPage, made: PaperStage) -> None:
    page.show_record(f"receipt:{made.visit_id}")
    page.print_button.click()
    made.notices.words = "卡纸撕坏"
    next(b for b in page._sides["receipt"].jobs.findChildren(QPushButton) if b.text() == "作废").click()
    assert jobs_text(page) == ["09:00", "已作废", "卡纸撕坏"]


def test_a_failed_print_is_seen_in_the_list(page: PaperPage, made: PaperStage, tmp_path: Path) -> None:
    page.show_record(f"receipt:{made.visit_id}")
    made.notices.path = tmp_path / "U盘" / "回执.pdf"
    page.save_button.click()
    assert made.notices.problems[0].sentence == "保存失败：“U盘”写不进去"
    assert jobs_text(page)[1] == "没有打出"
    assert page._about.text() == "LF2026-A0312 · 2 页"


@pytest.mark.parametrize(("code", "hint"), [("80", "两条"), ("58", "两条"), ("A5", "两页")])
def test_the_paper_is_chosen_and_remembered(page: PaperPage, made: PaperStage, code: str, hint: str) -> None:
    page.show_record(f"receipt:{made.visit_id}")
    page._sides["receipt"].paper.button(code).click()
    assert page._sides["receipt"].paper.value() == code
    assert page._sides["receipt"].hint.text().startswith(hint)
    assert page.preview.place.text() == "第 1 / 2 页"
    assert made.context.services.settings.get(RECEIPT_PAPER) == code
    again = PaperPage(made.context, source=made.printers)
    again.show_record(f"receipt:{made.visit_id}")
    assert again._sides["receipt"].paper.value() == code
    again.deleteLater()


def test_a_roll_is_printed_with_stub(page: PaperPage, made: PaperStage) -> None:
    page.show_record(f"receipt:{made.visit_id}")
    page._sides["receipt"].paper.button("80").click()
    page.print_button.click()
    assert page._paper.codes[0] in {
        found.text for found in decode.codes(made.printers.out.read_bytes(), dpi=300)
    }


def test_a_visit_without_a_number_says_what_to_do(page: PaperPage, store: Store) -> None:
    visit_id, _matter = paper_desk.add_visit(store, number="", spoken="")
    page.show_record(f"receipt:{visit_id}")
    assert "先登记姓名和事由" in page.preview.view.accessibleDescription()
    assert not page.print_button.isEnabled()


def test_the_ledger_of_a_period(page: PaperPage, made: PaperStage, tmp_path: Path) -> None:
    page.show_record("ledger:2026-11-01:2026-11-30")
    side = page._sides["ledger"]
    assert side.period.value() == MONTH
    assert side.counts.text() == "1 批次 · 1 人次"
    side.period.button(YEAR).click()
    assert side.days() == (date(2026, 1, 1), date(2026, 12, 31))
    side.first.setDate(QDate(2025, 6, 1))
    side.last.setDate(QDate(2025, 6, 30))
    side.last.editingFinished.emit()
    assert side.period.value() == OWN
    assert side.counts.text() == "0 批次 · 0 人次"
    side.period.button(OWN).click()
    assert side.days() == (date(2025, 6, 1), date(2025, 6, 30))
    side.last.setDate(QDate(2024, 6, 1))
    side.last.editingFinished.emit()
    assert "结束日期在开始日期之前" in page.preview.view.accessibleDescription()


def test_the_workbook_is_saved_at_once_or_by_button(
    page: PaperPage, made: PaperStage, tmp_path: Path
) -> None:
    made.notices.path = tmp_path / "登记簿.xlsx"
    page.show_record("ledger_xlsx:2026-11-01:2026-11-30")
    assert made.notices.said[-1] == ("info", "已保存：登记簿.xlsx")
    assert load_workbook(tmp_path / "登记簿.xlsx").active is not None
    page._sides["ledger"].xlsx.click()
    assert [kind for kind, _text in made.notices.said] == ["file", "info", "file", "info"]


def test_blank_forms_spend_numbers_only_on_the_button(page: PaperPage, made: PaperStage) -> None:
    page.show_record("blank:3")
    side = page._sides["blank"]
    assert side.count.value() == 3
    assert "预留编号并生成" in page.preview.view.accessibleDescription()
    assert made.context.services.pads.open() == ()
    side.reserve.click()
    assert side.reserved.text() == "已预留编号：LF2026-A0001–LF2026-A0003"
    assert side._open.text() == "已预留、还没补录的表：3 张（LF2026-A0001 起）"
    assert page._paper.pages == 3
    page.print_button.click()
    assert side.reserved.text(), "printing reserves nothing more"
    assert len(made.context.services.pads.open()) == 3
    side.count.setValue(1)
    side.reserve.click()
    assert side.reserved.text() == "已预留编号：LF2026-A0004"


@pytest.mark.parametrize(("words", "title"), [("board", "站点二维码牌"), ("operation_card", "操作卡")])
def test_papers_with_nothing_to_choose(page: PaperPage, words: str, title: str) -> None:
    page.show_record(words)
    assert page._heading.text() == title
    assert page.print_button.isEnabled()


def test_keys(page: PaperPage, made: PaperStage, qtbot: QtBot, tmp_path: Path) -> None:
    page.show_record(f"receipt:{made.visit_id}")
    assert page.preview.view.hasFocus()
    qtbot.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert made.printers.out.exists()
    qtbot.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert (tmp_path / "saved").exists()
    qtbot.keyClick(page.preview.view, Qt.Key.Key_Escape)
    assert made.wanted[-1] == ("back", "")
    assert page.title == "打印"
    assert "Ctrl P" in page.help_text


def test_periods() -> None:
    today = date(2026, 12, 5)
    assert period(MONTH, today) == (date(2026, 12, 1), date(2026, 12, 31))
    assert period(QUARTER, today) == (date(2026, 10, 1), date(2026, 12, 31))
    assert period(QUARTER, date(2026, 2, 28)) == (date(2026, 1, 1), date(2026, 3, 31))
    assert period(YEAR, today) == (date(2026, 1, 1), date(2026, 12, 31))
    assert period(MONTH, date(2028, 2, 3)) == (date(2028, 2, 1), date(2028, 2, 29))
    assert period_of(date(2026, 10, 1), date(2026, 12, 31), today) == QUARTER
    assert period_of(date(2026, 10, 2), date(2026, 12, 31), today) == OWN


def test_over_midnight_a_ledger_keeps_its_days_and_is_called_what_it_is(
    page: PaperPage, made: PaperStage, fake_clock: FakeClock
) -> None:
    page.show_record("ledger:")
    side = page._sides["ledger"]
    fake_clock.set("2026-12-01T00:00:03+08:00")
    made.context.live.begin_day(date(2026, 12, 1))
    assert (side.days(), side.period.value()) == ((date(2026, 11, 1), date(2026, 11, 30)), OWN)
    side.period.button(MONTH).click()
    fake_clock.set("2027-01-02T09:00:00+08:00")
    page.load()
    assert side.period.value() == OWN, "also where another page was in view at midnight"
    side.period.button(MONTH).click()
    fake_clock.set("2027-02-04T09:00:00+08:00")
    page.show_record("ledger:")
    assert (side.days(), side.period.value()) == ((date(2027, 2, 1), date(2027, 2, 28)), MONTH)
