"""What the settings page expects of a subject: a title, and load() when it comes into view unchanged."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.errors import Problem
from desk.text import _
from desk.ui.context import Context
from desk.ui.parts.beginning import Beginning
from desk.ui.parts.boxes import label, row
from desk.ui.parts.form_row import FormRow


class Section(QWidget):
    """One subject of the settings. Subclasses say `title` and `words`, and build into `box`.

    `forms`: what a person changes and saves here, each with what it reads as now.
    `group`: of which records the right to read is needed here, "" for none.
    `counts`: what waits on the settings page waits here, and its row says how much.
    """

    title = ""
    words = ""
    group = ""
    counts = False

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.rows: dict[str, FormRow] = {}
        self.forms: tuple[tuple[Beginning[Any], Callable[[], Any]], ...] = ()
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(16, 14, 16, 14)
        self.box.setSpacing(10)
        self.box.addWidget(label(_(self.title), "heading"))
        if self.words:
            self.box.addWidget(label(_(self.words), "soft", wrap=True))

    def load(self) -> None:
        """Ask the services for what is shown."""

    def is_half_typed(self) -> bool:
        """Tell whether something stands here that was typed and not saved: then nothing is loaded over it."""
        return any(began.is_touched(value()) for began, value in self.forms)

    def refused(self, problem: Problem) -> None:
        """Show a refusal at its field, or as a notice."""
        row = self.rows.get(problem.field)
        if row is not None:
            row.set_problem(problem.sentence)
            row.field.setFocus()
        else:
            self.context.notices.fail(problem)


def beside(field: FormRow, *others: QWidget, fills: bool = False) -> QHBoxLayout:
    """Return a row whose buttons and ticks stand level with the field, not with its label.

    `fills`: the field takes the room that the others leave.
    """
    box = row(field, *others) if fills else row(field, *others, None)
    for each in others:
        # A tick is as high as a field then, with its box in the middle.
        each.setProperty("level", True)
        box.setAlignment(each, Qt.AlignmentFlag.AlignBottom)
    if fills:
        box.setStretch(0, 1)
    return box
