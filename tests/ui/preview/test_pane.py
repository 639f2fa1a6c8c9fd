"""Pages turn, two sizes are offered, and nothing is drawn twice or on the Qt thread."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desk.errors import PaperProblem
from desk.ui.live import Live
from desk.ui.preview.pane import ACTUAL, FIT, PreviewPane
from desk.ui.preview.sheets import SheetSize
from desk.ui.tasks import Tasks
from tests.fakes import FakeTasks, RecordingNotices


class GreySheets:
    """Grey sheets; remembers what was asked for."""

    def __init__(self, count: int = 3, *, height: float = 148, refused: bool = False) -> None:
        self.count = count
        self.asked: list[tuple[int, float]] = []
        self._height = height
        self._refused = refused

    def size(self, number: int) -> SheetSize:
        return SheetSize(210, self._height)

    def image(self, number: int, dpi: float) -> QImage:
        if self._refused:
            raise PaperProblem("字体里没有“龘”字，在姓名一栏。", way_out="请换一个字。")
        self.asked.append((number, dpi))
        made = QImage(round(210 / 25.4 * dpi), round(self._height / 25.4 * dpi), QImage.Format.Format_RGB32)
        made.fill(Qt.GlobalColor.lightGray)
        return made


@pytest.fixture
def pane(qtbot: QtBot) -> PreviewPane:
    made = PreviewPane(FakeTasks())
    qtbot.addWidget(made)
    made.resize(700, 500)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_a_whole_sheet_fits_without_scroll_bars(pane: PreviewPane) -> None:
    sheets = GreySheets()
    pane.show_sheets(sheets)
    assert pane.place.text() == "第 1 / 3 页"
    assert not pane.before.isEnabled()
    assert not pane.view.verticalScrollBar().maximum()
    assert not pane.view.horizontalScrollBar().maximum()
    assert pane.view.accessibleDescription() == "第 1 / 3 页"


def test_pages_turn_by_button_and_key(pane: PreviewPane, qtbot: QtBot) -> None:
    pane.show_sheets(GreySheets())
    turned: list[int] = []
    pane.turned.connect(turned.append)
    pane.after.click()
    qtbot.keyClick(pane.view, Qt.Key.Key_PageDown)
    qtbot.keyClick(pane.view, Qt.Key.Key_PageDown)
    assert not pane.after.isEnabled()
    qtbot.keyClick(pane.view, Qt.Key.Key_Home)
    qtbot.keyClick(pane.view, Qt.Key.Key_End)
    qtbot.keyClick(pane.view, Qt.Key.Key_PageUp)
    assert turned == [1, 2, 0, 2, 1]


def test_actual_size_is_a_millimetre_for_a_millimetre(pane: PreviewPane, qtbot: QtBot) -> None:
    sheets = GreySheets(1)
    pane.show_sheets(sheets)
    qtbot.keyClick(pane.view, Qt.Key.Key_Plus)
    assert sheets.asked[-1] == (0, float(pane.logicalDpiX()))
    assert pane.actual.isChecked()
    assert pane.view.horizontalScrollBar().maximum()
    qtbot.keyClick(pane.view, Qt.Key.Key_Minus)
    assert pane.fit.isChecked()
    count = len(sheets.asked)
    pane.actual.click()
    assert len(sheets.asked) == count, "kept, not drawn again"
    qtbot.keyClick(pane.view, Qt.Key.Key_Down)
    assert pane.view.verticalScrollBar().value() >= 0


def test_a_long_strip_is_first_seen_in_its_actual_size(pane: PreviewPane) -> None:
    sheets = GreySheets(1, height=500)
    pane.show_sheets(sheets)
    assert sheets.asked[-1][1] == float(pane.logicalDpiX())
    pane.set_zoom(FIT)
    assert sheets.asked[-1][1] < 60


def test_another_room_another_size(pane: PreviewPane) -> None:
    sheets = GreySheets(1)
    pane.show_sheets(sheets)
    small = sheets.asked[-1][1]
    pane.resize(1000, 800)
    assert sheets.asked[-1][1] > small
    pane.set_zoom(ACTUAL)
    count = len(sheets.asked)
    pane.resize(900, 800)
    assert len(sheets.asked) == count


def test_few_pictures_are_kept(pane: PreviewPane) -> None:
    sheets = GreySheets(12)
    pane.show_sheets(sheets)
    for _each in range(11):
        pane.turn(1)
    assert len(pane._kept) == 8
    pane.show_sheets(GreySheets(5), keep_place=True)
    assert pane.number == 4


def test_a_problem_stands_where_the_sheet_would(pane: PreviewPane) -> None:
    pane.show_sheets(GreySheets(2, refused=True))
    assert pane.view.accessibleDescription() == "字体里没有“龘”字，在姓名一栏。\n请换一个字。"
    assert not pane.after.isVisible()
    pane.resize(640, 480)
    pane.turn(1)
    assert pane.number == 0


def test_the_picture_comes_from_the_background(qtbot: QtBot) -> None:
    tasks = Tasks(RecordingNotices(), Live())
    pane = PreviewPane(tasks)
    qtbot.addWidget(pane)
    pane.resize(600, 400)
    pane.show()
    sheets = GreySheets(4)
    pane.show_sheets(sheets)
    pane.turn(3)
    qtbot.waitUntil(lambda: not pane.view._canvas._image.isNull())
    qtbot.waitUntil(lambda: (3, sheets.asked[-1][1]) in sheets.asked)
    tasks.close()
