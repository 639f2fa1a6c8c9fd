"""One party in one line: side, name, phone, address; the rest opens below when it is wanted."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desk.rules.mediation_labels import PARTY_SIDE
from desk.rules.phones import check_phone
from desk.services.mediation.forms import PartyForm
from desk.services.mediation.values import CaseFrame
from desk.services.visit_values import PersonMatch
from desk.text import _
from desk.ui.pages.mediation.fields import Fields, name_after
from desk.ui.pages.mediation.party_more import PartyMore, beyond
from desk.ui.parts.boxes import row
from desk.ui.parts.combo import Combo
from desk.ui.parts.fields import LineField
from desk.ui.parts.writer import Gap

_STAR = "*"
_MORE = ("kind", "sex", "ethnicity", "birth_date", "id_type", "id_no", "occupation", "alias", "legal_rep")


class PartyLine(QWidget):
    """A party to be filled in.

    Signals:
        touched: something was changed.
        dropped: the line is to be taken away.
        reveal_wanted: row id and `phone` or `id_no`, to be shown in clear.
    """

    touched = Signal()
    dropped = Signal()
    reveal_wanted = Signal(str, str)
    reveals = False
    """Whether what is starred can be asked for here."""

    def __init__(self, form: PartyForm, frame: CaseFrame, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self._frame = frame
        self.recorded: Callable[[str], bool] = lambda _id: False
        """Tells whether an agent with this id is in the record (`Lines.recorded`)."""
        self.fields = Fields(self)
        self._rest: PartyMore | None = None
        self._n = 1
        side = Combo([(each.code, each.label) for each in frame.choices["side"]])
        side.setAccessibleDescription(_("哪一方"))
        side.setMinimumContentsLength(6)
        self.fields.combo("side", side, lambda _text: None)
        line = row(gap=8)
        # At the top: a sentence under one field moves none of the others.
        line.addWidget(side, 0, Qt.AlignmentFlag.AlignTop)
        for name, words, limit, share in (
            ("name", _("姓名或名称"), 60, 3),
            ("phone", _("电话"), 20, 3),
            ("address", _("单位或住址"), 100, 5),
        ):
            made = self.fields.text(name, words, limit=limit, digits=name == "phone", bare=True)
            line.addWidget(made, share)
        # The side is chosen by the button that adds the line.
        self.begins_at = self.fields.fields["name"].widget
        self.more = _button(_("更多"), _("更多：类型、证件、监护人"))
        self.more.setCheckable(True)
        self.more.toggled.connect(self._on_more)
        self.drop = _button(_("去掉"), _("去掉这一方"))
        self.drop.clicked.connect(self.dropped)
        for button in (self.more, self.drop):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(6)
        self.box.addLayout(line)
        self.fields.paint(form)
        self.fields.touched.connect(self._on_touched)
        phone = self.fields.row("phone").field
        if isinstance(phone, LineField):
            phone.editingFinished.connect(
                lambda: self.fields.row("phone").set_problem(phone_doubt(phone.value()))
            )
        if beyond(form):
            self.more.setChecked(True)

    @property
    def person_id(self) -> str:
        """The known person this is, "" for nobody known."""
        return self._form.person_id

    def value(self) -> PartyForm:
        """Return the party as it stands."""
        return self.fields.read_into(self._form)

    def take(self, form: PartyForm) -> bool:
        """Show another party, unless it needs the fields that are not built yet."""
        if self._rest is None and beyond(form):
            return False
        self._form = form
        self.fields.paint(form)
        return True

    def number(self, n: int) -> None:
        """Name all its fields for screen readers: 第 1 方姓名或名称."""
        self._n = n
        place = _("第 {n} 方").format(n=n)
        name_after(self.fields, place)
        if self._rest is not None:
            self._rest.number(place)
        self.more.setAccessibleName(_("第 {n} 方更多：类型、证件、监护人").format(n=n))
        self.drop.setAccessibleName(_("去掉第 {n} 方").format(n=n))

    def is_empty(self) -> bool:
        """Tell whether nothing has been typed."""
        form = self.value()
        return not (form.name or form.phone or form.address or beyond(replace(form, kind=PartyForm.kind)))

    def adopt(self, record_id: str) -> None:
        """Know the id the party will have in its record."""
        self._form = replace(self._form, id=record_id)

    def sending(self) -> None:
        """Give the agents that stand here the ids of their records: they are on their way."""
        if self._rest is not None:
            self._rest.agents.sending()

    def refuse_emptied(self) -> list[Gap]:
        """Say which agents the record has were emptied; return it, nothing while there are none."""
        return self._rest.agents.refuse_emptied("name", "agent") if self._rest is not None else []

    def set_side(self, side: str) -> None:
        """Let the line stand for one side."""
        self.fields.paint_values({"side": side})

    def take_person(self, match: PersonMatch) -> None:
        """Fill the line from a known person, whose numbers stay starred."""
        self._form = replace(
            self.value(),
            person_id=match.person_id,
            name=match.name,
            phone=match.phone_masked or self.value().phone,
            address=match.address or self.value().address,
        )
        self.fields.paint(self._form)
        self.touched.emit()

    def mark(self, gaps: list[Gap]) -> str:
        """Say what is wrong beside the fields; return the first one, "" for none here."""
        if any(name in _MORE and name not in self.fields.fields for name, _sentence in gaps):
            self.more.setChecked(True)
        return self.fields.mark(gaps)

    def _is_recorded(self, agent_id: str) -> bool:
        # Asked for late: the lines of the agents may stand before the party is told what is recorded.
        return self.recorded(agent_id)

    def _on_more(self, shown: bool) -> None:
        if self._rest is None and shown:
            form = self.value()
            self._rest = PartyMore(self.fields, self._frame, reveals=self.reveals)
            self._rest.reveal_wanted.connect(self.reveal_wanted)
            self._rest.agents.recorded = self._is_recorded
            self.box.addWidget(self._rest)
            self.fields.paint(form)
            self.number(self._n)
        if self._rest is not None:
            self._rest.setVisible(shown)

    def _on_touched(self, name: str) -> None:
        form = self.value()
        if name == "name" and form.person_id and form.name != self._form.name:
            # Another name is another person; a starred number belonged to the one before.
            self._form = replace(
                form, person_id="", phone=_unstarred(form.phone), id_no=_unstarred(form.id_no)
            )
            self.fields.paint(self._form)
        self.touched.emit()


def party_adders() -> list[tuple[str, Callable[[], PartyForm]]]:
    """Return the buttons that add a party: the clerk says of which side it is (§3.5, MED-27)."""
    return [
        (_("＋ {side}").format(side=word), partial(PartyForm, side=side)) for side, word in PARTY_SIDE.items()
    ]


def phone_doubt(typed: str) -> str:
    """Return what looks wrong with a phone, "" while it is starred or fine."""
    if not typed or _STAR in typed:
        return ""
    return _("；").join(check_phone(typed).doubts)


def _unstarred(number: str) -> str:
    return "" if _STAR in number else number


def _button(words: str, name: str) -> QPushButton:
    made = QPushButton(words)
    made.setProperty("kind", "link")
    made.setAccessibleName(name)
    return made
