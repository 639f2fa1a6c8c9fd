"""今日: in reception now, done today, due today."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.services.visit_values import Today, VisitRow
from desk.text import _
from desk.ui.conflict_marks import ConflictChip, flag_rows
from desk.ui.context import Context
from desk.ui.navigator import NEW
from desk.ui.page import Page
from desk.ui.pages.today.due_card import DueCard
from desk.ui.pages.today.left_words import LeftWords
from desk.ui.pages.today.open_card import OpenCard, who
from desk.ui.parts.boxes import label, row
from desk.ui.parts.card import Card
from desk.ui.parts.columns import Columns, scrolled, stack
from desk.ui.parts.empty import EmptyState
from desk.ui.parts.key_hint import KeyButton
from desk.ui.parts.table import Column, PagedTable

_TONES = {
    "answered": "green",
    "proposed": "blue",
    "triage": "plain",
    "guided": "plain",
    "mediation": "amber",
    "consultation": "amber",
}
_SHOWN = 40
_STATION = 5
"""The place of the column 站点 among those of 今日已接待."""


class TodayPage(Page):
    """What a person opening the desk wants to see first.

    `receives`: visitors come to this desk; at one of the county only what was done and is due is shown.
    """

    told_by_day = True

    def __init__(self, context: Context, *, receives: bool = True) -> None:
        super().__init__(context)
        self._receives = receives
        self._title = label("", "title")
        self._duty = label("", "label", wrap=True)
        self.new = KeyButton(_("新来访"), "F2", "main")
        self.open = OpenCard(lambda: ConflictChip(context))
        self.done = DoneCard()
        flag_rows(context.live, self.done.table, 2, "visit")
        self.due = DueCard()
        self.left = LeftWords(context)
        self._lay_out()
        if not receives:
            for part in (self.new, self.open, self._duty):
                part.hide()
        self.new.clicked.connect(self._on_new)
        self.open.wanted.connect(self._on_new)
        self.open.opened.connect(self._on_visit)
        self.done.opened.connect(self._on_visit)
        self.due.opened.connect(context.navigator.open)
        context.live.changed.connect(self._on_changed)

    @property
    def title(self) -> str:
        """The page's name."""
        return _("今日")

    @property
    def help_text(self) -> str:
        """What can be done here."""
        if not self._receives:
            return _("各站今天接待完的来访，和到期还没有告知去向的事项，写明是哪个站。回车打开查看。")
        return _(
            "F2 新来访。正在接待的按“继续”回到登记表；六个圆点是六个一，红圈是正在做的一步。\n"
            "今日已接待的按回车打开：补记、反馈、补打回执都在那里。\n"
            "今天要办按轻重排列：到期、待反馈、待补记。\n"
            "记录结束、归档或作废以后，还没写进去的字显示在最上面，可以复制。"
        )

    @property
    def hints(self) -> str:
        """The keys of a morning's beginning."""
        if not self._receives:
            return _("F1 帮助 · F2 各站来访 · Ctrl K 搜索 · Ctrl L 锁定")
        return _("F1 帮助 · F2 新来访 · Ctrl K 搜索 · Ctrl L 锁定")

    def load(self) -> None:
        """Ask for today."""
        self.context.tasks.run(self.context.services.today.get, done=self._show, owner=self)
        if self._receives:
            self.left.load()

    def _lay_out(self) -> None:
        head = row(gap=12)
        head.addWidget(self._title)
        head.addWidget(self._duty, 1)
        head.addWidget(self.new)
        self._main, self._side = stack(self.open, self.done), stack(self.due)
        columns = Columns(self._main, self._side, stretch=(6, 5), fold_below=860)
        columns.turned.connect(self._place_due)
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 16, 18, 8)
        box.setSpacing(14)
        box.addLayout(head)
        box.addWidget(self.left)
        box.addWidget(scrolled(columns), 1)

    def _place_due(self, folded: bool) -> None:
        """Put what is due before what is done where both stand below each other: a day's visits are long."""
        box = (self._main if folded else self._side).layout()
        if isinstance(box, QVBoxLayout):
            box.insertWidget(1 if folded else 0, self.due)
        self._side.setVisible(not folded)

    def _show(self, today: Today) -> None:
        self._title.setText(today.title)
        self._duty.setText(today.duty_text)
        self.done.show_stations(shown=any(each.station for each in today.done))
        self.open.show_visits(today.open, today.open_counts)
        self.done.show_rows(today.done, today.done_summary)
        self.due.show_items(today.due, more=today.more_due)
        self.context.live.badge("visits", len(today.open))
        self.context.live.badge("mediation", today.cases_due)

    def _on_new(self) -> None:
        self.context.navigator.show("visits", NEW)

    def _on_visit(self, visit_id: str) -> None:
        self.context.navigator.show("visits", visit_id)

    def _on_changed(self, kinds: frozenset[str]) -> None:
        if self.isVisible() and kinds & {
            "visit",
            "matter",
            "duty",
            "rating",
            "reply",
            "station",
            "consultation",
        }:
            self.load()


class DoneCard(Card):
    """今日已接待: a short table; Enter opens a visit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("今日已接待"), parent=parent)
        self.table = PagedTable(
            _("今日已接待"),
            [
                Column(_("时间"), lambda visit: f"{visit.at:%H:%M}", width=3),
                Column(_("来访人"), lambda visit: who(visit.name, visit.headcount), width=6),
                Column(_("事由"), lambda visit: visit.subject),
                Column(_("处理"), lambda visit: visit.outcome_label, width=5, tone=_tone),
                Column(_("接待评价"), lambda visit: visit.rating_label or _("未评"), width=4),
                Column(_("站点"), lambda visit: visit.station, width=8, soft=True),
            ],
        )
        self.opened = self.table.opened
        self.show_stations(shown=False)
        self._empty = EmptyState(_("今天还没有接待完的来访"), _("完成接待后会列在这里。"))
        self.add(self.table)
        self.add(self._empty)

    def show_stations(self, *, shown: bool) -> None:
        """Say which station each visit was at; at a station's own desk there is no such column."""
        self.table.setColumnHidden(_STATION, not shown)

    def show_rows(self, rows: tuple[VisitRow, ...], summary: str) -> None:
        """Show who was received today."""
        self.set_aside(summary if rows else "")
        self.table.show_rows(rows[:_SHOWN])
        self.table.fit_height()
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)


def _tone(visit: VisitRow) -> str:
    return _TONES.get(visit.outcome, "plain")
