"""The fields of a form of a case: built by name, read and painted in one loop."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QWidget

from desk.services.mediation.people_values import Choice
from desk.text import _
from desk.ui.parts.bound import Binder, Bound
from desk.ui.parts.combo import Combo
from desk.ui.parts.cursor import put_cursor
from desk.ui.parts.day_field import DayField, MomentField, day_problem, moment_problem
from desk.ui.parts.fields import LineField, LongField
from desk.ui.parts.flow import FlowLayout
from desk.ui.parts.form_row import FormRow
from desk.ui.parts.headed_rows import BareRow
from desk.ui.parts.writer import Gap

Form = TypeVar("Form")


class Fields(Binder):
    """Fields of one form.

    Signals:
        touched: the name of a field that a person changed, never one that was painted.
    """

    touched = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, FormRow] = {}
        self._none: dict[str, str] = {}
        self._painting = False
        self.edited.connect(self._on_edited)

    def text(
        self,
        name: str,
        words: str,
        *,
        needed: bool = False,
        limit: int = 100,
        hint: str = "",
        digits: bool = False,
        bare: bool = False,
    ) -> FormRow:
        """Return a line of text with its label above it, or in it where it is `bare`."""
        field = LineField(words, limit=limit, hint=hint or (words if bare else ""), digits=digits)
        row = BareRow(words, field) if bare else FormRow(words, field, needed=needed)
        return self.keep(name, self.line(name, row))

    def long(self, name: str, words: str, *, needed: bool = False, lines: int = 3, hint: str = "") -> FormRow:
        """Return several lines of text with their label."""
        row = FormRow(words, LongField(words, lines=lines, hint=hint), needed=needed)
        return self.keep(name, self.words(name, row))

    def pick(
        self,
        name: str,
        words: str,
        choices: Iterable[Choice] = (),
        *,
        needed: bool = False,
        bare: bool = False,
        none: str = "",
    ) -> FormRow:
        """Return a list to choose one code from; the first line chooses none and says `none`."""
        combo = Combo(with_none(choices, none))
        row = BareRow(words, combo) if bare else FormRow(words, combo, needed=needed)
        self._none[name] = none
        combo.setAccessibleDescription(words)
        self.combo(name, combo, row.set_problem, lambda code: show_code(combo, code))
        return self.keep(name, row)

    def day(self, name: str, words: str, *, needed: bool = False, bare: bool = False) -> FormRow:
        """Return a day to be typed."""
        field = DayField(words)
        row = BareRow(words, field) if bare else FormRow(words, field, needed=needed)
        self.other(
            name, Bound(field, field.day, field.set_day, row.set_problem, lambda: day_problem(field.text()))
        )
        field.textChanged.connect(lambda: self.edited.emit(name))
        field.editingFinished.connect(lambda: row.set_problem(day_problem(field.text())))
        return self.keep(name, row)

    def moment(self, name: str, words: str, *, needed: bool = False) -> FormRow:
        """Return a day and time to be typed."""
        field = MomentField(words)
        row = FormRow(words, field, needed=needed)
        self.other(
            name,
            Bound(
                field, field.moment, field.set_moment, row.set_problem, lambda: moment_problem(field.text())
            ),
        )
        field.textChanged.connect(lambda: self.edited.emit(name))
        field.editingFinished.connect(lambda: row.set_problem(moment_problem(field.text())))
        return self.keep(name, row)

    def count(self, name: str, words: str) -> FormRow:
        """Return a whole number to be typed; nothing is 0."""
        field = LineField(words, limit=6, digits=True)
        return self.keep(name, self.number(name, FormRow(words, field), field))

    def many(self, name: str, words: str, choices: Iterable[Choice]) -> FormRow:
        """Return ticks of which any may be set; the value is a tuple of codes."""
        ticks = Ticks(words, [(each.code, each.label) for each in choices])
        row = FormRow(words, ticks)
        self.other(name, Bound(ticks.first(), ticks.value, ticks.set_value, row.set_problem))
        ticks.changed.connect(lambda: self.edited.emit(name))
        return self.keep(name, row)

    def row(self, name: str) -> FormRow:
        """Return the row of a field."""
        return self._rows[name]

    def read_into(self, form: Form) -> Form:
        """Return the form with what stands in these fields."""
        return replace(form, **{name: bound.read() for name, bound in self.fields.items()})  # type: ignore[type-var]  # only forms come here

    def paint(self, form: Any) -> None:
        """Show a form without saying that a person changed it."""
        self.paint_values({name: getattr(form, name) for name in self.fields})

    def paint_values(self, values: Mapping[str, Any]) -> None:
        """Show these values without saying that a person changed them."""
        # A field painted may have others painted after it, while the rest of these still waits.
        before, self._painting = self._painting, True
        for name, value in values.items():
            self.fields[name].paint(value)
            self.fields[name].say("")
        self._painting = before

    def offer(self, name: str, choices: Iterable[Choice]) -> None:
        """Change the list of a choice, keeping what is chosen."""
        combo = self.fields[name].widget
        if isinstance(combo, Combo):
            chosen, self._painting = combo.value(), True
            combo.set_choices(with_none(choices, self._none.get(name, "")))
            show_code(combo, chosen)
            self._painting = False

    def mark(self, gaps: Sequence[Gap]) -> str:
        """Say beside each field what is wrong, clear the others, and return the first one that is wrong."""
        said: dict[str, str] = {}
        for name, sentence in gaps:
            said.setdefault(name, sentence)
        for name, bound in self.fields.items():
            bound.say(said.get(name, ""))
        return next((name for name, _sentence in gaps if name in self.fields), "")

    def go_to(self, name: str) -> bool:
        """Put the focus into a field if it is here."""
        bound = self.fields.get(name)
        if bound is not None:
            put_cursor(bound.widget)
        return bound is not None

    def focused(self, inside: QWidget | None) -> str:
        """Return the name of the field that is `inside`, "" for none."""
        return next((name for name, bound in self.fields.items() if bound.widget is inside), "")

    def set_open(self, *, on: bool) -> None:
        """Let the fields be changed, or only read."""
        for name, bound in self.fields.items():
            row = self._rows.get(name)
            widget = row.field if row is not None else bound.widget
            if isinstance(widget, LineField | LongField):
                widget.setReadOnly(not on)
            else:
                widget.setEnabled(on)

    def keep(self, name: str, row: FormRow) -> FormRow:
        """Remember the row of a field that was tied otherwise, and return it."""
        self._rows[name] = row
        return row

    def _on_edited(self, name: str) -> None:
        if not self._painting:
            self.fields[name].say("")
            self.touched.emit(name)


class Ticks(QWidget):
    """Several ticks of which any may be set; wraps where the row is too short.

    Signals:
        changed: one was set or taken away.
    """

    changed = Signal()

    def __init__(self, name: str, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        flow = FlowLayout(self, gap=12)
        self.boxes: dict[str, QCheckBox] = {}
        for code, words in choices:
            box = QCheckBox(words)
            box.setAccessibleName(f"{name} {words}")
            box.toggled.connect(self.changed)
            self.boxes[code] = box
            flow.addWidget(box)

    def first(self) -> QWidget:
        """Return where the focus goes."""
        return next(iter(self.boxes.values()))

    def value(self) -> tuple[str, ...]:
        """Return the codes that are set, in the order of the list."""
        return tuple(code for code, box in self.boxes.items() if box.isChecked())

    def set_value(self, codes: Sequence[str]) -> None:
        """Set exactly these."""
        for code, box in self.boxes.items():
            box.setChecked(code in codes)


def ticked(fields: Fields, name: str, words: str) -> QCheckBox:
    """Return one tick, tied to a field."""
    box = QCheckBox(words)
    box.setAccessibleName(words)
    return fields.tick(name, box)


def name_after(fields: Fields, place: str) -> None:
    """Name every field after its place, for screen readers: 第 2 方证件号码."""
    for bound in fields.fields.values():
        widget = bound.widget
        plain = widget.property("plain")
        if plain is None:
            plain = widget.accessibleName() or widget.accessibleDescription()
        if not plain and isinstance(widget, QAbstractButton):
            plain = widget.text()
        widget.setProperty("plain", plain)
        widget.setAccessibleName(f"{place}{plain}")


def with_none(choices: Iterable[Choice], none: str = "") -> list[tuple[str, str]]:
    """Return choices for a combo with a first line that chooses none."""
    return [("", none or _("请选择")), *((each.code, each.label) for each in choices)]


def show_code(combo: Combo, code: str) -> None:
    """Choose a code, also one that is no longer offered."""
    if code and combo.findData(code) < 0:
        combo.addItem(code, code)
    combo.set_value(code)
