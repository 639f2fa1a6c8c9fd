"""Keeps a table high enough to be read where the page itself scrolls."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QTableView

from desk.ui import style

_CHANGES = (QEvent.Type.FontChange, QEvent.Type.StyleChange)


class RowRoom(QObject):
    """Gives a table room for a number of rows at least, at every text size."""

    def __init__(self, table: QTableView, rows: int) -> None:
        super().__init__(table)
        self._table = table
        self._rows = rows
        table.installEventFilter(self)
        self._keep()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Measure again when the text size changes."""
        if event.type() in _CHANGES:
            self._keep()
        return super().eventFilter(watched, event)

    def _keep(self) -> None:
        # One more for the header.
        self._table.setMinimumHeight((self._rows + 1) * (style.size("control") + 1))
