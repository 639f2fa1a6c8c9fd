"""Imports pages before they are first asked for, while nobody touches anything (docs/decisions/0004)."""

import gc
from collections import deque
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer

from desk.ui.context import Context
from desk.ui.idle import Idle

_LOOK_MS = 1_000
_QUIET_MS = 5_000
"""How long nobody may have touched anything: whoever has just signed on presses a key within that."""


class Foresight(QObject):
    """Imports what is slow at first sight, one piece at a time, off the Qt thread.

    Whoever comes back meanwhile waits for one piece at most, and only where they ask for that very page.
    """

    def __init__(
        self, context: Context, pieces: Iterable[Callable[[], object]], idle: Idle, parent: QObject
    ) -> None:
        """Args: `pieces` run in the background, in their order, and touch no widget."""
        super().__init__(parent)
        self._context = context
        self._idle = idle
        self._left = deque(pieces)
        self._timer = QTimer(self)
        self._timer.setObjectName("foresight")
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to wait for a quiet moment."""
        if self._left:
            self._timer.start()

    def stop(self) -> None:
        """Leave the rest for when it is asked for."""
        self._timer.stop()

    def look(self) -> None:
        """Import the next piece if it is quiet (called every second)."""
        if self._idle.quiet_ms() >= _QUIET_MS:
            self._timer.stop()
            piece = self._left.popleft()
            self._context.tasks.run(piece, done=lambda _made: self._on_there(), owner=self, lane="care")

    def _on_there(self) -> None:
        if self._left:
            self._timer.start()
        else:
            # It stays. Looking through it for what can go would stop every thread.
            gc.freeze()
