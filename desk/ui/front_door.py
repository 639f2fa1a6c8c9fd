"""The window before the desk is open: sign-on, or the wizard at the first start."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desk.text import _
from desk.ui.parts.banner import Banner
from desk.ui.parts.boxes import column, label, row


class FrontDoor(QWidget):
    """Shows the station's red banner at once and the way in as soon as it is known.

    Signals:
        painted: the window stands on the screen; whatever is slow may begin now.
        closing: the window is being closed by the person.
    """

    painted = Signal()
    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        self.setWindowTitle(_("接待台"))
        self._is_painted = False
        self._stack = QStackedWidget()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._stack, 1)
        self.notice_place = row(margin=12)
        box.addLayout(self.notice_place)

    def hold_page(self, page: QWidget) -> None:
        """Take a page that is not ready to be shown."""
        if self._stack.count() == 0:
            # A stack shows its first page at once.
            self._stack.addWidget(QWidget())
        self._stack.addWidget(page)

    def show_page(self, page: QWidget) -> None:
        """Bring a page into view."""
        if self._stack.indexOf(page) < 0:
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)

    def show_problem(self, sentence: str, way_out: str, *actions: QWidget) -> None:
        """Say why the desk cannot be opened at all, and what can be done here."""
        words = column(Banner(), label(sentence, "title", wrap=True), label(way_out, wrap=True), gap=12)
        words.addLayout(row(*actions, None))
        page = QWidget()
        page.setLayout(column(None, row(None, words, None), None, margin=40))
        self.show_page(page)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once that the window is there."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say that nobody wants to sign on."""
        self.closing.emit()
        super().closeEvent(event)
