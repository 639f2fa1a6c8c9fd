"""A field under its label, as on the paper form, with a line for what is wrong with it."""

from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desk.text import _
from desk.ui import style
from desk.ui.parts.boxes import label
from desk.ui.parts.fields import Check, LineField, LongField


class FormRow(QWidget):
    """Label above, field below, and beneath it a sentence only when there is something to say."""

    def __init__(
        self, text: str, field: QWidget, *, needed: bool = False, check: Check | None = None, hint: str = ""
    ) -> None:
        """`needed` adds the star; `check` is asked at each change; `hint` stands below when all is well."""
        super().__init__()
        self.field = field
        self._hint = hint
        self._over = ""
        self._check = check
        self._label = label(text + (" *" if needed else ""), "label")
        self._label.setBuddy(field)
        self._line = label(hint, "small", wrap=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(3)
        box.addWidget(self._label)
        box.addWidget(field, 1 if isinstance(field, QPlainTextEdit) else 0)
        box.addWidget(self._line)
        # Only now that it has a parent: alone it would open as a window of its own for a moment.
        self._line.setVisible(bool(hint))
        if not isinstance(field, QPlainTextEdit):
            # Beside a higher neighbour the field stays at the top, level with the neighbour's.
            box.addStretch(1)
        if isinstance(field, QLineEdit):
            field.textChanged.connect(self._on_changed)
        if isinstance(field, LineField | LongField):
            field.shortened.connect(self._on_shortened)
        # What it is called, whatever a line of a list is named after its place.
        field.setProperty("plain", text)
        if not field.accessibleName() and not isinstance(field, QComboBox):
            field.setAccessibleName(text)

    def set_needed(self, *, on: bool) -> None:
        """Show or take away the star of a field that has to be filled in only at times."""
        self._label.setText(f"{self.field.property('plain')}{' *' if on else ''}")

    def set_problem(self, sentence: str) -> None:
        """Say what is wrong below the field; "" says the hint again, or that what was put in was too long."""
        sentence = sentence or self._over
        self._line.setText(sentence or self._hint)
        self._line.setVisible(bool(sentence or self._hint))
        role = "problem" if sentence else "small"
        if self._line.property("role") != role:
            self._line.setProperty("role", role)
            style.repolish(self._line)
        if bool(self.field.property("wrong")) != bool(sentence):
            self.field.setProperty("wrong", bool(sentence))
            style.repolish(self.field)
        self.field.setAccessibleDescription(sentence)

    def problem(self) -> str:
        """Check the field now, show what is wrong and return it, "" when all is well."""
        found = self._check(self._value()) if self._check is not None else ""
        self.set_problem(found)
        return found

    def _on_shortened(self, most: int) -> None:
        said, self._over = self._over, ""
        if most:
            self._over = _("最多 {most} 个字，后面的没有收进来。").format(most=most)
        if said != self._over:
            self.set_problem("")

    def _value(self) -> str:
        if isinstance(self.field, LineField):
            return self.field.value()
        return self.field.text() if isinstance(self.field, QLineEdit) else ""

    def _on_changed(self) -> None:
        if self._check is None or (isinstance(self.field, LineField) and self.field.composing):
            return
        # An empty field is not scolded while it has not been filled in yet.
        self.set_problem(self._check(self._value()) if self._value() else "")
