"""The import of a roster: what was understood row by row, doubts marked, one decision, one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.errors import Problem
from desk.services.roster import columns as meanings
from desk.services.roster.plan_values import SKIP, ImportPlan
from desk.services.roster.values import Roster
from desk.text import _
from desk.ui.context import Context
from desk.ui.pages.deputies.import_columns import ImportColumns
from desk.ui.pages.deputies.import_entry import ImportEntry
from desk.ui.pages.deputies.import_rows import FILTERS, Line, lines_of, table_columns
from desk.ui.pages.deputies.room import RowRoom
from desk.ui.parts.boxes import WIDE, column, label, row
from desk.ui.parts.card import Card
from desk.ui.parts.chips import Chips
from desk.ui.parts.columns import Columns, scrolled
from desk.ui.parts.key_hint import KeyButton
from desk.ui.parts.table import PagedTable
from desk.ui.parts.veil import BusyVeil

if TYPE_CHECKING:
    from desk.services.outcome import Done
    from desk.services.roster.plan_values import ImportDone


_ROWS = 6  # seen at once at any text size; the page scrolls for the rest


@dataclass(frozen=True)
class _Read:
    """What reading gave: the roster, and the plan if there is somebody to import."""

    roster: Roster
    plan: ImportPlan | None


class ImportView(QWidget):
    """Reads a file in the background, shows it, and imports it when told to.

    Signals:
        left: the import is done or was given up.
    """

    left = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._path = Path()
        self._sheet = ""
        self._mapping: dict[int, str] = {}
        self._plan: ImportPlan | None = None
        self._choices: dict[int, str] = {}
        self._file = label("", "label")
        self._notes = label("", "problem", wrap=True)
        self.columns = ImportColumns()
        self.columns.corrected.connect(self._on_corrected)
        self.columns.sheet_chosen.connect(self._on_sheet)
        self.filter = Chips(_("显示"), FILTERS)
        self.filter.chosen.connect(lambda _code: self._show_lines())
        self.table = PagedTable(_("读到的代表"), table_columns(), key=lambda line: str(line.number))
        RowRoom(self.table, _ROWS)
        self.table.chosen.connect(self._on_row)
        self.entry = ImportEntry()
        self.entry.decided.connect(self._on_decided)
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
        heading = label(_("导入花名册"), "title")
        list_card = Card()
        list_card.add(self.filter)
        list_card.add(self.table, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(WIDE - 4)
        middle = QWidget()
        inner = column(self._notes, self.columns, gap=WIDE - 4)
        inner.addWidget(Columns(list_card, self.entry, stretch=(3, 1)), 1)
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
        self.entry.clear()
        self.apply.setEnabled(False)
        self._summary.setText("")

    def _read(self) -> None:
        roster_service = self._context.services.roster
        path, sheet, mapping = self._path, self._sheet, dict(self._mapping)

        def work() -> _Read:
            roster = roster_service.understand(path, mapping, sheet=sheet)
            return _Read(roster, roster_service.plan(roster) if roster.rows else None)

        self._veil.cover(_("正在读取花名册…"))
        self._context.tasks.run(
            work, done=self._on_read, failed=self._on_refused, ended=self._veil.lift, owner=self
        )

    def _on_refused(self, problem: Problem) -> None:
        self._context.notices.fail(problem)
        if self._plan is None:
            self.left.emit()

    def _on_read(self, read: _Read) -> None:
        roster, self._plan, self._choices = read.roster, read.plan, {}
        self._file.setText(f"{roster.file_name}　{roster.title}".strip())
        self._notes.setText("\n".join(roster.notes))
        self._notes.setVisible(bool(roster.notes))
        self.columns.show_roster(roster)
        self.columns.show()
        if not any(column.meaning == meanings.NAME for column in roster.columns):
            self.columns.open()
        for code, words in FILTERS:
            count = len(lines_of(self._plan, self._choices, code))
            self.filter.button(code).setText(f"{words} {count}")
        self.filter.set_value("doubts" if lines_of(self._plan, self._choices, "doubts") else "all")
        self._show_lines()
        self._show_summary()
        self.table.setFocus()

    def _show_lines(self) -> None:
        lines = lines_of(self._plan, self._choices, self.filter.value() or "all")
        self.table.show_rows(lines)
        if lines and not self.table.key():
            self.table.choose(str(lines[0].number))
        if not lines:
            self.entry.clear()

    def _show_summary(self) -> None:
        lines = lines_of(self._plan, self._choices, "all")
        counts = {
            action: sum(line.action == action for line in lines)
            for action in ("new", "changed", "same", SKIP)
        }
        words = _("新增 {new} 位，更新 {changed} 位，不变 {same} 位，跳过 {skip} 位")
        self._summary.setText(words.format(**counts) if lines else _("没有读到代表"))
        self.apply.setEnabled(bool(counts["new"] or counts["changed"]))

    def _on_row(self, number: str) -> None:
        self.entry.show_line(self._line(int(number)))

    def _line(self, number: int) -> Line:
        return next(line for line in lines_of(self._plan, self._choices, "all") if line.number == number)

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
        plan, choices, service = self._plan, dict(self._choices), self._context.services.roster
        if plan is None:
            return
        self._veil.cover(_("正在导入…"))
        self._context.tasks.run(
            lambda: service.apply(plan, choices),
            done=self._on_applied,
            ended=self._veil.lift,
            owner=self,
            lane="write",
        )

    def _on_applied(self, done: "Done[ImportDone]") -> None:
        value = done.value
        words = _("已导入：新增 {new} 位，更新 {changed} 位，不变 {same} 位，跳过 {skipped} 位。可以撤销。")
        self._context.notices.info(
            words.format(new=value.new, changed=value.changed, same=value.same, skipped=value.skipped)
        )
        self.left.emit()
