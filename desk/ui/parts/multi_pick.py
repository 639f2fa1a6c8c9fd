"""A field that opens a list of ticks: several out of a list, shown as words in one line."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QStyle, QStyleOptionButton, QWidget

from desk.text import _
from desk.ui import style

_PAD = 11


class MultiPick(QPushButton):
    """Shows what is chosen; Space, Enter or Down opens the ticks, which stay open for the next one.

    Signals:
        edited: the choice changed.
    """

    edited = Signal()

    def __init__(
        self,
        name: str,
        choices: Sequence[tuple[str, str]] = (),
        *,
        alone: str = "",
        shown: Callable[[Sequence[str]], str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Args: `name` for screen readers; `alone` is a code that stands by itself, such as 都没有;
        `shown` says the codes chosen in fewer words.
        """
        super().__init__(parent)
        self.setProperty("kind", "choice")
        self._name = name
        self._alone = alone
        self._shown = shown
        self._words = dict(choices)
        self._chosen: tuple[str, ...] = ()
        self._menu = _TickMenu(self)
        self._menu.setAccessibleName(name)
        self.clicked.connect(self.open_list)
        self._describe()

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these, keeping what is chosen."""
        self._words = dict(choices)
        self._describe()

    def value(self) -> tuple[str, ...]:
        """Return the codes chosen, in the order of the list."""
        return tuple(code for code in self._words if code in self._chosen)

    def set_value(self, codes: Sequence[str]) -> None:
        """Choose these without saying so."""
        self._chosen = tuple(codes)
        self._describe()

    def choose(self, code: str, *, on: bool = True) -> None:
        """Tick or untick one, as a person does."""
        if on == (code in self._chosen):
            return
        kept = [each for each in self._chosen if each != code and not (on and self._alone in (each, code))]
        self._chosen = (*kept, code) if on else tuple(kept)
        self._describe()
        self.edited.emit()

    def open_list(self) -> None:
        """Open the list below the field."""
        self._menu.clear()
        for code, words in self._words.items():
            action = QAction(words, self._menu)
            action.setCheckable(True)
            action.setData(code)
            action.setChecked(code in self._chosen)
            action.toggled.connect(lambda on, each=code: self._on_toggled(each, on=on))
            self._menu.addAction(action)
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
        painter.setPen(style.colour("ink" if self._chosen else "ink_soft"))
        box = self.rect().adjusted(_PAD, 0, -_PAD, 0)
        words = self.words() or _("请选择")
        elided = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)

    def words(self) -> str:
        """Return the words of what is chosen."""
        if self._shown is not None:
            return self._shown(self.value())
        return "、".join(self._words[code] for code in self.value())

    def _on_toggled(self, code: str, *, on: bool) -> None:
        self.choose(code, on=on)
        # 都没有 and the others put each other out.
        for action in self._menu.actions():
            blocked = action.blockSignals(True)
            action.setChecked(action.data() in self._chosen)
            action.blockSignals(blocked)

    def _describe(self) -> None:
        words = self.words()
        self.setAccessibleName(f"{self._name}：{words}" if words else self._name)
        self.setToolTip(words)
        self.update()


class _TickMenu(QMenu):
    """Stays open while ticks are set; Esc, Tab or a click outside closes it."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick without closing."""
        action = self.actionAt(event.position().toPoint())
        if action is not None and action.isEnabled() and action.isCheckable():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick with Space and Enter without closing; Tab closes."""
        action = self.activeAction()
        ticks = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() in ticks and action is not None and action.isCheckable():
            action.trigger()
        elif event.key() == Qt.Key.Key_Tab:
            self.close()
        else:
            super().keyPressEvent(event)
