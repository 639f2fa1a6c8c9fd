"""The two sides of one quarrel, played through the real page on a real store."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desk.demo.consulting import LAWYERS, Consulting
from desk.demo.probe import LoopProbe
from desk.demo.record import Record
from desk.demo.stage import Stage
from desk.models.store import Store
from desk.services.attachments.camera import Camera
from desk.services.attachments.service import Attachments
from desk.services.drafts import Drafts
from desk.services.local_values import LocalValues
from desk.services.print_jobs import PrintJobs
from desk.services.search import Search
from desk.services.settings import Settings
from desk.services.station import Stations
from desk.services.today import TodayDesk
from desk.ui.context import Context
from desk.ui.live import Live
from desk.ui.navigator import Navigator
from desk.ui.register import page_specs
from desk.ui.window import MainWindow
from tests.demo.test_hands import play
from tests.fakes import FakeClock, FakeTasks, RecordingNotices
from tests.ui.stage import FakeGate
from tests.unit.services.consultation.advice_stage import AdviceStage, build

# What a popup asks of the window system, which the screenless one cannot give.
pytestmark = pytest.mark.qt_log_ignore(
    r"This plugin does not support (raise\(\)|grabbing the keyboard)", extend=True
)


def opened(stage: AdviceStage, qtbot: QtBot) -> MainWindow:
    live, notices = Live(), RecordingNotices()
    services: Any = SimpleNamespace(
        consultation=stage.desk,
        attachments=Attachments(stage.store, stage.session, stage.visits.profiles),
        camera=Camera(Settings(stage.store, stage.session)),
        settings=Settings(stage.store, stage.session),
        numbers=stage.visits.numbers,
        drafts=Drafts(stage.store, stage.session),
        today=TodayDesk(stage.store, stage.session, stage.visits.profiles),
        station=Stations(stage.store, stage.session),
        search=Search(stage.store, stage.session),
        print_jobs=PrintJobs(stage.store, stage.session),
        local_values=LocalValues(stage.store, stage.session, stage.visits.profiles),
        duty=SimpleNamespace(current=lambda: ()),
        backup=SimpleNamespace(last=lambda: None),
    )
    context = Context(services, FakeTasks(notices, live), notices, Navigator(), live)
    window = MainWindow(context, page_specs(), gate=FakeGate())
    context.navigator.wanted.connect(window.show_page)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def test_one_side_is_advised_the_other_is_stopped_and_taken_over(
    store: Store, fake_clock: FakeClock, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = build(store)
    opened(stage, qtbot)
    record = Record(tmp_path)
    consulting = Consulting(Stage(record, LoopProbe()), *LAWYERS)
    # The camera takes pictures of a whole demo, which also keeps the sheets; here only the steps are played.
    monkeypatch.setattr(consulting, "_shoot", lambda _name: iter(()))
    monkeypatch.setattr(consulting, "_keep", lambda: iter(()))
    for step in consulting.steps():
        play(qtbot, step.act())
    rows = stage.desk.consultations.page().rows
    assert [(row.name, row.adviser, row.state_label) for row in rows] == [
        ("冯某", "孙某", "已结束"),
        ("钱某", "张某", "已结束"),
    ]
    assert [made.stopped for made in record.consultations] == [False, True]
    assert {made.number for made in record.consultations} == {row.number for row in rows}
