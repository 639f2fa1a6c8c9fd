"""The steps are there; that they do what they say is played in tests/e2e/test_demo.py."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from desk.demo import one_dispute
from desk.demo.one_dispute import OneDispute
from desk.demo.probe import LoopProbe
from desk.demo.record import Record
from desk.demo.stage import Stage


def test_each_step_says_what_it_is(qtbot: QtBot, tmp_path: Path) -> None:
    made = OneDispute(Stage(Record(tmp_path), LoopProbe()))
    steps = [*made.steps(), *made.last_steps()]
    assert all(step.name and step.act.__doc__ for step in steps)
    assert len({step.name for step in steps}) == len(steps)


def test_a_copy_is_drawn_for_people_who_have_no_papers(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "身份证明.png"
    one_dispute._draw(file, "钱某 身份证明（示例）")
    assert file.stat().st_size > 1000
