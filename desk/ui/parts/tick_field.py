"""The field of a list of ticks: what is chosen stands in one line, the list opens below it and stays open."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QStyle, QStyleOptionButton, QWidget

from desk.text import _
from desk.ui import style

_PAD = 11


class TickField(QPushButton):
    """Shows what is chosen; Space, Enter or Down opens the ticks, which stay open for the next one.

    Whoever derives fills the menu (`fill`), tells what is chosen (`words`) and takes ticks (`on_toggled`).

    Signals:
        edited: the choice changed.
    """

    edited = Signal()

    def __init__(self, menu_name: str, parent: QWidget | None = None) -> None:
        """Args: `menu_name` names the list for screen readers."""
        super().__init__(parent)
        self.setProperty("kind", "choice")
        self._chosen: tuple[str, ...] = ()
        self._menu = TickMenu(self)
        self._menu.setAccessibleName(menu_name)
        self.clicked.connect(self.open_list)

    def words(self) -> str:
        """Return the words of what is chosen, empty if nothing is."""
        raise NotImplementedError

    def fill(self) -> None:
        """Put the lines into the menu, emptied before."""
        raise NotImplementedError

    def on_toggled(self, code: str, *, on: bool) -> None:
        """Take a tick a person set or took away."""
        raise NotImplementedError

    def offer(self, code: str, words: str) -> None:
        """Add a line that can be ticked to the menu."""
        action = QAction(words, self._menu)
        action.setCheckable(True)
        action.setData(code)
        action.setChecked(code in self._chosen)
        action.toggled.connect(lambda on: self.on_toggled(code, on=on))
        self._menu.addAction(action)

    def open_list(self) -> None:
        """Open the list below the field, at its first line that can be used."""
        self._menu.clear()
        self.fill()
        self._menu.setMinimumWidth(self.width())
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))
        lines = [line for line in self._menu.actions() if line.isEnabled() and not line.isSeparator()]
        if lines:
            self._menu.setActiveAction(lines[0])

    def describe(self, name: str) -> None:
        """Give the field its name for screen readers, and paint what is chosen now."""
        self.setAccessibleName(name)
        self.setToolTip(self.words())
        self.update()

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


class TickMenu(QMenu):
    """Stays open while ticks are set, two with four keys; Esc, Tab or a click outside closes it."""

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
