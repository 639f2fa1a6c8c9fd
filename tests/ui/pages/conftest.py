"""The desk with its two visit pages, over a small station that answers at once."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desk.ui.context import Context
from desk.ui.window import MainWindow
from tests.fakes import FakeClock
from tests.ui.pages import reception_stage as station
from tests.ui.pages.hands import open_window


@pytest.fixture
def context(fake_clock: FakeClock) -> Context:
    """Give a fresh station."""
    return station.context()


@pytest.fixture
def desk(context: Context, qtbot: QtBot) -> Iterator[MainWindow]:
    """Show the window with today and visits."""
    made = open_window(context, qtbot)
    yield made
    made.close()
