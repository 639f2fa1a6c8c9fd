"""Photos on a visit: from the form at the desk, from the form on paper, and on the record afterwards."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desk.models.store import Store
from desk.services.attachments.service import Attachments
from desk.ui.window import MainWindow
from tests.fakes import FakeClock
from tests.ui.pages.hands import cases, fill, new, open_window, visits_page
from tests.ui.pages.test_visits_real import context_of
from tests.unit.services.attachments import samples
from tests.unit.services.visit_stage import Stage, build

pytestmark = pytest.mark.usefixtures("here")


@pytest.fixture
def stage(store: Store, fake_clock: FakeClock) -> Stage:
    """A station at work."""
    return build(store)


@pytest.fixture
def desk(stage: Stage, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window over the real services; whoever is asked for files chooses a photo."""
    context = context_of(stage)
    context.notices.path = samples.PHOTOS / "exif-rotated.jpg"  # type: ignore[attr-defined]  # recording notices
    made = open_window(context, qtbot)
    yield made
    made.close()


def _kept(desk: MainWindow, stage: Stage) -> list[tuple[str, str]]:
    service: Attachments = desk._context.services.attachments
    [row] = stage.visits.page().rows
    return [(each.name, each.slot) for each in service.list("visit", row.id)]


def test_a_photo_before_the_number_gives_the_number_first(
    desk: MainWindow, stage: Stage, qtbot: QtBot
) -> None:
    case = new(desk, qtbot)
    fill(case, name="王某某", subject="小区雨后积水")
    assert not case.view.papers.isVisible()
    qtbot.mouseClick(case.view.papers.add, Qt.MouseButton.LeftButton)
    assert case.verbs.visit is not None
    assert _kept(desk, stage) == [("exif-rotated.jpg", "")]
    assert case.view.papers.names() == ["exif-rotated.jpg"]
    assert case.view.papers.isVisible()


def test_what_is_missing_for_the_number_is_said_and_the_photo_waits(
    desk: MainWindow, stage: Stage, qtbot: QtBot
) -> None:
    case = new(desk, qtbot)
    case.papers.add([samples.photo("tiny.jpg")])
    assert case.verbs.visit is None
    fill(case, name="王某某", subject="小区雨后积水")
    case.verbs.open()
    assert _kept(desk, stage) == [("tiny.jpg", "")]


def test_a_form_from_paper_brings_its_scan(desk: MainWindow, stage: Stage, qtbot: QtBot) -> None:
    """补录 with the scan of the paper form attached (product.md, Paper and back)."""
    desk.show_page("visits", "backfill")
    qtbot.waitUntil(lambda: bool(cases(desk)))
    case = cases(desk)[-1]
    fill(case, name="孙某", subject="路灯不亮")
    case.view.papers.add.click()
    assert _kept(desk, stage) == [("exif-rotated.jpg", "pad")]


def test_the_record_shows_them_and_takes_more(desk: MainWindow, stage: Stage, qtbot: QtBot) -> None:
    visit_id = stage.finished()
    desk.show_page("visits", visit_id)
    record = visits_page(desk).list.record
    assert record.strip.add.isVisible()
    record.strip.add.click()
    assert _kept(desk, stage) == [("exif-rotated.jpg", "")]
    assert record.strip.names() == ["exif-rotated.jpg"]


def test_nothing_is_added_to_a_visit_of_another_station(desk: MainWindow, stage: Stage, qtbot: QtBot) -> None:
    """What is dropped where another station's visit is in view must not hang on the one seen before."""
    visit_id = stage.finished()
    desk.show_page("visits", visit_id)
    record = visits_page(desk).list.record
    sheet = stage.visits.sheet(visit_id)
    record._show(replace(sheet, visit=replace(sheet.visit, id="elsewhere", station="示例街道")))
    record.papers.add([samples.photo("tiny.jpg")])
    assert not record.strip._takes()
    assert _kept(desk, stage) == []
