"""The top bar: who is on duty is cut with … where it is short, and the lock."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desk.ui.top_bar import TopBar


def test_long_names_are_cut_and_whole_in_the_tool_tip(qtbot: QtBot) -> None:
    bar = TopBar()
    qtbot.addWidget(bar)
    bar.resize(1200, 52)
    bar.show()
    names = "在岗 " + "、".join(["王某某"] * 20)
    bar.show_duty(names)
    assert bar._duty._text.toolTip() == names
    bar.resize(700, 52)
    assert bar._duty._text.text().endswith("…")


def test_the_lock_can_be_pressed(qtbot: QtBot) -> None:
    bar = TopBar()
    qtbot.addWidget(bar)
    with qtbot.waitSignal(bar.lock_pressed):
        qtbot.mouseClick(bar.findChild(QPushButton), Qt.MouseButton.LeftButton)
