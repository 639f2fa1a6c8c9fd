"""The live preview: the sheets themselves, rendered in the background, with pages to turn and two sizes."""

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QPushButton, QWidget

from desk.errors import Problem
from desk.text import _
from desk.ui.parts.boxes import column, label, row
from desk.ui.preview.sheet_view import SheetView
from desk.ui.preview.sheets import Sheets
from desk.ui.tasks import Tasks

FIT, ACTUAL = "fit", "actual"

_KEPT = 8  # pictures in memory
_LONG = 1.6  # higher than this many widths, a sheet is first shown in its actual size


@dataclass(frozen=True)
class _Wish:
    """One picture to be made: which sheet, how large, for how dense a screen."""

    sheets: Sheets
    number: int
    zoom: str
    room: QSize
    dpi: float
    ratio: float

    @property
    def key(self) -> tuple[int, str, int, int]:
        room = self.room if self.zoom != ACTUAL else QSize()
        return self.number, self.zoom, room.width(), room.height()


@dataclass(frozen=True)
class _Made:
    wish: _Wish
    image: QImage


class PreviewPane(QWidget):
    """Shows the sheets of a paper; nothing is drawn on the Qt thread but the finished picture.

    Signals:
        turned: the number of the sheet in view, counted from 0.
    """

    turned = Signal(int)

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._sheets: Sheets | None = None
        self._number = 0
        self._zoom = ""  # until somebody chooses: whole sheets, but long strips in their actual size
        self._kept: OrderedDict[tuple[int, str, int, int], QImage] = OrderedDict()
        self.view = SheetView()
        self.view.turned.connect(self.turn)
        self.view.zoomed.connect(self.set_zoom)
        self.view.resized.connect(self._on_resized)
        self.before = QPushButton(_("上一页"))
        self.before.clicked.connect(lambda: self.turn(-1))
        self.after = QPushButton(_("下一页"))
        self.after.clicked.connect(lambda: self.turn(1))
        for button in (self.before, self.after):
            button.setProperty("kind", "row")
        self.place = label("", "label")
        self.fit, self.actual = QPushButton(_("整页")), QPushButton(_("实际大小"))
        self.fit.clicked.connect(lambda: self.set_zoom(FIT))
        self.actual.clicked.connect(lambda: self.set_zoom(ACTUAL))
        for button in (self.fit, self.actual):
            button.setProperty("kind", "row")
            button.setCheckable(True)
        bar = row(self.before, self.place, self.after, None, self.fit, self.actual, gap=8)
        inside = column(gap=8)
        inside.addWidget(self.view, 1)
        inside.addLayout(bar)
        self.setLayout(inside)
        self._show_place()

    @property
    def number(self) -> int:
        """The sheet in view, counted from 0."""
        return self._number

    def show_sheets(self, sheets: Sheets, *, keep_place: bool = False) -> None:
        """Show the sheets of a paper from the first, or from where one was."""
        self._sheets = sheets
        self._kept.clear()
        self._number = min(self._number, max(0, sheets.count - 1)) if keep_place else 0
        self._ask()

    def say(self, sentence: str) -> None:
        """Show a sentence where the sheet would be."""
        self._sheets = None
        self._kept.clear()
        self.view.say(sentence)
        self._show_place()

    def turn(self, by: int) -> None:
        """Go on or back by so many pages, as far as there are any."""
        if self._sheets is None:
            return
        to = max(0, min(self._number + by, self._sheets.count - 1))
        if to != self._number:
            self._number = to
            self.view.to_top()
            self._ask()
            self.turned.emit(to)

    def set_zoom(self, zoom: str) -> None:
        """Show whole sheets ("fit") or every millimetre as one ("actual")."""
        self._zoom = zoom
        self.fit.setChecked(zoom == FIT)
        self.actual.setChecked(zoom == ACTUAL)
        self._ask()

    def _ask(self) -> None:
        self._show_place()
        wish = self._wish()
        if wish is None:
            return
        kept = self._kept.get(wish.key)
        if kept is not None:
            self._paint(kept)
            return
        self._tasks.run(
            lambda: _make(wish), done=self._on_made, failed=self._on_failed, owner=self, topic="sheet"
        )

    def _wish(self) -> _Wish | None:
        if self._sheets is None or not self._sheets.count:
            return None
        ratio, dpi = self.devicePixelRatioF(), float(self.logicalDpiX())
        return _Wish(self._sheets, self._number, self._zoom, self.view.room(), dpi, ratio)

    def _on_made(self, made: _Made) -> None:
        wish = made.wish
        if wish.sheets is not self._sheets or wish.number != self._number:
            return
        self._kept[wish.key] = made.image
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        self._paint(made.image)

    def _on_failed(self, problem: Problem) -> None:
        self.say("\n".join(words for words in (problem.sentence, problem.way_out) if words))

    def _paint(self, image: QImage) -> None:
        self.view.show_image(image, self._place_words())

    def _on_resized(self) -> None:
        if self._zoom != ACTUAL and self.isVisible():
            self._ask()

    def _show_place(self) -> None:
        self.place.setText(self._place_words())
        self.before.setEnabled(self._number > 0 and self._count > 0)
        self.after.setEnabled(self._number < self._count - 1)
        # Counted for each: showing one may change the room, and with it what there is to show.
        for turning in (self.before, self.after, self.place):
            turning.setVisible(self._count > 1)
        for zooming in (self.fit, self.actual):
            zooming.setVisible(self._count > 0)

    @property
    def _count(self) -> int:
        return self._sheets.count if self._sheets is not None else 0

    def _place_words(self) -> str:
        words = _("第 {number} / {count} 页")
        return words.format(number=self._number + 1, count=self._count) if self._count else ""


def _make(wish: _Wish) -> _Made:
    """Draw the picture (in the background)."""
    size = wish.sheets.size(wish.number)
    width, height = size.width / 25.4, size.height / 25.4
    actual = wish.zoom == ACTUAL or (not wish.zoom and height > _LONG * width)
    dpi = wish.dpi if actual else min(wish.room.width() / width, wish.room.height() / height)
    image = wish.sheets.image(wish.number, dpi * wish.ratio)
    image.setDevicePixelRatio(wish.ratio)
    return _Made(wish, image)
