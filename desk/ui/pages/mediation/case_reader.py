"""Reads an open case, and again once it was changed elsewhere."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from desk.text import _
from desk.ui.context import Context
from desk.ui.pages.mediation.case_view import CaseView
from desk.ui.pages.mediation.case_writes import CaseWrites, Opened, read


class CaseReader(QObject):
    """Asks for one case; what is read before something was written from here is asked for again.

    Signals:
        read: the case, an `Opened`.
        refused: it cannot be seen (any more); the Problem.
    """

    read = Signal(object)
    refused = Signal(object)

    def __init__(self, context: Context, view: CaseView, writes: CaseWrites) -> None:
        super().__init__(writes)
        self._context = context
        self._view = view
        self._writes = writes
        self._seen: Opened | None = None

    def load(self) -> None:
        """Ask for the case."""
        services, case_id = self._context.services, self._writes.case_id
        self._context.tasks.run(
            lambda: read(services, case_id),
            done=partial(self._on_read, self._writes.turn),
            failed=self.refused.emit,
            owner=self,
            topic="case",
        )

    def refresh(self) -> None:
        """Ask again: something was changed elsewhere. What this case writes itself it reads itself."""
        if not self._writes.writer.telling:
            self.load()

    def tell(self, opened: Opened, *, drafted: bool) -> None:
        """Say that the record was changed elsewhere since what is half typed was begun, once a change."""
        seen, self._seen = self._seen, opened
        if drafted or (seen is not None and seen != opened):
            behind = any(part.is_behind(opened.card, opened.form) for part in self._view.parts.values())
            words = _("本案刚才在别处改过。您正在填的都留着，保存时两边合在一起；改了同一处的，会请您选。")
            self._view.overtaken.say(words if behind else "")

    def _on_read(self, turn: int, opened: Opened) -> None:
        if turn == self._writes.turn:
            self.read.emit(opened)
        else:
            self.refresh()
