"""How the tests of the visit pages work at the desk: a window, tabs, fields, committed characters."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desk.ui.context import Context
from desk.ui.page import PageSpec
from desk.ui.pages.today.page import TodayPage
from desk.ui.pages.visits.case import Case
from desk.ui.pages.visits.page import VisitsPage
from desk.ui.window import MainWindow
from tests.ui import stage


def open_window(context: Context, qtbot: QtBot) -> MainWindow:
    """Open the window with today and visits."""
    pages = [
        PageSpec("today", "今日", "Ctrl+1", "today", TodayPage),
        PageSpec("visits", "来访接待", "F2", "visits", VisitsPage),
    ]
    return stage.shown(context, pages, qtbot)


def visits_page(window: MainWindow) -> VisitsPage:
    """Return the page 来访接待."""
    page = window.page("visits")
    assert isinstance(page, VisitsPage)
    return page


def cases(window: MainWindow) -> list[Case]:
    """Return the tabs that have been looked at; none before the page was."""
    if window.page("visits") is None:
        return []
    return [tab.case for tab in visits_page(window).reception._open.values() if tab.case is not None]


def new(window: MainWindow, qtbot: QtBot) -> Case:
    """Press F2 and return the new tab; a question that has just closed gives the keys back a turn later."""
    before = len(cases(window))
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: len(cases(window)) == before + 1)
    return cases(window)[-1]


def field(case: Case, name: str) -> QWidget:
    """Return the widget of a field."""
    return case.view.binder.fields[name].widget


def fill(case: Case, **values: object) -> None:
    """Fill fields as a person would leave them."""
    for name, value in values.items():
        case.view.binder.fields[name].paint(value)
        case.view.binder.edited.emit(name)


def full() -> dict[str, object]:
    """Return what a visit answered on the spot needs besides name and 事由."""
    names = ("statement", "request", "category", "outcome", "answer_text", "notice_told")
    words = ("雨后积水", "尽快疏通", "urban/排水", "answered", "已告知主管单位", True)
    return dict(zip(names, words, strict=True))


def commit(widget: QWidget, text: str) -> None:
    """Put characters in as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)
