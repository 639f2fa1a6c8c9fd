"""A veil over a widget while something slow runs, with a way to call it off."""

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QProgressBar, QPushButton, QWidget

from desk.text import _
from desk.ui import style
from desk.ui.parts.boxes import column, label, row
from desk.ui.parts.cursor import put_cursor


class BusyVeil(QWidget):
    """Covers its parent; what lies below cannot be reached by mouse or keyboard but keeps all its words.

    Signals:
        cancelled: the person called it off.
    """

    cancelled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._under = parent
        self._before: QWidget | None = None
        self._text = label("", "strong")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("进度"))
        self._cancel = QPushButton(_("取消"))
        self._cancel.clicked.connect(self.cancelled)
        frame = QFrame()
        frame.setProperty("role", "veil")
        inside = column(self._text, self._bar, row(None, self._cancel), gap=12, margin=18)
        frame.setLayout(inside)
        frame.setMinimumWidth(320)
        self.setLayout(column(None, row(None, frame, None), None))
        self.hide()
        parent.installEventFilter(self)

    def cover(self, text: str, *, can_cancel: bool = False) -> None:
        """Show `text` and a moving bar until `lift`."""
        if self.isHidden():
            self._before = self._under.focusWidget()
        self._text.setText(text)
        self._bar.setRange(0, 0)
        self._cancel.setVisible(can_cancel)
        self.setGeometry(QRect(0, 0, self._under.width(), self._under.height()))
        self.show()
        self.raise_()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._put(self._cancel if can_cancel else self)

    def say(self, text: str) -> None:
        """Say what is being done now."""
        self._text.setText(text)

    def progress(self, done: int, of: int) -> None:
        """Show how far it is."""
        self._bar.setRange(0, of)
        self._bar.setValue(done)

    def lift(self) -> None:
        """Go away and give the focus back."""
        before, self._before = self._before, None
        # Asked before it hides: hiding sends the cursor on.
        is_ours = self._is_ours()
        self.hide()
        # A bar without end keeps a timer running even when it is hidden.
        self._bar.setRange(0, 1)
        # What was slow may have taken that field away, or built it anew.
        if before is not None and is_ours and shiboken6.isValid(before):
            put_cursor(before)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as what is covered."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(QRect(0, 0, self._under.width(), self._under.height()))
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc calls it off where that is offered; every other key ends here."""
        if event.key() == Qt.Key.Key_Escape and self._cancel.isVisible():
            self.cancelled.emit()
        event.accept()

    def focusNextPrevChild(self, _next: bool) -> bool:
        """Keep Tab from going under the veil."""
        return True

    def _put(self, widget: QWidget) -> None:
        """Put the cursor there, but take it from nobody who is at work beside what is covered."""
        if self._is_ours():
            put_cursor(widget)

    def _is_ours(self) -> bool:
        """Tell whether nobody is at work beside what is covered."""
        cursor = self.window().focusWidget()
        return cursor is None or not self._under.isVisible() or _is_within(cursor, self._under)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Dim what lies below."""
        ground = QColor(style.colour("ground"))
        ground.setAlpha(200)
        QPainter(self).fillRect(self.rect(), ground)


def _is_within(widget: QWidget, around: QWidget) -> bool:
    return widget is around or around.isAncestorOf(widget)
