"""A whole collection waits for a quiet moment; without one it comes where memory would run full."""

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desk.ui import clearing
from desk.ui.clearing import Clearing
from desk.ui.idle import Idle
from tests.fakes import StopWatch


@pytest.fixture
def python_s_own() -> Iterator[None]:
    """Python's own ways before and after."""
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def wholes() -> int:
    return int(gc.get_stats()[2]["collections"])


def until_due() -> None:
    gc.collect()
    for _n in range(10):
        gc.collect(1)


def test_it_waits_for_a_quiet_moment(qtbot: QtBot, watch: StopWatch, python_s_own: None) -> None:
    clearing.seldom()
    parent = QObject()
    made = Clearing(Idle(10), parent)
    made.start()
    until_due()
    before = wholes()
    watch.ms = 4_999
    made.look()
    assert wholes() == before
    watch.ms = 5_000
    made.look()
    assert wholes() == before + 1
    made.look()
    assert wholes() == before + 1
    made.stop()
    assert not made._timer.isActive()


def test_many_that_stay_do_not_call_for_it_in_the_middle_of_something(python_s_own: None) -> None:
    clearing.seldom()
    gc.collect()
    before = wholes()
    kept = [[n] for n in range(100_000)]
    assert wholes() == before
    assert len(kept) == 100_000


def test_where_memory_would_run_full_it_comes_all_the_same(python_s_own: None) -> None:
    clearing.seldom()
    assert 0 < gc.get_threshold()[2] < 1_000
