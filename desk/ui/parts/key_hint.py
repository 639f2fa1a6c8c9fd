"""The little box that says which key does the same, and the button that carries one."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from desk.ui import style

_PAD = 5
_GAP = 6


class KeyHint(QLabel):
    """The name of a key in a small frame, such as F2."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(key, parent)
        self.setProperty("role", "key")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)


class KeyButton(QPushButton):
    """A button that shows its key beside its words; the words alone are its accessible name."""

    def __init__(self, text: str, key: str = "", kind: str = "", parent: QWidget | None = None) -> None:
        """Args: `kind` is "" or one of the kinds of 10_controls.qss: main, row, link."""
        super().__init__(text, parent)
        self.setProperty("kind", kind)
        self.setAccessibleName(text)
        self._key = key
        self._own_key = key

    def show_key(self, *, shown: bool) -> None:
        """Show the key or, where the room is short, keep it for the tool tip."""
        self._key = self._own_key if shown else ""
        self.setToolTip("" if shown else self._own_key)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Leave room for the key."""
        hint = super().sizeHint()
        return hint + QSize(key_width(self.font(), self._key) + _GAP, 0) if self._key else hint

    def minimumSizeHint(self) -> QSize:
        """Never shrink below words and key."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint frame and words to the left, the key to the right."""
        if not self._key:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        words = self.text()
        self._paint_frame(painter)
        key = key_width(self.font(), self._key)
        # The words of a main button are bold by the style sheet, which the widget's font() does not tell.
        painter.setFont(self._words_font())
        inner = QRect(0, 0, painter.fontMetrics().horizontalAdvance(words) + _GAP + key, self.height())
        inner.moveCenter(self.rect().center())
        painter.setPen(self._ink())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        on_accent = self._is_main() and self.isEnabled()
        paint_key(
            painter, QRect(inner.right() - key + 1, 0, key, self.height()), self._key, on_accent=on_accent
        )

    def _is_main(self) -> bool:
        return bool(self.property("kind") == "main")

    def _words_font(self) -> QFont:
        font = QFont(self.font())
        font.setBold(self._is_main() or font.bold())
        return font

    def _ink(self) -> QColor:
        if not self.isEnabled():
            return style.colour("ink_soft")
        return style.colour("on_accent" if self._is_main() else "ink")

    def _paint_frame(self, painter: QPainter) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)


def key_font(font: QFont) -> QFont:
    """Return `font` at the size of a key hint."""
    small = QFont(font)
    small.setBold(False)
    small.setPixelSize(style.size("small"))
    return small


def key_width(font: QFont, key: str) -> int:
    """Return the width of a painted key hint in pixels."""
    return QFontMetrics(key_font(font)).horizontalAdvance(key) + 2 * _PAD if key else 0


def paint_key(painter: QPainter, rect: QRect, key: str, *, on_accent: bool = False) -> None:
    """Paint a key hint in the middle of `rect`, as wide as `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(key_font(painter.font()))
    height = painter.fontMetrics().height() + 1
    box = QRect(rect.left(), rect.center().y() - height // 2, rect.width(), height)
    painter.setPen(QPen(style.colour("on_accent_line" if on_accent else "line")))
    painter.setBrush(Qt.BrushStyle.NoBrush if on_accent else style.colour("surface"))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(style.colour("on_accent" if on_accent else "ink_soft"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)
    painter.restore()
