"""Search from the top bar: recent ones, no search while composing, arrows, marks."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QListView
from pytestqt.qtbot import QtBot

from desk.ui import style
from desk.ui.search_box import fitted, pieces
from desk.ui.window import MainWindow
from tests.ui import stage

CONTROL = Qt.KeyboardModifier.ControlModifier


def field(window: MainWindow) -> QLineEdit:
    return window.top.field


def test_recent_ones_stand_there_before_anything_is_typed(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    assert field(window).hasFocus()
    qtbot.keyClick(field(window), Qt.Key.Key_Down)
    with qtbot.waitSignal(window.search.found) as told:
        qtbot.keyClick(field(window), Qt.Key.Key_Return)
    assert told.args == ["visit", "v9"]


def test_nothing_is_searched_while_composing(window: MainWindow, qtbot: QtBot) -> None:
    asked = window._context.services.search.asked
    field(window).setFocus()
    QApplication.sendEvent(field(window), QInputMethodEvent("chen", []))
    assert asked == []
    commit = QInputMethodEvent()
    commit.setCommitString("陈")
    QApplication.sendEvent(field(window), commit)
    assert set(asked) == {"陈"}
    assert window.search.isVisible()


def test_arrows_skip_the_groups_and_enter_opens(window: MainWindow, qtbot: QtBot) -> None:
    field(window).setFocus()
    commit = QInputMethodEvent()
    commit.setCommitString("陈")
    QApplication.sendEvent(field(window), commit)
    window.search.grab()
    qtbot.keyClick(field(window), Qt.Key.Key_Down)
    qtbot.keyClick(field(window), Qt.Key.Key_PageDown)
    qtbot.keyClick(field(window), Qt.Key.Key_Up)
    qtbot.keyClick(field(window), Qt.Key.Key_Return)
    assert window._context.services.search.opened_records == [("visit", "v1")]
    assert window.current().records == ["v1"]
    assert not window.search.isVisible()


def test_a_click_opens_too(window: MainWindow, qtbot: QtBot) -> None:
    field(window).setFocus()
    found = window.search.findChild(QListView)
    with qtbot.waitSignal(window.search.found):
        qtbot.mouseClick(
            found.viewport(),
            Qt.MouseButton.LeftButton,
            pos=found.visualRect(found.model().index(1, 0)).center(),
        )


def test_escape_puts_it_away(window: MainWindow, qtbot: QtBot) -> None:
    field(window).setFocus()
    qtbot.keyClicks(field(window), "zz")
    assert window.search.isVisible()
    assert "没有找到" in window.search._nothing.text()
    qtbot.keyClick(field(window), Qt.Key.Key_Escape)
    assert not window.search.isVisible()
    assert window.current().title == "今日"


def test_escape_goes_back_to_what_was_typed_in(window: MainWindow, qtbot: QtBot) -> None:
    page = window.current()
    assert isinstance(page, stage.FieldPage)
    page.field.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    assert field(window).hasFocus()
    qtbot.keyClick(field(window), Qt.Key.Key_Escape)
    assert page.field.hasFocus()
    assert not window.search.isVisible()


def test_ctrl_k_offers_the_recent_ones_again(window: MainWindow, qtbot: QtBot) -> None:
    field(window).setFocus()
    window.search.hide()
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    assert window.search.isVisible()


def test_a_long_title_ends_in_dots(qapp: QApplication) -> None:
    """Cut off at the edge of the list a clerk would take it for all there is."""
    style.load_fonts("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
    style.apply(qapp, 100)
    title = "冯某 · 楼下要我全赔漏水的钱，可水管是公共的，怎么办才好，还要等多久"
    whole = sum(QFontMetrics(_bold(on)).horizontalAdvance(words) for words, on in pieces(title, ((11, 2),)))
    for width in range(40, whole):
        narrow = fitted(pieces(title, ((11, 2),)), QFont(), width)
        assert narrow[-1][0].endswith("…")
        assert sum(QFontMetrics(_bold(on)).horizontalAdvance(words) for words, on in narrow) <= width
    assert fitted(pieces(title, ((11, 2),)), QFont(), 2000) == pieces(title, ((11, 2),))


def _bold(on: bool) -> QFont:
    font = QFont()
    font.setBold(on)
    return font


def test_marks_cut_the_title() -> None:
    assert pieces("陈某某", ((0, 1),)) == [("陈", True), ("某某", False)]
    assert pieces("陈某某", ((1, 1), (1, 2), (9, 1))) == [("陈", False), ("某", True), ("某", False)]
    assert pieces("", ()) == []
