"""A layout that puts widgets side by side and goes on in the next line where the row is full."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

_NOWHERE = Qt.Orientation(0)


class FlowLayout(QLayout):
    """Left to right, top to bottom, each widget as large as it wants to be, in the middle of its line.

    Qt asks the same a dozen times before a page stands; what was answered once is kept until an item changes.
    """

    _asked: list[tuple[QLayoutItem, QSize]] | None = None
    _heights: dict[int, int] | None = None
    _least: QSize | None = None

    def __init__(self, parent: QWidget | None = None, gap: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Take one more item (called by Qt)."""
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, None beyond the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]  # Qt asks beyond the end
        """Give an item away, None beyond the end."""
        if not 0 <= index < len(self._items):
            return None
        taken = self._items.pop(index)
        self.invalidate()
        return taken

    def clear(self) -> None:
        """Let all go that stands here."""
        while (item := self.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()

    def expandingDirections(self) -> Qt.Orientation:
        """Want no more room than asked for."""
        return _NOWHERE

    def invalidate(self) -> None:
        """Measure anew: an item has changed (called by Qt)."""
        self._asked = self._heights = self._least = None
        super().invalidate()

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height needed at `width` pixels."""
        if self._heights is None:
            self._heights = {}
        if width not in self._heights:
            margins = self.contentsMargins()
            around = margins.left() + margins.right(), margins.top() + margins.bottom()
            placed = self._place(QRect(0, 0, width - around[0], 0), move=False)
            self._heights[width] = placed + around[1]
        return self._heights[width]

    def setGeometry(self, rect: QRect) -> None:
        """Put every item in its place."""
        super().setGeometry(rect)
        self._place(rect.marginsRemoved(self.contentsMargins()), move=True)

    def sizeHint(self) -> QSize:
        """Return the smallest size that works."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Return the size of the largest item."""
        if self._least is None:
            size = QSize()
            for item in self._items:
                size = size.expandedTo(item.minimumSize())
            self._least = size.grownBy(self.contentsMargins())
        return self._least

    def _place(self, rect: QRect, *, move: bool) -> int:
        y = rect.y()
        for line in self._lines(rect.width()):
            height = max(hint.height() for _item, hint in line)
            x = rect.x()
            for item, hint in line:
                if move:
                    item.setGeometry(QRect(QPoint(x, y + (height - hint.height()) // 2), hint))
                x += hint.width() + self._gap
            y += height + self._gap
        return max(0, y - self._gap - rect.y())

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """Return what stands in each line, with the size it asks for."""
        if self._asked is None:
            self._asked = [(item, item.sizeHint()) for item in self._items if not item.isEmpty()]
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        left = 0
        for item, hint in self._asked:
            if not lines or hint.width() > left:
                lines.append([])
                left = width
            lines[-1].append((item, hint))
            left -= hint.width() + self._gap
        return lines
