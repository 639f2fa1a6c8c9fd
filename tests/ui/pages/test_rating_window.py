"""The question to the visitor: nothing is suggested, and the keys answer."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desk.ui.pages.visits.rating_window import RatingWindow


@pytest.fixture
def asked(qapp: QApplication) -> RatingWindow:
    window = RatingWindow("示例镇人大代表联络站")
    # As beside a second screen: without a modal window.
    here, other = object(), qapp.primaryScreen()
    window.ask(here, (other,))  # type: ignore[arg-type]  # any screen that is not the visitor's
    return window


def test_no_answer_is_lit_up_and_enter_gives_none(asked: RatingWindow, qtbot: QtBot) -> None:
    answers: list[str] = []
    asked.answered.connect(lambda value, _reason: answers.append(value))
    assert not isinstance(asked.focusWidget(), QPushButton)
    qtbot.keyClick(asked, Qt.Key.Key_Return)
    assert answers == []
    qtbot.keyClick(asked, Qt.Key.Key_2)
    assert answers == ["basic"]
