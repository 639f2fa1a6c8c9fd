"""Lines of people beside the parties: agents with their powers (F-04), who helps with consent (MED-04)."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desk import clock
from desk.rules import identity
from desk.rules.labels import SEX
from desk.services.mediation.forms import AgentForm, ParticipantForm
from desk.services.mediation.values import CaseFrame
from desk.text import _
from desk.ui.pages.mediation.fields import Fields, name_after
from desk.ui.pages.mediation.looked_at import LookedAt
from desk.ui.parts.boxes import row
from desk.ui.parts.combo import Combo
from desk.ui.parts.headed_rows import BareRow, small_button

_STAR = "*"


class AgentLine(QWidget):
    """One agent of a party.

    Signals:
        touched: something was changed.
        dropped: the line is to be taken away.
        reveal_wanted: row id and `phone` or `id_no`, to be shown in clear.
    """

    touched = Signal()
    dropped = Signal()
    reveal_wanted = Signal(str, str)

    def __init__(
        self, form: AgentForm, frame: CaseFrame, parent: QWidget | None = None, *, reveals: bool = False
    ) -> None:
        """Args: `reveals`: what is starred can be asked for here."""
        super().__init__(parent)
        self._form = form
        self._place = ""
        self._reveals = {
            "phone": small_button(_("显示电话"), _("显示代理人完整电话")),
            "id_no": small_button(_("显示证件号码"), _("显示代理人完整证件号码")),
        }
        self._may_reveal = reveals
        self.fields = Fields(self)
        first = row(gap=8)
        for name, words, share in (
            ("name", _("代理人姓名"), 3),
            ("relation", _("与当事人的关系"), 3),
            ("phone", _("代理人电话"), 3),
        ):
            made = self.fields.text(name, words, limit=60, digits=name == "phone", bare=True)
            first.addWidget(made, share)
        letter = self.fields.day("letter_on", _("授权委托书日期"), bare=True)
        first.addWidget(letter, 3)
        self._drop = _drop(_("去掉这名代理人"), self.dropped)
        first.addWidget(self._drop)
        second = row(gap=8)
        second.addWidget(self._sex(), 2)
        number = self.fields.text("id_no", _("代理人证件号码"), limit=30, digits=True, bare=True)
        second.addWidget(number, 4)
        second.addWidget(self.fields.text("address", _("代理人单位或住址"), limit=200, bare=True), 6)
        for name, button in self._reveals.items():
            button.clicked.connect(lambda _on=False, name=name: self.reveal_wanted.emit(self._form.id, name))
            second.addWidget(button)
        powers = self.fields.many("powers", _("代理权限"), frame.choices["agent_scope"])
        self._other = self.fields.text(
            "powers_other", _("其他授权"), limit=200, hint=_("其他授权，如 代为签收赔偿款"), bare=True
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 0, 0, 0)
        box.setSpacing(4)
        box.addLayout(first)
        box.addLayout(second)
        box.addWidget(powers)
        box.addWidget(self._other)
        # Before the buttons: they go by what it knows of an edit.
        self._looked_at = LookedAt(self.fields, self, self._show_reveals)
        self.fields.paint(form)
        self.fields.edited.connect(self._on_edited)
        self.fields.touched.connect(lambda _name: self.touched.emit())
        self._show_reveals()
        self._show_other()

    def show_clear(self, row_id: str, field: str, clear: str) -> None:
        """Show the revealed number if it is this one's."""
        if row_id and row_id == self._form.id:
            self._looked_at.show_clear(field, clear)

    def _show_other(self) -> None:
        """Ask for the words of 其他 where it is ticked (F-04)."""
        self._other.setVisible("other" in self.fields.fields["powers"].read())

    def _show_reveals(self) -> None:
        for name, button in self._reveals.items():
            starred = bool(self._form.id) and self._looked_at.is_starred(name)
            button.setVisible(self._may_reveal and starred)

    def _sex(self) -> BareRow:
        """Return the choice of 性别, whose first line says what it is."""
        codes = [(code, _(words)) for code, words in SEX.items() if code != identity.SEX_UNKNOWN]
        combo = Combo([(identity.SEX_UNKNOWN, _("性别")), *codes])
        made = BareRow(_("代理人性别"), combo)
        combo.setAccessibleDescription(_("代理人性别"))
        self.fields.combo("sex", combo, made.set_problem)
        self.fields.keep("sex", made)
        return made

    def _on_edited(self, name: str) -> None:
        """Say what is wrong with a number, and show the sex it tells where nobody chose one."""
        if name in self._reveals:
            self._show_reveals()
        if name == "powers":
            self._show_other()
        if name != "id_no":
            return
        typed = str(self.fields.fields["id_no"].read())
        self.fields.row("id_no").set_problem(identity_doubt(typed))
        told = identity.born_and_sex(typed, clock.today())[1]
        if told != identity.SEX_UNKNOWN and self.fields.fields["sex"].read() == identity.SEX_UNKNOWN:
            self.fields.paint_values({"sex": told})

    def take(self, form: AgentForm) -> bool:
        """Show another agent."""
        self._form = form
        self.fields.paint(form)
        self._show_reveals()
        self._show_other()
        return True

    def value(self) -> AgentForm:
        """Return the agent as it stands."""
        return self.fields.read_into(self._form)

    def of_party(self, place: str) -> None:
        """Know whose agent this is, for the names of its fields: 第 2 方."""
        self._place = place

    def number(self, n: int) -> None:
        """Name its fields for screen readers: 第 2 方第 1 名代理人：代理人姓名."""
        place = _("{party}第 {n} 名代理人").format(party=self._place, n=n)
        name_after(self.fields, _("{place}：").format(place=place))
        self._drop.setAccessibleName(_("去掉{place}").format(place=place))

    def adopt(self, record_id: str) -> None:
        """Know the id it will have in its record."""
        self._form = replace(self._form, id=record_id)

    def is_empty(self) -> bool:
        """Tell whether nothing has been typed."""
        form = self.value()
        told = (form.name, form.phone, form.relation, form.powers, form.letter_on, form.id_no, form.address)
        return not any(told) and form.sex == identity.SEX_UNKNOWN


class ParticipantLine(QWidget):
    """Somebody who helps.

    Signals:
        touched: something was changed.
        dropped: the line is to be taken away.
        reveal_wanted: row id and `phone`, to be shown in clear.
    """

    touched = Signal()
    dropped = Signal()
    reveal_wanted = Signal(str, str)

    def __init__(self, form: ParticipantForm, frame: CaseFrame, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self.fields = Fields(self)
        line = row(gap=8)
        line.addWidget(self.fields.text("name", _("参加人姓名"), limit=60, bare=True), 3)
        relation = self.fields.pick(
            "relation", _("身份"), frame.choices["participant"], bare=True, none=_("身份")
        )
        line.addWidget(relation, 2)
        line.addWidget(self.fields.text("organisation", _("单位"), limit=60, bare=True), 3)
        line.addWidget(self.fields.text("phone", _("电话"), limit=20, digits=True, bare=True), 3)
        self.reveal = small_button(_("显示电话"), _("显示完整电话"))
        line.addWidget(self.reveal)
        line.addWidget(self.fields.day("consented_on", _("当事人同意的日期"), bare=True), 3)
        line.addWidget(self.fields.text("consented_by", _("谁同意"), limit=60, bare=True), 3)
        self._drop = _drop(_("去掉这名参加人"), self.dropped)
        line.addWidget(self._drop)
        self.setLayout(line)
        self.reveal.clicked.connect(lambda: self.reveal_wanted.emit(self._form.id, "phone"))
        self._looked_at = LookedAt(self.fields, self, self._show_reveal)
        self.fields.paint(form)
        self.fields.touched.connect(lambda _name: self.touched.emit())
        self.fields.edited.connect(lambda _name: self._show_reveal())
        self._show_reveal()

    def show_clear(self, row_id: str, field: str, clear: str) -> None:
        """Show the revealed number if it is this one's."""
        if row_id and row_id == self._form.id:
            self._looked_at.show_clear(field, clear)

    def _show_reveal(self) -> None:
        self.reveal.setVisible(bool(self._form.id) and self._looked_at.is_starred("phone"))

    def take(self, form: ParticipantForm) -> bool:
        """Show somebody else."""
        self._form = form
        self.fields.paint(form)
        self._show_reveal()
        return True

    def value(self) -> ParticipantForm:
        """Return the participant as it stands."""
        return self.fields.read_into(self._form)

    def number(self, n: int) -> None:
        """Name its fields for screen readers: 第 1 名参加人：电话."""
        name_after(self.fields, _("第 {n} 名参加人：").format(n=n))
        self._drop.setAccessibleName(_("去掉第 {n} 名参加人").format(n=n))

    def adopt(self, record_id: str) -> None:
        """Know the id it will have in its record."""
        self._form = replace(self._form, id=record_id)

    def is_empty(self) -> bool:
        """Tell whether nothing has been typed."""
        form = self.value()
        consent = form.consented_on or form.consented_by
        return not (form.name or form.organisation or form.phone or form.relation or consent)


def identity_doubt(typed: str) -> str:
    """Return what looks wrong with an identity number, "" while it is starred, short or fine."""
    if _STAR in typed or len(typed) < 15:
        return ""
    return _("；").join(identity.check_id(typed, clock.today()).doubts)


def _drop(name: str, pressed: object) -> QPushButton:
    made = QPushButton(_("去掉"))
    made.setProperty("kind", "link")
    made.setAccessibleName(name)
    made.clicked.connect(pressed)
    return made
