"""Says that a new day has begun: a desk stays on overnight, and nobody has to press a key for it to know."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from desk import clock
from desk.ui.live import Live


class NewDay(QObject):
    """Compares the day whenever it is told to look, and announces another one once.

    No timer counts the hours to midnight: after a sleep, or a clock that was set, it would be wrong.
    Behind the lock nothing may be asked: a day that begins there is announced when the pages are back.
    """

    def __init__(self, live: Live, may_look: Callable[[], bool], parent: QObject) -> None:
        """Args: `may_look` tells whether the pages are in view."""
        super().__init__(parent)
        self._live = live
        self._may_look = may_look
        self._day = clock.today()

    @Slot()
    def look(self) -> None:
        """Announce the day if it is another one than at the last look at the pages."""
        today = clock.today()
        if today != self._day and self._may_look():
            self._day = today
            self._live.begin_day(today)
