"""What is slow at first sight is imported while nobody touches anything, and never in anybody's way."""

import gc

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desk.ui.foresight import Foresight
from desk.ui.idle import Idle
from tests.fakes import StopWatch
from tests.ui import stage


def test_piece_by_piece_when_it_is_quiet(qtbot: QtBot, watch: StopWatch) -> None:
    made: list[str] = []
    parent, idle = QObject(), Idle(10)
    foresight = Foresight(
        stage.context(), [lambda: made.append("visits"), lambda: made.append("mediation")], idle, parent
    )
    foresight.start()
    watch.ms = 4_999
    foresight.look()
    assert made == []
    watch.ms = 5_000
    foresight.look()
    assert made == ["visits"]
    idle.touch()
    foresight.look()
    assert made == ["visits"]
    watch.ms = 10_000
    before = gc.get_freeze_count()
    foresight.look()
    assert made == ["visits", "mediation"]
    assert not foresight._timer.isActive()
    assert gc.get_freeze_count() > before
    gc.unfreeze()


def test_where_nothing_is_to_come_nobody_looks(qtbot: QtBot, watch: StopWatch) -> None:
    parent = QObject()
    foresight = Foresight(stage.context(), [], Idle(10), parent)
    foresight.start()
    assert not foresight._timer.isActive()


def test_it_stops_with_the_desk(qtbot: QtBot, watch: StopWatch) -> None:
    parent = QObject()
    foresight = Foresight(stage.context(), [lambda: None], Idle(10), parent)
    foresight.start()
    assert foresight._timer.isActive()
    foresight.stop()
    assert not foresight._timer.isActive()
