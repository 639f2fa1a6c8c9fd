"""Choices for 接待选民登记簿: the period, counted in 批次 and 人次, and the workbook."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QPushButton, QWidget

from desk import clock
from desk.text import _
from desk.ui.context import Context
from desk.ui.pages.paper.periods import MONTH, OWN, QUARTER, YEAR, period, period_of
from desk.ui.pages.paper.side import Make, Side
from desk.ui.parts.boxes import label
from desk.ui.parts.chips import Chips
from desk.ui.parts.form_row import FormRow
from desk.ui.preview import save_place

if TYPE_CHECKING:
    from desk.services.papers import Paper

XLSX = "xlsx:"
"""Before the days: ask at once where to save the workbook."""


class LedgerSide(Side):
    """本月 · 本季 · 本年 · 自选, and the table as XLSX."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        choices = [(MONTH, _("本月")), (QUARTER, _("本季")), (YEAR, _("本年")), (OWN, _("自选"))]
        self.period = Chips(_("时段"), choices)
        self.period.chosen.connect(self._on_period)
        self.first, self.last = _day_field(_("从")), _day_field(_("到"))
        for field in (self.first, self.last):
            field.editingFinished.connect(self._on_day)
        self.counts = label("", "strong", wrap=True)
        self.xlsx = QPushButton(_("存为表格 XLSX"))
        self.xlsx.clicked.connect(self._ask_file)
        for widget in (
            *(label(_("时段"), "label"), self.period),
            *(FormRow(_("从"), self.first), FormRow(_("到"), self.last)),
            *(self.counts, self.xlsx),
        ):
            self.box.addWidget(widget)
        self._set_days(*period(MONTH, clock.today()))

    def begin(self, words: str) -> None:
        """Take `<from>:<to>` in ISO days, after `XLSX` for the workbook at once.

        "" keeps days of one's own, and of 本月, 本季 and 本年 takes those of now.
        """
        days = words.removeprefix(XLSX)
        if days:
            first, _colon, last = days.partition(":")
            self._set_days(date.fromisoformat(first), date.fromisoformat(last))
        elif self.period.value() != OWN:
            self._set_days(*period(self.period.value(), clock.today()))
        if words.startswith(XLSX):
            self._ask_file()

    def begin_day(self) -> None:
        """Call the days what they are by now: what was 本月 is 自选 in the month after."""
        self.period.set_value(period_of(*self.days(), clock.today()))

    def days(self) -> tuple[date, date]:
        """Return the first and the last day chosen."""
        return _date(self.first), _date(self.last)

    def maker(self) -> Make:
        """Return what gathers and draws the ledger."""
        papers, (first, last) = self.context.services.papers, self.days()
        return lambda: papers.visits_ledger(first, last)

    def show_paper(self, paper: "Paper") -> None:
        """Show how many came."""
        self.counts.setText(paper.note)

    def _set_days(self, first: date, last: date) -> None:
        for field, day in ((self.first, first), (self.last, last)):
            field.setDate(QDate(day.year, day.month, day.day))
        self._asked = (first, last)
        self.period.set_value(period_of(first, last, clock.today()))

    def _on_period(self, code: str) -> None:
        if code == OWN:
            self.first.setFocus()
            return
        self._set_days(*period(code, clock.today()))
        self.wanted.emit()

    def _on_day(self) -> None:
        if self.days() != self._asked:
            self._set_days(*self.days())
            self.wanted.emit()

    def _ask_file(self) -> None:
        first, last = self.days()
        name = _("接待选民登记簿 {first}至{last}.xlsx").format(first=first, last=last)
        save_place.ask(self.context, self, "xlsx", name, lambda path: self._save(path, first, last))

    def _save(self, path: Path, first: date, last: date) -> None:
        services, notices = self.context.services, self.context.notices
        self.context.tasks.run(
            lambda: save_place.save(services.settings, path, services.papers.visits_ledger_xlsx(first, last)),
            done=lambda _none: notices.info(_("已保存：{name}").format(name=path.name)),
            owner=self,
            lane="free",
        )


def _day_field(name: str) -> QDateEdit:
    field = QDateEdit()
    field.setDisplayFormat("yyyy-MM-dd")
    field.setCalendarPopup(True)
    field.setAccessibleName(name)
    return field


def _date(field: QDateEdit) -> date:
    day = field.date()
    return date(day.year(), day.month(), day.day())
