"""What of the page is imported only when it is wanted, so that the list comes into view at once.

Off the Qt thread: together it takes three times as long as the list. Each may be called more than once.
"""

from typing import TYPE_CHECKING

from desk.ui.context import Context

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desk.services.papers import Paper
    from desk.ui.pages.consultation.record_view import RecordView
    from desk.ui.pages.consultation.sheet import Sheet
    from desk.ui.pages.consultation.sheet_view import SheetView
    from desk.ui.pages.consultation.tools import Tools


def sheet() -> "tuple[type[Sheet], type[SheetView]]":
    """Return the form as it is worked on and as it looks."""
    from desk.ui.pages.consultation.sheet import Sheet
    from desk.ui.pages.consultation.sheet_view import SheetView

    return Sheet, SheetView


def record() -> "type[RecordView]":
    """Return an ended consultation to read."""
    from desk.ui.pages.consultation.record_view import RecordView

    return RecordView


def tools() -> "type[Tools]":
    """Return joint days, interests and the library."""
    from desk.ui.pages.consultation.tools import Tools

    return Tools


def show_paper(paper: "Paper", context: Context, over: "QWidget") -> None:
    """Open the window that shows a paper, prints and saves it."""
    from desk.ui.preview import window

    window.show_paper(paper, context, over)
