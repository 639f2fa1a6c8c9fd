"""A main column and a side column; where the room is short the side folds under the main one."""

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desk.ui import style
from desk.ui.parts.boxes import WIDE
from desk.ui.parts.form_row import FormRow


class Columns(QWidget):
    """Two columns as long as both fit; at large text one below the other.

    `stretch` shares the width (main, side); a share of 0 leaves a column at the width it asks for.

    Signals:
        turned: the side has folded under the main column (True), or stands beside it again.
    """

    turned = Signal(bool)

    def __init__(
        self,
        main: QWidget,
        side: QWidget,
        *,
        stretch: tuple[int, int] = (6, 5),
        fold_below: int = 900,
        parent: QWidget | None = None,
    ) -> None:
        """Args: `fold_below` is the width in pixels at 100 % text under which the side folds."""
        super().__init__(parent)
        self._main = main
        self._stretch = stretch
        self._fold_below = fold_below
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(WIDE)
        self._box.addWidget(main, stretch[0])
        self._box.addWidget(side, stretch[1])

    @property
    def folded(self) -> bool:
        """Whether the side stands under the main column."""
        return self._box.direction() == QBoxLayout.Direction.TopToBottom

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold or unfold at another width."""
        super().resizeEvent(event)
        self._fold()

    def changeEvent(self, event: QEvent) -> None:
        """Fold or unfold at another text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_box"):
            self._fold()

    def _fold(self) -> None:
        narrow = self.width() * 100 < self._fold_below * style.current().percent
        if narrow != self.folded:
            way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
            self._box.setDirection(way)
            for index, share in enumerate(self._stretch):
                self._box.setStretch(index, 0 if narrow else share)
            self.turned.emit(narrow)


def stack(*widgets: QWidget) -> QWidget:
    """Return the widgets under each other with the gap of cards, pushed to the top."""
    holder = QWidget()
    box = QVBoxLayout(holder)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(WIDE - 4)
    for widget in widgets:
        box.addWidget(widget)
    box.addStretch(1)
    return holder


class _Area(QScrollArea):
    """An area that does not measure what it holds before it is first shown.

    Qt measures at every new parent of the area or of what is around it, and for that dresses all it holds
    each time anew: two thirds of the time that building a page took.
    """

    _has_been_shown = False

    def event(self, event: QEvent) -> bool:
        """Leave out the measuring."""
        if event.type() == QEvent.Type.StyleChange and not self._has_been_shown:
            return QFrame.event(self, event)
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Measure from now on; Qt does so right after this."""
        self._has_been_shown = True
        super().showEvent(event)


def reveal(widget: QWidget) -> None:
    """Scroll what is around a widget that has just been unfolded, so that its end and its beginning show."""
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    if around is None or around.widget() is None:
        return
    give_place(widget, around.widget())
    around.ensureWidgetVisible(widget, 0, 0)
    top = widget.mapTo(around.widget(), QPoint()).y()
    if widget.height() > around.viewport().height():
        around.verticalScrollBar().setValue(top)


def give_place(widget: QWidget, inside: QWidget) -> None:
    """Lay out all around a widget as far as `inside`, so that what was just unfolded has its place at once.

    By itself Qt would do it one level a turn of the loop, and what is to be scrolled to would not be there.
    """
    chain: list[QWidget] = []
    around = widget.parentWidget()
    while around is not None and around is not inside:
        chain.append(around)
        around = around.parentWidget()
    chain.append(inside)
    for each in chain:
        layout = each.layout()
        if layout is not None:
            layout.activate()
        each.updateGeometry()
    inside.adjustSize()
    for each in reversed(chain):
        layout = each.layout()
        if layout is not None:
            layout.setGeometry(each.rect())


def show_field(area: QScrollArea, field: QWidget) -> None:
    """Scroll to a field, and so far that the sentence below it shows, which takes several lines if narrow."""
    # What has just been said or unfolded gets its place first.
    area.widget().adjustSize()
    area.ensureWidgetVisible(field, 0, style.size("control"))
    around: QWidget | None = field
    while around is not None and not isinstance(around, FormRow):
        around = around.parentWidget()
    if around is not None and around.height() <= area.viewport().height():
        area.ensureWidgetVisible(around, 0, 0)


def scrolled(widget: QWidget) -> QScrollArea:
    """Return `widget` in an area that scrolls up and down when it must, without a frame."""
    area = _Area()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    # The area itself is no stop on the way of Tab; its fields are.
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    # A holder, so that a card keeps its frame inside the area.
    holder = QWidget()
    holder.setProperty("role", "page")
    box = QVBoxLayout(holder)
    box.setContentsMargins(0, 0, 0, 0)
    # The widget comes last: each time it gets another parent, Qt asks the style for all it holds again.
    area.setWidget(holder)
    box.addWidget(widget)
    return area
