"""The cells of a table as they look: text, pill or dots."""

from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QTableView

from desk.ui import style
from desk.ui.parts.pill import paint_pill, pill_size
from desk.ui.parts.six_ones import paint_dots

_IN_LINE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_PAD = 8  # as in the header


class Rows(Protocol):
    """What is asked of the rows: the columns (`Column` of the table), a row, the short word of a cell."""

    columns: tuple[Any, ...]

    def row(self, index: int) -> Any:
        """Return the value of a row."""

    def flagged(self, row: int, column: int) -> str:
        """Return the short word of a cell, "" for none."""


def paint_rows(view: QTableView, rows: Rows, part: QRect, high: int) -> None:
    """Paint the rows that reach into a part of a view: tint of the chosen one, cells, thin lines below."""
    painter, tops = QPainter(view.viewport()), _tops(view, part, high)
    chosen = {index.row() for index in view.selectionModel().selectedRows()}
    for row in chosen & tops.keys():
        painter.fillRect(part.left(), tops[row], part.width(), high, style.colour("accent_soft"))
    cells = Cells(painter, view.font(), enabled=view.isEnabled())
    for at, column in enumerate(rows.columns):
        left, width = view.columnViewportPosition(at), view.columnWidth(at)
        if width and left <= part.right() and left + width > part.left():
            for row, top in tops.items():
                box, soft = QRect(left, top, width, high), column.soft and row not in chosen
                _paint_cell(cells, box, column, rows.row(row), soft=soft, flag=rows.flagged(row, at))
    painter.setPen(style.colour("line"))
    for top in tops.values():
        painter.drawLine(part.left(), top + high - 1, part.right(), top + high - 1)


def _tops(view: QTableView, part: QRect, high: int) -> dict[int, int]:
    """Return the rows that reach into a part of the view, and where each begins."""
    first, last = view.rowAt(part.top()), view.rowAt(part.bottom())
    if first < 0:
        return {}
    top = view.rowViewportPosition(first)
    end = last + 1 if last >= 0 else view.model().rowCount()
    return {row: top + (row - first) * high for row in range(first, end)}


def _paint_cell(cells: "Cells", box: QRect, column: Any, row: Any, *, soft: bool, flag: str) -> None:
    if column.dots is not None:
        cells.dots(box, column.dots(row))
    elif column.tone is not None and (tone := column.tone(row)):
        cells.pill(box, column.text(row), tone)
    else:
        cells.write(box, column.text(row), strong=column.strong, soft=soft, flag=flag)


class Cells:
    """Paints one cell after the other; what all have in common is asked for once."""

    def __init__(self, painter: QPainter, font: QFont, *, enabled: bool = True) -> None:
        self._painter = painter
        bold = QFont(font)
        bold.setBold(True)
        self._fonts = (font, bold)
        self._metrics = (QFontMetrics(font), QFontMetrics(bold))
        # No letter is wider.
        self._letter = self._metrics[1].horizontalAdvance("国")
        self._inks = (style.colour("ink"), style.colour("ink_soft"))
        self._enabled = enabled

    def write(
        self, box: QRect, words: str, *, strong: bool = False, soft: bool = False, flag: str = ""
    ) -> None:
        """Paint a text, cut where the room ends, with a short word (`flag`) at the right end."""
        painter, room = self._painter, box.adjusted(_PAD, 0, -_PAD, 0)
        painter.setFont(self._fonts[strong])
        if flag:
            room.setRight(self._flag(box, flag) - _PAD)
        if len(words) * self._letter > room.width():
            words = self._metrics[strong].elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(self._inks[soft or not self._enabled])
        painter.drawText(room, _IN_LINE, words)

    def pill(self, box: QRect, words: str, tone: str) -> None:
        """Paint a word as a pill."""
        self._painter.setFont(self._fonts[False])
        paint_pill(self._painter, box.adjusted(_PAD, 0, -4, 0), words, tone)

    def dots(self, box: QRect, states: Sequence[str]) -> None:
        """Paint the six ones."""
        paint_dots(self._painter, box.adjusted(_PAD, 0, -4, 0), states)

    def _flag(self, box: QRect, words: str) -> int:
        """Paint the word at the right end of the cell and return where it begins."""
        left = box.right() - pill_size(self._painter.font(), words).width() - 5
        paint_pill(self._painter, box.adjusted(left - box.left(), 0, -2, 0), words, "amber")
        return left
