"""来访列表: every visit, newest first, page by page; Enter opens one."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk import clock
from desk.services.visit_values import Counts, PersonCard, VisitRow
from desk.text import _
from desk.ui.conflict_marks import flag_rows
from desk.ui.context import Context
from desk.ui.pages.visits.filters import Filters
from desk.ui.pages.visits.record_view import RecordView
from desk.ui.pages.visits.side import HistoryCard
from desk.ui.parts.boxes import label, row
from desk.ui.parts.card import Card
from desk.ui.parts.empty import EmptyState
from desk.ui.parts.key_hint import KeyButton
from desk.ui.parts.one_in_view import OneInView
from desk.ui.parts.table import Column, PagedTable

if TYPE_CHECKING:
    from desk.services.station import OtherStation

OUTCOME_TONES = {
    "answered": "green",
    "proposed": "blue",
    "triage": "plain",
    "guided": "plain",
    "mediation": "amber",
    "consultation": "amber",
}


def columns() -> list[Column]:
    """Return the columns of the list."""
    return [
        Column(_("时间"), _when, width=6),
        Column(_("编号"), lambda row: row.number, width=7, soft=True),
        Column(_("来访人"), _who, width=7, strong=True),
        Column(_("事由"), lambda row: row.subject, least=8),
        Column(_("处理"), _outcome, width=6, tone=_tone),
        Column(_("接待评价"), lambda row: row.rating_label or _("未评"), width=5, spare=True),
        # Their levels stand in the record: here there is no room for both.
        Column(_("接待代表"), lambda row: row.receiver_names, width=8, soft=True, spare=True),
        Column(_("站点"), lambda row: row.station, width=9, soft=True),
    ]


_STATION = 7
"""The place of the column 站点, which only a desk of the county has."""


class ListPage(QWidget):
    """Filters, counts and table; a record opens in the same place, Esc goes back.

    `receives`: this is a station's desk, which has forms and ledgers; one of the county has none.

    Signals:
        continued: a visit that is not finished is to be gone on with; its id.
    """

    continued = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None, *, receives: bool = True) -> None:
        super().__init__(parent)
        self._context = context
        self._person_id = ""
        self._steps = self._build(receives=receives)

    def build(self) -> Iterator[None]:
        """Build what is still to be built, step by step: in one go it would hold up the keys.

        Until it is over nothing else may be asked of the list. Another call goes on where one was left.
        """
        return self._steps

    def _build(self, *, receives: bool) -> Iterator[None]:
        self._person = HistoryCard(_("看全部来访"), counts_next=False)
        # Each part goes where it belongs before it is filled: at another parent Qt asks the style anew.
        self._stack = OneInView()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._person)
        box.addWidget(self._stack, 1)
        yield
        self.filters = Filters()
        yield
        self.table = PagedTable(_("来访列表"), columns(), tasks=self._context.tasks)
        self.table.setColumnHidden(_STATION, True)
        flag_rows(self._context.live, self.table, 3, "visit")
        yield
        self._counts = label("", "label")
        advice = _("换个日期或条件；来了人按 F2 新登记。") if receives else _("换个站点、日期或条件。")
        self._empty = EmptyState(_("没有符合条件的来访"), advice)
        self._empty.hide()
        self._stack.addWidget(self._list_card())
        # Ledgers and forms are the stations' own, under their name and numbers.
        if not receives:
            for widget in self._papers:
                widget.hide()
        yield
        self.record = RecordView(self._context, self._stack)
        yield
        self._stack.addWidget(self.record)
        self.filters.changed.connect(self._fetch)
        self.table.opened.connect(self.show_visit)
        self.table.filled.connect(self._on_filled)
        self.record.left.connect(self.back)
        self.record.continued.connect(self.continued)
        self._person.opened.connect(self.show_visit)
        self._person.released.connect(self._leave_person)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._on_escape)

    def load(self) -> None:
        """Ask for deputies and visits."""
        deputies = self._context.services.deputies
        self._context.tasks.run(deputies.list, done=self._on_deputies, owner=self)
        others = self._context.services.station.others
        self._context.tasks.run(others, done=self._on_stations, owner=self, topic="stations")
        if self._stack.currentWidget() is self.record:
            self.record.load()
        self._fetch(stay=True)

    def show_visit(self, visit_id: str) -> None:
        """Open one visit to read."""
        self._stack.setCurrentWidget(self.record)
        self.record.show_visit(visit_id)

    def show_person(self, person_id: str) -> None:
        """Show what is known of a person, and in the list their visits only."""
        self.back()
        self._person_id = person_id
        people = self._context.services.people
        self._context.tasks.run(
            lambda: people.history(person_id), done=self._on_person, owner=self, topic="person"
        )
        self._fetch()

    def back(self) -> None:
        """Go back from a record to the list."""
        self.record.leave()
        self._stack.setCurrentIndex(0)
        self.table.setFocus()

    def _list_card(self) -> QWidget:
        card = Card()
        pdf = KeyButton(_("登记簿 PDF"))
        xlsx = KeyButton(_("登记簿表格"))
        pdf.clicked.connect(lambda: self._export("ledger"))
        xlsx.clicked.connect(lambda: self._export("ledger_xlsx"))
        head = row(gap=10)
        head.addWidget(self.filters, 1)
        self._papers: list[QWidget] = [pdf, xlsx]
        for widget in self._papers:
            head.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        card.add(head)
        blank = KeyButton(_("空白登记表"))
        check = KeyButton(_("核对回执"))
        blank.clicked.connect(lambda: self._context.navigator.show("paper", "blank"))
        check.clicked.connect(lambda: self._context.navigator.show("check_receipt"))
        old = KeyButton(_("导入旧台账"))
        old.clicked.connect(lambda: self._context.navigator.show("old_ledger"))
        self._papers += [old, blank, check]
        card.add(row(self._counts, None, old, blank, check, gap=10))
        card.add(self._empty)
        card.add(self.table, 1)
        return card

    def _fetch(self, *, stay: bool = False) -> None:
        visits = self._context.services.visits
        chosen = replace(self.filters.value(), person_id=self._person_id)
        self.table.show_pages(lambda after: visits.page(chosen, after), stay=stay)
        self._context.tasks.run(lambda: visits.counts(chosen), done=self._on_counts, owner=self)

    def _export(self, paper: str) -> None:
        first, last = self.filters.days()
        # Without a period the ledger's own page proposes this month.
        days = f":{first.isoformat()}:{(last or clock.today()).isoformat()}" if first else ":"
        self._context.navigator.show("paper", f"{paper}{days}")

    def _on_deputies(self, deputies: object) -> None:
        rows = deputies if isinstance(deputies, tuple) else ()
        self.filters.set_deputies([(each.id, each.name) for each in rows])

    def _on_stations(self, stations: "tuple[OtherStation, ...]") -> None:
        self.filters.set_stations([(each.scope, each.name) for each in stations])
        self.table.setColumnHidden(_STATION, not stations)
        self.table.fold()

    def _on_counts(self, counts: Counts) -> None:
        self._counts.setText(
            _("共 {batches} 批 {people} 人次").format(batches=counts.batches, people=counts.people)
        )

    def _on_person(self, card: PersonCard) -> None:
        self._person.show_card(card)

    def _leave_person(self) -> None:
        self._person.hide()
        self._person_id = ""
        self._fetch()

    def _on_filled(self, count: int) -> None:
        self._empty.setVisible(count == 0)
        self.table.setVisible(count > 0)

    def _on_escape(self) -> None:
        if self._stack.currentWidget() is self.record:
            self.back()
        else:
            self._context.navigator.back()


def _when(visit: VisitRow) -> str:
    """Return day and time, and for another year's visit the whole date."""
    return f"{visit.at:%m-%d %H:%M}" if visit.at.year == clock.today().year else f"{visit.at:%Y-%m-%d}"


def _who(visit: VisitRow) -> str:
    if visit.headcount > 1:
        return _("{who} 等 {n} 人").format(who=visit.name, n=visit.headcount)
    return visit.name


def _outcome(visit: VisitRow) -> str:
    if visit.state == "waiting":
        return _("等候")
    if visit.state == "received":
        return _("待补记") if visit.incomplete else _("接待中")
    return visit.outcome_label


def _tone(visit: VisitRow) -> str:
    return OUTCOME_TONES.get(visit.outcome, "plain") if visit.state == "finished" else "red"
