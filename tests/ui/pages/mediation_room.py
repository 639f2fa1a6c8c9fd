"""The two fixtures of most tests of 矛盾调解: a mediation room on a store, and the window over it."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desk.models.store import Store
from desk.ui.window import MainWindow
from tests.fakes import FakeClock
from tests.ui.pages import mediation_stage as stage


@pytest.fixture
def room(store: Store, fake_clock: FakeClock) -> stage.CaseStage:
    """Give the services of a room, on a store of its own."""
    return stage.store_room(store)


@pytest.fixture
def desk(room: stage.CaseStage, qtbot: QtBot) -> Iterator[MainWindow]:
    """Show the window with the page of cases, whose tasks run at once."""
    made = stage.open_window(stage.context_of(room), qtbot)
    yield made
    made.close()
