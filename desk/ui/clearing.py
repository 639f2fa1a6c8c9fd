"""Lets go of what nobody uses any more: on the Qt thread alone, the long part while nobody touches anything.

Python looks for circles that nobody holds in whatever thread made the last object. Where that is a lane, it
may free a widget's Python half at the very moment Qt asks that widget what it is, which Qt does without
Python's lock: the program ends there. So the lanes never look; the Qt thread does, between two events. And
Python looks through everything that is there, 50 to 100 ms at a time and with every thread waiting,
whenever enough of what is new has stayed: in the middle of a key, of a scroll, of a round that brings
thousands of records. Here it does so when it is quiet, and else only where memory would run full
(docs/decisions/0012-quiet-moments.md).
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

from desk.ui.idle import Idle

_YOUNG_MS = 50
_YOUNG, _MIDDLE = 700, 10
"""How many new objects call for a look, and how many looks for one at what stayed: Python's own numbers."""

_LOOK_MS = 5_000
_QUIET_MS = 5_000
_DUE: Final = 10
"""How many smaller collections call for a whole one: Python's own number."""
_AT_LAST: Final = 200
"""How many call for one at once: some 1.4 million objects that stayed, 100 to 200 MB."""


class SmallClearing(QObject):
    """Looks through what is new as soon as there is enough of it, on the Qt thread; no other thread does."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setObjectName("small clearing")
        self._timer.setInterval(_YOUNG_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Take it over from Python, before the first other thread begins."""
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.enable()

    def look(self) -> None:
        """Clear what is new if there is enough of it (called twenty times a second)."""
        new, young, _middle = gc.get_count()
        if new >= _YOUNG:
            gc.collect(1 if young >= _MIDDLE else 0)


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
        """Wait no longer."""
        self._timer.stop()

    def look(self) -> None:
        """Clear if it is due and quiet, or memory would run full (called every five seconds)."""
        due = gc.get_count()[2]
        if due >= _AT_LAST or (due >= _DUE and self._idle.quiet_ms() >= _QUIET_MS):
            gc.collect()
