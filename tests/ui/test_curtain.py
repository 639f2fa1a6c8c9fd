"""The curtain tells nothing of anybody and opens with one key."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desk.ui.curtain import Curtain


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_it_opens(qtbot: QtBot, key: Qt.Key) -> None:
    curtain = Curtain()
    qtbot.addWidget(curtain)
    curtain.show_station("示例镇人大代表联络站")
    with qtbot.waitSignal(curtain.opened):
        qtbot.keyClick(curtain, key)
    with qtbot.assertNotEmitted(curtain.opened):
        qtbot.keyClick(curtain, Qt.Key.Key_A)
    assert curtain.findChildren(QLabel)[0].text() == "示例镇人大代表联络站"
