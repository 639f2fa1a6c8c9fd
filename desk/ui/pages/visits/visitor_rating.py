"""Asks the visitor after a finished reception: opens the question, covers the form, hands the answer on."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from desk.text import _
from desk.ui.pages.visits.rating_window import RatingWindow
from desk.ui.parts.veil import BusyVeil


class VisitorRating(QObject):
    """One question. `window` is the question while it stands, None before and after.

    Signals:
        answered: a code of `labels.RATING` and the reason, if one was given; "" when the visitor or the
            clerk went on without an answer.
    """

    answered = Signal(str, str)

    def __init__(self, view: QWidget, station: str, parent: QObject) -> None:
        """Args: `view` is the form, covered while the visitor answers; `station` its name."""
        super().__init__(parent)
        self.window: RatingWindow | None = None
        self._view = view
        self._station = station
        self._veil = BusyVeil(view)
        self._veil.cancelled.connect(self.stop)

    def cover(self, words: str) -> None:
        """Cover the form while something is written, and say what."""
        self._veil.cover(words)

    def uncover(self) -> None:
        """Show the form again, unless the visitor is being asked."""
        if self.window is None:
            self._veil.lift()

    def ask(self) -> None:
        """Put the question on the other screen, or on this one when it is the only one."""
        self.window = RatingWindow(self._station)
        self.window.answered.connect(self._on_answered)
        self.window.ask(self._view.window().screen(), QApplication.screens())
        self._veil.cover(_("请来访人评价接待"), can_cancel=True)

    def stop(self) -> None:
        """Take the question back; without one there is nothing to do."""
        if self.window is not None:
            self.window.close()

    def _on_answered(self, value: str, reason: str) -> None:
        self.window = None
        self._view.window().activateWindow()
        self._veil.lift()
        self.answered.emit(value, reason)
