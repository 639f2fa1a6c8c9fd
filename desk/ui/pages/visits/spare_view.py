"""A form built before somebody asks for it: it takes some 35 ms, and keys must get through meanwhile."""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desk.ui.pages.visits.case_view import CaseView

_QUIET_MS = 300


class SpareView(QObject):
    """Keeps one form ready. It is built in two turns of the loop, a quiet moment after the last was taken.

    Signals:
        ready: one is built and put together.
    """

    ready = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._view: CaseView | None = None
        self._timer = QTimer(self)
        self._timer.setObjectName("spare form")
        self._timer.setSingleShot(True)
        self._timer.setInterval(_QUIET_MS)
        self._timer.timeout.connect(self.build)

    def take(self) -> CaseView:
        """Return a form, the spare one if it is there."""
        view, self._view = self._view or CaseView(self._over), None
        view.assemble()
        self._timer.start()
        return view

    def start(self) -> None:
        """Build one in a quiet moment."""
        self._timer.start()

    def stop(self) -> None:
        """Build none for now."""
        self._timer.stop()

    def build(self) -> None:
        """Build one now, and put its parts together in the next turn of the loop."""
        if self._view is None:
            self._view = CaseView(self._over)
            self._view.hide()
            QTimer.singleShot(0, self._view, self._assemble)

    def _assemble(self) -> None:
        if self._view is not None:
            self._view.assemble()
            self.ready.emit()
