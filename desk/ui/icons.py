"""The icons of resources/icons in the colours of the theme."""

from functools import cache

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desk import paths
from desk.ui import style

_SIDES = (24, 36, 48, 72)


def icon(name: str, tone: str = "ink_soft") -> QIcon:
    """Return an icon by file name, drawn in a colour token and sharp up to three times its size."""
    return _drawn(name, style.colour(tone).name())


@cache
def _drawn(name: str, hex_colour: str) -> QIcon:
    source = (paths.resources() / "icons" / f"{name}.svg").read_text("utf-8")
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", hex_colour).encode()))
    made = QIcon()
    for side in _SIDES:
        pixmap = QPixmap(QSize(side, side))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter)
        painter.end()
        made.addPixmap(pixmap)
    return made
