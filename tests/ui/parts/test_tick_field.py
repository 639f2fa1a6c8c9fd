"""A list of ticks stays open until all are set, by keys and by the mouse."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desk.ui.parts.multi_pick import MultiPick

# What a popup asks of the window system, which the screenless one cannot give.
pytestmark = pytest.mark.qt_log_ignore(
    r"This plugin does not support (raise\(\)|grabbing the keyboard)", extend=True
)


@pytest.fixture
def field(qtbot: QtBot) -> MultiPick:
    """A field of two."""
    made = MultiPick("已走程序", [("suit", "诉讼"), ("petition", "信访")])
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down])
def test_each_of_the_keys_opens_it_at_its_first_line(qtbot: QtBot, field: MultiPick, key: Qt.Key) -> None:
    qtbot.keyClick(field, key)
    assert field._menu.isVisible()
    assert field._menu.activeAction().text() == "诉讼"
    field._menu.close()


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_a_tick_by_key_leaves_it_open_and_tab_closes_it(qtbot: QtBot, field: MultiPick, key: Qt.Key) -> None:
    field.open_list()
    qtbot.keyClick(field._menu, key)
    assert field.value() == ("suit",)
    assert field._menu.isVisible()
    qtbot.keyClick(field._menu, Qt.Key.Key_Tab)
    assert not field._menu.isVisible()


def test_two_clicks_of_the_mouse_set_two_ticks(qtbot: QtBot, field: MultiPick) -> None:
    field.open_list()
    for action in field._menu.actions():
        place = field._menu.actionGeometry(action).center()
        qtbot.mouseClick(field._menu, Qt.MouseButton.LeftButton, pos=place)
    assert field.value() == ("suit", "petition")
    assert field._menu.isVisible()
    field._menu.close()
