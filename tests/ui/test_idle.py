"""Nobody at the desk for ten minutes locks it (SEC-02)."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desk.ui.idle import Idle
from tests.fakes import StopWatch


def test_it_is_said_once_after_the_time(qtbot: QtBot, watch: StopWatch) -> None:
    idle = Idle(10)
    said: list[int] = []
    idle.passed.connect(lambda: said.append(1))
    watch.ms = 599_999
    idle.look()
    assert said == []
    watch.ms = 600_000
    idle.look()
    idle.look()
    assert said == [1]
    idle.touch()
    watch.ms += 600_000
    idle.look()
    assert said == [1, 1]


def test_a_key_in_any_window_counts(qtbot: QtBot, watch: StopWatch) -> None:
    idle = Idle(10)
    field = QLineEdit()
    qtbot.addWidget(field)
    with qtbot.waitExposed(field):
        field.show()
    field.activateWindow()
    idle._on_window(field.windowHandle())
    watch.ms = 500_000
    qtbot.keyClick(field.windowHandle(), Qt.Key.Key_A)
    watch.ms = 700_000
    idle.look()
    assert idle._last_ms == 500_000


def test_the_minutes_may_change(qtbot: QtBot, watch: StopWatch) -> None:
    idle = Idle(10)
    idle.start()
    idle.set_minutes(1)
    watch.ms = 60_000
    with qtbot.waitSignal(idle.passed):
        idle.look()
    idle.stop()


def test_it_tells_each_look_for_what_minds_the_time(qtbot: QtBot, watch: StopWatch) -> None:
    idle = Idle(10)
    with qtbot.waitSignal(idle.looked):
        idle.look()
