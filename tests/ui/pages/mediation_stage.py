"""A mediation room with a window for tests of 矛盾调解: real services, a store, tasks that run at once."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desk.models.store import Store
from desk.services.attachments.camera import Camera
from desk.services.attachments.service import Attachments
from desk.services.consultation import bundle
from desk.services.drafts import Drafts
from desk.services.local_values import LocalValues
from desk.services.mediation.case_desk import CaseDesk
from desk.services.mediation.papers import CasePapers
from desk.services.people import People
from desk.services.print_jobs import PrintJobs
from desk.services.settings import Settings
from desk.services.station import Stations
from desk.services.today import TodayDesk
from desk.ui.context import Context
from desk.ui.live import Live
from desk.ui.navigator import Navigator
from desk.ui.page import PageSpec
from desk.ui.pages.mediation.case import Case
from desk.ui.pages.mediation.page import MediationPage
from desk.ui.pages.mediation.small_case import SmallCase
from desk.ui.parts.boxes import JOINER
from desk.ui.window import MainWindow
from tests.fakes import FakeClock, FakeTasks, RecordingNotices
from tests.ui import stage as frame
from tests.unit.services.mediation import case_stage
from tests.unit.services.mediation.case_stage import CaseStage

__all__ = ["CaseStage", "context_of", "open_window", "page_of", "shown_case", "shown_small"]


def context_of(stage: CaseStage, reason: str = "核对号码", tasks: type[FakeTasks] = FakeTasks) -> Context:
    """Return the context of a page over the services of a room."""
    live, notices = Live(), RecordingNotices(words=reason)
    store, session = stage.store, stage.session
    attachments, jobs = Attachments(store, session, stage.profiles), PrintJobs(store, session)
    settings = Settings(store, session)
    desk = CaseDesk(store, session, stage.profiles, stage.numbers)
    services: Any = SimpleNamespace(
        mediation=stage.services,
        consultation=bundle.build(store, session, stage.profiles, stage.numbers),
        committees=stage.committees,
        attachments=attachments,
        camera=Camera(settings),
        settings=settings,
        print_jobs=jobs,
        case_papers=CasePapers(desk, stage.services.cases, attachments, jobs),
        numbers=stage.numbers,
        local_values=LocalValues(store, session, stage.profiles),
        drafts=Drafts(store, session),
        today=TodayDesk(store, session, stage.profiles),
        people=People(store, session),
        station=Stations(store, session),
        duty=SimpleNamespace(current=lambda: ()),
        backup=SimpleNamespace(last=lambda: None),
        search=SimpleNamespace(recent=lambda: ()),
        ready=lambda _nouns: None,
    )
    return Context(services, tasks(notices, live), notices, Navigator(), live)


def open_window(context: Context, qtbot: QtBot) -> MainWindow:
    """Open the window with the page 矛盾调解 alone."""
    pages = [PageSpec("mediation", "矛盾调解", "F3", "mediation", MediationPage)]
    return frame.shown(context, pages, qtbot)


def page_of(window: MainWindow) -> MediationPage:
    """Return the page."""
    page = window.page("mediation")
    assert isinstance(page, MediationPage)
    return page


def shown_small(window: MainWindow) -> SmallCase:
    """Return the one page that is in view."""
    parts = [tab.part for tab in page_of(window).cases._open.values()]
    return next(each for each in parts if isinstance(each, SmallCase) and each.widget.isVisible())


def shown_case(window: MainWindow) -> Case:
    """Return the case that is in view."""
    parts = [tab.part for tab in page_of(window).cases._open.values()]
    return next(each for each in parts if isinstance(each, Case) and each.widget.isVisible())


def said(window: MainWindow, *kinds: str) -> list[str]:
    """Return what was told: by default what failed."""
    notices = window._context.notices
    assert isinstance(notices, RecordingNotices)
    return [text for kind, text in notices.said if kind in (kinds or ("fail", "crash"))]


def store_room(store: Store, *roles: str) -> CaseStage:
    """Set the room up in a store."""
    return case_stage.room(store, *roles)


@pytest.fixture
def room(store: Store, fake_clock: FakeClock) -> CaseStage:
    """Set the room up in a store; a module of tests takes it by `room = mediation_stage.room`."""
    return store_room(store)


@pytest.fixture
def desk(room: CaseStage, qtbot: QtBot) -> Iterator[MainWindow]:
    """Show the window with the page alone; taken as `room` is."""
    made = open_window(context_of(room), qtbot)
    yield made
    made.close()


def opened(window: MainWindow, case_id: str) -> Case:
    """Open a case in the window."""
    window.show_page("mediation", case_id)
    return shown_case(window)


def tab(case: Case, key: str) -> Any:
    """Bring a tab of a case into view and return it."""
    case.view.show_tab(key)
    return case.view.part(key)


def words(root: QWidget) -> str:
    """Return all that is to be read in view."""
    found = " ".join(each.text() for each in root.findChildren(QLabel) if each.isVisibleTo(root))
    return found.replace(JOINER, "")
