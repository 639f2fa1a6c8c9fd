"""The cells of a table: a text ends where its room ends, a flag takes the end, soft text is pale."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication

from desk.ui import style
from desk.ui.parts.cells import Cells

_BOX = QRect(0, 0, 200, 30)


def _painted(enabled: bool = True, **how: object) -> QImage:
    """Paint one text into a white picture twice as wide as the cell."""
    image = QImage(2 * _BOX.width(), _BOX.height(), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    font = QFont()
    font.setPixelSize(14)
    words = str(how.pop("words", "路灯坏了"))
    Cells(painter, font, enabled=enabled).write(_BOX, words, **how)  # type: ignore[arg-type]  # the tests' own words
    painter.end()
    return image


def _inked(image: QImage) -> list[int]:
    """Return the columns in which something was painted."""
    ground = QColor("white").rgb()
    return [
        x for x in range(image.width()) if any(image.pixel(x, y) != ground for y in range(image.height()))
    ]


def _darkest(image: QImage) -> int:
    return min(
        QColor(image.pixel(x, y)).lightness() for x in range(image.width()) for y in range(image.height())
    )


def test_a_long_text_ends_inside_its_cell(qapp: QApplication) -> None:
    style.apply(qapp, 100)
    inked = _inked(_painted(words="路灯坏了一个多月，晚上老人接孩子看不见路"))
    assert inked[0] >= 8
    assert 150 < inked[-1] <= _BOX.right() - 8


def test_a_short_text_is_painted_whole(qapp: QApplication) -> None:
    style.apply(qapp, 100)
    assert _inked(_painted(words="路灯坏了"))[-1] < 80


def test_a_flag_stands_at_the_end_and_the_text_before_it(qapp: QApplication) -> None:
    style.apply(qapp, 100)
    plain = _inked(_painted(words="路灯坏了一个多月，晚上老人接孩子"))
    flagged = _inked(_painted(words="路灯坏了一个多月，晚上老人接孩子", flag="有冲突"))
    assert flagged[-1] > plain[-1]
    gap = [x for x in range(8, flagged[-1]) if x not in flagged]
    assert any(100 < x < 150 for x in gap)


def test_soft_and_closed_text_is_paler(qapp: QApplication) -> None:
    style.apply(qapp, 100)
    ink = _darkest(_painted())
    assert _darkest(_painted(soft=True)) > ink
    assert _darkest(_painted(enabled=False)) > ink
    assert _darkest(_painted(strong=True)) <= ink
