"""Rows and columns: many parts shown and hidden at once cost one layout."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desk.ui.parts.boxes import one_layout


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
