"""Ties the fields of a form to the widgets that show them, so that a form is read and painted in one loop."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from desk.ui.parts.chips import Chips
from desk.ui.parts.combo import Combo
from desk.ui.parts.fields import LineField, LongField
from desk.ui.parts.form_row import FormRow


@dataclass(frozen=True)
class Bound:
    """One field: where the focus goes, how to read and paint it, and where to say what is wrong."""

    widget: QWidget
    read: Callable[[], Any]
    paint: Callable[[Any], None]
    say: Callable[[str], None]


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

    def bare_line(self, name: str, field: LineField, say: Callable[[str], None]) -> LineField:
        """Tie a line of text that shares its row with another field, and return it."""
        self.fields[name] = Bound(field, field.value, field.setText, say)
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

    def other(self, name: str, bound: Bound) -> None:
        """Tie anything else; whoever does so emits `edited` itself."""
        self.fields[name] = bound
