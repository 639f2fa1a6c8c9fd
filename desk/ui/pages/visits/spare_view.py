"""A form built before somebody asks for it: in one go it takes 100 ms, in which no key would get through."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from desk.ui.pages.visits.case_view import CaseView
from desk.ui.tasks import Tasks
from desk.ui.turns import dress


class SpareView(QObject):
    """Keeps one form ready, built in slices as soon as the last one was taken.

    Signals:
        ready: one is built, put together and dressed.
    """

    ready = Signal()

    def __init__(self, stack: QStackedWidget, tasks: Tasks) -> None:
        """Args: `stack` is where forms are shown; a spare one waits there unseen."""
        super().__init__(stack)
        self._stack = stack
        self._tasks = tasks
        self._view: CaseView | None = None

    def take(self) -> CaseView:
        """Return a form, the spare one if it is there; what is not built yet of it is built now."""
        view, self._view = self._view or CaseView(self._stack), None
        for _step in view.build():
            pass
        if self._stack.indexOf(view) < 0:
            self._stack.addWidget(view)
        self.prepare()
        return view

    def prepare(self) -> None:
        """Build one in the next turns of the loop, unless there is one."""
        if self._view is None:
            view = CaseView(self._stack)
            self._view = view
            self._tasks.by_turns(self._steps(view), owner=view)

    def _steps(self, view: CaseView) -> Iterator[None]:
        yield from view.build()
        if self._view is not view:
            return  # taken half-built
        self._stack.addWidget(view)
        yield
        yield from dress(view)
        self.ready.emit()
