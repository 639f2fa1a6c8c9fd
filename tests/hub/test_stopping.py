"""Told to end: at once in one block, only behind its end in another."""

import os
import signal

import pytest

from desk.hub import stopping
from desk.hub.stopping import Stopped


def test_the_word_ends_a_block_and_the_handlers_are_put_back() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(Stopped), stopping.by_signal():
        os.kill(os.getpid(), signal.SIGTERM)
    assert signal.getsignal(signal.SIGTERM) is before


def _hold(done: list[str], *, told: bool) -> None:
    with stopping.by_signal(), stopping.held_back():
        if told:
            os.kill(os.getpid(), signal.SIGTERM)
        done.append("all")


def test_what_is_held_back_runs_to_its_end() -> None:
    done: list[str] = []
    with pytest.raises(Stopped):
        _hold(done, told=True)
    assert done == ["all"]
    _hold(done, told=False)
    assert len(done) == 2
