"""How a cell of a table looks: text, pill or dots, the tint of the chosen row, the thin line below."""

from typing import Any, Protocol

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desk.ui import style
from desk.ui.parts.pill import paint_pill, pill_size
from desk.ui.parts.six_ones import paint_dots

_Index = QModelIndex | QPersistentModelIndex


class Rows(Protocol):
    """What is asked of the rows: the columns (`Column` of the table), a row, the short word of a cell."""

    columns: tuple[Any, ...]

    def row(self, index: int) -> Any:
        """Return the value of a row."""

    def flagged(self, index: _Index) -> str:
        """Return the short word of a cell, "" for none."""


class Cells(QStyledItemDelegate):
    """Paints a cell: the tint of the chosen row, text, pill or dots, and the thin line below.

    Tone and dots come from the rows themselves: asked through Qt, each would give Python's lock away and wait
    to have it back twice a cell, beside whatever else runs.
    """

    def __init__(self, rows: Rows, parent: QObject) -> None:
        super().__init__(parent)
        self._rows = rows

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        column, row = self._rows.columns[index.column()], self._rows.row(index.row())
        tone = column.tone(row) if column.tone is not None else ""
        dots = column.dots(row) if column.dots is not None else None
        # A copy: the option's own is cut where a flag takes the end of the cell.
        box = QRect(option.rect)  # type: ignore[attr-defined]  # the stubs leave out the option's members
        selected = option.state & QStyle.StateFlag.State_Selected  # type: ignore[attr-defined]  # the same
        if tone or dots is not None:
            if selected:
                painter.fillRect(box, style.colour("accent_soft"))
            inner = box.adjusted(8, 0, -4, 0)
            if dots is not None:
                paint_dots(painter, inner, dots)
            else:
                painter.setFont(option.font)  # type: ignore[attr-defined]  # the same
                paint_pill(painter, inner, column.text(row), tone)
        else:
            option.state &= ~QStyle.StateFlag.State_HasFocus  # type: ignore[attr-defined]  # the same
            if words := self._rows.flagged(index):
                self._paint_flag(painter, option, words)
            super().paint(painter, option, index)
        painter.setPen(style.colour("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())

    @staticmethod
    def _paint_flag(painter: QPainter, option: QStyleOptionViewItem, words: str) -> None:
        """Paint the word at the right end of the cell and leave the rest to its text."""
        box = QRect(option.rect)  # type: ignore[attr-defined]  # the stubs leave out the option's members
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]  # the same
            painter.fillRect(box, style.colour("accent_soft"))
        painter.setFont(option.font)  # type: ignore[attr-defined]  # the same
        width = pill_size(option.font, words).width()  # type: ignore[attr-defined]  # the same
        paint_pill(painter, box.adjusted(box.width() - width - 6, 0, -2, 0), words, "amber")
        option.rect = box.adjusted(0, 0, -width - 8, 0)  # type: ignore[attr-defined]  # the same
