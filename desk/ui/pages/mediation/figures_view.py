"""统计与排查: the sums of a period, the year's searches for disputes, the yearly 以案定补 list (§3.8)."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk import clock
from desk.errors import Problem
from desk.services.mediation.ledgers import LedgerAsk
from desk.services.mediation.people_values import Choice
from desk.services.mediation.statistics_values import PeriodStatistics, SubsidyList, SubsidyRow
from desk.services.mediation.values import CaseFrame
from desk.text import _
from desk.ui.context import Context
from desk.ui.pages.mediation.ledger_buttons import LedgerButtons, LedgerMaker
from desk.ui.pages.mediation.sweeps_card import SweepsCard, offer_years, year_combo
from desk.ui.parts.boxes import label, row, tell
from desk.ui.parts.card import Card
from desk.ui.parts.columns import Columns, scrolled, stack
from desk.ui.parts.combo import Combo
from desk.ui.parts.day_field import DayField, day_problem
from desk.ui.parts.key_hint import KeyButton
from desk.ui.parts.table import Column, PagedTable

_GROUPS = {
    "total": "合计",
    "committee": "调委会",
    "source": "来源",
    "type": "类型",
    "form": "协议形式",
    "performance": "履行",
    "confirmation": "司法确认",
    "kept": "防止激化",
    "sweep": "排查",
}
_FOLD_BELOW = 900
_LINES = 11


class FiguresView(QWidget):
    """Three cards; the first asks for its period, each goes out as a table or on paper.

    Signals:
        opened: a dossier of the list is to be opened; its id.
    """

    opened = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._decides = False
        self._steps = self._build()

    def build(self) -> Iterator[None]:
        """Build it step by step; until it is over nothing else may be asked."""
        return self._steps

    def _build(self) -> Iterator[None]:
        today = clock.today()
        self.first, self.last = DayField(_("从哪天")), DayField(_("到哪天"))
        self._day = today
        self.first.set_day(today.replace(month=1, day=1))
        self.last.set_day(today)
        self.committee = Combo([("", _("全部调委会"))])
        self.committee.setAccessibleDescription(_("调委会"))
        self.committee.setMinimumContentsLength(8)
        self.quick = Combo([(code, words) for code, (words, _days) in _periods(today).items()])
        self.quick.setAccessibleDescription(_("统计期间"))
        self.quick.set_value("year")
        self.count = KeyButton(_("统计"), kind="row")
        yield
        self.lines = PagedTable(_("统计"), _columns(), key=lambda each: f"{each.group}:{each.code}")
        self.year = year_combo(_("以案定补的年份"))
        self.paid = PagedTable(_("以案定补"), _paid_columns(), key=lambda each: each.case_id)
        self._total = label("", "strong", wrap=True)
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        yield
        self.maker = LedgerMaker(self._context, self)
        self.sweeps = SweepsCard(self._context, self.maker)
        yield
        self._figures_out = LedgerButtons(self.maker, _("人民调解案件统计表"), self._asked)
        self._paid_out = LedgerButtons(self.maker, _("以案定补案件清单"), self._asked_paid)
        yield
        yield from self._lay_out()
        self.quick.activated.connect(lambda _index: self._on_quick())
        self.count.clicked.connect(self.load_figures)
        self.committee.activated.connect(lambda _index: self.load_figures())
        for field in (self.first, self.last):
            field.returnPressed.connect(self.load_figures)
        self.year.activated.connect(lambda _index: self._load_paid())
        self.paid.opened.connect(self.opened)

    def set_frame(self, frame: CaseFrame) -> None:
        """Offer the committees."""
        offered = [Choice(each.id, each.name) for each in frame.committees]
        self.committee.set_choices([("", _("全部调委会")), *((each.code, each.label) for each in offered)])
        self.sweeps.set_committees(offered)
        newly, self._decides = frame.may_decide and not self._decides, frame.may_decide
        self._paid_card.setVisible(self._decides)
        for out in (self._figures_out, self._paid_out, self.sweeps.out):
            out.setVisible(frame.may_report)
        if newly:
            self._load_paid()

    def load(self) -> None:
        """Ask for everything in view."""
        self._follow_day()
        self.load_figures()
        if self._decides:
            self._load_paid()
        self.sweeps.load()

    def load_figures(self) -> None:
        """Ask for the sums of the period."""
        first, last = self.first.day(), self.last.day()
        statistics, committee = self._context.services.mediation.statistics, self.committee.value()
        problem = day_problem(self.first.text()) or day_problem(self.last.text())
        if not problem and (first is None or last is None):
            problem = _("请写明从哪天到哪天。")
        tell(self._problem, problem)
        if first is not None and last is not None:
            self._context.tasks.run(
                lambda: statistics.period(first, last, committee),
                done=self._on_figures,
                failed=self._on_refused,
                owner=self,
                topic="figures",
            )

    def _load_paid(self) -> None:
        statistics, year = self._context.services.mediation.statistics, int(self.year.value())
        self._context.tasks.run(
            lambda: statistics.subsidies(year), done=self._on_paid, failed=self._on_refused, owner=self
        )

    def _lay_out(self) -> Iterator[None]:
        period = row(self.quick, self.first, label("—"), self.last, self.committee, self.count, None, gap=8)
        figures = Card(_("统计（按受理日期）"))
        figures.add(period)
        figures.add(self._problem)
        figures.add(self._figures_out)
        figures.add(self.lines)
        yield
        paid = self._paid_card = Card(_("以案定补"))
        paid.add(row(self.year, self._total, None, gap=10))
        paid.add(self._paid_out)
        paid.add(self.paid)
        paid.hide()
        yield
        columns = Columns(stack(figures), stack(self.sweeps, paid), stretch=(1, 1), fold_below=_FOLD_BELOW)
        yield
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(scrolled(columns))

    def _follow_day(self) -> None:
        """On another day than before, let the period be that of now, unless its days were written by hand."""
        was, self._day = self._day, clock.today()
        if was == self._day:
            return
        for years in (self.year, self.sweeps.year):
            offer_years(years)
        code = self.quick.value()
        if (self.first.day(), self.last.day()) == _periods(was)[code][1]:
            self._set_days(*_periods(self._day)[code][1])

    def _set_days(self, first: date, last: date) -> None:
        self.first.set_day(first)
        self.last.set_day(last)

    def _asked(self) -> LedgerAsk | None:
        """Return the ledger of the period in the fields."""
        first, last = self.first.day(), self.last.day()
        if first is None or last is None:
            return None
        return LedgerAsk("case_statistics", first, last, self.committee.value())

    def _asked_paid(self) -> LedgerAsk:
        year = int(self.year.value())
        return LedgerAsk("subsidies", date(year, 1, 1), date(year, 12, 31))

    def _on_quick(self) -> None:
        _words, (first, last) = _periods(clock.today())[self.quick.value()]
        self._set_days(first, last)
        self.load_figures()

    def _on_figures(self, found: PeriodStatistics) -> None:
        self.lines.show_rows(found.lines)
        # A bar of its own: with seventy lines searches and subsidies would be far below.
        self.lines.fit_height(_LINES)

    def _on_paid(self, found: SubsidyList) -> None:
        self.paid.show_rows(found.rows)
        self.paid.fit_height(12)
        self.paid.setVisible(bool(found.rows))
        sums = "；".join(f"{each.mediator} {each.fen / 100:,.2f} 元" for each in found.sums)
        words = (
            _("合计 {total}").format(total=found.total_text) if found.rows else _("这一年还没有归档的案卷")
        )
        self._total.setText("　".join(part for part in (words, sums) if part))

    def _on_refused(self, problem: Problem) -> None:
        self._context.notices.fail(problem)


def _periods(today: date) -> dict[str, tuple[str, tuple[date, date]]]:
    """Return the periods a report is asked for: month, quarter, year, each of them up to now and the last."""
    month, quarter = today.replace(day=1), _quarter(today)
    last_month, last_quarter = month - timedelta(days=1), quarter - timedelta(days=1)
    before = today.year - 1
    return {
        "month": (_("本月"), (month, today)),
        "last_month": (_("上月"), (last_month.replace(day=1), last_month)),
        "quarter": (_("本季度"), (quarter, today)),
        "last_quarter": (_("上季度"), (_quarter(last_quarter), last_quarter)),
        "year": (_("今年"), (today.replace(month=1, day=1), today)),
        "last": (_("去年"), (date(before, 1, 1), date(before, 12, 31))),
    }


def _quarter(day: date) -> date:
    """Return the first day of the quarter a day lies in."""
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def _columns() -> Sequence[Column]:
    return [
        Column(_("项目"), lambda each: _(_GROUPS.get(each.group, each.group)), 6, soft=True),
        Column(_("名称"), lambda each: each.label, strong=True),
        Column(_("数"), lambda each: each.text, 10),
    ]


def _paid_columns() -> Sequence[Column]:
    return [
        Column(_("案号"), lambda each: each.case_no, 15, soft=True),
        Column(_("调解员"), lambda each: each.mediators_text),
        Column(_("等次"), lambda each: each.grade_label or _("未评"), 6),
        Column(_("金额"), _sum, 6),
    ]


def _sum(each: SubsidyRow) -> str:
    return f"{each.fen / 100:,.2f}" if each.grade else "—"
