"""What the pages of the wizard have in common: a title, fields that check while typing, and their values."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.ui.parts.boxes import label
from desk.ui.parts.form_row import FormRow


class Step(QWidget):
    """One short page. `rows` names each field as `FirstStart` does, so that a refusal finds its place."""

    def __init__(self, title: str, words: str) -> None:
        super().__init__()
        self.title = title
        self.rows: dict[str, FormRow] = {}
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(8)
        self.box.addWidget(label(title, "title"))
        self.box.addWidget(label(words, "soft", wrap=True))

    def place(self, rows: Sequence[tuple[str, FormRow]]) -> None:
        """Put the fields under each other."""
        for name, row in rows:
            self.rows[name] = row
            self.box.addWidget(row)
        self.box.addStretch(1)

    def is_good(self) -> bool:
        """Check every field, put the focus on the first wrong one and tell whether there was none."""
        wrong = [row for row in self.rows.values() if row.problem()]
        if wrong:
            wrong[0].field.setFocus()
        return not wrong

    def begin(self) -> None:
        """Put the focus on the first field; called when the page comes into view."""
        if self.rows:
            next(iter(self.rows.values())).field.setFocus()
