"""Keys, clicks and the input method reach what a person would reach."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desk.demo import eyes
from desk.demo.hands import Hands
from desk.demo.play import DemoProblem, Play
from desk.demo.probe import LoopProbe
from desk.ui.parts.columns import scrolled


def play(qtbot: QtBot, acting: Play[Any]) -> Any:
    """Go through a verb as the player does, and return what it found."""
    while True:
        try:
            wait = next(acting)
        except StopIteration as end:
            return end.value
        if wait is not None:
            qtbot.waitUntil(wait.holds)


@pytest.fixture
def hands() -> Hands:
    """One person."""
    return Hands(LoopProbe())


@pytest.fixture
def form(qtbot: QtBot) -> Iterator[QWidget]:
    """Show a long form in an area that scrolls."""
    inside = QWidget()
    box = QVBoxLayout(inside)
    for name in ("姓名", "事由"):
        field = QLineEdit()
        field.setAccessibleName(name)
        box.addWidget(field)
    label, combo = QLabel("类别"), QComboBox()
    combo.addItems(["请选择", "农业", "环境"])
    label.setBuddy(combo)
    for each in (label, combo, QCheckBox("已告知")):
        box.addWidget(each)
    box.addSpacing(900)
    box.addWidget(QPushButton("完成"))
    made = scrolled(inside)
    made.resize(400, 300)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close()


def test_letters_by_keys_and_chinese_by_the_input_method(hands: Hands, form: QWidget, qtbot: QtBot) -> None:
    play(qtbot, hands.fill("姓名", "王𬱖某"))
    play(qtbot, hands.fill("事由", "abc-123"))
    play(qtbot, hands.fill("事由", "A1"))
    assert eyes.holds("姓名", "王𬱖某")
    assert eyes.holds("事由", "A1")


def test_a_shortcut_is_found_by_the_window(hands: Hands, form: QWidget, qtbot: QtBot) -> None:
    pressed: list[bool] = []
    QShortcut(QKeySequence("Ctrl+Return"), form, lambda: pressed.append(True))
    play(qtbot, hands.press("Ctrl+Return"))
    assert pressed == [True]


def test_what_is_out_of_sight_is_scrolled_to(hands: Hands, form: QWidget, qtbot: QtBot) -> None:
    pressed: list[bool] = []
    button = eyes.find("完成")
    assert isinstance(button, QPushButton)
    button.clicked.connect(lambda: pressed.append(True))
    play(qtbot, hands.click("完成"))
    assert pressed == [True]


@pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen platform, of an open list
def test_ticks_and_choices(hands: Hands, form: QWidget, qtbot: QtBot) -> None:
    play(qtbot, hands.click("已告知"))
    play(qtbot, hands.choose_beside("类别", "环境"))
    tick, combo = eyes.find("已告知"), eyes.beside("类别")
    assert isinstance(tick, QCheckBox)
    assert isinstance(combo, QComboBox)
    assert tick.isChecked()
    assert combo.currentText() == "环境"
    with pytest.raises(DemoProblem, match="没有"):
        play(qtbot, hands.choose(combo, "没有"))
    with pytest.raises(DemoProblem, match="列表"):
        play(qtbot, hands.choose(tick, "环境"))


def test_tab_goes_into_a_field(hands: Hands, form: QWidget, qtbot: QtBot) -> None:
    play(qtbot, hands.fill("事由", "x"))
    play(qtbot, hands.tab_into(eyes.find("姓名")))
    assert eyes.find("姓名").hasFocus()


def test_what_moves_out_of_sight_is_brought_back(hands: Hands, form: QWidget, qtbot: QtBot) -> None:
    pressed: list[bool] = []
    button = eyes.find("完成")
    assert isinstance(button, QPushButton)
    assert isinstance(form, QScrollArea)
    button.clicked.connect(lambda: pressed.append(True))
    moves = 1
    acting = hands.click("完成")
    for wait in acting:
        if wait is not None and "点得到" in wait.what and moves:
            moves -= 1
            form.verticalScrollBar().setValue(0)
        if wait is not None:
            qtbot.waitUntil(wait.holds)
    assert moves == 0
    assert pressed == [True]


@pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen platform, of an open menu
def test_a_line_of_a_menu_is_taken_by_keys(hands: Hands, form: QWidget, qtbot: QtBot) -> None:
    taken: list[str] = []
    menu = QMenu(form)
    for words in ("F-01 申请书", "F-07 协议书", "F-10 司法确认申请书"):
        menu.addAction(words, lambda words=words: taken.append(words))
    menu.popup(form.mapToGlobal(form.rect().center()))
    play(qtbot, hands.take_from_menu("F-07"))
    assert taken == ["F-07 协议书"]


def test_what_is_built_anew_is_found_again(hands: Hands, form: QWidget, qtbot: QtBot) -> None:
    pressed: list[str] = []
    old = eyes.find("完成")
    box = old.parentWidget().layout()
    assert isinstance(box, QVBoxLayout)
    for wait in hands.click("完成"):
        if wait is not None and "点得到" in wait.what and not old.isHidden():
            old.hide()
            fresh = QPushButton("完成")
            fresh.clicked.connect(lambda: pressed.append("fresh"))
            box.addWidget(fresh)
        if wait is not None:
            qtbot.waitUntil(wait.holds)
    assert pressed == ["fresh"]
    with pytest.raises(DemoProblem, match="不见了"):
        play(qtbot, hands.click_on(old))


def test_a_button_that_moves_away_is_pressed_again(hands: Hands, form: QWidget, qtbot: QtBot) -> None:
    button, clicked = form.findChild(QPushButton), list[str]()
    assert button is not None
    button.clicked.connect(lambda: clicked.append("完成"))

    def move_away() -> None:
        button.pressed.disconnect(move_away)
        button.move(button.x(), button.y() - 60)

    for press in (lambda: hands.click("完成"), lambda: hands.click_on(button)):
        clicked.clear()
        button.pressed.connect(move_away)
        play(qtbot, press())
        assert clicked == ["完成"]
