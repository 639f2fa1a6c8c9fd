"""The crash window tells where the program erred and nothing of anybody."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desk.ui.crash import CrashWindow, details


def failing() -> BaseException:
    try:
        try:
            int("王某某 13800000000")
        except ValueError as error:
            raise RuntimeError("李某的电话") from error
    except RuntimeError as error:
        return error


def test_details_hold_places_but_no_words() -> None:
    text = details(failing())
    assert "RuntimeError" in text
    assert "ValueError" in text
    assert "test_crash.py" in text
    assert "某" not in text
    assert "138" not in text


def test_details_can_be_copied(qtbot: QtBot) -> None:
    window = CrashWindow(failing())
    qtbot.addWidget(window)
    copy, close = window.findChildren(QPushButton)
    copy.click()
    assert (
        QGuiApplication.clipboard().text() == details(failing())
        or "RuntimeError" in QGuiApplication.clipboard().text()
    )
    close.click()
