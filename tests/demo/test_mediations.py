"""The steps are there; that they do what they say is seen when the demo is played."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from desk.demo import mediations
from desk.demo.mediations import Mediations
from desk.demo.probe import LoopProbe
from desk.demo.record import Record
from desk.demo.stage import Stage


def test_each_step_says_what_it_is(qtbot: QtBot, tmp_path: Path) -> None:
    steps = Mediations(Stage(Record(tmp_path), LoopProbe())).steps()
    assert all(step.name and step.act.__doc__ for step in steps)
    assert len({step.name for step in steps}) == len(steps)


def test_a_copy_is_drawn_for_people_who_have_no_papers(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "身份证明.png"
    mediations._draw(file, "钱某 身份证明（示例）")
    assert file.stat().st_size > 1000
