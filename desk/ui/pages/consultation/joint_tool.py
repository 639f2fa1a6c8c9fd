"""联合接待日: the days on the left, the chosen or a new one on the right, and who came on it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from desk import clock
from desk.errors import Problem
from desk.services.consultation.forms import JointDayForm
from desk.services.consultation.values import JointDayRow, JointDayView
from desk.services.outcome import Done
from desk.services.overtaken import Overtaken
from desk.text import _
from desk.ui.context import Context
from desk.ui.pages.consultation.joint_form import JointForm, form_of
from desk.ui.parts.beginning import Beginning
from desk.ui.parts.boxes import column, label, row, swap
from desk.ui.parts.card import Card
from desk.ui.parts.columns import scrolled
from desk.ui.parts.empty import EmptyState
from desk.ui.parts.follower import Follower, OpenForm
from desk.ui.parts.key_hint import KeyButton
from desk.ui.parts.overtaken_bar import OvertakenBar
from desk.ui.parts.table import Column, PagedTable
from desk.ui.preview.window import show_paper

if TYPE_CHECKING:
    from desk.services.papers import Paper


class JointTool(QWidget):
    """What is typed for a day is given up only when the clerk says so; a late answer moves nobody away."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._day_id = ""
        self.days = PagedTable(
            _("联合接待日"),
            [
                Column(_("日期"), lambda day: str(day.held_on or ""), width=7, strong=True),
                Column(_("主题"), lambda day: day.theme),
                Column(_("坐班"), lambda day: str(day.seats), width=3),
                Column(_("来访"), lambda day: str(day.visits), width=3),
                Column(_("咨询"), lambda day: str(day.consultations), width=3),
            ],
        )
        self.new = KeyButton(_("新的一天"), kind="row")
        left = Card(_("联合接待日"))
        left.add(row(self.new, None))
        self._none = EmptyState(_("还没有联合接待日"), _("在右边填好日期和坐班的人，按“保存”。"))
        left.add(self._none, 1)
        left.add(self.days, 1)
        self.form = JointForm()
        self.overtaken = OvertakenBar()
        self._began = Beginning(JointDayForm())
        # The page asks for the days again when one is changed elsewhere; `_show` takes it from there.
        open_form = OpenForm(lambda: None, lambda: None, self.form.form, self.form.paint, self._changed, "")
        self._follower = Follower(context, self.overtaken, self._began, open_form, self)
        self.save = KeyButton(_("保存"), kind="main")
        self.paper = KeyButton(_("打印 / 存为 PDF"))
        self.paper.setAccessibleName(_("打印联合接待日登记表"))
        self.cancel = KeyButton(_("作废"))
        self.cancel.setAccessibleName(_("作废这个联合接待日"))
        self._came = QWidget()
        box = QWidget()
        box.setLayout(column(left, gap=0))
        whole = row(gap=14)
        whole.addWidget(box, 1)
        whole.addWidget(self._day_card(), 1)
        self.setLayout(whole)
        self.days.chosen.connect(self._on_chosen)
        self.days.opened.connect(self._on_chosen)
        self.new.clicked.connect(lambda: self._when_kept(self._on_new))
        self.save.clicked.connect(self._on_save)
        self.paper.clicked.connect(self._on_paper)
        self.cancel.clicked.connect(self._on_cancel)
        self.setFocusProxy(self.form)
        self._begin()

    def load(self) -> None:
        """Ask for the days, and for the one in view unless something is typed there."""
        joint = self._context.services.consultation.joint_days
        self._context.tasks.run(joint.list, done=self._on_days, owner=self)
        if self._day_id and not self._changed():
            self._open(self._day_id)

    def _day_card(self) -> QWidget:
        card = Card(_("谁坐班、谁来了"))
        inside = QWidget()
        inside.setProperty("role", "page")
        verbs = row(self.save, self.paper, self.cancel, None, gap=8)
        self._inside = column(
            self.overtaken, self.form, verbs, label(_("来的人"), "label"), self._came, None, gap=8
        )
        # Away from the scroll bar.
        self._inside.setContentsMargins(0, 0, 8, 0)
        inside.setLayout(self._inside)
        card.add(scrolled(inside), 1)
        return card

    def _mark(self, day_id: str) -> None:
        """Say which day is in view, "" for a new one; only one that is kept is printed or made void."""
        self._day_id = day_id
        self.paper.setEnabled(bool(day_id))
        self.cancel.setEnabled(bool(day_id))

    def _changed(self) -> bool:
        """Tell whether something is typed that is not kept."""
        return self.form.is_half_typed() or self._began.typed(self.form.form()) != self._began.base

    def _when_kept(self, then: Callable[[], None]) -> None:
        """Go on at once, or ask first where something typed would be lost."""
        if not self._changed():
            then()
            return
        question = _("这一天填写的内容还没有保存，离开就没有了。")
        self._context.notices.ask(question, _("不要了"), _("回去保存"), then)

    def _on_days(self, days: tuple[JointDayRow, ...]) -> None:
        self.days.show_rows(days)
        self.days.setVisible(bool(days))
        self._none.setVisible(not days)
        self.days.choose(self._day_id)

    def _on_new(self) -> None:
        self._begin()
        self.form.day.setFocus()

    def _begin(self) -> None:
        self._mark("")
        self.days.choose(self._day_id)
        self._follower.begin(JointDayForm(held_on=clock.today()))
        self._show_came(())

    def _on_chosen(self, day_id: str) -> None:
        if day_id == self._day_id:
            return
        # The table goes back until the question is answered: it never points to a day that is not in view.
        if self._changed():
            self.days.choose(self._day_id)
        self._when_kept(lambda: self._open(day_id))

    def _open(self, day_id: str) -> None:
        joint = self._context.services.consultation.joint_days
        self._context.tasks.run(lambda: joint.get(day_id), done=self._show, owner=self, topic="day")

    def _show(self, day: JointDayView) -> None:
        another = self._day_id != day.id
        if not another and self._changed():
            return  # typed into since it was asked for
        self._mark(day.id)
        self.days.choose(self._day_id)
        if another or form_of(day) != self._began.base:
            self._follower.begin(form_of(day))
        self._show_came(_came_lines(day))

    def _on_save(self) -> None:
        self.form.take_seat()
        if not self.form.is_readable():
            return
        sent, day_id = self.form.form(), self._day_id
        form, base = self._began.typed(sent), self._began.base
        self._began.sending(sent)
        joint = self._context.services.consultation.joint_days
        self.save.setEnabled(False)
        self._context.tasks.run(
            lambda: joint.save(form, day_id, base),
            done=lambda done: self._on_saved(day_id, done),
            failed=self._on_refused,
            ended=lambda: self.save.setEnabled(True),
            owner=self,
            lane="write",
        )

    def _on_saved(self, asked_for: str, done: Done[JointDayView]) -> None:
        """Take the answer for the day it was asked for; what was typed since stays."""
        if self._day_id == asked_for:
            self._began.arrived(form_of(done.value))
            self._mark(done.value.id)
            self._show(done.value)
        self._context.notices.info(_("已保存。"))
        self.load()

    def _on_refused(self, problem: Problem) -> None:
        if isinstance(problem, Overtaken):
            self._follower.ask(problem)
        else:
            self._context.notices.fail(problem)

    def _on_cancel(self) -> None:
        day_id, joint = self._day_id, self._context.services.consultation.joint_days

        def drop(reason: str) -> None:
            self._context.tasks.run(
                lambda: joint.drop(day_id, reason),
                done=lambda _done: self._on_dropped(day_id),
                owner=self,
                lane="write",
            )

        self._context.notices.ask_text(_("为什么要作废？"), drop)

    def _on_dropped(self, day_id: str) -> None:
        self._context.notices.info(_("已作废。"))
        if self._day_id == day_id:
            self._begin()
        self.load()

    def _on_paper(self) -> None:
        papers, day_id = self._context.services.consultation.papers, self._day_id
        self._context.tasks.run(lambda: papers.joint_day(day_id), done=self._on_made, owner=self, lane="free")

    def _on_made(self, paper: "Paper") -> None:
        show_paper(paper, self._context, self.window())

    def _show_came(self, lines: Sequence[tuple[str, ...]]) -> None:
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setColumnStretch(3, 1)
        for at, line in enumerate(lines):
            for place, words in enumerate(line):
                grid.addWidget(label(words), at, place)
        if not lines:
            grid.addWidget(label(_("当天来访和咨询的人会列在这里。"), "label"), 0, 0)
        self._came = swap(self._inside, self._came, fresh)
        fresh.show()


def _came_lines(day: JointDayView) -> list[tuple[str, ...]]:
    return [
        (f"{came.at:%H:%M}" if came.at is not None else "", came.number, came.name, came.how)
        for came in day.came
    ]
