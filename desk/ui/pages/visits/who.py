"""The upper part of form F-50: who came, how to reach them, who receives them."""

from collections.abc import Callable, Generator, Iterator
from datetime import date, datetime

from PySide6.QtCore import QDateTime, Qt
from PySide6.QtWidgets import QCheckBox, QDateTimeEdit, QGridLayout, QVBoxLayout, QWidget

from desk import clock
from desk.rules import age_bands, identity, labels, phones, visit_states
from desk.rules.masking import mask_id, mask_phone
from desk.text import _
from desk.ui.pages.visits.receivers import ReceiverField
from desk.ui.parts.bound import Binder, Bound
from desk.ui.parts.boxes import GAP, row
from desk.ui.parts.combo import Combo
from desk.ui.parts.fields import LineField
from desk.ui.parts.form_row import FormRow
from desk.ui.parts.headed_rows import HeadedRow, MaskedRow, small_button

# At 125 % an address has room for some words beside the way somebody came.
_COLUMNS = (17, 17, 8, 24)


class WhoPart(QWidget):
    """Two rows as on the paper, a third that opens for what is rarely asked, a fourth for 补录."""

    def __init__(self, binder: Binder, reveal: Callable[[str], None], parent: QWidget | None = None) -> None:
        """Args: `reveal` is asked for "phone" or "id_no" in clear."""
        super().__init__(parent)
        self._binder = binder
        self._reveal = reveal
        self.received_by = ReceiverField()
        self._told_age = ""

    def build(self) -> Iterator[None]:
        """Build the rows piece by piece: all at once they are the longest step of a form."""
        self._more = yield from self._more_fields()
        self._more.hide()
        self._fold = small_button(_("更多…"), _("更多：身份证号、性别、年龄段、同行代表、地点"))
        self._fold.setCheckable(True)
        self._fold.toggled.connect(self._more.setVisible)
        yield
        self.backfill = BackfillPart(self._binder)
        self.backfill.hide()
        yield
        first = self._first_row()
        yield
        second = yield from self._second_row()
        yield
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(7)
        for at, share in enumerate(_COLUMNS):
            grid.setColumnStretch(at, share)
        for at, widget in enumerate((*first, *second)):
            grid.addWidget(widget, at // 4, at % 4, Qt.AlignmentFlag.AlignTop)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(self.backfill)
        box.addLayout(grid)
        box.addWidget(self._more)

    def show_clear(self, field: str, clear: str) -> None:
        """Show a revealed telephone or ID number."""
        (self._phone if field == "phone" else self._id_no).show_clear(clear)

    def open_more(self) -> None:
        """Unfold what is rarely asked."""
        self._fold.setChecked(True)

    def has_more(self) -> bool:
        """Tell whether something is written where it is folded away."""
        return any(
            self._binder.fields[name].read() for name in ("id_no", "companions", "place", "comfort_note")
        )

    def _first_row(self) -> list[QWidget]:
        anonymous = QCheckBox(_("不愿透露"))
        anonymous.setProperty("role", "small")
        self.name = LineField(_("姓名"), limit=60)
        name = self._binder.line("name", HeadedRow(_("姓名"), self.name, anonymous, needed=True))
        self._binder.tick("anonymous", anonymous)
        anonymous.toggled.connect(self._on_anonymous)
        phone = LineField(_("电话"), limit=20, digits=True)
        self._phone = MaskedRow(
            _("电话（反馈用）"), phone, lambda: self._reveal("phone"), _check_phone, mask_phone
        )
        self._binder.masked("phone", self._phone)
        headcount = LineField(_("人数"), limit=3, digits=True)
        headcount.setText("1")
        count = FormRow(_("人数"), headcount, needed=True)
        self._binder.line("headcount", count)
        self._binder.other(
            "headcount",
            Bound(
                headcount,
                lambda: _number(headcount.value()),
                lambda n: headcount.setText(str(n)),
                count.set_problem,
            ),
        )
        receivers = HeadedRow(_("接待代表"), self.received_by, self._fold, needed=True)
        self.received_by.edited.connect(lambda: self._binder.edited.emit("receiver_ids"))
        self._binder.other(
            "receiver_ids",
            Bound(
                self.received_by, self.received_by.value, self.received_by.set_value, receivers.set_problem
            ),
        )
        return [name, self._phone, count, receivers]

    def _second_row(self) -> Generator[None, None, list[QWidget]]:
        grid = FormRow(_("村（社区）/ 网格"), LineField(_("村（社区）或网格"), limit=60))
        self._binder.line("grid", grid)
        voter = FormRow(_("本选区选民"), Combo(list(labels.OWN_VOTER.items())))
        once = Combo(list(labels.FIRST_OR_REPEAT.items()))
        once.setMinimumContentsLength(2)
        first = FormRow(_("初 / 重"), once)
        self._combo("own_voter", voter)
        self._combo("first_or_repeat", first)
        yield
        kind = Combo([each for each in labels.VISIT_KIND.items() if each[0] != "message"])
        address = LineField(_("住址"), limit=120, hint=_("住址"))
        both = QWidget()
        both.setLayout(row(kind, address, gap=6))
        holder = FormRow(_("来访方式 · 住址"), both)
        holder.field.setAccessibleName("")
        both.setFocusProxy(kind)
        self._binder.combo("kind", kind, holder.set_problem)
        self._binder.bare_line("address", address, holder.set_problem)
        return [grid, voter, first, holder]

    def _more_fields(self) -> Generator[None, None, QWidget]:
        id_field = LineField(_("身份证号"), limit=30, hint=_("可不填，看完即还"), digits=True)
        self._id_no = MaskedRow(
            _("身份证号"), id_field, lambda: self._reveal("id_no"), self._check_id, mask_id
        )
        self._binder.masked("id_no", self._id_no)
        sex = FormRow(_("性别"), Combo(list(labels.SEX.items())))
        self._combo("sex", sex)
        yield
        self._age = Combo(list(labels.AGE_BAND.items()))
        age = FormRow(_("年龄段"), self._age)
        self._combo("age_band", age)
        id_field.textChanged.connect(self._on_identity)
        # 补录: how old somebody was, a child perhaps, is told by the day they were really received.
        self._binder.edited.connect(self._on_day)
        yield
        names = LineField(_("同行代表"), limit=200, hint=_("多人同一事项，不超过 5 人，用顿号分开"))
        companions = FormRow(_("同行代表"), names)
        self._binder.line("companions", companions)
        self._binder.other(
            "companions",
            Bound(
                names,
                lambda: _names(names.value()),
                lambda those: names.setText("、".join(those)),
                companions.set_problem,
            ),
        )
        place = self._binder.line(
            "place", FormRow(_("接待地点"), LineField(_("接待地点"), limit=60, hint=_("本站")))
        )
        comfort = FormRow(_("安慰的话"), LineField(_("安慰的话"), limit=100, hint=_("可不填")))
        self._binder.line("comfort_note", comfort)
        yield
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP)
        for at, share in enumerate((20, 8, 11, 27)):
            grid.setColumnStretch(at, share)
        for at, widget in enumerate((self._id_no, sex, age, companions, place)):
            grid.addWidget(widget, at // 4, at % 4, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(comfort, 1, 1, 1, 3, Qt.AlignmentFlag.AlignTop)
        return holder

    def _combo(self, name: str, holder: FormRow) -> None:
        if isinstance(holder.field, Combo):
            self._binder.combo(name, holder.field, holder.set_problem)

    def _on_day(self, name: str) -> None:
        if name == "received_at":
            self._on_identity(self._id_no.value())
            self._id_no.doubt()

    def _day(self) -> date:
        """The day somebody was received on, today where the form does not say it."""
        received: datetime | None = self._binder.fields["received_at"].read()
        return received.date() if received is not None else clock.today()

    def _check_id(self, typed: str) -> str:
        day = self._day()
        found = identity.check_id(typed, day)
        is_child = found.valid and found.birth is not None and identity.is_under_14(found.birth, day)
        return "".join([*found.doubts, *([visit_states.CHILD] if is_child else [])])

    def _on_identity(self, typed: str) -> None:
        """Fill in the age band a whole number tells, and take it back with a number that tells none."""
        day = self._day()
        birth, _sex = identity.born_and_sex(typed, day)
        told = age_bands.band(birth, day) if birth is not None else ""
        if told or (self._told_age and self._age.value() == self._told_age):
            self._age.set_value(told)
        self._told_age = told

    def _on_anonymous(self, on: bool) -> None:
        self.name.setDisabled(on)
        self.name.setPlaceholderText(_("不愿透露") if on else "")


class BackfillPart(QWidget):
    """补录: when the visitor was really received, and the number of the pad it was written on."""

    def __init__(self, binder: Binder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edit = QDateTimeEdit()
        self._edit.setDisplayFormat("yyyy-MM-dd HH:mm")
        self._edit.setCalendarPopup(True)
        self._edit.setAccessibleName(_("真实接待时间"))
        when = FormRow(_("真实接待时间"), self._edit, needed=True)
        pad = FormRow(_("空白表编号"), LineField(_("空白表编号"), limit=40, hint=_("没有用空白表就不填")))
        binder.line("pad_no", pad)
        binder.other("received_at", Bound(self._edit, self._read, self._paint, when.set_problem))
        self._edit.dateTimeChanged.connect(lambda: binder.edited.emit("received_at"))
        box = row(when, pad, gap=GAP)
        self.setLayout(box)

    def _read(self) -> datetime | None:
        if self.isHidden():
            return None
        shown = self._edit.dateTime()
        day, time = shown.date(), shown.time()
        zone = clock.now().tzinfo
        return datetime(day.year(), day.month(), day.day(), time.hour(), time.minute(), tzinfo=zone)

    def _paint(self, at: datetime | None) -> None:
        shown = (at or clock.now()).astimezone(clock.now().tzinfo)
        self._edit.setDateTime(QDateTime(shown.year, shown.month, shown.day, shown.hour, shown.minute, 0))


def _check_phone(typed: str) -> str:
    return "".join(phones.check_phone(typed).doubts)


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() else 0


def _names(typed: str) -> tuple[str, ...]:
    for between in "，,；; 　":
        typed = typed.replace(between, "、")
    return tuple(name for name in typed.split("、") if name)
