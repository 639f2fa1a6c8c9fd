"""The frame: pages and keys, search inside the window, lock, curtain, help, footer, and the larger text."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QListView, QPushButton
from pytestqt.qtbot import QtBot

from desk.ui import style
from desk.ui.rail import RailButton
from desk.ui.search_box import pieces
from desk.ui.window import MainWindow
from tests.fakes import FakeClock, RecordingNotices
from tests.ui import stage

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, fake_clock: FakeClock, tmp_path: Path) -> Iterator[MainWindow]:
    made = MainWindow(
        stage.context(RecordingNotices(path=tmp_path / "操作卡.pdf")),
        stage.page_specs(),
        gate=stage.FakeGate(),
    )
    qtbot.addWidget(made)
    made.start()
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    yield made
    made.close()


def field(window: MainWindow) -> QLineEdit:
    return window.top.field


def test_the_frame_says_station_duty_and_backup(window: MainWindow) -> None:
    assert window.windowTitle() == "示例镇人大代表联络站 · 接待台"
    labels = [each.text() for each in window.footer.findChildren(type(window.footer._backup))]
    assert "上次备份 今天 08:30" in labels
    assert window.top._duty._whole == "在岗 王某某、李某 代表"


def test_keys_go_from_page_to_page(window: MainWindow, qtbot: QtBot) -> None:
    assert window.current().title == "今日"
    qtbot.keyClick(window, Qt.Key.Key_F7)
    assert window.current().title == "代表值班"
    qtbot.keyClick(window, Qt.Key.Key_F2)
    visits = window.current()
    assert (visits.title, visits.records) == ("来访接待", ["new"])
    qtbot.keyClick(window, Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    assert visits.records == ["new", "next"]
    window.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.current().title == "代表值班"
    window._context.navigator.back()
    assert window.current().title == "今日"
    qtbot.mouseClick(window.rail._buttons["settings"], Qt.MouseButton.LeftButton)
    assert window.current().title == "设置"
    window.show_page("nowhere")
    assert window.current().title == "设置"


def test_a_page_is_built_when_it_is_first_seen_and_loaded_each_time(window: MainWindow) -> None:
    assert set(window._built) == {"today"}
    window.show_page("deputies")
    window.show_page("today")
    assert window.current().loads == 2


def test_badges_stand_on_the_rail_and_in_the_name(window: MainWindow) -> None:
    window._context.live.badge("visits", 2)
    button = window.rail._buttons["visits"]
    assert button.accessibleName() == "来访接待，2 件"
    button.grab()
    window._context.live.badge("visits", 0)
    assert button.accessibleName() == "来访接待"


class TestSearch:
    def test_recent_ones_stand_there_before_anything_is_typed(self, window: MainWindow, qtbot: QtBot) -> None:
        qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
        assert field(window).hasFocus()
        qtbot.keyClick(field(window), Qt.Key.Key_Down)
        with qtbot.waitSignal(window.search.found) as told:
            qtbot.keyClick(field(window), Qt.Key.Key_Return)
        assert told.args == ["visit", "v9"]

    def test_nothing_is_searched_while_composing(self, window: MainWindow, qtbot: QtBot) -> None:
        asked = window._context.services.search.asked
        field(window).setFocus()
        QApplication.sendEvent(field(window), QInputMethodEvent("chen", []))
        assert asked == []
        commit = QInputMethodEvent()
        commit.setCommitString("陈")
        QApplication.sendEvent(field(window), commit)
        assert set(asked) == {"陈"}
        assert window.search.isVisible()

    def test_arrows_skip_the_groups_and_enter_opens(self, window: MainWindow, qtbot: QtBot) -> None:
        field(window).setFocus()
        commit = QInputMethodEvent()
        commit.setCommitString("陈")
        QApplication.sendEvent(field(window), commit)
        window.search.grab()
        qtbot.keyClick(field(window), Qt.Key.Key_Down)
        qtbot.keyClick(field(window), Qt.Key.Key_PageDown)
        qtbot.keyClick(field(window), Qt.Key.Key_Up)
        qtbot.keyClick(field(window), Qt.Key.Key_Return)
        assert window._context.services.search.opened_records == [("visit", "v1")]
        assert window.current().records == ["v1"]
        assert not window.search.isVisible()

    def test_a_click_opens_too(self, window: MainWindow, qtbot: QtBot) -> None:
        field(window).setFocus()
        found = window.search.findChild(QListView)
        with qtbot.waitSignal(window.search.found):
            qtbot.mouseClick(
                found.viewport(),
                Qt.MouseButton.LeftButton,
                pos=found.visualRect(found.model().index(1, 0)).center(),
            )

    def test_escape_puts_it_away(self, window: MainWindow, qtbot: QtBot) -> None:
        field(window).setFocus()
        qtbot.keyClicks(field(window), "zz")
        assert window.search.isVisible()
        assert "没有找到" in window.search._nothing.text()
        qtbot.keyClick(field(window), Qt.Key.Key_Escape)
        assert not window.search.isVisible()
        assert window.current().title == "今日"

    def test_marks_cut_the_title(self) -> None:
        assert pieces("陈某某", ((0, 1),)) == [("陈", True), ("某某", False)]
        assert pieces("陈某某", ((1, 1), (1, 2), (9, 1))) == [("陈", False), ("某", True), ("某", False)]
        assert pieces("", ()) == []


class TestCovers:
    def test_the_curtain_hides_everything_and_gives_it_back(self, window: MainWindow, qtbot: QtBot) -> None:
        page = window.current()
        page.field.setPlainText("写到一半")
        page.field.setFocus()
        dialog = QDialog(window)
        dialog.show()
        qtbot.keyClick(window, Qt.Key.Key_F12)
        assert window.covers.currentWidget() is window.curtain
        assert not page.field.isVisible()
        assert not dialog.isVisible()
        qtbot.keyClick(window.curtain, Qt.Key.Key_F7)
        qtbot.keyClick(window.curtain, Qt.Key.Key_Escape)
        assert window.current() is page
        assert page.field.isVisible()
        assert dialog.isVisible()
        dialog.close()

    def test_the_lock_keeps_a_half_typed_word_sec02(self, window: MainWindow, qtbot: QtBot) -> None:
        page = window.current()
        page.field.setFocus()
        page.field.setPlainText("小区雨后积")
        qtbot.keyClick(window, Qt.Key.Key_L, CONTROL)
        lock = window.lock_page
        assert window.covers.currentWidget() is lock
        assert lock._gate.locked
        qtbot.keyClick(window, Qt.Key.Key_F12)
        assert window.covers.currentWidget() is lock
        qtbot.keyClicks(lock._field, "111111")
        qtbot.keyClick(lock._field, Qt.Key.Key_Return)
        assert "PIN 不对" in lock._row._line.text()
        assert lock._field.text() == ""
        qtbot.keyClicks(lock._field, "246810")
        qtbot.keyClick(lock._field, Qt.Key.Key_Return)
        assert window.covers.is_open
        assert page.field.toPlainText() == "小区雨后积"

    def test_the_lock_falls_over_the_curtain_when_nobody_is_there(
        self, window: MainWindow, qtbot: QtBot
    ) -> None:
        window.covers.draw_curtain()
        window.idle.passed.emit()
        assert window.covers.currentWidget() is window.lock_page

    def test_another_person_may_sign_on(self, window: MainWindow, qtbot: QtBot) -> None:
        window.covers.lock()
        with qtbot.waitSignal(window.signed_off):
            window.lock_page.leaving.emit()


def test_help_is_for_the_page_in_view_and_can_be_printed(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert window.help.isVisible()
    assert window.help._title.text() == "帮助：今日"
    window.resize(1200, 700)
    window.help._card.click()
    assert (tmp_path / "操作卡.pdf").read_bytes().startswith(b"%PDF")
    qtbot.keyClick(window.help, Qt.Key.Key_Escape)
    assert not window.help.isVisible()


def test_what_changed_is_asked_again(window: MainWindow) -> None:
    window._context.services.duty.people.clear()
    window._context.live.announce(frozenset({"duty"}))
    assert window.top._duty._whole == "还没有代表上岗"


def test_at_150_percent_the_rail_is_icons_and_nothing_is_cut(window: MainWindow, qtbot: QtBot) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    try:
        style.apply(app, 150)
        window.resize(1366, 768)
        qtbot.waitUntil(lambda: window.rail.width() == style.size("rail_icons") + 1)
        button = window.rail.findChildren(RailButton)[0]
        assert button.toolTip().startswith("今日")
        lock = window.top.findChild(QPushButton)
        assert lock.width() >= lock.sizeHint().width()
        window.grab()
    finally:
        app.setStyleSheet("")
        style._Current.theme = None
