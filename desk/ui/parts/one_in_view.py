"""A stack of pages that asks for the room of the page in view alone."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget


class OneInView(QStackedWidget):
    """Pages behind one another; what is out of view is not measured.

    Qt's own stack asks each page it holds for its size whenever anything around it is laid out, and a stack
    in a page asks twice for each time it is asked itself. With a job in Python beside, each answer of a
    layout of ours waits for Python's lock.
    """

    def sizeHint(self) -> QSize:
        """Want what the page in view wants."""
        page = self.currentWidget()
        return page.sizeHint() if page is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Shrink no further than the page in view."""
        page = self.currentWidget()
        return page.minimumSizeHint() if page is not None else super().minimumSizeHint()

    def hasHeightForWidth(self) -> bool:
        """Take the room there is: a page scrolls or shares it out itself."""
        return False
