"""A state said in a word on a soft ground; the colour only repeats the word."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desk.ui import style

TONES = {
    "plain": ("ink_soft", "surface"),
    "green": ("green", "green_soft"),
    "amber": ("amber", "amber_soft"),
    "red": ("accent", "accent_soft"),
    "blue": ("blue", "blue_soft"),
}


class Pill(QLabel):
    """A word in a rounded box: tones are plain, green, amber, red and blue."""

    def __init__(self, text: str = "", tone: str = "plain", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("role", "pill")
        self.setProperty("tone", tone)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def say(self, text: str, tone: str) -> None:
        """Change word and tone."""
        self.setText(text)
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            style.repolish(self)


def pill_font(font: QFont) -> QFont:
    """Return `font` at the size of a pill."""
    small = QFont(font)
    small.setPixelSize(style.size("label"))
    return small


def pill_size(font: QFont, text: str) -> QSize:
    """Return how large a pill with `text` is, for tables."""
    return QSize(QFontMetrics(pill_font(font)).horizontalAdvance(text) + 22, style.size("pill"))


def paint_pill(painter: QPainter, rect: QRect, text: str, tone: str) -> None:
    """Paint a pill at the left of `rect`, in the middle of its height, for tables."""
    ink, ground = TONES[tone]
    size = pill_size(painter.font(), text)
    box = QRect(
        rect.left(), rect.center().y() - size.height() // 2, min(size.width(), rect.width()), size.height()
    )
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(pill_font(painter.font()))
    painter.setPen(QPen(style.colour("line")) if tone == "plain" else Qt.PenStyle.NoPen)
    painter.setBrush(style.colour(ground))
    radius = size.height() / 2
    painter.drawRoundedRect(box, radius, radius)
    painter.setPen(style.colour(ink))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
