"""Rows and columns: many parts shown and hidden at once cost one layout."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QTextLayout
from PySide6.QtWidgets import QApplication, QCheckBox, QHBoxLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desk.ui import style
from desk.ui.parts.boxes import JOINER, one_layout, tick_quietly, together


class Counted(QHBoxLayout):
    """Counts how often it puts its parts in their places."""

    placed = 0

    def setGeometry(self, rect: QRect) -> None:
        self.placed += 1
        super().setGeometry(rect)


def test_parts_shown_together_are_laid_out_once_and_stand_in_their_places(
    qtbot: QtBot, qapp: QApplication
) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    line = Counted(holder)
    buttons = [QPushButton(str(n)) for n in range(6)]
    for button in buttons:
        line.addWidget(button)
        button.hide()
    holder.resize(600, 40)
    holder.show()
    qapp.processEvents()
    line.placed = 0
    with one_layout(holder), one_layout(holder):
        for button in buttons:
            button.show()
        assert line.placed == 0
    qapp.processEvents()
    # At the end, and once more where the window has grown for them.
    assert 1 <= line.placed < len(buttons)
    assert [button.isVisible() for button in buttons] == [True] * 6
    places = [button.x() for button in buttons]
    assert places == sorted(set(places))
    buttons[0].hide()
    qapp.processEvents()
    assert buttons[1].x() < places[1]


def test_what_belongs_together_is_not_broken_at_the_end_of_a_line(qapp: QApplication) -> None:
    style.load_fonts("NotoSansSC-Regular.ttf")
    style.apply(qapp, 100)
    part = "（含当日）"
    words = f"路灯坏了一个月：告知去向，截至 11 月 10 日{part}"
    bound = together(words, part)
    assert bound.replace(JOINER, "") == words
    inside = range(bound.index("（") + 1, len(bound))
    broken = set()
    for width in range(80, 400, 5):
        assert not inside_breaks(qapp.font(), bound, width) & set(inside)
        broken |= inside_breaks(qapp.font(), words, width) & set(range(words.index("（") + 1, len(words)))
    assert broken, "without joiners it is broken at some widths"


def test_a_part_as_long_as_a_line_may_be_broken() -> None:
    """The name of a body may have a hundred characters and more; the window may not grow for it."""
    assert JOINER in together("身份证明（冯某）", "身份证明（冯某）")
    long = f"身份证明（{'某某有限责任公司' * 12}）"
    assert together(long, long) == long


def inside_breaks(font: QFont, words: str, width: int) -> set[int]:
    """Return where lines begin, the first one left out."""
    layout = QTextLayout(words, font)
    layout.beginLayout()
    starts = set()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        starts.add(line.textStart())
    layout.endLayout()
    return starts - {0}


def test_a_tick_is_set_without_anybody_being_told(qtbot: QtBot) -> None:
    box = QCheckBox("在场")
    qtbot.addWidget(box)
    told: list[bool] = []
    box.toggled.connect(told.append)
    tick_quietly(box, on=True)
    assert box.isChecked()
    tick_quietly(box, on=False)
    assert not box.isChecked()
    assert told == []
    box.click()
    assert told == [True]
