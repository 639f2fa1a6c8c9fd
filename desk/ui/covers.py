"""What may lie over the pages: nothing, the lock, or the curtain. Pages stay alive with every typed word."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from desk.ui.curtain import Curtain
from desk.ui.lock import LockPage


class Covers(QStackedWidget):
    """Shows the body, or hides it and every other window of the program behind a cover."""

    def __init__(self, body: QWidget, lock_page: LockPage, curtain: Curtain) -> None:
        super().__init__()
        self._body = body
        self._lock_page = lock_page
        self._curtain = curtain
        self._others: list[QWidget] = []
        self._focus: QWidget | None = None
        for layer in (body, lock_page, curtain):
            self.addWidget(layer)
        lock_page.unlocked.connect(self.uncover)
        curtain.opened.connect(self.uncover)

    @property
    def is_open(self) -> bool:
        """Whether the pages are in view."""
        return self.currentWidget() is self._body

    def lock(self) -> None:
        """Hide everything behind the lock, from the curtain too."""
        if self.currentWidget() is not self._lock_page:
            self._cover(self._lock_page)
            self._lock_page.lock()

    def draw_curtain(self) -> None:
        """Hide everything at once, or open again; a locked desk stays locked."""
        if self.currentWidget() is self._curtain:
            self._curtain.opened.emit()
        elif self.is_open:
            self._cover(self._curtain)
            self._curtain.setFocus()

    def uncover(self) -> None:
        """Show the pages and windows again and put the focus back where it was."""
        self.setCurrentWidget(self._body)
        for other in self._others:
            other.show()
        self._others = []
        if self._focus is not None:
            self._focus.setFocus()
            self._focus = None

    def _cover(self, layer: QWidget) -> None:
        if self.is_open:
            # A half-composed word is put into its field first, or hiding would drop it.
            QGuiApplication.inputMethod().commit()
            self._focus = QApplication.focusWidget()
            own = self.window()
            self._others = [
                each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not own
            ]
            for other in self._others:
                other.hide()
        self.setCurrentWidget(layer)
