"""The morning holds the steps of all its parts."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from desk.demo import morning
from desk.demo.probe import LoopProbe
from desk.demo.record import Record
from desk.demo.stage import Stage


def test_the_steps_have_names_of_their_own(qtbot: QtBot, tmp_path: Path) -> None:
    steps = morning.steps(Stage(Record(tmp_path), LoopProbe()))
    assert len({step.name for step in steps}) == len(steps)
    assert steps[0].name == "首次设置"
