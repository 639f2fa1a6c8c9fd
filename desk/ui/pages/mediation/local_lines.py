"""本地栏目 beside the record they are printed for: typed, drafted and saved with its form."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.rules.local_fields import LocalField
from desk.services.mediation.forms import LocalLine
from desk.text import _
from desk.ui.pages.mediation.fields import Fields
from desk.ui.parts.bound import Bound
from desk.ui.parts.fields import LineField
from desk.ui.parts.form_row import FormRow


class LocalLines(QWidget):
    """One line for each field a county added; not shown where there are none.

    Signals:
        edited: something was typed.
    """

    edited = Signal()

    def __init__(self, offered: Sequence[LocalField], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._given: tuple[LocalLine, ...] = ()
        self._rows: dict[tuple[str, str], tuple[LineField, FormRow]] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        for each in offered:
            words = _("{label}（{form}）").format(label=each.label, form=each.form.replace("f", "F-"))
            field = LineField(words, limit=500)
            row = FormRow(words, field)
            field.textChanged.connect(self.edited)
            self._rows[(each.form, each.key)] = (field, row)
            box.addWidget(row)
        if self._rows:
            self.setFocusProxy(self.field(*next(iter(self._rows))))
        self.setVisible(bool(self._rows))

    def field(self, form: str, key: str) -> LineField:
        """Return the line of a field."""
        return self._rows[(form, key)][0]

    def value(self) -> tuple[LocalLine, ...]:
        """Return what is filled in, and what was and has been emptied."""
        before = {(line.form, line.key) for line in self._given}
        found = [LocalLine(*place, field.value()) for place, (field, _row) in self._rows.items()]
        return tuple(line for line in found if line.value or (line.form, line.key) in before)

    def set_value(self, lines: tuple[LocalLine, ...]) -> None:
        """Show these."""
        self._given = lines
        told = {(line.form, line.key): line.value for line in lines}
        for place, (field, _row) in self._rows.items():
            if field.value() != told.get(place, ""):
                field.setText(told.get(place, ""))

    def set_problem(self, sentence: str) -> None:
        """Say what is wrong under the first line."""
        for _field, row in list(self._rows.values())[:1]:
            row.set_problem(sentence)


def added(fields: Fields, offered: Sequence[LocalField]) -> LocalLines:
    """Return the lines, tied to the form they belong to."""
    made = LocalLines(offered)
    fields.other("local", Bound(made, made.value, made.set_value, made.set_problem))
    made.edited.connect(lambda: fields.edited.emit("local"))
    return made
