"""The stack asks the page in view for its room, and nobody else."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desk.ui.parts.one_in_view import OneInView


class Sheet(QWidget):
    """Asks for a size and counts how often it was asked."""

    def __init__(self, side: int) -> None:
        super().__init__()
        self.wanted = QSize(side, side)
        self.asked = 0

    def sizeHint(self) -> QSize:
        self.asked += 1
        return self.wanted

    def minimumSizeHint(self) -> QSize:
        self.asked += 1
        return self.wanted


def test_what_is_out_of_view_is_not_asked(qtbot: QtBot) -> None:
    window, stack = QWidget(), OneInView()
    seen, behind = Sheet(80), Sheet(300)
    QVBoxLayout(window).addWidget(stack)
    stack.addWidget(seen)
    stack.addWidget(behind)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    seen.asked = behind.asked = 0
    seen.wanted = QSize(90, 90)
    seen.updateGeometry()
    qtbot.waitUntil(lambda: seen.asked > 0)
    assert stack.minimumSizeHint() == stack.sizeHint() == QSize(90, 90)
    assert behind.asked == 0


def test_the_room_follows_the_page_in_view(qtbot: QtBot) -> None:
    window, stack = QWidget(), OneInView()
    QVBoxLayout(window).addWidget(stack)
    small, large = Sheet(80), Sheet(500)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    stack.addWidget(small)
    stack.addWidget(large)
    stack.setCurrentWidget(large)
    qtbot.waitUntil(lambda: large.width() >= 500 and large.height() >= 500)
    assert window.minimumSizeHint().width() >= 500
    stack.setCurrentWidget(small)
    qtbot.waitUntil(lambda: window.minimumSizeHint().width() < 500)


def test_an_empty_one_wants_nothing(qtbot: QtBot) -> None:
    stack = OneInView()
    qtbot.addWidget(stack)
    assert stack.sizeHint() == QSize(0, 0)
    assert stack.minimumSizeHint() == QSize(0, 0)


def test_a_page_shares_out_the_room_itself(qtbot: QtBot) -> None:
    stack, page = OneInView(), QLabel("王某某 " * 40)
    page.setWordWrap(True)
    qtbot.addWidget(stack)
    stack.addWidget(page)
    assert page.hasHeightForWidth()
    assert not stack.hasHeightForWidth()
