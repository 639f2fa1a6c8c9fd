"""The frame: pages and their keys, badges, footer, and the larger text."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desk.ui import style
from desk.ui.rail import RailButton
from desk.ui.window import MainWindow


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


def test_the_list_of_visits_is_one_key_away_and_back(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F7)
    qtbot.keyClick(window, Qt.Key.Key_F2, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window, Qt.Key.Key_F2, Qt.KeyboardModifier.ControlModifier)
    visits = window.current()
    assert (visits.title, visits.records) == ("来访接待", ["list", "switch"])


def test_a_page_is_built_when_it_is_first_seen_and_loaded_each_time(window: MainWindow) -> None:
    assert window.page("today") is not None
    assert window.page("deputies") is None
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


def test_what_changed_is_asked_again(window: MainWindow) -> None:
    window._context.services.duty.people.clear()
    window._context.live.announce(frozenset({"duty"}))
    assert window.top._duty._whole == "还没有代表上岗"


def test_at_150_percent_the_rail_is_icons_and_nothing_is_cut(window: MainWindow, qtbot: QtBot) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    style.apply(app, 150)
    window.resize(1366, 768)
    qtbot.waitUntil(lambda: window.rail.width() == style.size("rail_icons") + 1)
    button = window.rail.findChildren(RailButton)[0]
    assert button.toolTip().startswith("今日")
    lock = window.top.findChild(QPushButton)
    qtbot.waitUntil(lambda: lock.width() >= lock.sizeHint().width())
    window.grab()
