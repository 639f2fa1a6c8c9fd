"""Ties the fields of a form to the widgets that show them, so that a form is read and painted in one loop."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from desk.text import _
from desk.ui.parts.chips import Chips
from desk.ui.parts.combo import Combo
from desk.ui.parts.fields import LineField, LongField
from desk.ui.parts.form_row import FormRow
from desk.ui.parts.headed_rows import MaskedRow


@dataclass(frozen=True)
class Bound:
    """One field: where the focus goes, how to read and paint it, and where to say what is wrong.

    `fault` says why what is typed cannot be read, "" for nothing; `read` returns nothing for it then.
    """

    widget: QWidget
    read: Callable[[], Any]
    paint: Callable[[Any], None]
    say: Callable[[str], None]
    fault: Callable[[], str] = lambda: ""


class Binder(QObject):
    """Collects the fields of a form by name.

    Signals:
        edited: the name of the field a person (or `paint`) changed.
        entered: Enter in a line of text; the field's name.
    """

    edited = Signal(str)
    entered = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, Bound] = {}

    def line(self, name: str, row: FormRow) -> FormRow:
        """Tie a line of text in its row and return the row."""
        if isinstance(row.field, LineField):
            self.bare_line(name, row.field, row.set_problem)
        return row

    def masked(self, name: str, row: MaskedRow) -> MaskedRow:
        """Tie a number that may be shown in clear, which is never read from there, and return its row."""
        self.line(name, row)
        self.fields[name] = Bound(row.line, row.value, row.line.show_text, row.set_problem)
        return row

    def bare_line(self, name: str, field: LineField, say: Callable[[str], None]) -> LineField:
        """Tie a line of text that shares its row with another field, and return it."""
        self.fields[name] = Bound(field, field.value, field.show_text, say)
        field.textChanged.connect(lambda: self.edited.emit(name))
        field.returnPressed.connect(lambda: self.entered.emit(name))
        return field

    def words(self, name: str, row: FormRow) -> FormRow:
        """Tie several lines of text and return the row."""
        field = row.field
        if isinstance(field, LongField):
            self.fields[name] = Bound(field, field.value, field.set_text, row.set_problem)
            field.textChanged.connect(lambda: self.edited.emit(name))
        return row

    def combo(
        self,
        name: str,
        combo: Combo,
        say: Callable[[str], None],
        paint: Callable[[str], None] | None = None,
    ) -> Combo:
        """Tie a choice of codes and return it; `paint` is for one that may hold a code no longer offered."""
        self.fields[name] = Bound(combo, combo.value, paint or combo.set_value, say)
        combo.currentIndexChanged.connect(lambda: self.edited.emit(name))
        return combo

    def tick(self, name: str, box: QCheckBox, say: Callable[[str], None] = lambda _text: None) -> QCheckBox:
        """Tie a tick and return it."""
        self.fields[name] = Bound(box, box.isChecked, box.setChecked, say)
        box.toggled.connect(lambda: self.edited.emit(name))
        return box

    def chips(self, name: str, chips: Chips, codes: list[str], say: Callable[[str], None]) -> Chips:
        """Tie a row of chips; the focus goes to the chosen one or the first."""
        self.fields[name] = Bound(chips.button(codes[0]), chips.value, chips.set_value, say)
        chips.chosen.connect(lambda: self.edited.emit(name))
        return chips

    def number(self, name: str, row: FormRow, field: LineField) -> FormRow:
        """Tie a whole number, 0 where nothing is typed, and return its row."""
        self.line(name, row)
        self.fields[name] = Bound(
            field,
            lambda: int(field.value()) if field.value().isdecimal() else 0,
            lambda n: field.setText(str(n) if n else ""),
            row.set_problem,
            lambda: "" if not field.value() or field.value().isdecimal() else _("这里要填数字。"),
        )
        return row

    def other(self, name: str, bound: Bound) -> None:
        """Tie anything else; whoever does so emits `edited` itself."""
        self.fields[name] = bound

    def repaint(self, values: Mapping[str, Any]) -> None:
        """Show these values by field, but where an input method is composing: it would lose its syllables."""
        for name, value in values.items():
            bound = self.fields.get(name)
            if bound is not None and not getattr(bound.widget, "composing", False):
                bound.paint(value)

    def unreadable(self) -> list[tuple[str, str]]:
        """Return the fields whose days, times and numbers cannot be read, each with why: nothing may be
        written without them being mended."""
        found = [(name, bound.fault()) for name, bound in self.fields.items()]
        return [(name, sentence) for name, sentence in found if sentence]

    def half_typed(self) -> dict[str, str]:
        """Return what is typed there as it stands, by field, for a draft: read it would be nothing."""
        widgets = ((name, self.fields[name].widget) for name, _why in self.unreadable())
        return {name: widget.text() for name, widget in widgets if isinstance(widget, LineField)}

    def show_half_typed(self, texts: Mapping[str, str]) -> None:
        """Show it again as it was typed."""
        for name, text in texts.items():
            widget = self.fields[name].widget if name in self.fields else None
            if isinstance(widget, LineField):
                widget.setText(text)
