"""A field to pick one of many words; not to be typed in: editable popups take no Chinese (peers.md 2.7)."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

from desk.ui import style

_AROUND = 36  # pixels that frame, padding and arrow take of the width (10_controls.qss)


class Combo(QComboBox):
    """One code out of a list of (code, words). Screen readers name a combo by its current words."""

    def __init__(self, choices: Sequence[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Replace the list, keeping the chosen code if it is still there."""
        chosen = self.value()
        blocked = self.blockSignals(True)
        self.clear()
        for code, words in choices:
            self.addItem(words, code)
        self.set_value(chosen)
        self.blockSignals(blocked)

    def value(self) -> str:
        """Return the code chosen, "" for an empty list."""
        return str(self.currentData() or "")

    def set_value(self, code: str) -> None:
        """Choose a code; an unknown one chooses the first."""
        self.setCurrentIndex(max(0, self.findData(code)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll; a wheel turned over a form must not change an answer."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Add the small arrow, in the colour of the theme; words that are too long end in dots."""
        room = self.width() - _AROUND
        if self.fontMetrics().horizontalAdvance(self.currentText()) <= room:
            super().paintEvent(event)
        else:
            self._paint_short(room)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(style.colour("ink_soft"), 1.5))
        x, y = self.width() - 16.0, self.height() / 2
        painter.drawPolyline(QPolygonF([QPointF(x - 4, y - 2), QPointF(x, y + 2), QPointF(x + 4, y - 2)]))

    def _paint_short(self, room: int) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        # The stubs leave out the option's members.
        option.currentText = self.fontMetrics().elidedText(  # type: ignore[attr-defined]
            self.currentText(), Qt.TextElideMode.ElideRight, room
        )
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
