"""The steps are there; that they do what they say is played in tests/e2e/test_demo.py."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from desk.demo import folder, two_desks
from desk.demo.county import County
from desk.demo.probe import LoopProbe
from desk.demo.record import Record
from desk.demo.stage import Stage
from desk.demo.two_desks import TwoDesks


def test_each_step_says_what_it_is(qtbot: QtBot, tmp_path: Path) -> None:
    with County(tmp_path) as county:
        made = TwoDesks(Stage(Record(tmp_path), LoopProbe()), county, {})
        steps = [step for _name, act in two_desks.ACTS for step in act(made)]
    assert all(step.name and step.act.__doc__ for step in steps)
    assert len({step.name for step in steps}) == len(steps)


def test_both_pcs_are_sat_at_twice_and_in_turn() -> None:
    assert [name for name, _act in two_desks.ACTS] == [folder.DATA, folder.SECOND] * 2
