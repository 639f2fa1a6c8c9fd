"""Work that only the Qt thread can do, such as building a page, cut into slices over turns of its loop.

Between two slices keys, clicks and paint get through, so that nothing built holds the window up for long.
"""

import time
import weakref
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

_SLICE_S = 0.008
# Not 0: Qt would run the next slice before the timers that have become due in the meantime.
_PAUSE_MS = 1
_AT_ONCE = 16  # widgets dressed in one step, some milliseconds


@dataclass(frozen=True)
class _Job:
    """Steps on their way, and whom they are for."""

    owner: weakref.ref[QObject]
    steps: Iterator[object]
    done: Callable[[], None]


class Turns(QObject):
    """Runs steps in their order, as many in one turn of the loop as fit into some milliseconds."""

    def __init__(
        self, parent: QObject | None = None, seconds: Callable[[], float] = time.perf_counter
    ) -> None:
        """Args: `seconds` is the watch by which a slice is cut off."""
        super().__init__(parent)
        self._seconds = seconds
        self._jobs: deque[_Job] = deque()
        self._timer = QTimer(self)
        self._timer.setObjectName("turns")
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._on_time)
        self._is_fresh = False

    def run(
        self, steps: Iterator[object], *, done: Callable[[], None] = lambda: None, owner: QObject
    ) -> None:
        """Go through `steps` (a generator that yields where it may be interrupted), then call `done`.

        Nothing more is done once `owner` is gone. What steps raise is a bug and flies.
        """
        self._jobs.append(_Job(weakref.ref(owner), steps, done))
        if not self._timer.isActive():
            self._is_fresh = True
            self._timer.start()

    def stop(self) -> None:
        """Drop what has not been done."""
        self._timer.stop()
        self._jobs.clear()

    def _on_time(self) -> None:
        if self._is_fresh:
            # The key that asked for it has kept the loop, and its page is laid out and painted in this very
            # turn: the first slice comes in the next one.
            self._is_fresh = False
            self._timer.start()
        else:
            self._go_on()

    def _go_on(self) -> None:
        until = self._seconds() + _SLICE_S
        try:
            while self._jobs and self._seconds() < until:
                self._step(self._jobs[0])
        finally:
            if self._jobs:
                self._timer.start()

    def _step(self, job: _Job) -> None:
        owner = job.owner()
        if owner is None or not shiboken6.isValid(owner):
            self._jobs.popleft()
            return
        try:
            next(job.steps)
        except StopIteration:
            self._jobs.popleft()
            job.done()
        except BaseException:
            self._jobs.popleft()
            raise


def dress(widget: QWidget) -> Iterator[None]:
    """Let the style sheet look at a hidden widget and all it holds, one after the other.

    Qt does so when a widget is first shown, for a whole page at once, which is a third of the time a page
    takes. The widget must stand in its window already: a rule may ask what is around it.
    """
    at = 0
    while shiboken6.isValid(widget):
        # Looked up anew after each pause: Qt deletes widgets of its own without telling Python. The inner
        # ones come first: a widget takes along what it holds.
        some = [widget, *widget.findChildren(QWidget)][::-1][at : at + _AT_ONCE]
        for each in some:
            each.ensurePolished()
        if len(some) < _AT_ONCE:
            return
        at += _AT_ONCE
        yield
