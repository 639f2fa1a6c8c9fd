"""Rows of the form that carry something beside their label: a tick, a small button."""

from collections.abc import Callable

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QWidget

from desk.text import _
from desk.ui.parts.boxes import row
from desk.ui.parts.fields import Check, LineField
from desk.ui.parts.form_row import FormRow

_STAR = "*"

Mask = Callable[[str], str]
"""Stars the middle of a number."""


class BareRow(FormRow):
    """A form row without a line for its label: the field says itself what it is."""

    def __init__(self, text: str, field: QWidget) -> None:
        super().__init__(text, field)
        self._label.hide()


class HeadedRow(FormRow):
    """A form row with a small widget at the right end of its label."""

    def __init__(self, text: str, field: QWidget, aside: QWidget, *, needed: bool = False) -> None:
        super().__init__(text, field, needed=needed)
        box = self.layout()
        if isinstance(box, QBoxLayout):
            box.removeWidget(self._label)
            box.insertLayout(0, row(self._label, None, aside, gap=6))


class MaskedRow(HeadedRow):
    """A telephone or ID number that comes masked; a small 显示 asks for it in clear.

    `reveal` is called when the person asks; `show_clear` puts the answer into the field. Out of view, under
    the lock too, it is starred again: whoever comes back asks anew. A number in clear is only looked at: it
    counts as typed nowhere, and `value` says its stars.
    """

    def __init__(
        self, text: str, field: LineField, reveal: Callable[[], None], check: Check, mask: Mask
    ) -> None:
        """Args: `check` says what looks wrong with a number; `mask` stars one as the record shows it."""
        self.button = small_button(_("显示"), _("显示{what}").format(what=text))
        super().__init__(text, field, self.button)
        self.line = field
        self._check_number, self._mask = check, mask
        self._starred = self._clear = ""
        self.button.clicked.connect(reveal)
        self.button.hide()
        field.textChanged.connect(self._on_text)
        field.editingFinished.connect(self.doubt)

    def value(self) -> str:
        """Return what is typed; of a number that is shown in clear its stars, as the record shows it."""
        return self._starred if self._clear else self.line.value()

    def show_clear(self, clear: str) -> None:
        """Show the number in clear.

        Where none is known, or another's stars stand by now, nothing changes; out of view neither: it would
        stand there for whoever comes next.
        """
        if clear and self.isVisible() and self._mask(clear) == self.line.text():
            self._starred, self._clear = self.line.text(), clear
            self._put(clear)

    def doubt(self) -> None:
        """Say what looks wrong with the number, anew where what it is held against has changed."""
        # Said when the field is left: a number half typed is not a wrong number. It is a doubt, no refusal.
        typed = self.line.value()
        self.set_problem("" if not typed or _STAR in typed else self._check_number(typed))

    def hideEvent(self, event: QHideEvent) -> None:
        """Put the stars back, unless another number has been typed since."""
        super().hideEvent(event)
        if self._clear:
            self._put(self._starred)

    def _put(self, text: str) -> None:
        # Nobody has edited anything by it: a draft would have it, a form left behind words to save for ever.
        blocked = self.line.blockSignals(True)
        self.line.setText(text)
        self.line.blockSignals(blocked)
        self._on_text(text)

    def _on_text(self, text: str) -> None:
        if text != self._clear:
            # Typed or painted since: what stands there now is no number that was looked at.
            self._clear = ""
        self.button.setVisible(_STAR in text)


def small_button(text: str, name: str = "") -> QPushButton:
    """Return a button as small as a label, for use beside one."""
    button = QPushButton(text)
    button.setProperty("kind", "inline")
    button.setAccessibleName(name or text)
    return button
