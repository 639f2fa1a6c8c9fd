"""What the head does with a hit: look at the record behind it, and judge a namesake (FL-11)."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desk.services.consultation.values import Consultation, HitView
from desk.services.outcome import Done
from desk.text import _
from desk.ui.context import Context


class Judge(QObject):
    """Both are written down; nobody but the head gets the buttons.

    Signals:
        judged: the consultation as it is now.
    """

    judged = Signal(object)

    def __init__(self, context: Context, card: Callable[[], Consultation | None], parent: QObject) -> None:
        """Args: `card` returns the consultation in view."""
        super().__init__(parent)
        self._context = context
        self._card = card

    def look(self) -> None:
        """Show which record stands against this adviser."""
        check_id, checks = self._check_id(), self._context.services.consultation.checks
        if check_id:
            self._context.tasks.run(
                lambda: checks.look(check_id), done=self._on_hit, owner=self, lane="write"
            )

    def judge(self) -> None:
        """Judge that only a name agreed, with a reason."""
        check_id, checks = self._check_id(), self._context.services.consultation.checks
        if not check_id:
            return

        def write(reason: str) -> None:
            self._context.tasks.run(
                lambda: checks.judge(check_id, reason), done=self._on_judged, owner=self, lane="write"
            )

        self._context.notices.ask_text(_("凭什么认定只是同名、不是同一人？（会记入审计）"), write)

    def _check_id(self) -> str:
        card = self._card()
        return card.conflict.check_id if card is not None else ""

    def _on_hit(self, hit: HitView) -> None:
        self._context.notices.warn(hit.sentence)

    def _on_judged(self, done: Done[Consultation]) -> None:
        self.judged.emit(done.value)
