"""An opened attachment as sheets for the preview: a photo as one, a PDF as its pages, turned as it stands.

Drawn in the background; a PDF's pages are drawn by a process apart, since they come from outside.
"""

from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QTransform

from desk.errors import StoreProblem
from desk.services.attachments.values import PDF, PHOTO, Opened
from desk.text import _
from desk.ui.preview.sheets import SheetSize

if TYPE_CHECKING:
    from desk.services.attachments.service import Attachments

_MM_PER_INCH = 25.4
_DOTS = 150.0  # a picture's pixels to the inch where nothing says otherwise
_LONGEST = 1800  # pixels of a drawn page
_KEPT = 3


class Leaves:
    """The pages of one opened attachment, counted from 0."""

    def __init__(self, service: "Attachments", opened: Opened, turn: int) -> None:
        self._service = service
        self._opened = opened
        self._turn = turn
        self._pictures: OrderedDict[int, QImage] = OrderedDict()
        self.count = max(1, opened.attachment.pages) if opened.attachment.kind in {PHOTO, PDF} else 0

    def size(self, number: int) -> SheetSize:
        """Return the size of a page in mm."""
        picture = self._picture(number)
        return SheetSize(picture.width() / _DOTS * _MM_PER_INCH, picture.height() / _DOTS * _MM_PER_INCH)

    def image(self, number: int, dpi: float) -> QImage:
        """Return a page at `dpi`. Raises Problem when it cannot be drawn."""
        picture = self._picture(number)
        width = max(1, round(picture.width() * dpi / _DOTS))
        return picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)

    def _picture(self, number: int) -> QImage:
        kept = self._pictures.get(number)
        if kept is None:
            kept = self._drawn(number).transformed(QTransform().rotate(self._turn))
            self._pictures[number] = kept
            if len(self._pictures) > _KEPT:
                self._pictures.popitem(last=False)
        return kept

    def _drawn(self, number: int) -> QImage:
        content = self._opened.content
        if self._opened.attachment.kind == PDF:
            content = self._service.page(self._opened, number, _LONGEST)
        picture = QImage.fromData(content)
        if picture.isNull():
            raise StoreProblem(_("附件画不出来"), way_out=_("请“另存”后用别的程序打开。"), field="damaged")
        return picture
