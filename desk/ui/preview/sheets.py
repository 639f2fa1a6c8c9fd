"""The sheets of a paper as pictures, at any resolution: what the preview shows and the printer gets.

Everything here runs in the background (PDFium holds a lock of its own) and touches no widget.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from desk.services.pdf import render

if TYPE_CHECKING:
    from desk.services.papers import Paper

_STRIP_DPI = 203
_ROLLS = {384: 58.0, 576: 80.0}  # dots across → mm of the roll (domain.md 13.2)
_MM_PER_INCH = 25.4


@dataclass(frozen=True)
class SheetSize:
    """A sheet in mm as held; `roll` marks a strip, which is cut where it ends."""

    width: float
    height: float
    roll: bool = False


class Sheets(Protocol):
    """The sheets of one paper, counted from 0."""

    @property
    def count(self) -> int:
        """How many there are."""

    def size(self, number: int) -> SheetSize:
        """Return how large a sheet is."""

    def image(self, number: int, dpi: float) -> QImage:
        """Return a sheet at `dpi`. Raises Problem when it cannot be drawn."""


class PdfSheets:
    """The pages of a finished PDF."""

    def __init__(self, pdf: bytes, count: int) -> None:
        self._pdf = pdf
        self.count = count

    def size(self, number: int) -> SheetSize:
        """Return the size of a page."""
        return SheetSize(*render.page_size(self._pdf, number))

    def image(self, number: int, dpi: float) -> QImage:
        """Return a page as PDFium renders it."""
        page = render.page(self._pdf, number, dpi)
        rows = QImage(page.tobytes(), page.width, page.height, 3 * page.width, QImage.Format.Format_RGB888)
        return rows.copy()  # the picture must outlive the bytes; another format would cost twice as much


class StripSheets:
    """Strips for a thermal printer: each dot of the picture is one dot of the printer."""

    def __init__(self, images: Sequence[bytes]) -> None:
        self._strips = [QImage.fromData(image, "PNG") for image in images]  # type: ignore[arg-type]  # the stub wants str, Qt takes both
        self.count = len(self._strips)

    def size(self, number: int) -> SheetSize:
        """Return the width of the roll and the length of the strip."""
        strip = self._strips[number]
        return SheetSize(_ROLLS[strip.width()], strip.height() / _STRIP_DPI * _MM_PER_INCH, roll=True)

    def image(self, number: int, dpi: float) -> QImage:
        """Return the strip in the middle of its roll; dots stay dots when it is not made smaller."""
        strip = self._strips[number]
        width = round(self.size(number).width / _MM_PER_INCH * _STRIP_DPI)
        whole = QImage(width, strip.height(), QImage.Format.Format_RGB32)
        whole.fill(Qt.GlobalColor.white)
        painter = QPainter(whole)
        painter.drawImage((width - strip.width()) // 2, 0, strip)
        painter.end()
        if dpi == _STRIP_DPI:
            return whole
        way = Qt.TransformationMode
        mode = way.SmoothTransformation if dpi < _STRIP_DPI else way.FastTransformation
        return whole.scaledToWidth(round(width * dpi / _STRIP_DPI), mode)


def sheets_of(paper: "Paper") -> Sheets:
    """Return the sheets of a finished paper: its strips if it has any, or its pages."""
    return StripSheets(paper.images) if paper.images else PdfSheets(paper.pdf, paper.pages)
