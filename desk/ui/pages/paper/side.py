"""The right side of the paper page: what may be chosen for a kind of paper. One class a kind."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.ui.context import Context

if TYPE_CHECKING:
    from desk.services.papers import Paper

Make = Callable[[], "Paper | Done[Paper]"]
"""Makes the paper, in the background."""

if TYPE_CHECKING:
    from desk.services.outcome import Done


class Side(QWidget):
    """What the page asks of a side.

    Signals:
        wanted: a paper is to be made as now chosen.
    """

    wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(10)

    def begin(self, words: str) -> None:
        """Take what the navigator said after the kind of paper."""

    def begin_day(self) -> None:
        """Say anew what is told by the day; what was chosen stays."""

    def maker(self) -> "Make | None":
        """Return what makes the paper as now chosen; None while something is still to be chosen."""
        return None

    def waiting_text(self) -> str:
        """What stands in the preview while there is nothing to show."""
        return ""

    def show_paper(self, paper: "Paper") -> None:
        """Show what is known of the paper just made."""
