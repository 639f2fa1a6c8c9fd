"""The look of 100 % for every test of the screens, and the window on the small stage."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk import clock
from desk.ui import style
from desk.ui.window import MainWindow
from tests.fakes import FakeClock, RecordingNotices, StopWatch
from tests.ui import stage


@pytest.fixture(autouse=True)
def plain_look() -> Iterator[None]:
    """Take off what a test has put on."""
    yield
    app = QApplication.instance()
    if isinstance(app, QApplication) and style._Current.theme is not None:
        app.setStyleSheet("")
        style._Current.theme = None


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> StopWatch:
    """Let the test say how long nobody has touched anything."""
    made = StopWatch()
    monkeypatch.setattr(clock, "monotonic_ms", lambda: made.ms)
    return made


@pytest.fixture
def window(qtbot: QtBot, fake_clock: FakeClock, tmp_path: Path) -> Iterator[MainWindow]:
    """Show the window with its first page."""
    made = MainWindow(
        stage.context(RecordingNotices(path=tmp_path / "操作卡.pdf")),
        stage.page_specs(),
        gate=stage.FakeGate(),
    )
    qtbot.addWidget(made)
    made.start()
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    yield made
    made.close()
