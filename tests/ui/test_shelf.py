"""The shelf of pages: built in turns of the loop, the old page in view until the new one is ready."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from desk.ui.context import Context
from desk.ui.live import Live
from desk.ui.navigator import Navigator
from desk.ui.page import PageSpec
from desk.ui.shelf import Shelf
from desk.ui.tasks import Tasks
from tests.fakes import RecordingNotices
from tests.ui import stage


@dataclass
class Loads:
    """What was imported, and what was shown."""

    keys: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)


@pytest.fixture
def loads() -> Loads:
    return Loads()


@pytest.fixture
def shelf(qtbot: QtBot, loads: Loads) -> Iterator[Shelf]:
    """A shelf in view, with real tasks."""
    notices, live = RecordingNotices(), Live()
    tasks = Tasks(notices, live)
    made = Shelf(
        Context(stage.services(), tasks, notices, Navigator(), live), stage.page_specs(), loads.keys.append
    )
    made.shown.connect(loads.shown.append)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    tasks.close()


def test_a_page_comes_when_it_is_ready(shelf: Shelf, loads: Loads, qtbot: QtBot) -> None:
    shelf.show_page("today")
    assert shelf.page("today") is None
    with qtbot.waitSignal(shelf.shown):
        pass
    page = shelf.page("today")
    assert page is not None
    assert page.isVisible()
    assert shelf.currentWidget() is page
    shelf.show_page("deputies", "d1")
    assert page.isVisible()
    with qtbot.waitSignal(shelf.shown):
        pass
    deputies = shelf.page("deputies")
    assert isinstance(deputies, stage.FieldPage)
    assert (deputies.loads, deputies.records) == (1, ["d1"])
    assert not page.isVisible()
    assert loads.keys == ["today", "deputies"]


def test_a_page_built_before_comes_at_once(shelf: Shelf, loads: Loads, qtbot: QtBot) -> None:
    for key in ("today", "boards"):
        with qtbot.waitSignal(shelf.shown):
            shelf.show_page(key)
    shelf.show_page("today", "v1")
    page = shelf.page("today")
    assert isinstance(page, stage.FieldPage)
    assert (page.loads, page.records) == (2, ["v1"])
    assert loads.keys == ["today", "boards"]


def test_who_has_changed_their_mind_sees_the_last_page_only(shelf: Shelf, loads: Loads, qtbot: QtBot) -> None:
    shelf.show_page("deputies")
    shelf.show_page("boards")
    shelf.show_page("boards", "b1")
    qtbot.waitUntil(lambda: shelf.page("deputies") is not None and shelf.page("boards") is not None)
    boards = shelf.page("boards")
    assert isinstance(boards, stage.FieldPage)
    assert loads.shown == ["boards"]
    assert (boards.loads, boards.records) == (1, ["b1"])


class SlicedPage(stage.FieldPage):
    """Is built in slices, and writes down what was asked of it in the meantime."""

    built = 0

    def rest(self) -> Iterator[None]:
        for _n in range(3):
            assert (self.loads, self.records) == (0, [])
            assert not self.isVisible()
            yield
            self.built += 1


def test_a_page_is_asked_nothing_before_its_last_slice(qtbot: QtBot) -> None:
    notices, live = RecordingNotices(), Live()
    tasks = Tasks(notices, live)
    spec = PageSpec("today", "今日", "", "today", lambda each: SlicedPage(each, "今日"))
    shelf = Shelf(Context(stage.services(), tasks, notices, Navigator(), live), [spec])
    qtbot.addWidget(shelf)
    with qtbot.waitExposed(shelf):
        shelf.show()
    with qtbot.waitSignal(shelf.shown):
        shelf.show_page("today", "v1")
    page = shelf.page("today")
    assert isinstance(page, SlicedPage)
    assert (page.built, page.loads, page.records) == (3, 1, ["v1"])
    assert page.isVisible()
    tasks.close()


def test_an_unknown_page_changes_nothing(shelf: Shelf, loads: Loads) -> None:
    shelf.show_page("nowhere")
    assert loads.keys == []


def test_pages_are_let_go_one_by_one(shelf: Shelf, loads: Loads, qtbot: QtBot) -> None:
    keys = ("today", "visits")
    for key in keys:
        with qtbot.waitSignal(shelf.shown):
            shelf.show_page(key)
    pages = [shelf.page(key) for key in keys]
    shelf.hide()
    left = [sum(shiboken6.isValid(page) for page in pages) for _step in shelf.take_down()]
    assert left == [1, 0]
    assert loads.shown == list(keys)


def test_what_waits_behind_one_another_in_a_page_goes_piece_by_piece(
    shelf: Shelf, loads: Loads, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(shelf.shown):
        shelf.show_page("today")
    page = shelf.page("today")
    assert page is not None
    inner, timer = QStackedWidget(page), QTimer(page)
    cases = [QWidget() for _n in range(3)]
    for case in cases:
        inner.addWidget(case)
    timer.start(10_000)
    shelf.hide()
    left = [
        (
            sum(map(shiboken6.isValid, cases)),
            shiboken6.isValid(page),
            shiboken6.isValid(timer) and timer.isActive(),
        )
        for _step in shelf.take_down()
    ]
    assert left == [(2, True, False), (1, True, False), (0, True, False), (0, False, False)]
