"""Lets go of what nobody uses any more while nobody touches anything.

Python looks through everything that is there, 50 to 100 ms at a time and with every thread waiting, whenever
enough of what is new has stayed: in the middle of a key, of a scroll, of a round that brings thousands of
records. Here it does so when it is quiet, and else only where memory would run full.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

from desk.ui.idle import Idle

_LOOK_MS = 5_000
_QUIET_MS = 5_000
_YOUNG, _MIDDLE = 700, 10
_DUE: Final = 10
"""How many smaller collections call for a whole one: Python's own number."""
_AT_LAST: Final = 200
"""How many call for one at once: some 1.4 million objects that stayed, 100 to 200 MB."""


def seldom() -> None:
    """From now on look through everything in the middle of something only where memory would run full."""
    gc.set_threshold(_YOUNG, _MIDDLE, _AT_LAST)


class Clearing(QObject):
    """Looks through everything for what can go, when it is due and it is quiet."""

    def __init__(self, idle: Idle, parent: QObject) -> None:
        super().__init__(parent)
        self._idle = idle
        self._timer = QTimer(self)
        self._timer.setObjectName("clearing")
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to wait for quiet moments."""
        self._timer.start()

    def stop(self) -> None:
        """Leave it to Python."""
        self._timer.stop()

    def look(self) -> None:
        """Clear if it is due and quiet (called every five seconds)."""
        if gc.get_count()[2] >= _DUE and self._idle.quiet_ms() >= _QUIET_MS:
            gc.collect()
