"""The way in, as far as it goes without a window after it; the whole way is in tests/test_app.py."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desk.services import slots
from desk.ui import entrance
from desk.ui.entrance import Entrance


@pytest.fixture
def way_in(qtbot: QtBot, data_folder: Path) -> Iterator[Entrance]:
    made = Entrance(data_folder)
    yield made
    made.end()


def test_the_wizard_comes_into_view_when_it_is_ready(way_in: Entrance, qtbot: QtBot) -> None:
    assert way_in.door.isVisible()
    qtbot.waitUntil(lambda: way_in._setup is not None and way_in._setup.isVisible())
    setup = way_in._setup
    assert setup is not None
    assert setup.station.name.hasFocus() or setup.focusWidget() is setup.station.name


def test_going_in_twice_enters_once(way_in: Entrance, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(way_in.entered):
        way_in._enter(None)  # type: ignore[arg-type]  # no store is open any more, so nobody looks at it


def test_a_closed_door_is_told(way_in: Entrance, qtbot: QtBot) -> None:
    with qtbot.waitSignal(way_in.closed):
        way_in.door.close()


def test_the_file_looked_for_before_anything_is_imported_is_that_of_the_slots() -> None:
    assert slots.FILE_NAME == entrance.SLOT_FILE
