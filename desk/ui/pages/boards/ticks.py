"""The deputies with a tick each: filtered by name, initials or constituency, ticked by click or blank."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desk.text import _
from desk.ui import style

_Index = QModelIndex | QPersistentModelIndex
_SOFT = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class Pick:
    """One deputy to pick: the highest level in a word, and what is searched, in small letters."""

    id: str
    name: str
    level: str
    searched: str


class TickModel(QAbstractListModel):
    """The deputies that pass the filter. Who was unticked stays so, whatever is shown.

    Signals:
        changed: other deputies are ticked now.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Pick, ...] = ()
        self._shown: list[Pick] = []
        self._off: set[str] = set()
        self._words = ""

    def start(self, picks: Sequence[Pick]) -> None:
        """Show these; those not seen before are ticked."""
        self._all = tuple(picks)
        self.search(self._words)
        self.changed.emit()

    def search(self, words: str) -> None:
        """Show only those whose name, initials or constituency contains `words`."""
        self._words = "".join(words.split()).lower()
        self.beginResetModel()
        self._shown = [pick for pick in self._all if self._words in pick.searched]
        self.endResetModel()

    def ticked(self) -> tuple[str, ...]:
        """Return the ids ticked, in the order of the list, shown or not."""
        return tuple(pick.id for pick in self._all if pick.id not in self._off)

    def tick_shown(self, on: bool) -> None:
        """Tick or untick everybody shown."""
        for pick in self._shown:
            self._set(pick.id, on)
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))
            self.changed.emit()

    def toggle(self, index: _Index) -> None:
        """Turn one tick round."""
        pick = self._shown[index.row()]
        self._set(pick.id, pick.id in self._off)
        self.dataChanged.emit(index, index)
        self.changed.emit()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return how many are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return name, level and tick."""
        pick = self._shown[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return pick.name
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Unchecked if pick.id in self._off else Qt.CheckState.Checked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = _("未选") if pick.id in self._off else _("已选")
            return _("{name}，{level}，{state}").format(name=pick.name, level=pick.level, state=state)
        return pick.level if role == _SOFT else None

    def _set(self, deputy_id: str, on: bool) -> None:
        if on:
            self._off.discard(deputy_id)
        else:
            self._off.add(deputy_id)


class TickList(QListView):
    """The list on the screen: blank or Enter turns the tick of the row, so does a click anywhere on it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.ticks = TickModel(self)
        self.setModel(self.ticks)
        self.setItemDelegate(_Rows(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(120)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn the tick of the current row."""
        turns = event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if turns and not event.modifiers() and self.currentIndex().isValid():
            self.ticks.toggle(self.currentIndex())
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Turn the tick of the row under the mouse."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.ticks.toggle(index)


class _Rows(QStyledItemDelegate):
    """Paints tick, name in bold and level, with the thin line below."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(80, style.size("control") - 1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        box: QRect = option.rect  # type: ignore[attr-defined]  # the stubs leave out the option's members
        view: QListView = option.widget  # type: ignore[attr-defined]  # the same
        if index == view.currentIndex() and view.hasFocus():
            painter.fillRect(box, style.colour("accent_soft"))
        side = style.size("tick")
        on = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        _paint_tick(painter, QRect(box.left() + 2, box.center().y() - side // 2, side, side), on=on)
        bold = QFont(view.font())
        bold.setBold(True)
        level = str(index.data(_SOFT))
        painter.setFont(view.font())
        right = painter.fontMetrics().horizontalAdvance(level) + 4
        painter.setPen(style.colour("ink_soft"))
        where = box.adjusted(0, 0, -2, 0)
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, level)
        painter.setFont(bold)
        painter.setPen(style.colour("ink"))
        room = box.adjusted(side + 12, 0, -right - 6, 0)
        name = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        painter.setPen(style.colour("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())


def _paint_tick(painter: QPainter, box: QRect, *, on: bool) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(style.colour("accent" if on else "line_strong"))
    painter.setBrush(style.colour("accent" if on else "surface"))
    painter.drawRoundedRect(box, 3, 3)
    if on:
        painter.setPen(QPen(style.colour("on_accent"), 1.6 * box.width() / 14))
        points = [(0.22, 0.52), (0.43, 0.72), (0.80, 0.30)]
        left, top, side = box.left() + 0.5, box.top() + 0.5, box.width()
        painter.drawPolyline(QPolygonF([QPointF(left + x * side, top + y * side) for x, y in points]))
    painter.restore()
