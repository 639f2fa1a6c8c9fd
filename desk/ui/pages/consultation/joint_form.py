"""The form of one 联合接待日: the day, who sits there and whether they came."""

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from desk.services.consultation.forms import JointDayForm, SeatForm
from desk.services.consultation.joint_days import ROLES
from desk.services.consultation.values import JointDayView
from desk.text import _
from desk.ui.parts.boxes import column, label, row, swap
from desk.ui.parts.combo import Combo
from desk.ui.parts.day_field import DayField, day_problem
from desk.ui.parts.fields import LineField
from desk.ui.parts.form_row import FormRow
from desk.ui.parts.headed_rows import small_button
from desk.ui.parts.key_hint import KeyButton


class JointForm(QWidget):
    """Fields and seats of the day in view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seats: tuple[SeatForm, ...] = ()
        self.day = DayField(_("日期"))
        self._day_row = FormRow(_("日期"), self.day, needed=True, check=day_problem)
        self.hours = LineField(_("时间"), limit=40, hint="9:00—11:30")
        self.place = LineField(_("地点"), limit=60)
        self.theme = LineField(_("主题"), limit=60)
        self.note = LineField(_("备注"), limit=200)
        self.seat_name = LineField(_("姓名"), limit=40, hint=_("姓名"))
        self.seat_body = LineField(_("单位"), limit=60, hint=_("单位"))
        self.seat_post = LineField(_("职务"), limit=40, hint=_("职务"))
        self.seat_role = Combo([(code, _(word)) for code, word in ROLES.items()])
        self.seat = KeyButton(_("加入"))
        self._lines = QWidget()
        self._inside = self._lay_out()
        self.setLayout(self._inside)
        self.seat.clicked.connect(self.take_seat)
        for field in (self.seat_name, self.seat_body, self.seat_post):
            field.returnPressed.connect(self.take_seat)
        self.setFocusProxy(self.day)

    def paint(self, form: JointDayForm) -> None:
        """Show a day as it is kept, or a new one."""
        self.day.set_day(form.held_on)
        for field, words in (
            *((self.hours, form.hours), (self.place, form.place), (self.theme, form.theme)),
            *((self.note, form.note), (self.seat_name, ""), (self.seat_body, ""), (self.seat_post, "")),
        ):
            field.setText(words)
        self._show_seats(form.seats)

    def form(self) -> JointDayForm:
        """Return what is typed; the day is None while it cannot be read."""
        return JointDayForm(
            held_on=self.day.day(),
            hours=self.hours.value(),
            place=self.place.value(),
            theme=self.theme.value(),
            note=self.note.value(),
            seats=self._seats,
        )

    def is_half_typed(self) -> bool:
        """Tell whether `form` leaves something out: a line of seats, a day that cannot be read."""
        half = self.seat_name.value() or self.seat_body.value() or self.seat_post.value()
        return bool(half or self._day_row.problem())

    def is_readable(self) -> bool:
        """Tell whether the day can be read; if not, say so and go there."""
        if self._day_row.problem():
            self.day.setFocus()
            return False
        return True

    def take_seat(self) -> None:
        """Add the half-typed line, if it has a name."""
        if not self.seat_name.value():
            return
        told = SeatForm(
            self.seat_name.value(),
            self.seat_body.value(),
            self.seat_post.value(),
            role=self.seat_role.value(),
        )
        for field in (self.seat_name, self.seat_body, self.seat_post):
            field.clear()
        self.seat_name.setFocus()
        self._show_seats((*self._seats, told))

    def _lay_out(self) -> QVBoxLayout:
        first, second, seats = row(gap=10), row(gap=10), row(gap=8)
        first.addWidget(self._day_row, 1)
        first.addWidget(FormRow(_("时间"), self.hours), 1)
        second.addWidget(FormRow(_("地点"), self.place), 1)
        second.addWidget(FormRow(_("主题"), self.theme), 1)
        for field, share in ((self.seat_name, 3), (self.seat_body, 4), (self.seat_post, 2)):
            seats.addWidget(field, share)
        seats.addWidget(self.seat_role, 3)
        seats.addWidget(self.seat)
        note = FormRow(_("备注"), self.note)
        box = column(first, second, note, label(_("坐班人员"), "label"), self._lines, seats, gap=8)
        box.setContentsMargins(0, 0, 0, 0)
        return box

    def _show_seats(self, seats: tuple[SeatForm, ...]) -> None:
        self._seats = seats
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        for at, each in enumerate(seats):
            came = QCheckBox(_("到岗"))
            came.setAccessibleName(_("{name} 到岗").format(name=each.name))
            came.setChecked(each.came)
            came.toggled.connect(lambda on, at=at: self._tick(at, came=on))
            drop = small_button(_("去掉"), _("去掉 {name}").format(name=each.name))
            drop.clicked.connect(lambda _on=False, at=at: self._drop(at))
            words = " ".join(part for part in (each.organisation, each.post, ROLES[each.role]) if part)
            for place, part in enumerate((label(each.name, "strong"), label(words, "label"), came, drop)):
                grid.addWidget(part, at, place)
        self._lines = swap(self._inside, self._lines, fresh)
        fresh.show()

    def _tick(self, at: int, *, came: bool) -> None:
        seats = list(self._seats)
        seats[at] = replace(seats[at], came=came)
        self._seats = tuple(seats)

    def _drop(self, at: int) -> None:
        self._show_seats(self._seats[:at] + self._seats[at + 1 :])


def form_of(day: JointDayView) -> JointDayForm:
    """Return a day as its form has it."""
    seats = tuple(
        SeatForm(each.name, each.organisation, each.post, each.role, each.user_id, each.came)
        for each in day.seats
    )
    return JointDayForm(day.held_on, day.hours, day.place, day.theme, day.note, seats)
