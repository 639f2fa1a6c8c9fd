"""Looks after the store while the desk is open: whole after an unclean stop, and backed up every day."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desk.text import _
from desk.ui.context import Context

if TYPE_CHECKING:
    from desk.services.kit import Services

_HOUR_MS = 3_600_000
_MINUTES_MS = 120_000


class Caretaker(QObject):
    """Asks once whether the file is sound, and every hour whether the daily backup is due.

    Every two minutes the store is tidied, so that no save has to do it.
    """

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._services: Services = context.services
        self._timer = QTimer(self)
        self._timer.setObjectName("caretaker")
        self._timer.setInterval(_HOUR_MS)
        self._timer.timeout.connect(self.back_up)
        self._tidying = QTimer(self)
        self._tidying.setObjectName("caretaker tidying")
        self._tidying.setInterval(_MINUTES_MS)
        self._tidying.timeout.connect(self.tidy)

    def start(self) -> None:
        """Look now, and every hour from now on."""
        self._context.tasks.run(
            self._services.verify.quick_if_due, done=self._on_checked, owner=self, lane="care"
        )
        # What a crash left between a file and its row is cleared away; a failure is said.
        self._context.tasks.run(self._services.attachments.settle, owner=self, lane="write")
        self.back_up()
        self._timer.start()
        self._tidying.start()

    def stop(self) -> None:
        """Look no more; a check that is under way is given up, so that nobody waits for it."""
        self._timer.stop()
        self._tidying.stop()
        self._services.verify.give_up()

    def back_up(self) -> None:
        """Make the daily backup if it is due; a failure is said, but stops nobody."""
        self._context.tasks.run(self._services.backup.run_if_due, owner=self, lane="care")

    def tidy(self) -> None:
        """Spare the saves to come what would make them slow."""
        self._context.tasks.run(self._services.verify.tidy, owner=self, lane="care")

    def _on_checked(self, sound: bool) -> None:
        if not sound:
            self._context.notices.warn(
                _("数据文件检查没有通过。请马上备份，再到“设置 › 本机”核验数据，并联系维护人员。")
            )
