"""The page of consultations over the real services and a real store, in the real window."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desk.models.store import Store
from desk.services.attachments.camera import Camera
from desk.services.attachments.service import Attachments
from desk.services.consultation.forms import OpponentForm
from desk.services.drafts import Drafts
from desk.services.local_values import LocalValues
from desk.services.search import Search
from desk.services.settings import Settings
from desk.services.station import Stations
from desk.services.today import TodayDesk
from desk.ui.context import Context
from desk.ui.live import Live
from desk.ui.navigator import NEW, Navigator
from desk.ui.pages.consultation.page import ConsultationPage
from desk.ui.pages.consultation.sheet import Sheet
from tests.fakes import FakeClock, FakeTasks, RecordingNotices
from tests.unit.services.consultation.advice_stage import AdviceStage, build


@dataclass(frozen=True)
class Desk:
    """The page, what was said, where it wanted to go."""

    page: ConsultationPage
    notices: RecordingNotices
    shown: list[tuple[str, str]]
    stage: AdviceStage
    around: QWidget

    @property
    def sheet(self) -> Sheet:
        assert self.page._sheet is not None
        return self.page._sheet

    def field(self, name: str) -> Any:
        return self.sheet.view.binder.fields[name].widget

    def fill(self, **values: Any) -> None:
        """Put values into fields as a person does."""
        for name, value in values.items():
            self.sheet.view.binder.fields[name].paint(value)
            self.sheet.view.binder.edited.emit(name)


def context_of(stage: AdviceStage, notices: RecordingNotices, tasks: type[FakeTasks] = FakeTasks) -> Context:
    live = Live()
    services: Any = SimpleNamespace(
        consultation=stage.desk,
        attachments=Attachments(stage.store, stage.session, stage.visits.profiles),
        camera=Camera(Settings(stage.store, stage.session)),
        settings=Settings(stage.store, stage.session),
        numbers=stage.visits.numbers,
        local_values=LocalValues(stage.store, stage.session, stage.visits.profiles),
        drafts=Drafts(stage.store, stage.session),
        today=TodayDesk(stage.store, stage.session, stage.visits.profiles),
        station=Stations(stage.store, stage.session),
        search=Search(stage.store, stage.session),
    )
    return Context(services, tasks(notices, live), notices, Navigator(), live)


def open_page(
    stage: AdviceStage, qtbot: QtBot, *, words: str = "核对过身份证", tasks: type[FakeTasks] = FakeTasks
) -> Desk:
    """Build, show and load the page."""
    notices = RecordingNotices(words=words)
    context = context_of(stage, notices, tasks)
    shown: list[tuple[str, str]] = []
    context.navigator.wanted.connect(lambda page, record: shown.append((page, record)))
    around = QWidget()
    page = ConsultationPage(context)
    page.setParent(around)
    qtbot.addWidget(around)
    around.resize(1180, 690)
    page.resize(1180, 690)
    around.show()
    around.activateWindow()
    page.show()
    page.load()
    return Desk(page, notices, shown, stage, around)


@pytest.fixture
def stage(store: Store, fake_clock: FakeClock) -> AdviceStage:
    """Set the station up; a module of tests takes it by `stage = consultation_stage.stage`."""
    return build(store)


@pytest.fixture
def desk(stage: AdviceStage, qtbot: QtBot) -> Desk:
    """Show the page with a lawyer at it; taken as `stage` is."""
    return open_page(stage, qtbot)


def fresh(desk: Desk) -> None:
    """Begin an empty one."""
    desk.page.show_record(NEW)


def asked(desk: Desk, **changes: object) -> None:
    """Begin a consultation and fill in all but the answer."""
    fresh(desk)
    told = {
        "name": "冯某某",
        "phone": "13900000173",
        "opponents": (OpponentForm("钱某某", phone="13900000172"),),
        "topics": ("neighbour", "tort"),
        "procedures": ("none",),
        "question": "楼下要我全赔，怎么办？",
        "adviser_id": desk.stage.lawyer_id,
        "disclaimer_ack": True,
        "notice_told": True,
    }
    desk.fill(**(told | changes))


def words(desk: Desk) -> str:
    """Return all that is written on the page."""
    return "\n".join(each.text() for each in desk.page.findChildren(QLabel) if each.isVisibleTo(desk.page))
