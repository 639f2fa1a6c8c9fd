"""The player: one action a turn, a clear word when something does not come."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desk.demo.play import Play, Step, Until
from desk.demo.player import Player
from desk.demo.probe import LoopProbe
from desk.demo.record import Record
from desk.ui.crash import CrashWindow


@pytest.fixture
def around(qtbot: QtBot) -> Iterator[QWidget]:
    """Show a window to play in."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    yield window
    window.close()


def played(qtbot: QtBot, parent: QObject, record: Record, *acts: Callable[[], Play[None]]) -> Record:
    """Play these steps to the end."""
    steps = [Step(f"第 {n} 步", act) for n, act in enumerate(acts, 1)]
    player = Player(steps, record, LoopProbe(parent), parent)
    with qtbot.waitSignal(player.ended):
        player.start()
    return record


def test_steps_are_played_and_noted(qtbot: QtBot, around: QWidget, tmp_path: Path) -> None:
    done: list[str] = []

    def first() -> Play[None]:
        done.append("一")
        yield None
        yield Until("马上就来", lambda: True)
        done.append("二")

    record = played(qtbot, around, Record(tmp_path), first, first)
    assert done == ["一", "二", "一", "二"]
    assert [step.name for step in record.steps] == ["第 1 步", "第 2 步"]
    assert not record.problem


def test_what_a_step_looks_at_is_not_measured_but_what_it_does_is(
    qtbot: QtBot, around: QWidget, tmp_path: Path
) -> None:
    probe = LoopProbe(around)

    def work(milliseconds: float) -> bool:
        until = time.thread_time() + milliseconds / 1000
        while time.thread_time() < until:
            pass
        return True

    def looks() -> Play[None]:
        work(200)
        yield Until("看得久", lambda: work(200))
        with probe.acting("按 F2"):
            work(90)
        yield None

    record = Record(tmp_path)
    player = Player([Step("看", looks)], record, probe, around)
    with qtbot.waitSignal(player.ended):
        player.start()
    (step,) = record.steps
    assert 90 <= step.longest_work_ms < 200
    assert step.longest_in == "按 F2"


def test_what_does_not_come_is_named(qtbot: QtBot, around: QWidget, tmp_path: Path) -> None:
    def waits() -> Play[None]:
        yield Until("永远不来的", lambda: False, seconds=0.05)

    record = played(qtbot, around, Record(tmp_path), waits)
    assert "永远不来的" in record.problem
    assert record.stopped_in == "第 1 步"


@pytest.mark.modal
def test_the_crash_window_ends_the_demo(qtbot: QtBot, around: QWidget, tmp_path: Path) -> None:
    crash = CrashWindow(RuntimeError("差错"), around)

    def errs() -> Play[None]:
        crash.open()
        yield None
        yield None

    record = played(qtbot, around, Record(tmp_path), errs)
    assert "出错" in record.problem
    crash.close()
