"""A field with ticks: several codes, one that stands alone, words for screen readers."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desk.ui.parts.multi_pick import MultiPick

# What a popup asks of the window system, which the screenless one cannot give.
pytestmark = pytest.mark.qt_log_ignore(
    r"This plugin does not support (raise\(\)|grabbing the keyboard)", extend=True
)

CHOICES = [("none", "都没有"), ("suit", "诉讼"), ("petition", "信访")]


def made(qtbot: QtBot) -> MultiPick:
    pick = MultiPick("已走程序", CHOICES, alone="none")
    qtbot.addWidget(pick)
    pick.show()
    return pick


def test_several_are_chosen_in_the_order_of_the_list(qtbot: QtBot) -> None:
    pick = made(qtbot)
    with qtbot.waitSignal(pick.edited):
        pick.choose("petition")
    pick.choose("suit")
    assert pick.value() == ("suit", "petition")
    assert pick.accessibleName() == "已走程序：诉讼、信访"
    pick.choose("suit", on=False)
    assert pick.value() == ("petition",)


def test_one_that_stands_alone_puts_the_others_out(qtbot: QtBot) -> None:
    pick = made(qtbot)
    pick.set_value(("suit",))
    pick.choose("none")
    assert pick.value() == ("none",)
    pick.choose("suit")
    assert pick.value() == ("suit",)


def test_down_opens_the_ticks_and_space_sets_them(qtbot: QtBot) -> None:
    pick = made(qtbot)
    qtbot.keyClick(pick, Qt.Key.Key_Down)
    assert pick._menu.isVisible()
    qtbot.keyClick(pick._menu, Qt.Key.Key_Space)
    qtbot.keyClick(pick._menu, Qt.Key.Key_Down)
    qtbot.keyClick(pick._menu, Qt.Key.Key_Space)
    assert pick.value() == ("suit",)
    qtbot.keyClick(pick._menu, Qt.Key.Key_Tab)
    assert not pick._menu.isVisible()


def test_fewer_words_where_they_are_given(qtbot: QtBot) -> None:
    pick = MultiPick("类别", CHOICES, shown=lambda codes: f"{len(codes)} 类")
    qtbot.addWidget(pick)
    pick.set_choices(CHOICES)
    pick.set_value(("suit", "petition"))
    assert pick.toolTip() == "2 类"
