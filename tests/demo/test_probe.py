"""The probe of the event loop: what counts as a stretch and what is left out."""

import time
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from desk.demo.probe import BEAT_MS, LoopProbe, Stretch


def work(milliseconds: float) -> None:
    """Keep the thread busy, by its own work: beside other programs more time goes by on the wall."""
    until = time.thread_time() + milliseconds / 1000
    while time.thread_time() < until:
        pass


def test_a_busy_slot_is_a_stretch(qtbot: QtBot) -> None:
    probe = LoopProbe()
    probe.start()
    done: list[bool] = []
    QTimer.singleShot(10, lambda: (work(60), done.append(True)))
    qtbot.waitUntil(lambda: bool(done))
    taken = probe.take()
    probe.stop()
    assert taken.wall_ms >= 60 - BEAT_MS
    assert taken.work_ms > 0


def test_what_is_done_aside_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = SimpleNamespace(now=0.0)
    watch.monotonic = watch.thread_time = lambda: watch.now
    monkeypatch.setattr("desk.demo.probe.time", watch)
    probe = LoopProbe()
    probe.start()
    with probe.aside(), probe.aside():
        watch.now += 0.2
        probe.beat()
    watch.now += 0.05
    probe.stop()
    taken = probe.take()
    assert taken.wall_ms == pytest.approx(50 - BEAT_MS)
    assert taken.work_ms == pytest.approx(50)


def test_a_period_begins_anew_when_it_is_taken() -> None:
    probe = LoopProbe()
    probe.start()
    work(60)
    assert probe.take().wall_ms >= 60 - BEAT_MS
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
