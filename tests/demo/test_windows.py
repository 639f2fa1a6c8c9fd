"""Which window gets the keys."""

import pytest
from PySide6.QtCore import qWarning
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLabel, QWidget
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


def test_only_what_a_bare_platform_cannot_do_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    with windows.quiet():
        qWarning("This plugin does not support raise()")
        qWarning("something went wrong")
    assert capsys.readouterr().err == "something went wrong\n"


def test_a_picture_shows_the_question_over_its_window(qtbot: QtBot) -> None:
    below = QWidget()
    qtbot.addWidget(below)
    below.resize(400, 300)
    below.show()
    qtbot.waitUntil(windows.bring_forward)
    plain = windows.picture().toImage()
    question = QDialog(below)
    qtbot.addWidget(question)
    QLabel("预览和打印", question)
    question.resize(120, 60)
    question.open()
    qtbot.waitUntil(windows.bring_forward)
    asked = windows.picture().toImage()
    assert asked.size() == plain.size()
    assert asked != plain
    question.close()
    qtbot.waitUntil(windows.bring_forward)
    assert windows.picture().toImage() == plain
    below.close()
