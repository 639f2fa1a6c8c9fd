"""How long the Qt thread was busy at a stretch: the time in which no key and no click was taken."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer

BEAT_MS = 4
_ROUND = QEvent.Type(QEvent.registerEventType())


@dataclass(frozen=True)
class Stretch:
    """The longest stretch of a period in milliseconds, by the clock and by the thread's own work.

    The two may be different moments: beside other programs the clock goes on while the thread waits for its
    turn. `doing` is what was done or waited for in the stretch with the most work.
    """

    wall_ms: float = 0.0
    work_ms: float = 0.0
    doing: str = ""


class LoopProbe(QObject):
    """A timer of the event loop that measures how late it comes.

    A stretch is the time between two beats less whatever was done `aside` (pictures) and what the demo does
    in its `own_turn` (it looks around for what to do next), where only its `acting` counts: a key, a click
    and what the program does about it. A beat counts only when the loop has come round after its timer: what
    else was due in the same turn (layouts, paint, other timers) belongs to one stretch, since no key would
    have got in between. A stretch is never measured too short; too long by one beat of idle time at most. A
    loop inside an action (QtTest's, a dialog's) takes keys too, so it ends a stretch like the outer one.
    Whoever acts or waits says in `doing` what is being done.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.doing = ""
        self._timer = QTimer(self)
        self._timer.setObjectName("loop probe")
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._come_round)
        self._wall = self._work = 0.0
        self._aside_wall = self._aside_work = 0.0
        self._longest = Stretch()
        self._depth, self._is_own = 0, False
        self._is_on = False

    def start(self) -> None:
        """Begin to measure."""
        self._wall, self._work = time.monotonic(), time.thread_time()
        self._is_on = True
        self._timer.start()

    def stop(self) -> None:
        """Measure no more."""
        self._is_on = False
        self._timer.stop()

    def take(self) -> Stretch:
        """Return the longest stretch since the last call and begin a new period."""
        self.beat()
        longest, self._longest = self._longest, Stretch()
        return longest

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Leave out what is done inside: it is the demo's own work, not the program's."""
        self._turn(self._depth + 1, is_own=self._is_own)
        try:
            yield
        finally:
            self._turn(self._depth - 1, is_own=self._is_own)

    @contextmanager
    def own_turn(self) -> Iterator[None]:
        """Leave out a whole turn of the demo, but for what it does in it by `acting`."""
        self._turn(self._depth, is_own=True)
        try:
            yield
        finally:
            self._turn(self._depth, is_own=False)

    @contextmanager
    def acting(self, doing: str) -> Iterator[None]:
        """Measure a key or a click, and what the program does about it; it counts unless it is aside."""
        self.doing, was = doing, self._is_own
        self._turn(self._depth, is_own=False)
        try:
            yield
        finally:
            self._turn(self._depth, is_own=was)

    def _turn(self, depth: int, *, is_own: bool) -> None:
        before = self._left_out()
        self._depth, self._is_own = depth, is_own
        if before != self._left_out():
            # Going in takes the time off, coming out adds it again: what is left is how long it was.
            sign = 1 if before else -1
            self._aside_wall += sign * time.monotonic()
            self._aside_work += sign * time.thread_time()

    def _left_out(self) -> bool:
        return self._depth > 0 or self._is_own

    def customEvent(self, event: QEvent) -> None:
        """Beat: this is the first thing done in a turn of the loop."""
        if event.type() == _ROUND and self._is_on:
            self.beat()
            self._timer.start()

    def _come_round(self) -> None:
        QCoreApplication.postEvent(self, QEvent(_ROUND), Qt.EventPriority.HighEventPriority.value)

    def beat(self) -> None:
        """Look at the clock; the loop does so at every beat."""
        if self._left_out():
            return
        wall, work = time.monotonic(), time.thread_time()
        wall_ms = max(0.0, (wall - self._wall - self._aside_wall) * 1000)
        work_ms = max(0.0, (work - self._work - self._aside_work) * 1000)
        self._wall, self._work = wall, work
        self._aside_wall = self._aside_work = 0.0
        longest = self._longest
        self._longest = Stretch(
            max(longest.wall_ms, wall_ms),
            max(longest.work_ms, work_ms),
            self.doing if work_ms > longest.work_ms else longest.doing,
        )
