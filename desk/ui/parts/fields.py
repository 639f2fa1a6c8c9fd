"""Fields that take Chinese input methods as they are: no completer, no popup."""

import math
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from desk.rules.width import half_width
from desk.ui import style


def shorten(text: str, limit: int) -> str:
    """Return the first `limit` code points (NM-06: Qt counts UTF-16 units, people count characters)."""
    return text if len(text) <= limit else text[:limit]


def dotted(text: str, most: int) -> str:
    """Return a text of at most `most` characters; a longer one ends in dots: nobody takes it for whole."""
    return text if len(text) <= most else text[: most - 1] + "…"


def plain_digits(text: str) -> str:
    """Return `text` with full-width digits and letters made plain, as input methods often type them."""
    return half_width(text).strip()


_LEFT_BY_HAND = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.MouseFocusReason,
)


class LineField(QLineEdit):
    """One line of text.

    Signals:
        composed: True while an input method composes, False when it has put its characters in.
        shortened: more than the limit was put in and cut; the limit, or 0 once there is less again.
    """

    composed = Signal(bool)
    shortened = Signal(int)

    def __init__(
        self,
        name: str,
        *,
        limit: int = 200,
        hint: str = "",
        digits: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Args: `name` for screen readers; `limit` in characters; `digits` makes full-width digits plain."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.composing = False
        self._limit = limit
        self._is_cut = False
        self._digits = digits
        # Two UTF-16 units a character at most; the true count is kept by _on_edited.
        self.setMaxLength(limit * 2)
        if digits:
            self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self.textEdited.connect(self._on_edited)
        self.textChanged.connect(self._on_text)

    def value(self) -> str:
        """Return what was typed, without spaces at the ends, digits plain where digits are wanted."""
        return plain_digits(self.text()) if self._digits else self.text().strip()

    def show_text(self, text: str) -> None:
        """Show a text from its beginning: Qt would show the end of a long one.

        The same words stay as they are, and with them the cursor; of other words the place in the text.
        """
        if text != self.text():
            at = self.cursorPosition()
            self.setText(text)
            if self.hasFocus():
                self.setCursorPosition(min(at, len(text)))
        if not self.hasFocus():
            self.home(False)

    def set_wrong(self, wrong: bool) -> None:
        """Mark the field as holding something that cannot be used."""
        _mark(self, wrong)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Keep track of composing, so that nobody searches for half a syllable."""
        composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        if composing != self.composing:
            self.composing = composing
            self.composed.emit(composing)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Make digits plain when the field is left, never while it is typed in; show a long text's beginning.

        Only where somebody went on to another field: under the lock the cursor stays where it was.
        """
        super().focusOutEvent(event)
        if self._digits and self.value() != self.text():
            self.setText(self.value())
        if event.reason() in _LEFT_BY_HAND:
            self.home(False)

    def _on_text(self) -> None:
        if self._is_cut and len(self.text()) < self._limit:
            self._is_cut = False
            self.shortened.emit(0)

    def _on_edited(self, text: str) -> None:
        if len(text) > self._limit:
            self._is_cut = True
            self.shortened.emit(self._limit)
            at = self.cursorPosition()
            self.setText(shorten(text, self._limit))
            self.setCursorPosition(min(at, len(self.text())))


class LongField(QPlainTextEdit):
    """Several lines of text; Tab goes on to the next field as on the paper form.

    Signals:
        shortened: more than the limit was put in and cut; the limit, or 0 once there is less again.
    """

    shortened = Signal(int)

    def __init__(
        self, name: str, *, limit: int = 5000, hint: str = "", lines: int = 3, parent: QWidget | None = None
    ) -> None:
        """Args: `name` for screen readers; `limit` in characters; `lines` is the height it asks for."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self._limit = limit
        self._lines = lines
        self._is_cut = False
        self.composing = False
        self.textChanged.connect(self._on_changed)
        self._fit()

    def value(self) -> str:
        """Return what was typed, without spaces and empty lines at the ends."""
        return self.toPlainText().strip()

    def set_text(self, text: str) -> None:
        """Replace what is shown; the same words stay as they are, and with them the cursor."""
        if text != self.toPlainText():
            at, bar = self.textCursor().position(), self.verticalScrollBar()
            seen = bar.value()
            self.setPlainText(text)
            if self.hasFocus():
                # Other words for what is open: whoever reads or writes here stays where they are.
                cursor = self.textCursor()
                cursor.setPosition(min(at, self.document().characterCount() - 1))
                self.setTextCursor(cursor)
                bar.setValue(seen)

    def set_wrong(self, wrong: bool) -> None:
        """Mark the field as holding something that cannot be used."""
        _mark(self, wrong)

    def sizeHint(self) -> QSize:
        """Ask for the lines it was made for, not for Qt's twelve."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        """Never ask for more than that either."""
        return QSize(super().minimumSizeHint().width(), self.minimumHeight())

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Keep track of composing, so that nothing is cut in the middle of a syllable."""
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Ctrl Enter to the page (finish)."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: object) -> None:
        """Grow with the text size."""
        super().changeEvent(event)  # type: ignore[arg-type]  # QEvent; the stub names it so, Qt passes any event
        if hasattr(self, "_lines"):
            self._fit()

    def _fit(self) -> None:
        # Qt lays lines out in whole pixels, and wants one to spare before it does without a scroll bar.
        line = math.ceil(QFontMetricsF(self.font()).lineSpacing())
        self.setMinimumHeight(line * self._lines + 21)

    def _on_changed(self) -> None:
        if self.composing:
            return
        typed = len(self.toPlainText())
        if typed > self._limit:
            cursor = self.textCursor()
            at = cursor.position()
            self._is_cut = True
            self.setPlainText(shorten(self.toPlainText(), self._limit))
            cursor.setPosition(min(at, len(self.toPlainText())))
            self.setTextCursor(cursor)
            self.shortened.emit(self._limit)
        elif self._is_cut and typed < self._limit:
            self._is_cut = False
            self.shortened.emit(0)


def _mark(widget: QWidget, wrong: bool) -> None:
    if bool(widget.property("wrong")) != wrong:
        widget.setProperty("wrong", wrong)
        style.repolish(widget)


Check = Callable[[str], str]
"""Takes what is typed and returns a sentence for what is wrong with it, or ""."""
