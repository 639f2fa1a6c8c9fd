"""旧台账 on a real store: a messy ledger is checked, imported and taken back as a clerk does it."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desk.models.store import Store
from desk.services.old_ledger.imports import OldLedgers
from desk.ui import style
from desk.ui.context import Context
from desk.ui.live import Live
from desk.ui.navigator import Navigator
from desk.ui.pages.old_ledger.page import OldLedgerPage
from desk.ui.parts.sheet_import import ALL, DOUBTS
from tests.fakes import FakeClock, FakeTasks, RecordingNotices
from tests.unit.services.old_ledger.ledger_stage import LEDGER
from tests.unit.services.visit_stage import Stage, build


@pytest.fixture
def stage(store: Store, fake_clock: FakeClock) -> Stage:
    return build(store)


@pytest.fixture
def notices() -> RecordingNotices:
    return RecordingNotices(path=LEDGER)


@pytest.fixture
def page(qtbot: QtBot, stage: Stage, notices: RecordingNotices) -> OldLedgerPage:
    ledgers = OldLedgers(stage.store, stage.session, stage.profiles, stage.numbers)
    live = Live()
    context = Context(
        SimpleNamespace(old_ledger=ledgers),  # type: ignore[arg-type] # one of the services
        FakeTasks(notices, live),
        notices,  # type: ignore[arg-type] # writes down what is said
        Navigator(),
        live,
    )
    made = OldLedgerPage(context)
    qtbot.addWidget(made)
    made.resize(1202, 688)
    made.show()
    made.load()
    return made


def test_the_start_says_what_it_is_for(page: OldLedgerPage) -> None:
    assert page.title == "旧台账"
    assert "不会重复" in page.help_text
    assert page._none.isVisible()


def test_a_ledger_is_checked_and_imported(page: OldLedgerPage, notices: RecordingNotices) -> None:
    page.choose.click()
    view = page.importing
    assert notices.said[0] == ("file", "选择旧台账")
    assert view.filter.value() == DOUBTS
    assert view.filter.button(ALL).text() == "全部 21"
    assert view._summary.text() == "导入 13 件，跳过 8 件"
    assert view.apply.isEnabled()
    view.apply.click()
    assert notices.said[-1] == (
        "info",
        "已导入 13 件，编号 LF2026-A0001 至 LF2026-A0013，跳过 8 行。可以撤销。",
    )
    assert not view.isVisible()
    assert len(page._lines) == 1


def test_why_a_line_is_passed_over_is_said(page: OldLedgerPage) -> None:
    page.open_ledger(LEDGER)
    view = page.importing
    view.table.choose("16")
    assert "检举控告" in view.entry._doubts.text()
    view.table.choose("14")
    assert view.entry._doubts.text().startswith("日期：日期“2026-4-31”看不懂。\n")
    assert not view.entry._choice_row.isVisible()
    view.filter.button(ALL).click()
    view.table.choose("4")
    assert view.entry._becomes.text() == "拟交办：县（区） 示例县住建局"
    assert "尽快修好路灯" in view.entry._said.text()


def test_a_line_may_be_chosen_and_left_out(page: OldLedgerPage) -> None:
    page.open_ledger(LEDGER)
    view = page.importing
    view.filter.button(ALL).click()
    view.table.choose("5")
    choice = view.entry.choice
    choice.set_value("new")
    choice.activated.emit(choice.currentIndex())
    assert view._summary.text() == "导入 14 件，跳过 7 件"


def test_a_column_taken_wrongly_is_corrected(page: OldLedgerPage) -> None:
    page.open_ledger(LEDGER)
    columns = page.importing.columns
    assert "处理情况/承办单位（处理情况）" in columns._found.text()
    columns.toggle.click()
    choice = columns.choice(10)
    choice.set_value("unit")
    choice.activated.emit(choice.currentIndex())
    assert "处理情况/承办单位（承办单位）" in columns._found.text()


def test_again_nothing_is_doubled(page: OldLedgerPage) -> None:
    page.open_ledger(LEDGER)
    page.importing.apply.click()
    page.open_ledger(LEDGER)
    assert page.importing._summary.text() == "导入 0 件，跳过 21 件"
    assert not page.importing.apply.isEnabled()


def test_an_import_is_taken_back(page: OldLedgerPage, notices: RecordingNotices) -> None:
    page.open_ledger(LEDGER)
    page.importing.apply.click()
    button = page._lines[0].findChild(QPushButton)
    assert button is not None
    button.click()
    assert notices.said[-1] == ("info", "已撤销这次导入。")
    assert page._lines[0].findChild(QPushButton) is None


def test_keys(page: OldLedgerPage, qtbot: QtBot) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    qtbot.keyClick(page, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert page.importing.isVisible()
    qtbot.keyClick(page.importing.table, Qt.Key.Key_Escape)
    assert not page.importing.isVisible()


def test_a_bad_file_is_told_and_the_start_comes_back(
    page: OldLedgerPage, notices: RecordingNotices, tmp_path: Path
) -> None:
    path = tmp_path / "空.xlsx"
    path.write_bytes(b"")
    page.open_ledger(path)
    assert notices.said[-1] == ("fail", "这个文件里没有内容。")
    assert not page.importing.isVisible()


def test_a_file_without_a_column_of_matters_opens_the_choices(page: OldLedgerPage, tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    path.write_text("甲,乙\n积水,2026-3-1\n", "utf-8")
    page.open_ledger(path)
    assert page.importing.columns.choice(0).isVisible()
    assert not page.importing.apply.isEnabled()


@pytest.mark.parametrize("percent", [100, 150])
def test_why_a_line_is_doubted_is_in_view(page: OldLedgerPage, qtbot: QtBot, percent: int) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    style.apply(app, percent)
    page.resize(1251, 600)
    page.open_ledger(LEDGER)
    view = page.importing
    view.table.choose("16")
    shown = [each for each in (view._why, view.entry._doubts) if "检举控告" in each.text()]
    qtbot.waitUntil(lambda: any(not each.visibleRegion().isEmpty() for each in shown))
    # Beside the table it is said in the card alone.
    assert view._why.isVisible() == (percent == 150)
    view.filter.button(ALL).click()
    view.table.choose("5")
    assert view._why.text() == view.entry._doubts.text()


@pytest.mark.parametrize("percent", [100, 150])
def test_nothing_is_cut(page: OldLedgerPage, percent: int) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    style.load_fonts("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
    style.apply(app, percent)
    page.open_ledger(LEDGER)
    page.resize(1202 if percent == 100 else 1280, 620)
    app.processEvents()
    for each in (page.importing.apply, page.importing.back):
        corner = each.mapTo(page, each.rect().bottomRight())
        assert corner.x() <= page.width()
        assert corner.y() <= page.height()
