"""F1: the help of the page in view and the card to print."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desk.ui import style
from desk.ui.help import keys
from desk.ui.window import MainWindow


def test_help_is_for_the_page_in_view(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert window.help.isVisible()
    assert window.help._title.text() == "帮助：今日"
    window.resize(1200, 700)
    qtbot.keyClick(window.help, Qt.Key.Key_Escape)
    assert not window.help.isVisible()


def test_after_help_the_writing_goes_on_where_it_was(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.top.field.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_F1)
    qtbot.keyClick(window.help, Qt.Key.Key_Escape)
    assert window.top.field.hasFocus()


def test_the_card_is_shown_as_it_will_be_printed(window: MainWindow, qtbot: QtBot) -> None:
    wanted: list[tuple[str, str]] = []
    window._context.navigator.wanted.connect(lambda page, record: wanted.append((page, record)))
    qtbot.keyClick(window, Qt.Key.Key_F1)
    window.help._card.click()
    assert wanted == [("paper", "operation_card")]
    assert not window.help.isVisible()


def test_every_key_of_the_window_is_told() -> None:
    assert {"F1", "F2", "F12", "Ctrl K", "Ctrl L", "Esc"} <= {key for key, _words in keys()}


@pytest.mark.parametrize("percent", style.PERCENTS)
def test_nothing_looks_out_beside_the_help(
    window: MainWindow, qtbot: QtBot, qapp: QApplication, percent: int
) -> None:
    style.load_fonts("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
    style.apply(qapp, percent)
    qapp.processEvents()
    qtbot.keyClick(window, Qt.Key.Key_F1)
    shown = window.help.geometry()
    lock = window.top._lock
    assert shown.contains(lock.mapTo(window.body, lock.rect().topLeft()))
    assert shown.contains(lock.mapTo(window.body, lock.rect().bottomRight()))
    for words in (each for each in window.footer.findChildren(QLabel) if each.isVisible()):
        foot = words.mapTo(window.body, words.rect().center()).y()
        # The last pixel of a line is below its letters.
        assert shown.bottom() >= foot + words.fontMetrics().height() // 2 - 1
