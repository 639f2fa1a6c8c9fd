"""有冲突: how a record with an open conflict says so wherever it appears, and leads to the tray.

One look after each change, kept by `live`: lists and heads ask there, and nobody asks the store for a row.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from desk.text import _
from desk.ui.context import Context
from desk.ui.live import Live
from desk.ui.parts.table import PagedTable

if TYPE_CHECKING:
    from desk.services.tray.values import Marks

SECTION = "冲突"
"""The title of the tray among the settings, by which `navigator` finds it."""


class ConflictWatch(QObject):
    """Looks after each change which records are in question, for the chips and the badge of the rail."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        context.live.changed.connect(self._on_changed)

    def look(self) -> None:
        """Ask for the marks; the newest answer counts."""
        tray = self._context.services.tray
        self._context.tasks.run(tray.marks, done=self._on_marks, owner=self, topic="marks")

    def _on_changed(self, _kinds: frozenset[str]) -> None:
        self.look()

    def _on_marks(self, marks: "Marks") -> None:
        self._context.live.mark(marks.records)
        self._context.live.badge("settings", marks.count)


class ConflictChip(QPushButton):
    """A small button beside a record's head, seen only while the record has an open conflict."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_("有冲突"), parent)
        self.setProperty("kind", "flag")
        self.setAccessibleName(_("有冲突，去看两边的内容"))
        self.setToolTip(self.accessibleName())
        self._live = context.live
        self._record = ("", "")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.hide()
        self.clicked.connect(lambda: context.navigator.show("settings", SECTION))
        context.live.marked.connect(self._on_marked)

    def follow(self, noun: str, record_id: str) -> None:
        """Be the chip of this record from now on; of none with an empty id."""
        self._record = (noun, record_id)
        self._on_marked()

    def _on_marked(self) -> None:
        self.setVisible(self._live.in_question(*self._record))


def flag_rows(
    live: Live, table: PagedTable, column: int, noun: str, key: Callable[[Any], str] = lambda row: row.id
) -> None:
    """Let the rows of a list say 有冲突 at the end of a column."""
    table.rows.flag(column, lambda row: _("有冲突") if live.in_question(noun, key(row)) else "")
    live.marked.connect(table.viewport().update)
