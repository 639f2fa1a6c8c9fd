"""Search from anywhere: a field in the top bar and, inside the window, the list of what it found.

The list is no popup and there is no completer: both break Chinese input (peers.md 2.7). Nothing is searched
while an input method composes. The focus stays in the field; arrows move in the list.
"""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from desk.text import _
from desk.ui import style
from desk.ui.context import Context
from desk.ui.live import Live
from desk.ui.parts.boxes import label
from desk.ui.parts.fields import LineField
from desk.ui.parts.key_hint import key_width, paint_key
from desk.ui.parts.pill import paint_pill, pill_size

_HIT = Qt.ItemDataRole.UserRole + 1
_PAGE = 6
_DOTS = "…"


class Hit(Protocol):
    """One thing found: what it is, where to open it, how it reads and which parts of the title matched."""

    @property
    def noun(self) -> str:
        """The kind of record."""

    @property
    def record_id(self) -> str:
        """Which one."""

    @property
    def title(self) -> str:
        """The first words of the line."""

    @property
    def subtitle(self) -> str:
        """The grey words after them."""

    @property
    def marked(self) -> tuple[tuple[int, int], ...]:
        """(start, length) of each part of the title that matched, in characters."""


class SearchField(LineField):
    """The field in the top bar; shows its key as long as it is empty.

    Signals:
        stepped: an arrow or page key was pressed; how many lines to go.
        taken: Enter.
        left: Esc, or the focus went elsewhere.
        given_up: Esc.
        entered: the focus came.
    """

    stepped = Signal(int)
    taken = Signal()
    left = Signal()
    given_up = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__(_("搜索"), limit=50, hint=_("搜姓名、首字母、电话、编号、内容"))
        self.setProperty("role", "search")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send arrows to the list and leave the rest to the field."""
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: _PAGE,
            Qt.Key.Key_PageUp: -_PAGE,
        }
        key = Qt.Key(event.key())
        if key in steps:
            self.stepped.emit(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        elif key == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Offer the recent ones."""
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Put the list away, unless only the window was left for a moment."""
        super().focusOutEvent(event)
        if event.reason() not in (
            Qt.FocusReason.ActiveWindowFocusReason,
            Qt.FocusReason.PopupFocusReason,
        ):
            self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Add the key at the right end."""
        super().paintEvent(event)
        if not self.text():
            key = "Ctrl K"
            width = key_width(self.font(), key)
            paint_key(QPainter(self), QRect(self.width() - width - 12, 0, width, self.height()), key)


class SearchBox(QFrame):
    """The list under the field, over the page, with groups, marks and the keys of the field.

    Signals:
        found: a hit was chosen: noun and record id.
    """

    found = Signal(str, str)

    def __init__(self, field: SearchField, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "results")
        self._over = parent
        self._field = field
        self._context = context
        self._before: QWidget | None = None
        self._model = QStandardItemModel(self)
        self._list = QListView()
        self._list.setAccessibleName(_("搜索结果"))
        self._list.setModel(self._model)
        self._list.setItemDelegate(_Lines(context.live, self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.clicked.connect(self._on_clicked)
        self._nothing = label("", "soft")
        self._nothing.setContentsMargins(14, 10, 14, 10)
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 6, 1, 6)
        box.addWidget(self._nothing)
        box.addWidget(self._list)
        self.hide()
        field.textEdited.connect(self._on_edited)
        field.composed.connect(self._on_composed)
        field.entered.connect(self._on_entered)
        field.stepped.connect(self._on_stepped)
        field.taken.connect(self._on_taken)
        field.left.connect(self.hide)
        field.given_up.connect(self._on_given_up)
        field.installEventFilter(self)

    def begin(self) -> None:
        """Put the cursor into the field; Esc puts it back where it was."""
        if self._field.hasFocus():
            self._on_entered()
        else:
            self._before = QApplication.focusWidget()
            self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay under the field when another text size moves it."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize) and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)

    def _on_edited(self, _text: str) -> None:
        if not self._field.composing:
            self._ask()

    def _on_composed(self, composing: bool) -> None:
        if not composing and self._field.hasFocus():
            self._ask()

    def _on_entered(self) -> None:
        self._field.selectAll()
        self._ask()

    def _ask(self) -> None:
        text, search = self._field.value(), self._context.services.search
        if text:
            self._context.tasks.run(
                lambda: search.find(text), done=self._on_groups, owner=self, topic="search"
            )
        else:
            self._context.tasks.run(search.recent, done=self._on_recent, owner=self, topic="search")

    def _on_recent(self, hits: Sequence[Hit]) -> None:
        self._show([(_("最近打开"), hits)] if hits else [], _("输入姓名、首字母、电话末四位、编号或内容"))

    def _on_groups(self, groups: Sequence[object]) -> None:
        named = [(group.label, group.hits) for group in groups]  # type: ignore[attr-defined]  # the service's own type
        self._show(named, _("没有找到。可以少输几个字再试"))

    def _show(self, groups: Sequence[tuple[str, Sequence[Hit]]], nothing: str) -> None:
        self._model.clear()
        for title, hits in groups:
            head = QStandardItem(title)
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            self._model.appendRow(head)
            for hit in hits:
                flag = _("有冲突") if self._context.live.in_question(hit.noun, hit.record_id) else ""
                item = QStandardItem(" ".join(filter(None, (hit.title, hit.subtitle, flag))))
                item.setData(hit, _HIT)
                item.setEditable(False)
                self._model.appendRow(item)
        self._nothing.setText(nothing)
        self._nothing.setVisible(not groups)
        self._list.setVisible(bool(groups))
        if groups and self._field.value():
            self._list.setCurrentIndex(self._model.index(1, 0))
        if self._field.hasFocus():
            self.place()
            self.show()
            self.raise_()

    def place(self) -> None:
        """Stand under the field, as high as the list needs and the window allows."""
        corner = self._field.mapTo(self._over, QPoint(0, self._field.height() + 4))
        rows = self._model.rowCount()
        wanted = rows * _line_height() + 16 if rows else self._nothing.sizeHint().height() + 16
        height = min(wanted, self._over.height() - corner.y() - 40)
        self.setGeometry(corner.x(), corner.y(), self._field.width(), height)

    def _on_stepped(self, step: int) -> None:
        at = self._list.currentIndex().row()
        way = 1 if step > 0 else -1
        target = at
        for _n in range(abs(step)):
            following = target + way
            while 0 <= following < self._model.rowCount() and self._hit(following) is None:
                following += way
            if not 0 <= following < self._model.rowCount():
                break
            target = following
        if target >= 0:
            self._list.setCurrentIndex(self._model.index(target, 0))

    def _on_given_up(self) -> None:
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_taken(self) -> None:
        self._open(self._hit(self._list.currentIndex().row()))

    def _on_clicked(self, index: QModelIndex) -> None:
        self._open(self._hit(index.row()))

    def _hit(self, row: int) -> Hit | None:
        hit: Hit | None = self._model.index(row, 0).data(_HIT) if row >= 0 else None
        return hit

    def _open(self, hit: Hit | None) -> None:
        if hit is None:
            return
        self.hide()
        self._before = None
        self._field.clear()
        noun, record_id, search = hit.noun, hit.record_id, self._context.services.search
        self._context.tasks.run(lambda: search.opened(noun, record_id), owner=self, lane="write")
        self.found.emit(noun, record_id)


def _line_height() -> int:
    return style.size("control") - 2


class _Lines(QStyledItemDelegate):
    """Paints a group's name, or a hit with its matched parts in red, its subtitle in grey and 有冲突."""

    def __init__(self, live: Live, parent: QWidget) -> None:
        super().__init__(parent)
        self._live = live

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, _line_height())

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        box: QRect = option.rect  # type: ignore[attr-defined]  # the stubs leave out the option's members
        hit: Hit | None = index.data(_HIT)
        painter.save()
        font = QFont(option.font)  # type: ignore[attr-defined]  # the same
        inner = box.adjusted(13, 0, -13, 0)
        if hit is None:
            font.setPixelSize(style.size("small"))
            painter.setFont(font)
            painter.setPen(style.colour("ink_soft"))
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, str(index.data()))
        else:
            if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]  # the same
                painter.fillRect(box, style.colour("accent_soft"))
            if self._live.in_question(hit.noun, hit.record_id):
                inner = self._flag(painter, inner, font)
            x = self._title(painter, inner, hit, font)
            painter.setFont(font)
            painter.setPen(style.colour("ink_soft"))
            rest = inner.adjusted(x + 10, 0, 0, 0)
            words = painter.fontMetrics().elidedText(hit.subtitle, Qt.TextElideMode.ElideRight, rest.width())
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()

    @staticmethod
    def _flag(painter: QPainter, box: QRect, font: QFont) -> QRect:
        """Paint 有冲突 at the right end and return what is left of the line."""
        painter.setFont(font)
        width = pill_size(font, _("有冲突")).width()
        paint_pill(painter, box.adjusted(box.width() - width, 0, 0, 0), _("有冲突"), "amber")
        return box.adjusted(0, 0, -width - 8, 0)

    @staticmethod
    def _title(painter: QPainter, box: QRect, hit: Hit, font: QFont) -> int:
        """Paint the title piece by piece and return its width."""
        x = 0
        for words, matched in fitted(pieces(hit.title, hit.marked), font, box.width()):
            bold = QFont(font)
            bold.setBold(matched)
            painter.setFont(bold)
            painter.setPen(style.colour("accent" if matched else "ink"))
            painter.drawText(box.adjusted(x, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)
            x += painter.fontMetrics().horizontalAdvance(words)
        return x


def fitted(cut: Sequence[tuple[str, bool]], font: QFont, width: int) -> list[tuple[str, bool]]:
    """Return the pieces that fit into `width` pixels, matched ones bold; dots say that more came."""
    bold = QFont(font)
    bold.setBold(True)
    plain_metrics, bold_metrics = QFontMetrics(font), QFontMetrics(bold)
    wide = [(bold_metrics if matched else plain_metrics).horizontalAdvance(words) for words, matched in cut]
    if sum(wide) <= width:
        return list(cut)
    shown: list[tuple[str, bool]] = []
    # Each piece leaves room for the dots, lest the next one has none for them.
    dots = max(each.horizontalAdvance(_DOTS) for each in (plain_metrics, bold_metrics))
    for (words, matched), needed in zip(cut, wide, strict=True):
        if needed > width - dots:
            shown.append((_dotted(words, bold_metrics if matched else plain_metrics, width), matched))
            break
        shown.append((words, matched))
        width -= needed
    return shown


def _dotted(words: str, metrics: QFontMetrics, width: int) -> str:
    """Return as much of `words` as fits with dots behind it. Qt leaves them out where they just fit."""
    fits = bisect_right(range(len(words)), width, key=lambda n: metrics.horizontalAdvance(words[:n] + _DOTS))
    return words[: max(fits - 1, 0)] + _DOTS


def pieces(text: str, marked: Sequence[tuple[int, int]]) -> list[tuple[str, bool]]:
    """Return `text` cut at its marks, as (words, matched). A mark is (start, length) in characters."""
    cut: list[tuple[str, bool]] = []
    at = 0
    for start, length in sorted(marked):
        if start < at or start >= len(text):
            continue
        cut.append((text[at:start], False))
        cut.append((text[start : start + length], True))
        at = start + length
    cut.append((text[at:], False))
    return [piece for piece in cut if piece[0]]
