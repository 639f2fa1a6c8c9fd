"""One sheet on the grey ground, with its shadow, scrolled where it is larger than the room."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from desk.text import _
from desk.ui import style

_MARGIN = 22  # ground around the sheet
_SHADOW = ((9, 5), (7, 6), (5, 8), (3, 10), (1, 14))  # spread in px, strength of 255


class SheetView(QScrollArea):
    """Shows one sheet, or a sentence in its place.

    Signals:
        turned: pages to go on (-1, +1, or a great number to the first or last).
        zoomed: "fit" or "actual" was asked for by key.
        resized: there is another room for the sheet.
    """

    turned = Signal(int)
    zoomed = Signal(str)
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "sheet")
        self.setAccessibleName(_("预览"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.viewport().setAutoFillBackground(False)
        self._canvas = _Canvas()
        self.setWidget(self._canvas)
        self._canvas.setAutoFillBackground(False)  # the area has just turned it on
        self.setMinimumSize(220, 200)

    def room(self) -> QSize:
        """Return the pixels a whole sheet may take."""
        # Two pixels to spare: a picture is rounded up, and must not call for scroll bars.
        size, around = self.maximumViewportSize(), 2 * _MARGIN + 2
        return QSize(max(40, size.width() - around), max(40, size.height() - around))

    def show_image(self, image: QImage, description: str) -> None:
        """Show a sheet; `description` is read out by screen readers."""
        self._canvas.show_image(image)
        self.setAccessibleDescription(description)

    def say(self, sentence: str) -> None:
        """Show a sentence in place of the sheet."""
        self._canvas.say(sentence, self.room())
        self.setAccessibleDescription(sentence)

    def to_top(self) -> None:
        """Scroll to the head of the sheet."""
        self.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say that the room has changed."""
        super().resizeEvent(event)
        self._canvas.fit(self.room())
        self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page keys turn the pages, plus and minus change the size, arrows scroll."""
        key = event.key()
        turns = {
            Qt.Key.Key_PageDown: 1,
            Qt.Key.Key_PageUp: -1,
            Qt.Key.Key_Home: -1_000_000,
            Qt.Key.Key_End: 1_000_000,
        }
        if key in turns:
            self.turned.emit(turns[Qt.Key(key)])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoomed.emit("actual")
        elif key == Qt.Key.Key_Minus:
            self.zoomed.emit("fit")
        else:
            super().keyPressEvent(event)


class _Canvas(QWidget):
    """The sheet with its shadow, or the sentence."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self._sentence = ""

    def show_image(self, image: QImage) -> None:
        self._image, self._sentence = image, ""
        self.resize(self._sheet_size() + QSize(2 * _MARGIN, 2 * _MARGIN))
        self.update()

    def say(self, sentence: str, room: QSize) -> None:
        self._image, self._sentence = QImage(), sentence
        self.fit(room)
        self.update()

    def fit(self, room: QSize) -> None:
        """Take the whole room where there is only a sentence."""
        if self._image.isNull():
            self.resize(room + QSize(2 * _MARGIN, 2 * _MARGIN))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._image.isNull():
            painter.setPen(style.colour("ink"))
            inner = self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
            painter.drawText(inner, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._sentence)
            return
        sheet = QRect(QPoint(), self._sheet_size())
        sheet.moveCenter(self.rect().center())
        shadow = QColor(style.colour("ink"))
        painter.setPen(Qt.PenStyle.NoPen)
        for spread, strength in _SHADOW:
            shadow.setAlpha(strength)
            painter.setBrush(shadow)
            painter.drawRoundedRect(sheet.adjusted(-spread, 2 - spread, spread, 2 + spread), spread, spread)
        painter.drawImage(sheet, self._image)

    def _sheet_size(self) -> QSize:
        return self._image.deviceIndependentSize().toSize()
