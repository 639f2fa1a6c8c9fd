"""Slices of work on the Qt thread: what comes between them, whom they are for, and how they end."""

import time
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desk.ui.turns import Turns, dress


def busy(milliseconds: float) -> None:
    """Keep the thread busy."""
    until = time.perf_counter() + milliseconds / 1000
    while time.perf_counter() < until:
        pass


@pytest.fixture
def turns(qtbot: QtBot) -> Iterator[Turns]:
    made = Turns()
    yield made
    made.stop()


def test_the_loop_turns_between_long_steps(turns: Turns, qtbot: QtBot) -> None:
    seen: list[str] = []
    tick = QTimer()
    tick.setInterval(1)
    tick.timeout.connect(lambda: seen.append("tick"))

    def steps() -> Iterator[None]:
        for _n in range(3):
            busy(12)
            seen.append("step")
            yield

    owner = QObject()
    tick.start()
    turns.run(steps(), done=lambda: seen.append("done"), owner=owner)
    qtbot.waitUntil(lambda: "done" in seen)
    tick.stop()
    first, last = seen.index("step"), len(seen) - 1 - seen[::-1].index("step")
    assert seen[first : last + 1].count("tick") >= 2


def test_the_first_slice_comes_after_a_turn_for_what_asked_for_it(turns: Turns, qtbot: QtBot) -> None:
    seen: list[str] = []
    owner, tick = QObject(), QTimer()
    tick.setSingleShot(True)
    tick.timeout.connect(lambda: seen.append("tick"))

    def key() -> None:
        turns.run((seen.append("slice") for _n in range(1)), owner=owner)
        tick.start(1)
        # Both timers are due when the loop comes round.
        busy(5)

    QTimer.singleShot(0, key)
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == ["tick", "slice"]


@pytest.fixture
def timeless(qtbot: QtBot) -> Iterator[Turns]:
    """Turns by a watch that stands still: no step is ever slow, however busy the machine is."""
    made = Turns(seconds=lambda: 0.0)
    yield made
    made.stop()


def test_short_steps_share_a_turn(timeless: Turns) -> None:
    turns, gone = timeless, list[int]()
    owner = QObject()
    turns.run((gone.append(n) for n in range(50)), owner=owner)
    turns._go_on()
    assert len(gone) == 50


def test_jobs_are_done_one_after_the_other(turns: Turns, qtbot: QtBot) -> None:
    said: list[str] = []
    owner = QObject()
    for name in ("first", "second"):
        turns.run(
            (said.append(name) for name in (name,)),
            done=lambda name=name: said.append(f"{name} done"),
            owner=owner,
        )
    qtbot.waitUntil(lambda: len(said) == 4)
    assert said == ["first", "first done", "second", "second done"]


def test_nothing_is_done_for_who_is_gone(turns: Turns, qtbot: QtBot) -> None:
    said: list[str] = []
    owner, other = QObject(), QObject()
    turns.run((said.append("no") for _n in range(1)), done=lambda: said.append("no"), owner=owner)
    turns.run(iter(()), done=lambda: said.append("yes"), owner=other)
    shiboken6.delete(owner)
    qtbot.waitUntil(lambda: bool(said))
    assert said == ["yes"]


def test_a_bug_ends_its_job_only(timeless: Turns, qtbot: QtBot) -> None:
    turns, said = timeless, list[str]()

    def broken() -> Iterator[None]:
        yield
        raise ValueError("a bug")

    owner = QObject()
    turns.run(broken(), done=lambda: said.append("no"), owner=owner)
    turns.run(iter(()), done=lambda: said.append("yes"), owner=owner)
    with pytest.raises(ValueError, match="a bug"):
        turns._go_on()
    qtbot.waitUntil(lambda: bool(said))
    assert said == ["yes"]


class Dressed(QLabel):
    """Counts how often the style has looked at it."""

    def __init__(self) -> None:
        super().__init__("字")
        self.looks = 0

    def event(self, event: QEvent) -> bool:
        self.looks += event.type() == QEvent.Type.Polish
        return super().event(event)


def test_what_is_dressed_is_not_dressed_again_when_shown(qtbot: QtBot) -> None:
    window, page, word = QWidget(), QWidget(), Dressed()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(page)
    box = QVBoxLayout(page)
    box.addWidget(word)
    box.addWidget(QLineEdit())
    page.hide()
    list(dress(page))
    assert word.looks == 1
    with qtbot.waitExposed(window):
        window.show()
        page.show()
    assert word.looks == 1


def test_many_are_dressed_in_several_steps_and_the_gone_are_left_out(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    words = [Dressed() for _n in range(40)]
    for word in words:
        word.setParent(page)
    steps = dress(page)
    next(steps)
    assert 0 < sum(word.looks for word in words) < 40
    shiboken6.delete(words[-1])
    assert list(steps)
    assert all(word.looks == 1 for word in words[:-1])
    gone = dress(page)
    next(gone)
    shiboken6.delete(page)
    assert not list(gone)
