"""The probe of the event loop: what counts as a stretch and what is left out."""

import time
from collections.abc import Callable
from functools import partial
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QCoreApplication, QTimer
from pytestqt.qtbot import QtBot

from desk.demo.probe import BEAT_MS, LoopProbe, Stretch


class Counting(LoopProbe):
    """Tells how often it has beaten."""

    beats = 0

    def beat(self) -> None:
        """Count."""
        self.beats += 1
        super().beat()


def work(milliseconds: float) -> None:
    """Keep the thread busy, by its own work: beside other programs more time goes by on the wall."""
    until = time.thread_time() + milliseconds / 1000
    while time.thread_time() < until:
        pass


def go_round(probe: Counting) -> None:
    """Let a loop inside an action turn until the probe has beaten in it, as QtTest's does after a key."""
    before = probe.beats
    while probe.beats == before:
        QCoreApplication.processEvents()


def longest(qtbot: QtBot, probe: LoopProbe, *acts: Callable[[], None]) -> Stretch:
    """Do this in a turn of the running loop and return the longest stretch."""
    done: list[bool] = []

    def act() -> None:
        for each in acts:
            each()
        done.append(True)

    probe.start()
    QTimer.singleShot(10, act)
    qtbot.waitUntil(lambda: bool(done))
    taken = probe.take()
    probe.stop()
    return taken


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Let the test say how much time goes by, on the wall and as the thread's work."""
    made = SimpleNamespace(now=1000.0)
    made.monotonic = made.thread_time = lambda: made.now
    monkeypatch.setattr("desk.demo.probe.time", made)
    return made


def test_a_busy_slot_is_a_stretch(qtbot: QtBot) -> None:
    taken = longest(qtbot, LoopProbe(), partial(work, 80))
    assert taken.work_ms >= 80
    assert taken.wall_ms >= 80


def test_a_block_is_seen_whole_in_a_loop_inside_an_action(qtbot: QtBot) -> None:
    probe = Counting()

    def nested() -> None:
        QTimer.singleShot(0, partial(work, 80))
        go_round(probe)
        go_round(probe)

    taken = longest(qtbot, probe, nested)
    assert taken.work_ms >= 80
    assert taken.wall_ms >= 80


def test_a_loop_inside_an_action_takes_keys_and_ends_a_stretch(qtbot: QtBot) -> None:
    probe = Counting()
    taken = longest(qtbot, probe, partial(work, 50), partial(go_round, probe), partial(work, 50))
    assert 50 <= taken.work_ms < 95


def test_what_is_due_in_the_same_turn_is_one_stretch(qtbot: QtBot) -> None:
    probe = LoopProbe()
    before, after = QTimer(probe), QTimer(probe)
    done: list[int] = []
    for timer in (before, after):
        timer.setSingleShot(True)
        timer.timeout.connect(lambda: (work(60), done.append(1)))

    def start() -> None:
        # The probe's own timer is due between the two, and all three are when the loop comes round.
        before.start(0)
        probe.start()
        after.start(BEAT_MS * 2)
        until = time.monotonic() + BEAT_MS * 4 / 1000
        while time.monotonic() < until:
            pass

    QTimer.singleShot(10, start)
    qtbot.waitUntil(lambda: len(done) == 2)
    taken = probe.take()
    probe.stop()
    assert taken.work_ms >= 120


def test_what_is_done_aside_does_not_count(watch: SimpleNamespace) -> None:
    probe = LoopProbe()
    probe.start()
    with probe.aside(), probe.aside():
        watch.now += 0.2
        probe.beat()
    watch.now += 0.05
    probe.stop()
    taken = probe.take()
    assert taken.wall_ms == pytest.approx(50)
    assert taken.work_ms == pytest.approx(50)


def test_of_its_own_turn_only_what_the_demo_does_to_the_program_counts(watch: SimpleNamespace) -> None:
    probe = LoopProbe()
    probe.start()
    watch.now += 0.01
    with probe.own_turn():
        watch.now += 0.2
        with probe.acting("按 F2"):
            watch.now += 0.03
        watch.now += 0.2
        probe.beat()
    watch.now += 0.02
    taken = probe.take()
    probe.stop()
    assert (taken.wall_ms, taken.work_ms) == (pytest.approx(60), pytest.approx(60))
    assert taken.doing == "按 F2"


def test_what_is_done_to_the_program_aside_is_left_out_all_the_same(watch: SimpleNamespace) -> None:
    """A path is typed into Qt's own window, a picture taken over several turns."""
    probe = LoopProbe()
    probe.start()
    with probe.own_turn():
        aside = probe.aside()
        aside.__enter__()
        with probe.acting("写字"):
            watch.now += 0.1
    watch.now += 0.2
    probe.beat()
    with probe.own_turn():
        watch.now += 0.3
        aside.__exit__(None, None, None)
        watch.now += 0.4
    watch.now += 0.005
    taken = probe.take()
    probe.stop()
    assert taken.work_ms == pytest.approx(5)


def test_a_loop_inside_an_action_of_the_demos_turn_beats(watch: SimpleNamespace) -> None:
    probe = LoopProbe()
    probe.start()
    with probe.own_turn(), probe.acting("按 F2"):
        watch.now += 0.04
        probe.beat()
        watch.now += 0.03
    taken = probe.take()
    probe.stop()
    assert taken.work_ms == pytest.approx(40)


def test_a_period_begins_anew_when_it_is_taken() -> None:
    probe = LoopProbe()
    probe.start()
    work(60)
    assert probe.take().wall_ms >= 60
    probe.stop()
    assert probe._longest == Stretch()


def test_it_tells_what_was_done_in_the_stretch_with_the_most_work() -> None:
    probe = LoopProbe()
    probe.start()
    for doing, milliseconds in (("按 F2", 5), ("按 F7", 60), ("等", 5)):
        probe.doing = doing
        work(milliseconds)
        probe.beat()
    probe.stop()
    assert probe.take().doing == "按 F7"


def test_stopped_it_beats_no_more(qtbot: QtBot) -> None:
    probe, ended = Counting(), list[bool]()
    probe.start()
    go_round(probe)
    probe.stop()
    before = probe.beats
    QTimer.singleShot(20, lambda: ended.append(True))
    qtbot.waitUntil(lambda: bool(ended))
    assert probe.beats == before
