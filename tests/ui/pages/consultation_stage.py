"""The page of consultations over the real services and a real store, in the real window."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desk.services.attachments.camera import Camera
from desk.services.attachments.service import Attachments
from desk.services.drafts import Drafts
from desk.services.local_values import LocalValues
from desk.services.search import Search
from desk.services.settings import Settings
from desk.services.station import Stations
from desk.services.today import TodayDesk
from desk.ui.context import Context
from desk.ui.live import Live
from desk.ui.navigator import Navigator
from desk.ui.pages.consultation.page import ConsultationPage
from desk.ui.pages.consultation.sheet import Sheet
from tests.fakes import FakeTasks, RecordingNotices
from tests.unit.services.consultation.advice_stage import AdviceStage


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


def context_of(stage: AdviceStage, notices: RecordingNotices) -> Context:
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
    return Context(services, FakeTasks(notices, live), notices, Navigator(), live)


def open_page(stage: AdviceStage, qtbot: QtBot, *, words: str = "核对过身份证") -> Desk:
    """Build, show and load the page."""
    notices = RecordingNotices(words=words)
    context = context_of(stage, notices)
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
