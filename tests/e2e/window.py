"""The real window over a station's real services; work runs at once, notices keep what they are told."""

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEventLoop

from desk.ui.context import Context
from desk.ui.live import Live
from desk.ui.navigator import NEW, Navigator
from desk.ui.page import PageSpec
from desk.ui.pages.today.page import TodayPage
from desk.ui.pages.visits.case import Case
from desk.ui.pages.visits.page import VisitsPage
from desk.ui.window import MainWindow
from tests.e2e.station import Station
from tests.fakes import FakeTasks, RecordingNotices
from tests.ui.pages.hands import cases
from tests.ui.stage import FakeGate


def context_of(station: Station, notices: RecordingNotices) -> Context:
    """Return what the pages get."""
    live = Live()
    return Context(station.services, FakeTasks(notices, live), notices, Navigator(), live)


def open_window(context: Context) -> MainWindow:
    """Open the window with today and visits."""
    pages = [
        PageSpec("today", "今日", "Ctrl+1", "today", TodayPage),
        PageSpec("visits", "来访接待", "F2", "visits", VisitsPage),
    ]
    made = MainWindow(context, pages, gate=FakeGate())
    made.show()
    made.start()
    return made


def new_case(window: MainWindow) -> Case:
    """Press F2 and return the new tab."""
    before = len(cases(window))
    window.show_page("visits", NEW)
    until(lambda: len(cases(window)) == before + 1)
    return cases(window)[-1]


def until(condition: Callable[[], bool], seconds: float = 60) -> None:
    """Let the loop run until the condition holds, up to a deadline."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come in time"
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
