"""咨询列表: every consultation the reader may see, newest first, page by page; Enter opens one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk import clock
from desk.services.consultation.values import (
    ConsultationFilter,
    ConsultationFrame,
    ConsultationRow,
    GroupCount,
)
from desk.text import _
from desk.ui.conflict_marks import flag_rows
from desk.ui.context import Context
from desk.ui.pages.consultation import later
from desk.ui.parts.boxes import row
from desk.ui.parts.card import Card
from desk.ui.parts.chips import Chips
from desk.ui.parts.combo import Combo
from desk.ui.parts.empty import EmptyState
from desk.ui.parts.fields import LineField
from desk.ui.parts.key_hint import KeyButton
from desk.ui.parts.one_in_view import OneInView
from desk.ui.parts.table import Column, PagedTable

if TYPE_CHECKING:
    from desk.services.papers import Paper
    from desk.ui.pages.consultation.record_view import RecordView

_TONES = {
    "finished": "green",
    "referred": "blue",
    "appointed": "amber",
    "answered": "plain",
    "checked": "plain",
}
_HIT = "请换人解答"
_UNDER_WAY = "open"


def columns() -> list[Column]:
    """Return the columns of the list."""
    return [
        Column(_("时间"), _when, width=6),
        Column(_("编号"), lambda line: line.number, width=7, soft=True),
        Column(_("咨询人"), lambda line: line.name, width=6, strong=True),
        Column(_("类别"), lambda line: line.category_label, width=9),
        Column(_("咨询事项"), lambda line: line.question, least=10),
        Column(_("状态"), lambda line: line.state_label, width=6, tone=_tone),
        Column(_("处理"), lambda line: line.disposition_label, width=7, spare=True),
        Column(_("解答人"), lambda line: line.adviser, width=5, soft=True, spare=True),
        Column(_("评价"), lambda line: line.rating_label, width=5, soft=True, spare=True),
    ]


class ListPage(QWidget):
    """Chips, filters and table; an ended consultation opens in the same place, Esc goes back.

    Signals:
        continued: one that is not ended is to be gone on with; its id.
        wanted: a new one is to be begun.
        tools: "interests", "library" or "joint_days" is to be shown.
    """

    continued = Signal(str)
    wanted = Signal()
    tools = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._filled = False
        self.groups = Chips(
            _("状态"),
            [("", _("全部"))] + [(code, _(word)) for code, word in _GROUPS],
        )
        self.groups.set_value("")
        self.groups.button("").setChecked(True)
        self._category = Combo([("", _("全部类别"))])
        self._adviser = Combo([("", _("全部解答人"))])
        self.field = LineField(_("在咨询里找"), limit=60, hint=_("姓名、电话、编号、内容"))
        self.table = PagedTable(_("咨询列表"), columns(), tasks=context.tasks)
        flag_rows(context.live, self.table, 4, "consultation")
        self._empty = EmptyState(_("没有符合条件的咨询"), _("换个状态、类别或词再找。"))
        self._nothing = EmptyState(
            _("还没有登记过咨询"), _("有人来咨询，按 Ctrl N 新登记；来访里选“转咨询”也会到这里。")
        )
        self._record: RecordView | None = None
        self._stack = OneInView()
        self._stack.addWidget(self._list_card())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._stack)
        self.groups.chosen.connect(lambda _code: self.fetch())
        for combo in (self._category, self._adviser):
            combo.setMinimumContentsLength(8)
            combo.activated.connect(lambda _at: self.fetch())
        self.field.returnPressed.connect(self.fetch)
        self.table.opened.connect(self.open)
        self.table.filled.connect(self._on_filled)

    @property
    def record(self) -> "RecordView":
        """An ended one to read, built when the first is looked at."""
        if self._record is None:
            self._record = later.record()(self._context)
            self._record.left.connect(self.back)
            self._record.continued.connect(self.continued)
            self._stack.addWidget(self._record)
        return self._record

    def load(self) -> None:
        """Ask for the list again."""
        if self.reads:
            self.record.load()
        self.fetch(stay=True)

    def set_frame(self, frame: ConsultationFrame) -> None:
        """Offer classes and advisers to narrow by."""
        self._category.set_choices(
            [("", _("全部类别")), *((each.code, each.label) for each in frame.choices["top_category"])]
        )
        self._adviser.set_choices(
            [("", _("全部解答人")), *((each.user_id, each.name) for each in frame.advisers)]
        )

    def open(self, consultation_id: str) -> None:
        """Open one to read; one that is not ended is gone on with."""
        self._context.tasks.run(
            later.record, done=lambda _kind: self._show(consultation_id), owner=self, topic="record"
        )

    def back(self) -> None:
        """Go back from a record to the list."""
        self._stack.setCurrentIndex(0)
        self.table.setFocus()

    @property
    def reads(self) -> bool:
        """Whether a record is in view, not the list."""
        return self._stack.currentIndex() > 0

    @property
    def is_filled(self) -> bool:
        """Whether the first lines have come."""
        return self._filled

    def fetch(self, *, stay: bool = False) -> None:
        """Ask for the lines and the counts of the chips."""
        desk = self._context.services.consultation.consultations
        narrow = self._narrow()
        self.table.show_pages(lambda after: desk.page(narrow, after), stay=stay)
        self._context.tasks.run(desk.counts, done=self._on_counts, owner=self)

    def _narrow(self) -> ConsultationFilter:
        return ConsultationFilter(
            group=self.groups.value(),
            category=self._category.value(),
            adviser_id=self._adviser.value(),
            text=self.field.value(),
        )

    def _list_card(self) -> QWidget:
        card = Card()
        narrow = row(self._category, self._adviser, gap=10)
        narrow.addWidget(self.field, 1)
        head, tools = row(gap=10), row(gap=8)
        # The chips alone may wrap: beside what stretches they would get the width of one.
        head.addWidget(self.groups, 1)
        head.addLayout(tools)
        for code, words in (
            ("joint_days", _("联合接待日")),
            ("interests", _("回避关系")),
            ("library", _("条文库导入")),
        ):
            button = KeyButton(words)
            button.clicked.connect(lambda _on=False, each=code: self.tools.emit(each))
            tools.addWidget(button)
        self.blank = KeyButton(_("空白登记表"))
        self.blank.clicked.connect(self._on_blank)
        tools.addWidget(self.blank)
        card.add(head)
        card.add(narrow)
        card.add(self._empty)
        card.add(self._nothing)
        card.add(self.table, 1)
        self._empty.hide()
        self._nothing.hide()
        return card

    def _on_blank(self) -> None:
        papers = self._context.services.consultation.papers
        self._context.tasks.run(papers.blank, done=self._on_made, owner=self, lane="free")

    def _on_made(self, paper: "Paper") -> None:
        later.show_paper(paper, self._context, self.window())

    def _show(self, consultation_id: str) -> None:
        self._stack.setCurrentWidget(self.record)
        self.record.show_record(consultation_id)

    def _on_counts(self, counts: tuple[GroupCount, ...]) -> None:
        for each in counts:
            self.groups.button(each.group).setText(f"{each.label} {each.count}")
            if each.group == _UNDER_WAY:
                self._context.live.badge("consultation", each.count)

    def _on_filled(self, count: int) -> None:
        self._filled = True
        narrowed = self._narrow() != ConsultationFilter()
        self._empty.setVisible(count == 0 and narrowed)
        self._nothing.setVisible(count == 0 and not narrowed)
        self.table.setVisible(count > 0)


_GROUPS = (("open", "办理中"), ("appointed", "已约期"), ("finished", "已结束"), ("referred", "已转出"))


def _when(line: ConsultationRow) -> str:
    """Return day and time, and for another year's the whole date."""
    if line.at is None:
        return ""
    return f"{line.at:%m-%d %H:%M}" if line.at.year == clock.today().year else f"{line.at:%Y-%m-%d}"


def _tone(line: ConsultationRow) -> str:
    return "red" if line.state_label == _HIT else _TONES.get(line.state, "plain")
