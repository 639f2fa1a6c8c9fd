"""The steps are there; that they do what they say is played in tests/e2e/test_demo.py."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from desk.demo.county import County
from desk.demo.county_desk import CountyDesk
from desk.demo.probe import LoopProbe
from desk.demo.record import Record
from desk.demo.stage import Stage


def test_each_step_says_what_it_is(qtbot: QtBot, tmp_path: Path) -> None:
    with County(tmp_path) as county:
        steps = CountyDesk(Stage(Record(tmp_path), LoopProbe()), county).steps()
    assert [step.name for step in steps] == ["县里的电脑登记", "县里看各站来访"]
    assert all(step.act.__doc__ for step in steps)
