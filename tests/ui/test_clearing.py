"""What is new is looked through on the Qt thread alone; a whole collection waits for a quiet moment."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desk.ui.clearing import Clearing, SmallClearing
from desk.ui.idle import Idle
from tests.fakes import StopWatch


@pytest.fixture
def small(qtbot: QtBot) -> Iterator[SmallClearing]:
    """Small collections of the Qt thread; Python's own ways afterwards."""
    parent = QObject()
    made = SmallClearing(parent)
    made.start()
    yield made
    made.stop()
    assert gc.isenabled()


def collections(generation: int) -> int:
    return int(gc.get_stats()[generation]["collections"])


def until_due(times: int = 10) -> None:
    gc.collect()
    for _n in range(times):
        gc.collect(1)


def many() -> list[list[int]]:
    return [[n] for n in range(100_000)]


def test_a_lane_never_looks_and_the_qt_thread_soon_does(small: SmallClearing, qtbot: QtBot) -> None:
    gc.collect()
    before = [collections(n) for n in range(3)]
    kept: list[list[int]] = []
    lane = threading.Thread(target=lambda: kept.extend(many()))
    lane.start()
    lane.join()
    assert [collections(n) for n in range(3)] == before
    seen: list[int] = []

    def note(phase: str, _info: dict[str, int]) -> None:
        if phase == "start":
            seen.append(threading.get_ident())

    gc.callbacks.append(note)
    try:
        qtbot.waitUntil(lambda: collections(0) > before[0])
    finally:
        gc.callbacks.remove(note)
    assert set(seen) == {threading.get_ident()}
    assert len(kept) == 100_000


def test_what_stayed_for_a_while_is_looked_through_too(small: SmallClearing) -> None:
    gc.collect()
    before = collections(1)
    kept = []
    for _n in range(12):
        kept.append(many())
        small.look()
    assert collections(1) == before + 1
    assert len(kept) == 12


def test_few_new_things_are_left_alone(small: SmallClearing) -> None:
    gc.collect()
    before = collections(0)
    small.look()
    assert collections(0) == before


def test_the_whole_waits_for_a_quiet_moment(small: SmallClearing, watch: StopWatch) -> None:
    parent = QObject()
    made = Clearing(Idle(10), parent)
    made.start()
    until_due()
    before = collections(2)
    watch.ms = 4_999
    made.look()
    assert collections(2) == before
    watch.ms = 5_000
    made.look()
    assert collections(2) == before + 1
    made.look()
    assert collections(2) == before + 1
    made.stop()
    assert not made._timer.isActive()


def test_where_memory_would_run_full_it_comes_all_the_same(small: SmallClearing, watch: StopWatch) -> None:
    made = Clearing(Idle(10), small)
    watch.ms = 0
    until_due(199)
    before = collections(2)
    made.look()
    assert collections(2) == before
    gc.collect(1)
    made.look()
    assert collections(2) == before + 1
