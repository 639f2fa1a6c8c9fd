"""接待代表: a field that opens a list of ticks, those on duty first; several may receive one visit."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QStyle, QStyleOptionButton, QWidget

from desk.text import _
from desk.ui import style

_PAD = 11

Deputy = tuple[str, str]
"""Id and words, such as 王某某（市、县）."""


class ReceiverField(QPushButton):
    """Shows who receives the visit; Space, Enter or Down opens the ticks.

    Signals:
        edited: the choice changed.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "choice")
        self._words: dict[str, str] = {}
        self._chosen: tuple[str, ...] = ()
        self._menu = _TickMenu(self)
        self._menu.setAccessibleName(_("接待代表"))
        self.clicked.connect(self.open_list)
        self._describe()

    def set_choices(self, on_duty: Sequence[Deputy], others: Sequence[Deputy]) -> None:
        """Offer these, keeping what is chosen."""
        self._menu.clear()
        self._words = dict([*others, *on_duty])
        first = {deputy_id for deputy_id, _words in on_duty}
        for deputy_id, words in on_duty:
            self._offer(deputy_id, words)
        rest = [each for each in others if each[0] not in first]
        if on_duty and rest:
            self._menu.addSeparator()
        for deputy_id, words in rest:
            self._offer(deputy_id, words)
        self._describe()

    def value(self) -> tuple[str, ...]:
        """Return the ids chosen, in the order of the list."""
        return self._chosen

    def set_value(self, ids: Sequence[str]) -> None:
        """Choose these; an id no longer offered is kept."""
        self._chosen = tuple(ids)
        for action in self._menu.actions():
            action.setChecked(action.data() in self._chosen)
        self._describe()

    def open_list(self) -> None:
        """Open the list below the field."""
        self._menu.setMinimumWidth(self.width())
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))
        if self._menu.actions():
            self._menu.setActiveAction(self._menu.actions()[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Down and Enter as with Space."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.open_list()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the frame, and as many words as there is room for."""
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        words = self._text() or _("请选择")
        painter.setPen(style.colour("ink" if self._chosen else "ink_soft"))
        box = self.rect().adjusted(_PAD, 0, -_PAD, 0)
        elided = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)

    def _offer(self, deputy_id: str, words: str) -> None:
        action = QAction(words, self._menu)
        action.setCheckable(True)
        action.setChecked(deputy_id in self._chosen)
        action.setData(deputy_id)
        action.toggled.connect(lambda on: self._on_toggled(deputy_id, on=on))
        self._menu.addAction(action)

    def _on_toggled(self, deputy_id: str, *, on: bool) -> None:
        kept = [each for each in self._chosen if each != deputy_id]
        chosen = tuple([*kept, deputy_id] if on else kept)
        if on == (deputy_id in self._chosen):
            return
        self._chosen = chosen
        self._describe()
        self.edited.emit()

    def _text(self) -> str:
        return _("、").join(self._words.get(each, _("已不在名册")) for each in self._chosen)

    def _describe(self) -> None:
        words = self._text()
        self.setAccessibleName(_("接待代表：{who}").format(who=words or _("未选")))
        self.setToolTip(words)
        self.update()


class _TickMenu(QMenu):
    """A menu of ticks that stays open, so that two people are chosen with four keys."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self.actionAt(event.position().toPoint())
        if action is not None and action.isCheckable():
            action.toggle()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self.activeAction()
        if event.key() == Qt.Key.Key_Space and action is not None:
            action.toggle()
        elif event.key() == Qt.Key.Key_Tab:
            self.close()
        else:
            super().keyPressEvent(event)
