"""A small oral case on one page (F-08): parties, facts, what was agreed, done."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from desk import clock
from desk.rules.mediation_eligibility import USUAL_COMPETENCE
from desk.rules.mediation_parties import told_apart
from desk.services.mediation.forms import (
    AgreementForm,
    CaseForm,
    CaseMediatorForm,
    PartyForm,
    SmallCaseForm,
    TermForm,
)
from desk.services.mediation.people_values import Choice
from desk.services.mediation.values import CaseFrame
from desk.text import _
from desk.ui.context import Context
from desk.ui.pages.mediation import term_line
from desk.ui.pages.mediation.fields import Fields, ticked
from desk.ui.pages.mediation.lines import Lines
from desk.ui.pages.mediation.local_lines import added
from desk.ui.pages.mediation.party_line import PartyLine, party_adders
from desk.ui.pages.mediation.people_matcher import PeopleMatcher
from desk.ui.pages.mediation.term_line import TermLine, where_wrong
from desk.ui.parts.boxes import GAP, label, row, tell
from desk.ui.parts.card import Card
from desk.ui.parts.columns import scrolled, show_field
from desk.ui.parts.cursor import put_cursor
from desk.ui.parts.key_hint import KeyButton
from desk.ui.parts.overtaken_bar import OvertakenBar
from desk.ui.parts.writer import Gap

_CASE = ("committee_id", "dispute_type", "source", "difficulty", "summary", "competence")
_AGREEMENT = ("issues", "responsibilities", "mode", "reached_on", "written_asked", "local")
_PARTY = {"name", "phone", "address", "guardian", "legal_rep", "id_no", "birth_date", "parties"}
_TERM = {"text", "obligor", "amount", "due", "clauses"}
_ASK = {"agreed", "told", "written_asked"}
_WRITING_ASKED = "当事人要求制作书面协议的，不能在这一页办结：请按“按程序分步办”，写好的都带过去。"
"""MED-10: here there is no 书面 to choose, as the rule's own sentence says."""
_NAMES = {
    "committee": "committee_id",
    "facts": "summary",
    "mediators": "mediator_id",
    "application": "source",
    "consent": "agreed",
    "rights_told": "told",
    "entrust_letter": "source",
    "informed_ack": "told",
    "barred": "dispute_type",
}


class SmallView(QWidget):
    """Widgets only; `SmallCase` tells them what to show and hears what a person does.

    Signals:
        touched: something was changed.
    """

    touched = Signal()

    def __init__(self, context: Context, frame: CaseFrame, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = SmallCaseForm()
        self._context = context
        self._frame = frame
        self._codes: dict[QWidget, str] = {}
        self.fields = Fields(self)

    def build(self) -> Iterator[None]:
        """Build the page in slices; nothing else is asked of it before."""
        self.state = label("", "label", wrap=True)
        self.overtaken = OvertakenBar()
        self.give_up = KeyButton(_("不登记了"))
        self.full = KeyButton(_("按程序分步办"))
        self.settle = KeyButton(_("达成协议，办结"), "Ctrl Enter", "main")
        yield
        self.parties: Lines[PartyForm] = Lines(self._make_party, PartyForm, party_adders())
        self.terms: Lines[TermForm] = Lines(self._make_term, TermForm, _("＋ 一条"), term_line.head())
        self.matcher = PeopleMatcher(
            self._context, self, lambda: [each for each in self.parties.lines if isinstance(each, PartyLine)]
        )
        self.performed = QCheckBox(_("当场已经履行完毕"))
        self.agreed = QCheckBox(_("双方都同意调解"))
        self.told = QCheckBox(_("已口头告知权利义务"))
        yield
        yield from self._lay_out()
        self.fields.touched.connect(self._on_field)
        for lines in (self.parties, self.terms):
            lines.touched.connect(self.touched)
        self.parties.touched.connect(self._offer_people)
        for box in (self.performed, self.agreed, self.told):
            box.toggled.connect(self._on_ticked)
        self.matcher.list.raise_()

    def value(self) -> SmallCaseForm:
        """Return the page as it stands."""
        case = replace(self._form.case, **{name: self.fields.fields[name].read() for name in _CASE})
        read = {name: self.fields.fields[name].read() for name in _AGREEMENT}
        agreement = replace(self._form.agreement, **read, terms=self.terms.value(), facts=case.summary)
        if self.performed.isChecked():
            agreement = replace(agreement, mode="immediate")
        return replace(
            self._form,
            case=replace(case, parties=self.parties.value(), mediators=self._mediators(), scope_ok=True),
            agreement=replace(agreement, recorder=str(self.fields.fields["recorder"].read())),
            accepted_on=agreement.reached_on,
            agreed=self.agreed.isChecked(),
            told=self.told.isChecked(),
            performed=self.performed.isChecked(),
        )

    def filling(self, form: SmallCaseForm) -> Iterator[None]:
        """Show a form, new, drafted or of a case that came from a visit, step by step.

        Nobody may work in it before the last step.
        """
        self._form = form
        blocked = self.blockSignals(True)
        mine = next((each for each in form.case.mediators if each.role == "mediator"), CaseMediatorForm())
        painted = {name: getattr(form.case, name) for name in _CASE}
        painted |= {name: getattr(form.agreement, name) for name in _AGREEMENT}
        painted |= {"mediator_id": mine.mediator_id, "recorder": form.agreement.recorder}
        painted["reached_on"] = form.agreement.reached_on or clock.today()
        self._offer_mediators(form.case.committee_id)
        self.fields.paint_values(painted)
        yield
        yield from self.parties.filling(form.case.parties, at_least=2)
        self._name_sides(form.case.parties)
        yield from self.terms.filling(form.agreement.terms, at_least=1)
        self.performed.setChecked(form.performed)
        self.agreed.setChecked(form.agreed)
        self.told.setChecked(form.told)
        self._offer_people()
        self._show_mode()
        self.blockSignals(blocked)

    def mark(self, gaps: Sequence[Gap]) -> bool:
        """Say beside each field what is missing, and go to the first; tell whether all has such a place."""
        named = [
            (_NAMES.get(field, field), _(_WRITING_ASKED) if field == "written_asked" else sentence)
            for field, sentence in gaps
        ]
        first = self.fields.mark(named)
        self.parties.say(sentence for field, sentence in named if field in _PARTY)
        self.terms.say(sentence for field, sentence in named if field in _TERM)
        tell(self._ask, " ".join(sentence for field, sentence in named if field in _ASK))
        if first:
            self.go_to(first)
        elif named:
            self.go_to(named[0][0])
        places = {*self.fields.fields, *_PARTY, *_TERM, *_ASK}
        return all(field in places for field, _sentence in named)

    def go_to(self, name: str) -> None:
        """Put the focus into a field and scroll to it."""
        boxes = {"agreed": self.agreed, "told": self.told}
        widget = boxes.get(name) or self._first(name)
        put_cursor(widget)
        show_field(self._area, widget)
        if name in _ASK:
            self._area.ensureWidgetVisible(self._ask)

    def focused(self) -> str:
        """Return the name of the field with the focus, "" for none."""
        inside = self.focusWidget()
        for at, line in enumerate(self.parties.lines):
            if inside is not None and line.isAncestorOf(inside):
                return f"party.{at}"
        return self.fields.focused(inside)

    def _first(self, name: str) -> QWidget:
        if name in self.fields.fields:
            return self.fields.fields[name].widget
        terms = [each for each in self.terms.lines if isinstance(each, TermLine)]
        if name in _TERM and (found := where_wrong(terms, name)) is not None:
            return found[0].fields.fields[found[1]].widget
        parties = [each for each in self.parties.lines if isinstance(each, PartyLine)]
        unread = [each for each in parties if name in dict(each.fields.unreadable())]
        if unread:
            return unread[0].fields.fields[name].widget
        at = int(name.removeprefix("party.")) if name.startswith("party.") else 0
        line = self.parties.lines[min(at, len(self.parties.lines) - 1)]
        assert isinstance(line, PartyLine), "the lines of parties are party lines"
        empty = next(
            (each for each in ("name", "phone", "address") if not line.fields.fields[each].read()), "name"
        )
        return line.fields.fields[empty].widget

    def _lay_out(self) -> Iterator[None]:
        head = row(label(_("小额口头纠纷（一页办完）"), "heading"), gap=8)
        # In line with the fields below, which leave room for a scroll bar.
        head.setContentsMargins(0, 0, 8, 0)
        head.addWidget(self.state, 1)
        for button in (self.give_up, self.full, self.settle):
            head.addWidget(button)
        inside = QWidget()
        inside.setProperty("role", "page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(7)
        column.addWidget(label(_("当事人 *"), "label"))
        column.addWidget(self.parties)
        facts = _facts(self.fields, self._frame)
        yield
        column.addLayout(facts)
        column.addWidget(label(_("协议内容 *（逐条，到期提醒）"), "label"))
        column.addWidget(self.terms)
        column.addLayout(self._how())
        who = _who(self.fields, self._frame)
        yield
        column.addLayout(who)
        # Those of the form this page is printed on.
        oral = [each for each in self._frame.local.get("agreement", ()) if each.form == "f08"]
        column.addWidget(added(self.fields, oral))
        column.addStretch(1)
        yield
        self._area = scrolled(inside)
        yield
        card = Card()
        card.body.setContentsMargins(16, 12, 6, 8)
        card.body.setSpacing(7)
        card.add(head)
        card.add(self.overtaken)
        card.add(self._area, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)

    def _how(self) -> QVBoxLayout:
        asked = ticked(self.fields, "written_asked", _("当事人要求制作书面协议"))
        line = row(self.performed, self.agreed, self.told, asked, None, gap=16)
        self._ask = label("", "problem", wrap=True)
        self._ask.hide()
        made = QVBoxLayout()
        made.setSpacing(2)
        made.addLayout(line)
        made.addWidget(self._ask)
        return made

    def _make_party(self, form: PartyForm) -> QWidget:
        made = PartyLine(form, self._frame)
        made.recorded = self.parties.recorded
        self.matcher.watch(made)
        return made

    def _make_term(self, form: TermForm) -> QWidget:
        return TermLine(form, self._frame.choices["way"], list(self._people().values()))

    def _name_sides(self, parties: Sequence[PartyForm]) -> None:
        """Let the empty second line be the other side."""
        for line in self.parties.lines[max(1, len(parties)) :]:
            if isinstance(line, PartyLine):
                line.set_side("respondent")

    def _people(self) -> dict[QWidget, Choice]:
        """Return the parties by the line they stand in; without an id the word is the code."""
        lines = [each for each in self.parties.lines if isinstance(each, PartyLine)]
        named = [(line, form) for line in lines if (form := line.value()).name]
        words = told_apart([(form.side, form.name) for _line, form in named])
        return {line: Choice(form.id or word, word) for (line, form), word in zip(named, words, strict=True)}

    def _offer_people(self) -> None:
        people = self._people()
        codes = {line: choice.code for line, choice in people.items()}
        # Who is chosen stays chosen while the name is typed, or when another party gets the same one.
        renamed = {old: codes[line] for line, old in self._codes.items() if line in codes}
        self._codes = {line: old for line, old in self._codes.items() if line in self.parties.lines} | codes
        for each in self.terms.lines:
            if isinstance(each, TermLine):
                each.offer(list(people.values()), renamed)

    def _mediators(self) -> tuple[CaseMediatorForm, ...]:
        chosen = str(self.fields.fields["mediator_id"].read())
        kept = [each for each in self._form.case.mediators if each.role != "mediator"]
        mine = [each for each in self._form.case.mediators if each.mediator_id == chosen]
        return (*(mine or ([CaseMediatorForm(mediator_id=chosen)] if chosen else [])), *kept)

    def _offer_mediators(self, committee_id: str) -> None:
        offered = [
            Choice(each.id, each.name) for each in self._frame.mediators if each.committee_id == committee_id
        ]
        self.fields.offer("mediator_id", offered)

    def _on_field(self, name: str) -> None:
        if name == "written_asked":
            tell(self._ask, "")
        if name == "committee_id":
            self._offer_mediators(str(self.fields.fields[name].read()))
        self.touched.emit()

    def _on_ticked(self) -> None:
        self._show_mode()
        tell(self._ask, "")
        self.touched.emit()

    def _show_mode(self) -> None:
        self.fields.row("mode").setVisible(not self.performed.isChecked())


def fresh(frame: CaseFrame) -> SmallCaseForm:
    """Return an empty page with what is not asked when there is only one answer."""
    committee = frame.committees[0].id if len(frame.committees) == 1 else ""
    mine = [each for each in frame.mediators if each.committee_id == committee]
    mediators = (CaseMediatorForm(mediator_id=mine[0].id),) if len(mine) == 1 else ()
    return SmallCaseForm(
        case=CaseForm(
            committee_id=committee, difficulty="simple", competence=USUAL_COMPETENCE, mediators=mediators
        ),
        agreement=AgreementForm(form="oral", mode="fixed_date", reached_on=clock.today()),
    )


def _facts(fields: Fields, frame: CaseFrame) -> QVBoxLayout:
    choices = frame.choices
    first = row(gap=GAP)
    first.addWidget(fields.pick("dispute_type", _("纠纷类型"), choices["dispute_type"], needed=True), 2)
    first.addWidget(fields.pick("source", _("来源"), choices["source"], needed=True), 2)
    first.addWidget(fields.pick("difficulty", _("难度"), choices["difficulty"]), 1)
    first.addWidget(fields.pick("competence", _("本会管辖的理由"), choices["competence"]), 2)
    words = row(gap=GAP)
    words.addWidget(fields.long("summary", _("主要事实"), needed=True, lines=2), 3)
    words.addWidget(fields.long("issues", _("争议事项"), needed=True, lines=2), 2)
    words.addWidget(fields.long("responsibilities", _("各方责任"), lines=2), 2)
    made = QVBoxLayout()
    made.setSpacing(7)
    made.addLayout(first)
    made.addLayout(words)
    return made


def _who(fields: Fields, frame: CaseFrame) -> QVBoxLayout:
    committees = [Choice(each.id, each.name) for each in frame.committees]
    line = row(gap=GAP)
    line.addWidget(fields.pick("mode", _("履行方式"), frame.choices["mode"], needed=True), 2)
    line.addWidget(fields.day("reached_on", _("达成协议日期"), needed=True), 2)
    line.addWidget(fields.pick("committee_id", _("调委会"), committees, needed=True), 4)
    line.addWidget(fields.pick("mediator_id", _("调解员"), needed=True), 2)
    line.addWidget(fields.text("recorder", _("记录人"), limit=60), 2)
    made = QVBoxLayout()
    made.addLayout(line)
    return made
