"""The flow layout: lines break where the row is full, and nothing is measured twice for nothing."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desk.ui.parts.flow import FlowLayout


class Box(QWidget):
    """Asks for a size and counts how often it was asked."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.wanted = QSize(width, 20)
        self.asked = 0

    def sizeHint(self) -> QSize:
        self.asked += 1
        return self.wanted


def _flow(qtbot: QtBot, *widths: int) -> tuple[QWidget, FlowLayout, list[Box]]:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder, gap=10)
    boxes = [Box(width) for width in widths]
    for box in boxes:
        flow.addWidget(box)
    return holder, flow, boxes


def test_a_full_row_goes_on_below(qtbot: QtBot) -> None:
    _holder, flow, _boxes = _flow(qtbot, 100, 100, 100)
    assert flow.heightForWidth(320) == 20
    assert flow.heightForWidth(250) == 50
    assert flow.heightForWidth(100) == 80


def test_asked_again_it_does_not_measure_again(qtbot: QtBot) -> None:
    _holder, flow, boxes = _flow(qtbot, 100, 100)
    flow.heightForWidth(150)
    before = boxes[0].asked
    for width in (150, 150, 400):
        flow.heightForWidth(width)
    assert boxes[0].asked == before


def test_a_part_that_grows_comes_or_goes_is_seen(qtbot: QtBot, qapp: QApplication) -> None:
    holder, flow, boxes = _flow(qtbot, 100, 100)
    holder.resize(400, 100)
    holder.show()
    assert flow.heightForWidth(210) == 20
    boxes[1].wanted = QSize(150, 20)
    boxes[1].updateGeometry()
    assert flow.heightForWidth(210) == 50
    boxes[1].hide()
    assert flow.heightForWidth(210) == 20
    flow.addWidget(Box(150))
    qapp.processEvents()
    assert flow.heightForWidth(210) == 50
    flow.takeAt(flow.count() - 1)
    assert flow.heightForWidth(210) == 20
    qapp.processEvents()


def test_all_that_stands_in_it_goes(qtbot: QtBot, qapp: QApplication) -> None:
    holder, flow, boxes = _flow(qtbot, 100, 100)
    holder.show()
    flow.clear()
    assert flow.count() == 0
    assert not any(box.isVisible() for box in boxes)
    assert flow.heightForWidth(210) == 0
