"""How the hub ends when it is told to: whatever it started is stopped first, at any moment the word comes.

A signal ends a program on the spot, and uvicorn hands those it took on to whoever had them before. So ours
are there before anything is started and raise `Stopped`, on whose way out everything is put away.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

_WORDS: Final = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)
)


class Stopped(BaseException):
    """The program was told to end. No failure: nothing but `main` catches it."""


@contextmanager
def by_signal() -> Iterator[None]:
    """Raise `Stopped` in this block when the program is told to end. Call it in the main thread only."""
    with _heard(_raise):
        yield


@contextmanager
def held_back() -> Iterator[None]:
    """Let this block run to its end whoever says what; raise `Stopped` only then."""
    told: list[int] = []
    with _heard(lambda number, _frame: told.append(number)):
        yield
    if told:
        raise Stopped


@contextmanager
def _heard(by: "signal._HANDLER") -> Iterator[None]:
    before = {word: signal.signal(word, by) for word in _WORDS}
    try:
        yield
    finally:
        for word, handler in before.items():
            signal.signal(word, handler)


def _raise(_number: int, _frame: FrameType | None) -> None:
    raise Stopped
