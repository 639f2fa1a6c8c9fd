"""The upper part of form F-40: who asks, against whom, about what kind of thing, who answers."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from desk import clock
from desk.rules import identity, phones
from desk.rules.consultation_codes import NO_PROCEDURE, category_words, party_kind
from desk.rules.masking import STAR, mask_id, mask_phone
from desk.services.consultation.forms import ConsultationForm, OpponentForm
from desk.services.consultation.values import Choice, ConsultationFrame
from desk.text import _
from desk.ui.parts.bound import Binder, Bound
from desk.ui.parts.boxes import GAP
from desk.ui.parts.combo import Combo
from desk.ui.parts.day_field import DayField, day_problem
from desk.ui.parts.fields import LineField
from desk.ui.parts.form_row import FormRow
from desk.ui.parts.headed_rows import HeadedRow, MaskedRow, small_button
from desk.ui.parts.multi_pick import MultiPick

# At 150 % a licence number of 17 digits fits the second, an identity number of 18 the last (below the third).
_COLUMNS = (32, 43, 32, 45)
_MORE_COLUMNS = (16, 18, 25, 21)
MORE = frozenset(
    {"sex", "age", "id_no", "address", "opponent_phone", "opponent_id", "limitation_kind", "happened_on"}
    | {"interrupted_on", "interrupted_by", "limitation_note", "uscc", "still_employed", "real_estate"}
)
"""Fields that are folded away until they are wanted."""


class WhoPart(QWidget):
    """Three rows of four as on the paper, and a fold for what is rarely asked."""

    def __init__(self, binder: Binder, reveal: Callable[[str], None], parent: QWidget | None = None) -> None:
        """Args: `reveal` is asked for "phone" or "id_no" in clear."""
        super().__init__(parent)
        self._binder = binder
        self._known: dict[str, OpponentForm] = {}
        self._owner = ""
        self._listed: list[str] = []
        self._fold = small_button(_("更多…"), _("更多：年龄、住址、身份证号、对方电话、期限"))
        self._fold.setCheckable(True)
        self._more = QWidget()
        grid = _grid(_COLUMNS)
        rows = (self._first_row(reveal), self._second_row(), self._third_row())
        for at, widget in enumerate(widget for line in rows for widget in line):
            grid.addWidget(widget, at // 4, at % 4, Qt.AlignmentFlag.AlignTop)
        more = _grid(_MORE_COLUMNS)
        for at, widget in enumerate(self._more_fields(reveal)):
            more.addWidget(widget, at // 4, at % 4, Qt.AlignmentFlag.AlignTop)
        self._more.setLayout(more)
        self._more.hide()
        self._fold.toggled.connect(self._more.setVisible)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(7)
        box.addLayout(grid)
        box.addWidget(self._more)

    def set_frame(self, frame: ConsultationFrame) -> None:
        """Offer what the frame holds."""
        lists = {
            self._channel: "channel",
            self._sex: "sex",
            self._kind: "limitation",
            self._broken_by: "interruption",
        }
        for combo, name in lists.items():
            empty = [] if name in ("channel", "sex") else [("", _("按类别") if name == "limitation" else "—")]
            combo.set_choices([*empty, *_pairs(frame.choices[name])])
        self._person_class.set_choices(_pairs(frame.choices["person_class"]))
        self._topics.set_choices(_pairs(frame.choices["topic"]))
        self._procedures.set_choices(_pairs(frame.choices["procedure"]))
        advisers = [(each.user_id, each.name) for each in frame.advisers]
        self._adviser.set_choices([("", _("请选择") if advisers else _("还没有律师用户")), *advisers])

    def show_form(self, form: ConsultationForm) -> None:
        """Remember what is known of the other side; the binder paints the rest."""
        self._known = {each.name: each for each in form.opponents}
        if any(getattr(form, name, "") for name in ("age", "address", "id_no", "happened_on")):
            self._fold.setChecked(True)
        else:
            asked = ("interrupted_on", "limitation_kind", "still_employed", "real_estate")
            self._fold.setChecked(any(getattr(form, name) for name in asked))

    def show_clear(self, field: str, clear: str) -> None:
        """Show a revealed telephone or ID number."""
        (self._phone if field == "phone" else self._id_no).show_clear(clear)

    def open_more(self) -> None:
        """Unfold what is rarely asked."""
        self._fold.setChecked(True)

    def open_adviser(self) -> None:
        """Go to the adviser and open the list: somebody else is to answer."""
        self._adviser.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._adviser.showPopup()

    def opponents(self) -> tuple[OpponentForm, ...]:
        """Return the other side as typed: names with 、 between, numbers of the first beside them."""
        names = _names(self._others.value())
        phone, number = self._numbers(names[0] if names else "")
        if (phone or number) and not names:
            names = [""]
        if not names:
            return ()
        known = self._known if names[0] == self._owner else self._known | self._typed()
        found = [known.get(name, OpponentForm(name, party_kind(name))) for name in names]
        return (_numbered(found[0], phone, number), *found[1:])

    def _numbers(self, first: str) -> tuple[str, str]:
        """Return telephone and number for whoever stands first: those typed are another person's, if another
        name stood first when they were."""
        phone, number = self._other_phone.value(), self._other_id.value()
        if first == self._owner or not self._owner:
            return phone, number
        known = self._known.get(first)
        if known is not None:
            return known.phone, known.id_no or known.uscc
        if first in self._listed:
            return "", ""
        # The same person under a corrected name. What stands behind the stars is kept under the old one.
        return _unstarred(phone), _unstarred(number)

    def _typed(self) -> dict[str, OpponentForm]:
        """Return by name whose numbers stand in the fields, with them."""
        name = self._owner
        if not name:
            return {}
        whose = self._known.get(name, OpponentForm(name, party_kind(name)))
        return {name: _numbered(whose, self._other_phone.value(), self._other_id.value())}

    def _on_named(self) -> None:
        """Show the numbers of whoever stands first now."""
        names = _names(self._others.value())
        if names and names[0] != self._owner:
            phone, number = self._numbers(names[0])
            self._known |= self._typed()
            self._owner = names[0]
            self._other_phone.show_text(phone)
            self._other_id.show_text(number)
        if names:
            self._listed = names

    def _first_row(self, reveal: Callable[[str], None]) -> list[QWidget]:
        refused = QCheckBox(_("不愿透露"))
        refused.setProperty("role", "small")
        self._name = LineField(_("姓名"), limit=60)
        name = self._binder.line("name", HeadedRow(_("姓名"), self._name, refused, needed=True))
        self._binder.tick("identity_refused", refused)
        refused.toggled.connect(self._on_refused)
        phone = LineField(_("电话"), limit=20, digits=True)
        self._phone = MaskedRow(_("电话"), phone, lambda: reveal("phone"), _check_phone, mask_phone)
        self._binder.masked("phone", self._phone)
        self._person_class = MultiPick(_("人员类别"))
        alone = QCheckBox(_("没有对方"))
        alone.setProperty("role", "small")
        self._others = LineField(_("对方当事人"), limit=300, hint=_("几个人用顿号分开"))
        self._others.editingFinished.connect(self._on_named)
        others = HeadedRow(_("对方当事人"), self._others, alone, needed=True)
        self._binder.line("opponent", others)
        self._binder.other(
            "opponents", Bound(self._others, self.opponents, self._paint_opponents, others.set_problem)
        )
        self._binder.tick("no_opponent", alone)
        alone.toggled.connect(self._others.setDisabled)
        return [name, self._phone, self._multi("person_class", _("人员类别"), self._person_class), others]

    def _second_row(self) -> list[QWidget]:
        self._topics = MultiPick(_("咨询类别"), shown=category_words)
        self._channel = Combo()
        self._procedures = MultiPick(_("已走程序"), alone=NO_PROCEDURE)
        channel = FormRow(_("方式"), self._channel)
        self._binder.combo("channel", self._channel, channel.set_problem)
        return [
            self._multi("topics", _("类别"), self._topics, needed=True),
            channel,
            self._multi("procedures", _("已走程序"), self._procedures, needed=True),
            self._day("known_on", _("知道受损日期")),
        ]

    def _third_row(self) -> list[QWidget]:
        self._adviser = Combo()
        adviser = FormRow(_("解答人"), self._adviser, needed=True)
        self._binder.combo("adviser_id", self._adviser, adviser.set_problem, self._paint_adviser)
        licence = self._binder.line("licence_no", FormRow(_("执业证号"), LineField(_("执业证号"), limit=40)))
        self._other_phone = LineField(_("对方电话"), limit=20, digits=True)
        phone = self._binder.line("opponent_phone", FormRow(_("对方电话"), self._other_phone))
        self._other_id = LineField(_("对方证件号或信用代码"), limit=30, digits=True)
        number = HeadedRow(_("对方证件号"), self._other_id, self._fold)
        self._binder.line("opponent_id", number)
        return [adviser, licence, phone, number]

    def _more_fields(self, reveal: Callable[[str], None]) -> list[QWidget]:
        self._sex = Combo()
        sex = FormRow(_("性别"), self._sex)
        self._binder.combo("sex", self._sex, sex.set_problem)
        years = LineField(_("年龄"), limit=3, digits=True)
        age = FormRow(_("年龄"), years)
        self._binder.number("age", age, years)
        number = LineField(_("身份证号"), limit=30, hint=_("可不填"), digits=True)
        self._id_no = MaskedRow(_("身份证号"), number, lambda: reveal("id_no"), _check_id, mask_id)
        self._binder.masked("id_no", self._id_no)
        address = self._binder.line("address", FormRow(_("住址"), LineField(_("住址"), limit=120)))
        self._kind, self._broken_by = Combo(), Combo()
        kind = HeadedRow(
            _("期限种类"),
            self._kind,
            self._small_tick("still_employed", _("在职欠薪"), _("在职期间拖欠劳动报酬")),
        )
        self._binder.combo("limitation_kind", self._kind, kind.set_problem)
        by = FormRow(_("中断事由"), self._broken_by)
        self._binder.combo("interrupted_by", self._broken_by, by.set_problem)
        happened = self._day(
            "happened_on",
            _("受损日期"),
            self._small_tick("real_estate", _("不动产"), _("行政行为涉及不动产")),
        )
        broken = self._day("interrupted_on", _("中断日期"))
        return [sex, age, self._id_no, address, happened, kind, by, broken]

    def _small_tick(self, name: str, words: str, meaning: str) -> QCheckBox:
        tick = QCheckBox(words)
        tick.setAccessibleName(meaning)
        tick.setToolTip(meaning)
        tick.setProperty("role", "small")
        self._binder.tick(name, tick)
        return tick

    def _day(self, name: str, words: str, aside: QWidget | None = None) -> FormRow:
        field = DayField(words)
        holder = HeadedRow(words, field, aside) if aside is not None else FormRow(words, field)
        self._binder.line(name, holder)

        def fault() -> str:
            return day_problem(field.text())

        self._binder.other(name, Bound(field, field.day, field.set_day, holder.set_problem, fault))
        field.editingFinished.connect(lambda: holder.set_problem(fault()))
        return holder

    def _multi(self, name: str, words: str, pick: MultiPick, *, needed: bool = False) -> FormRow:
        holder = FormRow(words, pick, needed=needed)
        self._binder.other(name, Bound(pick, pick.value, pick.set_value, holder.set_problem))
        pick.edited.connect(lambda: self._binder.edited.emit(name))
        return holder

    def _paint_opponents(self, those: Sequence[OpponentForm]) -> None:
        self._known = {each.name: each for each in those}
        self._others.setText("、".join(each.name for each in those))
        first = those[0] if those else OpponentForm()
        self._owner, self._listed = first.name, [each.name for each in those]
        self._other_phone.setText(first.phone)
        self._other_id.setText(first.id_no or first.uscc)

    def _paint_adviser(self, user_id: str) -> None:
        if user_id and self._adviser.findData(user_id) < 0:
            # Somebody who advised and has no account any more stays on the record.
            self._adviser.addItem(_("（已停用的用户）"), user_id)
        self._adviser.set_value(user_id)

    def _on_refused(self, on: bool) -> None:
        for field in (self._name, self._phone.line):
            field.setDisabled(on)
        self._name.setPlaceholderText(_("不愿透露") if on else "")


def _grid(shares: Sequence[int]) -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(GAP)
    grid.setVerticalSpacing(7)
    for at, share in enumerate(shares):
        grid.setColumnStretch(at, share)
    return grid


def _pairs(choices: Sequence[Choice]) -> list[tuple[str, str]]:
    return [(each.code, each.label) for each in choices]


def _split(typed: str) -> list[str]:
    for between in "，,；;":
        typed = typed.replace(between, "、")
    return typed.split("、")


def _names(typed: str) -> list[str]:
    return [name.strip() for name in _split(typed) if name.strip()]


def _numbered(whose: OpponentForm, phone: str, number: str) -> OpponentForm:
    """Return somebody with these numbers: of a body the second is its credit code."""
    body = whose.kind != "natural_person"
    return OpponentForm(whose.name, whose.kind, "" if body else number, number if body else "", phone)


def _unstarred(typed: str) -> str:
    return "" if STAR in typed else typed


def _check_phone(typed: str) -> str:
    return "".join(phones.check_phone(typed).doubts)


def _check_id(typed: str) -> str:
    return "".join(identity.check_id(typed, clock.today()).doubts)
