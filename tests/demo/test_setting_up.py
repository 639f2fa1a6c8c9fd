"""The steps are there; that they do what they say is played in tests/e2e/test_demo.py."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from desk.demo.probe import LoopProbe
from desk.demo.record import Record
from desk.demo.setting_up import SettingUp
from desk.demo.stage import Stage


def test_each_step_says_what_it_is(qtbot: QtBot, tmp_path: Path) -> None:
    setting_up = SettingUp(Stage(Record(tmp_path), LoopProbe()))
    steps = [*setting_up.steps(), *setting_up.last_steps()]
    assert all(step.name and step.act.__doc__ for step in steps)
