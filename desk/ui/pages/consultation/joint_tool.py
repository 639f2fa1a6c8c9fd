"""联合接待日: the day, who sits, and who came."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from desk import clock
from desk.services.consultation.forms import JointDayForm, SeatForm
from desk.services.consultation.joint_days import ROLES
from desk.services.consultation.values import JointDayRow, JointDayView, SeatView
from desk.services.outcome import Done
from desk.text import _
from desk.ui.context import Context
from desk.ui.parts.boxes import column, label, row, swap
from desk.ui.parts.card import Card
from desk.ui.parts.columns import scrolled
from desk.ui.parts.combo import Combo
from desk.ui.parts.day_field import DayField, day_problem
from desk.ui.parts.empty import EmptyState
from desk.ui.parts.fields import LineField
from desk.ui.parts.form_row import FormRow
from desk.ui.parts.headed_rows import small_button
from desk.ui.parts.key_hint import KeyButton
from desk.ui.parts.table import Column, PagedTable
from desk.ui.preview.window import show_paper

if TYPE_CHECKING:
    from desk.services.papers import Paper


class JointTool(QWidget):
    """The list of days on the left; the chosen or a new one on the right."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._day_id = ""
        self._seats: tuple[SeatForm, ...] = ()
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
        self.day = DayField(_("日期"))
        self._day_row = FormRow(_("日期"), self.day, needed=True, check=day_problem)
        self.hours = LineField(_("时间"), limit=40, hint="9:00—11:30")
        self.place = LineField(_("地点"), limit=60)
        self.theme = LineField(_("主题"), limit=60)
        self.save = KeyButton(_("保存"), kind="main")
        self.paper = KeyButton(_("打印 / 存为 PDF"), kind="row")
        self.paper.setAccessibleName(_("打印联合接待日登记表"))
        self.paper.setEnabled(False)
        self.seat_name = LineField(_("姓名"), limit=40, hint=_("姓名"))
        self.seat_body = LineField(_("单位"), limit=60, hint=_("单位"))
        self.seat_role = Combo([(code, _(word)) for code, word in ROLES.items()])
        self.seat = KeyButton(_("加入"), kind="row")
        self._lines, self._came = QWidget(), QWidget()
        box = QWidget()
        box.setLayout(column(left, gap=0))
        whole = row(gap=14)
        whole.addWidget(box, 1)
        whole.addWidget(self._form(), 1)
        self.setLayout(whole)
        self.days.chosen.connect(self._on_chosen)
        self.days.opened.connect(self._on_chosen)
        self.new.clicked.connect(self._on_new)
        self.save.clicked.connect(self._on_save)
        self.paper.clicked.connect(self._on_paper)
        self.seat.clicked.connect(self._on_seat)
        self.seat_body.returnPressed.connect(self._on_seat)
        self.setFocusProxy(self.day)

    def load(self) -> None:
        """Ask for the days."""
        joint = self._context.services.consultation.joint_days
        self._context.tasks.run(joint.list, done=self._on_days, owner=self)

    def _form(self) -> QWidget:
        card = Card(_("谁坐班、谁来了"))
        first, second = row(gap=10), row(gap=10)
        first.addWidget(self._day_row, 1)
        first.addWidget(FormRow(_("时间"), self.hours), 1)
        second.addWidget(FormRow(_("地点"), self.place), 1)
        second.addWidget(FormRow(_("主题"), self.theme), 1)
        seats = row(gap=8)
        seats.addWidget(self.seat_name, 2)
        seats.addWidget(self.seat_body, 3)
        seats.addWidget(self.seat_role, 2)
        seats.addWidget(self.seat)
        inside = QWidget()
        inside.setProperty("role", "page")
        self._inside = column(
            first,
            second,
            label(_("坐班人员"), "label"),
            self._lines,
            seats,
            row(self.save, self.paper, None, gap=8),
            label(_("来的人"), "label"),
            self._came,
            None,
            gap=8,
        )
        inside.setLayout(self._inside)
        card.add(scrolled(inside), 1)
        return card

    def _on_days(self, days: tuple[JointDayRow, ...]) -> None:
        self.days.show_rows(days)
        self.days.setVisible(bool(days))
        self._none.setVisible(not days)
        if not days and not self._day_id:
            self._on_new()

    def _on_new(self) -> None:
        self._day_id, self._seats = "", ()
        self.paper.setEnabled(False)
        self.day.set_day(clock.today())
        for field in (self.hours, self.place, self.theme):
            field.clear()
        self._show_seats()
        self._show_came(())
        self.day.setFocus()

    def _on_chosen(self, day_id: str) -> None:
        joint = self._context.services.consultation.joint_days
        self._context.tasks.run(lambda: joint.get(day_id), done=self._show, owner=self, topic="day")

    def _show(self, day: JointDayView) -> None:
        self._day_id = day.id
        self.paper.setEnabled(True)
        self.day.set_day(day.held_on)
        for field, words in ((self.hours, day.hours), (self.place, day.place), (self.theme, day.theme)):
            field.setText(words)
        self._seats = tuple(_seat(each) for each in day.seats)
        self._show_seats()
        lines = [
            (f"{came.at:%H:%M}" if came.at is not None else "", came.number, came.name, came.how)
            for came in day.came
        ]
        self._show_came(lines)

    def _on_save(self) -> None:
        if self._day_row.problem():
            self.day.setFocus()
            return
        form = JointDayForm(
            held_on=self.day.day(),
            hours=self.hours.value(),
            place=self.place.value(),
            theme=self.theme.value(),
            seats=self._seats,
        )
        day_id, joint = self._day_id, self._context.services.consultation.joint_days
        self._context.tasks.run(
            lambda: joint.save(form, day_id), done=self._on_saved, owner=self, lane="write"
        )

    def _on_saved(self, done: Done[JointDayView]) -> None:
        self._show(done.value)
        self._context.notices.info(_("已保存。"))
        self.load()

    def _on_paper(self) -> None:
        papers, day_id = self._context.services.consultation.papers, self._day_id
        self._context.tasks.run(lambda: papers.joint_day(day_id), done=self._on_made, owner=self, lane="free")

    def _on_made(self, paper: "Paper") -> None:
        show_paper(paper, self._context, self.window())

    def _on_seat(self) -> None:
        if self.seat_name.value():
            told = SeatForm(self.seat_name.value(), self.seat_body.value(), role=self.seat_role.value())
            self._seats = (*self._seats, told)
            self.seat_name.clear()
            self.seat_body.clear()
            self.seat_name.setFocus()
            self._show_seats()

    def _show_seats(self) -> None:
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        for at, each in enumerate(self._seats):
            drop = small_button(_("去掉"), _("去掉 {name}").format(name=each.name))
            drop.clicked.connect(lambda _on=False, told=each: self._drop(told))
            grid.addWidget(label(each.name, "strong"), at, 0)
            grid.addWidget(label(f"{each.organisation} {ROLES[each.role]}".strip(), "label"), at, 1)
            grid.addWidget(drop, at, 2)
        self._lines = swap(self._inside, self._lines, fresh)
        fresh.show()

    def _drop(self, told: SeatForm) -> None:
        self._seats = tuple(each for each in self._seats if each is not told)
        self._show_seats()

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


def _seat(each: SeatView) -> SeatForm:
    return SeatForm(each.name, each.organisation, each.post, each.role, each.user_id, each.came)
