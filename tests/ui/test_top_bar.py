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


def test_the_light_of_the_sync_says_more_in_its_tool_tip(qtbot: QtBot) -> None:
    bar = TopBar()
    qtbot.addWidget(bar)
    assert bar._sync.text() == "单机"
    bar.show_sync("离线 今天 09:00 起", "amber", "3 条待同步")
    assert (bar._sync.text(), bar._sync.property("tone")) == ("离线 今天 09:00 起", "amber")
    assert bar._sync.toolTip() == "3 条待同步"
    assert bar._sync.accessibleName() == "离线 今天 09:00 起。3 条待同步"
