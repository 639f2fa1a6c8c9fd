"""Plays the steps inside the running event loop, one action a turn."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from desk.demo import windows
from desk.demo.play import DemoProblem, Play, Step, Until
from desk.demo.probe import LoopProbe
from desk.demo.record import Record
from desk.errors import Problem
from desk.ui.crash import CrashWindow

_TURN_MS = 1
_LOOK_MS = 15
_FOCUSED = Until("窗口到前面来", windows.bring_forward)


class Player(QObject):
    """Goes through the steps with a timer and notes each in the record.

    Signals:
        ended: the last step is over, or one failed (then `record.problem` says why).
    """

    ended = Signal()

    def __init__(
        self,
        steps: Sequence[Step],
        record: Record,
        probe: LoopProbe,
        parent: QObject,
        alive: Callable[[], None] = lambda: None,
    ) -> None:
        """Args: `alive` is told at every turn that the loop still goes round (watchdog.py)."""
        super().__init__(parent)
        self._alive = alive
        self._steps: Iterator[Step] = iter(steps)
        self._record = record
        self._probe = probe
        self._step: Step | None = None
        self._play: Play[None] | None = None
        self._wait = _FOCUSED
        self._began = self._asked = 0.0
        self._bug: BaseException | None = None
        self._hook: Callable[..., object] = sys.excepthook
        self._timer = QTimer(self)
        self._timer.setObjectName("demo")
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._turn)

    def start(self) -> None:
        """Begin; a bug of the program ends the demo from now on."""
        self._hook = sys.excepthook
        sys.excepthook = self._on_bug
        self._probe.start()
        self._next_step()

    def _next_step(self) -> None:
        self._step = next(self._steps, None)
        if self._step is None:
            self._record.stopped_in = ""
            self._end()
            return
        self._record.stopped_in = self._step.name
        self._play, self._wait = self._step.act(), _FOCUSED
        self._began = self._asked = time.monotonic()
        self._probe.take()
        self._timer.start(_TURN_MS)

    def _turn(self) -> None:
        self._alive()
        try:
            with self._probe.own_turn():
                self._check()
            self._go_on()
        except (Problem, OSError) as problem:
            self._fail(problem)

    def _go_on(self) -> None:
        """Do the next action, or look whether what is waited for has come."""
        assert self._play is not None, "the timer runs during a step only"
        with self._probe.own_turn():
            is_time = self._wait.holds()
        if not (is_time and windows.bring_forward()):
            if time.monotonic() - self._asked > self._wait.seconds:
                raise DemoProblem(f"等了 {self._wait.seconds:.0f} 秒，没有等到：{self._wait.what}")
            self._timer.start(_LOOK_MS)
            return
        try:
            # The action may turn the event loop itself (QtTest does): the timer is started only afterwards.
            with self._probe.own_turn():
                self._wait = next(self._play) or _FOCUSED
        except StopIteration:
            self._step_over()
            return
        self._asked = time.monotonic()
        self._timer.start(_TURN_MS)

    def _step_over(self) -> None:
        assert self._step is not None, "a step is being played"
        self._record.step_done(self._step.name, time.monotonic() - self._began, self._probe.take())
        self._next_step()

    def _check(self) -> None:
        """Stop as soon as the program itself has erred."""
        if self._bug is not None:
            raise DemoProblem(f"程序出错：{type(self._bug).__name__}: {self._bug}")
        for window in QApplication.topLevelWidgets():
            if isinstance(window, CrashWindow) and window.isVisible():
                raise DemoProblem("程序出错，弹出了出错窗口")

    def _fail(self, problem: BaseException) -> None:
        self._record.problem = str(problem)
        self._end()

    def _end(self) -> None:
        self._timer.stop()
        self._probe.stop()
        sys.excepthook = self._hook
        self.ended.emit()

    def _on_bug(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self._bug = self._bug or error
        self._hook(kind, error, trace)
        # The bug may be the demo's own and have ended the turn.
        self._timer.start(_TURN_MS)
