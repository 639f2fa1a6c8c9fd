"""Which window gets the keys."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from desk.demo import windows


def test_a_question_is_in_front_and_gives_the_keys_back(qtbot: QtBot) -> None:
    below = QWidget()
    question = QDialog(below)
    for each in (below, question):
        qtbot.addWidget(each)
    below.show()
    qtbot.waitUntil(windows.bring_forward)
    assert windows.front() is below
    question.open()
    qtbot.waitUntil(windows.bring_forward)
    assert QGuiApplication.focusWindow() is question.windowHandle()
    assert windows.front() is below
    question.close()
    qtbot.waitUntil(windows.bring_forward)
    assert QGuiApplication.focusWindow() is below.windowHandle()
    below.close()
