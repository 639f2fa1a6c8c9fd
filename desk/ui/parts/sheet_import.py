"""The import of a table: what was understood line by line, doubts marked, one decision, one transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.errors import Problem
from desk.services.outcome import Done
from desk.services.sheets.headers import Column as SheetColumn
from desk.text import _
from desk.ui.notices import Notices
from desk.ui.parts.boxes import WIDE, column, label, row
from desk.ui.parts.card import Card
from desk.ui.parts.chips import Chips
from desk.ui.parts.column_choices import ColumnChoices
from desk.ui.parts.columns import Columns, scrolled
from desk.ui.parts.key_hint import KeyButton
from desk.ui.parts.row_room import RowRoom
from desk.ui.parts.table import Column, PagedTable
from desk.ui.parts.veil import BusyVeil
from desk.ui.tasks import Tasks

ALL = "all"
DOUBTS = "doubts"
"""Filters every import has: all lines, and those to look at."""

_ROWS = 6  # seen at once at any text size; the page scrolls for the rest

Choices = Mapping[int, str]
Lines = Callable[[Any, Choices, str], Sequence[Any]]


class Understood(Protocol):
    """What reading a file gives, whatever it is about."""

    @property
    def file_name(self) -> str:
        """The file's name."""

    @property
    def title(self) -> str:
        """The words above the header."""

    @property
    def columns(self) -> tuple[SheetColumn, ...]:
        """The columns as they were taken."""

    @property
    def rows(self) -> tuple[Any, ...]:
        """What was read, line by line."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What concerns the file as a whole."""

    @property
    def sheet(self) -> str:
        """The sheet that was read."""

    @property
    def other_sheets(self) -> tuple[str, ...]:
        """The sheets that were not."""


@dataclass(frozen=True)
class Errand:
    """What is imported, in which words, and by which verbs.

    `keys` are meanings of which one column must have one. `lines(plan, choices, filter)` returns the lines
    a filter lets through, each with `number` and `reasons`; `summary(all lines)` says what would happen and
    whether that is anything; `told(value)` says what an import has done.
    """

    heading: str
    reading: str
    table_name: str
    meanings: Mapping[str, str]
    keys: frozenset[str]
    filters: Sequence[tuple[str, str]]
    columns: Sequence[Column]
    understand: Callable[[Path, Mapping[int, str], str], Understood]
    plan: Callable[[Any], Any]
    apply: Callable[[Any, Choices], Done[Any]]
    lines: Lines
    summary: Callable[[Sequence[Any]], tuple[str, bool]]
    told: Callable[[Any], str]


class LineCard(Card):
    """The line in view, beside the table; an errand brings its own.

    Signals:
        decided: line and choice.
    """

    decided = Signal(int, str)

    def clear(self) -> None:
        """Show nothing."""

    def show_line(self, line: Any) -> None:
        """Show one line."""


@dataclass(frozen=True)
class _Read:
    """What reading gave, and the plan if there is anything to import."""

    found: Understood
    plan: Any


class SheetImport(QWidget):
    """Reads a file in the background, shows it, and imports it when told to.

    Signals:
        left: the import is done or was given up.
    """

    left = Signal()

    def __init__(
        self, errand: Errand, entry: LineCard, tasks: Tasks, notices: Notices, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._errand, self._tasks, self._notices = errand, tasks, notices
        self._path = Path()
        self._sheet = ""
        self._mapping: dict[int, str] = {}
        self._plan: Any = None
        self._choices: dict[int, str] = {}
        self._file = label("", "label")
        self._notes = label("", "problem", wrap=True)
        self.columns = ColumnChoices(errand.meanings)
        self.columns.corrected.connect(self._on_corrected)
        self.columns.sheet_chosen.connect(self._on_sheet)
        self.filter = Chips(_("显示"), errand.filters)
        self.filter.chosen.connect(lambda _code: self._show_lines())
        self.table = PagedTable(errand.table_name, errand.columns, key=lambda line: str(line.number))
        RowRoom(self.table, _ROWS)
        self.entry = entry
        self.table.chosen.connect(self._on_chosen)
        self.entry.decided.connect(self._on_decided)
        # At large text the card stands below the table, out of view: why a line is doubted is said above it.
        self._why = label("", "problem", wrap=True)
        self._summary = label("", "strong")
        self.back = KeyButton(_("不导入，返回"), "Esc")
        self.back.clicked.connect(self.left)
        self.apply = KeyButton(_("导入"), "Ctrl Enter", "main")
        self.apply.clicked.connect(self._apply)
        self._lay_out()
        self._veil = BusyVeil(self)
        context_key = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+Return"), self, self.apply.click, context=context_key)
        QShortcut(QKeySequence("Esc"), self, self.left.emit, context=context_key)

    def start(self, path: Path) -> None:
        """Begin with a file."""
        self._path, self._sheet, self._mapping = path, "", {}
        self._clear()
        self._file.setText(path.name)
        self._read()

    def _lay_out(self) -> None:
        heading = label(self._errand.heading, "title")
        list_card = Card()
        list_card.add(self.filter)
        list_card.add(self._why)
        list_card.add(self.table, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(WIDE - 4)
        middle = QWidget()
        inner = column(self._notes, self.columns, gap=WIDE - 4)
        self._sides = Columns(list_card, self.entry, stretch=(3, 1))
        self._sides.turned.connect(self._show_why)
        inner.addWidget(self._sides, 1)
        middle.setLayout(inner)
        box.addLayout(row(heading, self._file, None, gap=10))
        box.addWidget(scrolled(middle), 1)
        box.addLayout(row(self._summary, None, self.back, self.apply, gap=10))

    def _clear(self) -> None:
        self._plan, self._choices = None, {}
        self._notes.hide()
        self.columns.hide()
        self.columns.close_choices()
        self.table.show_rows(())
        self._let_go()
        self.apply.setEnabled(False)
        self._summary.setText("")

    def _read(self) -> None:
        errand, path, sheet, mapping = self._errand, self._path, self._sheet, dict(self._mapping)

        def work() -> _Read:
            found = errand.understand(path, mapping, sheet)
            return _Read(found, errand.plan(found) if found.rows else None)

        self._veil.cover(errand.reading)
        self._tasks.run(work, done=self._on_read, failed=self._on_refused, ended=self._veil.lift, owner=self)

    def _on_refused(self, problem: Problem) -> None:
        self._notices.fail(problem)
        if self._plan is None:
            self.left.emit()

    def _on_read(self, read: _Read) -> None:
        found, self._plan, self._choices = read.found, read.plan, {}
        self._file.setText(f"{found.file_name}　{found.title}".strip())
        self._notes.setText("\n".join(found.notes))
        self._notes.setVisible(bool(found.notes))
        self.columns.show_columns(found.columns, found.sheet, found.other_sheets)
        self.columns.show()
        if not any(each.meaning in self._errand.keys for each in found.columns):
            self.columns.open()
        for code, words in self._errand.filters:
            self.filter.button(code).setText(f"{words} {len(self._lines(code))}")
        self.filter.set_value(DOUBTS if self._lines(DOUBTS) else ALL)
        self._show_lines()
        self._show_summary()
        self.table.setFocus()

    def _lines(self, which: str) -> Sequence[Any]:
        return self._errand.lines(self._plan, self._choices, which)

    def _show_lines(self) -> None:
        lines = self._lines(self.filter.value() or ALL)
        self.table.show_rows(lines)
        if lines and not self.table.key():
            self.table.choose(str(lines[0].number))
        if not lines:
            self._let_go()

    def _on_chosen(self, number: str) -> None:
        line = self._line(int(number))
        self.entry.show_line(line)
        self._why.setText("\n".join(line.reasons))
        self._show_why()

    def _let_go(self) -> None:
        self.entry.clear()
        self._why.clear()
        self._show_why()

    def _show_why(self) -> None:
        self._why.setVisible(self._sides.folded and bool(self._why.text()))

    def _show_summary(self) -> None:
        words, anything = self._errand.summary(self._lines(ALL))
        self._summary.setText(words)
        self.apply.setEnabled(anything)

    def _line(self, number: int) -> Any:
        return next(line for line in self._lines(ALL) if line.number == number)

    def _on_decided(self, number: int, choice: str) -> None:
        self._choices[number] = choice
        self._show_lines()
        self._show_summary()

    def _on_corrected(self, mapping: Mapping[int, str]) -> None:
        self._mapping = dict(mapping)
        self._read()

    def _on_sheet(self, sheet: str) -> None:
        self._sheet, self._mapping = sheet, {}
        self._read()

    def _apply(self) -> None:
        errand, plan, choices = self._errand, self._plan, dict(self._choices)
        if plan is None:
            return
        self._veil.cover(_("正在导入…"))
        self._tasks.run(
            lambda: errand.apply(plan, choices),
            done=self._on_applied,
            ended=self._veil.lift,
            owner=self,
            lane="write",
        )

    def _on_applied(self, done: Done[Any]) -> None:
        self._notices.info(self._errand.told(done.value))
        self.left.emit()
