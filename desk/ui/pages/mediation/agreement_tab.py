"""协议: its words, its terms as rows, what a judge would miss, and who has signed (F-07, F-08)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desk.rules.mediation_states import OPEN_TO_REGISTRAR, TAKEN
from desk.services.mediation.agreement_values import AgreementView, CheckView
from desk.services.mediation.forms import AgreementForm, CaseForm, TermForm
from desk.services.mediation.values import CaseCard, CaseFrame
from desk.text import _
from desk.ui.pages.mediation import term_line
from desk.ui.pages.mediation.agreement_forms import form_of, starting_form
from desk.ui.pages.mediation.begun_part import BegunPart
from desk.ui.pages.mediation.case_side import HAVE, LACK
from desk.ui.pages.mediation.fields import Fields, ticked
from desk.ui.pages.mediation.form_text import restored, with_base
from desk.ui.pages.mediation.lines import Lines
from desk.ui.pages.mediation.local_lines import added
from desk.ui.pages.mediation.party_choices import party_choices
from desk.ui.pages.mediation.signatures import Signatures
from desk.ui.pages.mediation.tab_part import FormPart, Work
from desk.ui.pages.mediation.term_line import TermLine, where_wrong
from desk.ui.parts.beginning import Beginning
from desk.ui.parts.boxes import GAP, label, row, swap
from desk.ui.parts.card import Card
from desk.ui.parts.combo import Combo
from desk.ui.parts.flow import FlowLayout
from desk.ui.parts.writer import Gap

AGREEMENT = "agreement"
"""The field of a draft that holds the words of an agreement."""

_TERMS = frozenset({"clauses", "text", "obligor", "amount", "due"})
_SIGNS = frozenset({"signers", "mediator_signed_on", "recorder_signed_on", "sealed_on", "signed_on"})
_NAMES = {"agreement": "facts", "effective_on": "reached_on"}


class AgreementTab(BegunPart[AgreementForm], FormPart):
    """The agreement while it is drafted, and as it stands once it is in force."""

    def __init__(self, frame: CaseFrame, parent: QWidget | None = None) -> None:
        super().__init__(frame, parent)
        self.began = Beginning(AgreementForm())
        self._painted = AgreementForm()
        self.fields = Fields(self)
        self.forms = (self.fields,)
        self.kind = Combo([("written", _("书面")), ("oral", _("口头（一页登记表）"))])
        self.kind.setAccessibleDescription(_("协议形式"))
        self.kind.setMinimumContentsLength(9)
        self.terms: Lines[TermForm] = Lines(self._make_term, TermForm, _("＋ 一条"), term_line.head())
        self.terms.recorded = lambda term_id: any(each.id == term_id for each in self.began.base.terms)
        self.signatures = Signatures()
        self._who = label("", "label", wrap=True)
        self._derived = label("", "label", wrap=True)
        self._note = label("", "problem", wrap=True)
        self._checks = QFrame()
        self._checked: tuple[CheckView, ...] | None = None

    def rest(self) -> Iterator[None]:
        """Build the form, row by row."""
        fields, choices = self.fields, self.frame.choices
        card = self._card = Card(_("调解协议"))
        card.head.addWidget(self.kind)
        card.add(self._who)
        card.add(
            _beside(
                (fields.long("facts", _("主要事实"), needed=True, lines=2), 3),
                (fields.long("issues", _("争议事项"), needed=True, lines=2), 2),
                (fields.long("responsibilities", _("各方责任"), lines=2), 2),
            )
        )
        yield
        card.add(label(_("协议内容 *（逐条，到期提醒）"), "label"))
        card.add(self.terms)
        card.add(
            _beside(
                (fields.pick("mode", _("履行方式"), choices["mode"], needed=True), 2),
                (fields.text("mode_text", _("履行方式说明"), limit=200), 3),
                (fields.day("reached_on", _("达成协议日期"), needed=True), 2),
                (fields.text("recorder", _("记录人"), limit=60), 2),
            )
        )
        yield
        card.add(fields.text("breach", _("违约责任（建议写明）"), limit=300))
        card.add(added(fields, self.frame.local.get("agreement", ())))
        card.add(ticked(fields, "written_asked", _("当事人要求制作书面协议")))
        card.add(self._derived)
        card.add(self._note)
        card.add(self._checks)
        yield
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(card)
        box.addWidget(self.signatures)
        box.addStretch(1)
        self.fields.touched.connect(lambda _name: self.touch())
        self.kind.activated.connect(lambda _index: self.touch())
        self.kind.currentIndexChanged.connect(lambda _index: _star(self.fields, self.kind.value()))
        _star(self.fields, self.kind.value())
        self.terms.touched.connect(self.touch)
        self.signatures.asked.connect(self.asked)
        self.signatures.scan_wanted.connect(lambda: self.tab_wanted.emit("dossier", "agreement"))

    def prepare(self, card: CaseCard, form: CaseForm) -> Iterator[None]:
        """Build the terms one by one."""
        self.card = card
        first = self._painted = self.stands(card, form)
        self.kind.set_value(first.form)
        self.fields.paint(first)
        yield
        yield from self.terms.filling(first.terms, at_least=1)
        self.began.show(first, self.now())

    def show_card(self, card: CaseCard, form: CaseForm) -> None:
        """Show the agreement; what is half typed stays."""
        super().show_card(card, form)
        agreement = card.agreement
        mediators = _("、").join(each.name for each in card.mediators if each.role == "mediator")
        sides = " · ".join(f"{each.side_label} {each.name}" for each in card.parties)
        who = _("当事人：{parties}　调解员：{mediators}").format(parties=sides, mediators=mediators)
        # Why nothing can be written here.
        waits = _("受理以后可以起草协议。") if card.state in OPEN_TO_REGISTRAR else ""
        self._who.setText("\n".join(words for words in (who, waits) if words))
        if not self.dirty:
            first = self.stands(card, form)
            # Only what differs is built anew: who works here by keyboard stays where they are.
            if first not in (self.now(), self._painted) or not self.terms.lines:
                self.paint(first)
            # Also where it stood here already: what is on the screen is this, and no older one any more.
            self._painted = first
            self.began.show(first, self.now())
        for line in self._lines():
            line.offer(party_choices(card.parties))
        self._show_terms(agreement)
        self._show_derived(agreement)
        self.signatures.show_agreement(card.id, agreement)
        self._open(on=card.state in TAKEN and not (agreement is not None and agreement.in_force))

    def stands(self, card: CaseCard, form: CaseForm) -> AgreementForm:  # noqa: ARG002 - the card has it
        """Return what the editor begins with: the agreement there is, or what the case already says."""
        return form_of(card.agreement) if card.agreement is not None else starting_form(card)

    def paint(self, form: AgreementForm) -> None:
        """Show an agreement."""
        self._painted = form
        self.kind.set_value(form.form)
        self.fields.paint(form)
        self.terms.set_value(form.terms, at_least=1)

    def now(self) -> AgreementForm:
        """Return the agreement as it stands."""
        return replace(
            self.fields.read_into(self.began.base), form=self.kind.value(), terms=self.terms.value()
        )

    def save(self) -> Work | None:
        """Return how to save the words; before the case is accepted they wait in the draft."""
        if not _may_draft(self.card):
            return None
        form, base = self.began.typed(self.now()), self.began.base
        case_id = self.card.id if self.card is not None else ""
        return lambda services: services.mediation.agreements.save(case_id, form, base)

    def sending(self) -> None:
        """Give new terms the ids of their records, and remember what is on its way."""
        self.terms.sending()
        super().sending()

    def saved(self) -> None:
        """Know that the words are in the record, unless they still wait."""
        self.dirty = self.dirty and not _may_draft(self.card)

    def typed(self) -> dict[str, str]:
        """Return the agreement if something was changed."""
        return with_base(AGREEMENT, self.began.typed(self.now()), self.began.base) if self.dirty else {}

    def restore(self, texts: Mapping[str, str]) -> None:
        """Show what was half typed."""
        if AGREEMENT in texts:
            self.paint(restored(self.began, AgreementForm, texts, AGREEMENT))
            self.dirty = True

    def mark(self, gaps: list[Gap]) -> str:
        """Say what is missing beside the fields, under the terms and under the signatures."""
        named = [(_NAMES.get(name, name), sentence) for name, sentence in gaps]
        first = self.fields.mark(named)
        self.terms.say(text for name, text in named if name in _TERMS)
        self.signatures.set_problem(" ".join(text for name, text in named if name in _SIGNS))
        return first or next((name for name, _text in named if name in _TERMS | _SIGNS), "")

    def unreadable(self) -> list[Gap]:
        """Return days that cannot be read."""
        found = self.fields.unreadable()
        for line in self._lines():
            found += [("due", sentence) for _name, sentence in line.fields.unreadable()]
        return found + self.terms.refuse_emptied("text")

    def go_to(self, name: str) -> bool:
        """Put the focus into a field, the first row that lacks it, or the first signature missing."""
        if name in _SIGNS:
            return self.signatures.go_on()
        if name in _TERMS:
            found = where_wrong(self._lines(), name)
            if found is not None:
                return found[0].fields.go_to(found[1])
            self.terms.more.setFocus()
            return True
        return self.fields.go_to(_NAMES.get(name, name))

    def _lines(self) -> list[TermLine]:
        return [each for each in self.terms.lines if isinstance(each, TermLine)]

    def _make_term(self, form: TermForm) -> QWidget:
        parties = self.card.parties if self.card is not None else ()
        return TermLine(form, self.frame.choices["way"], party_choices(parties))

    def _show_terms(self, agreement: AgreementView | None) -> None:
        known = {each.id: each for each in agreement.terms} if agreement is not None else {}
        in_force = agreement is not None and agreement.in_force
        for line in self._lines():
            term = known.get(line.value().id)
            if term is not None and in_force:
                line.show_term(term)

    def _show_derived(self, agreement: AgreementView | None) -> None:
        parts, reasons = [], ""
        if agreement is not None:
            parts = [agreement.copies_text, agreement.total_text and _("合计 ") + agreement.total_text]
            if agreement.effective_on is not None:
                parts.append(_("全部签字盖章之日生效：{day}").format(day=agreement.effective_on))
            elif agreement.form == "written":
                parts.append(_("全部签字盖章之日生效"))
            reasons = "；".join(agreement.written_reasons)
        self._derived.setText(" · ".join(part for part in parts if part))
        self._note.setText(_("按本地规定宜作书面协议：{why}。").format(why=reasons) if reasons else "")
        self._note.setVisible(bool(reasons))
        checks = agreement.checks if agreement is not None else ()
        if checks == self._checked:
            return
        self._checked = checks
        fresh = _checks(checks)
        self._checks = swap(self._card.body, self._checks, fresh)

    def _open(self, *, on: bool) -> None:
        self.fields.set_open(on=on)
        self.terms.set_open(on=on)
        self.kind.setEnabled(on)
        for line in self._lines():
            line.set_open(on=on)


def _checks(checks: tuple[CheckView, ...]) -> QFrame:
    """Return the checklist a judge would go through (SQ-05), hidden where nothing of it applies."""
    made = QFrame()
    made.setProperty("role", "checks")
    flow = FlowLayout(made, gap=14)
    flow.setContentsMargins(12, 8, 12, 8)
    flow.addWidget(label(_("内容明确性"), "strong"))
    for check in checks:
        if check.applies:
            sign, role = (HAVE, "good") if check.passed else (LACK, "bad")
            one = label(f"{sign} {check.label}", role)
            one.setToolTip("\n".join(check.sentences))
            flow.addWidget(one)
    for sentence in dict.fromkeys(text for each in checks if not each.passed for text in each.sentences):
        flow.addWidget(label(sentence, "label"))
    made.setVisible(any(check.applies for check in checks))
    return made


def _star(fields: Fields, form: str) -> None:
    """Show that a written agreement (F-07) has the responsibilities; an oral one (F-08) need not."""
    fields.row("responsibilities").set_needed(on=form == "written")


def _may_draft(card: CaseCard | None) -> bool:
    return card is not None and card.state in TAKEN


def _beside(*parts: tuple[QWidget, int]) -> QWidget:
    holder = QWidget()
    line = row(gap=GAP)
    for widget, share in parts:
        line.addWidget(widget, share)
    holder.setLayout(line)
    return holder
