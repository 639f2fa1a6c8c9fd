"""A strip over the real service: a real store, real photos, decoding in this process."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import shiboken6
from pytestqt.qtbot import QtBot

from desk.models.store import Store
from desk.services.attachments.camera import Camera
from desk.services.attachments.service import Attachments
from desk.services.settings import Settings
from desk.settings import CAMERA_FOLDER
from desk.ui.attachments.collector import Collector
from desk.ui.attachments.strip import AttachmentStrip
from desk.ui.context import Context
from desk.ui.live import Live
from desk.ui.navigator import Navigator
from tests.fakes import FakeClock, RecordingNotices, SlowTasks
from tests.unit.services.visit_stage import build


@dataclass
class Table:
    """What a test of the strip has in hand."""

    strip: AttachmentStrip
    collector: Collector
    service: Attachments
    camera: Camera
    notices: RecordingNotices
    visit_id: str
    folder: Path
    context: Context
    tasks: SlowTasks
    other_id: str

    def listed(self, visit_id: str = "") -> list[str]:
        """Return the names that hang on the visit, or on another, in order."""
        return [each.name for each in self.service.list("visit", visit_id or self.visit_id)]


@pytest.fixture
def table(here: None, store: Store, fake_clock: FakeClock, qtbot: QtBot, tmp_path: Path) -> Iterator[Table]:
    """A strip in view, on a visit on which nothing hangs yet."""
    stage = build(store)
    service = Attachments(store, stage.session, stage.profiles)
    settings = Settings(store, stage.session)
    settings.set(CAMERA_FOLDER, str(tmp_path / "camera"))
    (tmp_path / "camera").mkdir()
    services: Any = SimpleNamespace(attachments=service, camera=Camera(settings), settings=settings)
    live, notices = Live(), RecordingNotices(words="核对")
    tasks = SlowTasks(notices, live)
    context = Context(services, tasks, notices, Navigator(), live)
    strip = AttachmentStrip()
    qtbot.addWidget(strip)
    collector = Collector(context, strip, strip)
    strip.resize(900, 300)
    with qtbot.waitExposed(strip):
        strip.show()
    visit_id = stage.finished()
    made = Table(
        *(strip, collector, service, services.camera, notices, visit_id, tmp_path / "camera", context, tasks),
        other_id=stage.finished(),
    )
    collector.set_target("visit", visit_id)
    yield made
    viewer = collector.viewer
    if viewer is not None and shiboken6.isValid(viewer):
        viewer.close()
