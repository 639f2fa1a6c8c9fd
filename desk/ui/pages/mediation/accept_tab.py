"""受理: what the dispute is, where it came from, how dangerous, who takes it (F-01, F-02)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.rules.dispute_codes import is_labour, source_group
from desk.rules.mediation_states import OPEN_TO_REGISTRAR
from desk.rules.three_way import Path
from desk.services.mediation.forms import CaseForm
from desk.services.mediation.people_values import Choice
from desk.services.mediation.values import CaseCard, CaseFrame
from desk.text import _
from desk.ui.context import Context
from desk.ui.local_fields import LocalFields
from desk.ui.pages.mediation.begun_part import SharedPart
from desk.ui.pages.mediation.clock_card import ClockCard
from desk.ui.pages.mediation.end_card import EndCard
from desk.ui.pages.mediation.fields import Fields, ticked
from desk.ui.pages.mediation.form_text import restored, with_base
from desk.ui.pages.mediation.mediator_conflicts import MediatorConflicts
from desk.ui.pages.mediation.mediators_field import MediatorsField
from desk.ui.pages.mediation.risks_field import RisksField
from desk.ui.pages.mediation.tab_part import FormPart
from desk.ui.parts.beginning import Beginning
from desk.ui.parts.bound import Bound
from desk.ui.parts.boxes import GAP, row
from desk.ui.parts.card import Card
from desk.ui.parts.day_field import DayField, day_problem
from desk.ui.parts.flow import FlowLayout
from desk.ui.parts.form_row import FormRow
from desk.ui.parts.writer import Gap

_TEXT = "accept"
_LOCAL = "accept.local"
_ACCEPTED = "accepted_on"
_DAY = f"accept.{_ACCEPTED}"
_CLOCK = frozenset({"extended", "reason", "pause", "from_on", "until_on"})
_NAMES = {
    "committee": "committee_id",
    "application": "applied_on",
    "entrust_letter": "referral_letter",
}


class AcceptTab(SharedPart, FormPart):
    """The fields of the registration form."""

    def __init__(self, frame: CaseFrame, parent: QWidget | None = None) -> None:
        super().__init__(frame, parent)
        self.fields = Fields(self)
        self._taken = Fields(self)
        self.forms = (self.fields, self._taken)
        self.mediators = MediatorsField(frame)
        self.conflicts = MediatorConflicts()
        self.conflicts.reason_wanted.connect(self.reason_wanted)
        self.risks = RisksField(frame)
        self.local = LocalFields("mediation", self)
        self.began = Beginning(CaseForm())
        self._changed = False
        self._day = day = DayField(_("受理日期"))
        self.accepted = FormRow(_("受理日期"), day, check=day_problem, hint=_("空着就是今天"))
        # In no form: it is taken with the step.
        say = self.accepted.set_problem
        self._taken.other(_ACCEPTED, Bound(day, day.day, day.set_day, say, lambda: day_problem(day.text())))
        day.textChanged.connect(lambda: self._taken.edited.emit(_ACCEPTED))
        self._taken.touched.connect(lambda _name: self.touch())

    def rest(self) -> Iterator[None]:
        """Build the fields, some at a time, then card by card."""
        for tie in (_name_fields, _size_fields, _taking_fields):
            tie(self.fields, self.frame)
            yield
        self._bind()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(10)
        yield
        self.clock, self.end = ClockCard(), EndCard(self.frame)
        # How a case ends is read, and written, before everything else.
        self.body.addWidget(self.end)
        for build in (_what, _whose):
            self.body.addWidget(build(self))
            yield
        self.body.addWidget(self.clock)
        self.body.addWidget(self.local)
        self.end.folding.sure_wanted.connect(self.sure_wanted)
        for asking in (self.clock, self.end):
            asking.asked.connect(self.asked)
        self.body.addStretch(1)
        self.names = tuple(self.fields.fields)
        _show_source(self.fields)

    def settle_in(self, context: Context) -> None:
        """Let the head look at what stands against a mediator; let the fields of the county be filled in."""
        self.local.settle_in(context)
        # It is saved by itself when the line is left; until then the draft has it.
        self.local.touched.connect(self.touched)
        self.conflicts.settle_in(context)

    def show_card(self, card: CaseCard, form: CaseForm) -> None:
        """Show the case; what is half typed stays."""
        super().show_card(card, form)
        self.risks.show_risks(card.risks)
        self.conflicts.show_card(card)
        self.local.show_record(card.id)
        self.clock.show_card(card)
        self.end.show_card(card)
        waits = card.state in OPEN_TO_REGISTRAR
        self.accepted.setVisible(waits)
        if not waits:
            self._taken.paint_values({_ACCEPTED: None})
        self.dirty = self._changed or bool(self._day.value())
        if not self._changed:
            self.paint(form)
            self.began.show(self.stands(card, form), self.stands(card, self.now()))

    def now(self) -> CaseForm:
        """Return the case's form with what stands in the fields."""
        return self.fields.read_into(self.began.base)

    def paint(self, form: CaseForm) -> None:
        """Show a form in the fields."""
        self.fields.paint(form)
        self.mediators.set_committee(form.committee_id)
        self.fields.paint_values({"mediators": form.mediators})
        _show_source(self.fields)

    def answered(self, theirs: Any, yielding: frozenset[Path]) -> None:
        """Show what holds."""
        self._changed = True
        super().answered(theirs, yielding)

    def saved(self) -> None:
        """Know that the form is in the record; the day is only once the case is accepted."""
        self._changed = False
        self.dirty = bool(self._day.value())

    def overtaken(self, card: CaseCard, form: CaseForm) -> None:
        """Go on from what was sent; the mediators are known by the ids they got."""
        self.mediators.adopt(form.mediators)
        super().overtaken(card, form)

    def typed(self) -> dict[str, str]:
        """Return the form if something was changed, and the day the case is to be accepted on."""
        local, day = self.local.typed(), self.chosen_day()
        return {
            **(with_base(_TEXT, self.began.typed(self.now()), self.began.base) if self._changed else {}),
            **({_DAY: day.isoformat()} if day is not None else {}),
            **({_LOCAL: local} if local else {}),
        }

    def restore(self, texts: Mapping[str, str]) -> None:
        """Show what was half typed."""
        self.local.restore(texts.get(_LOCAL, ""))
        if _TEXT in texts:
            self.paint(restored(self.began, CaseForm, texts, _TEXT))
            self._changed = self.dirty = True
        if _DAY in texts and not self.accepted.isHidden():
            self._taken.paint_values({_ACCEPTED: date.fromisoformat(texts[_DAY])})
            self.dirty = True

    def mark(self, gaps: list[Gap]) -> str:
        """Say what is missing beside the fields."""
        self.clock.mark(" ".join(text for name, text in gaps if name in _CLOCK))
        self.accepted.set_problem("".join(text for name, text in gaps if name == _ACCEPTED))
        first = self.end.mark(gaps) or (_ACCEPTED if self.accepted.field.property("wrong") else "")
        return first or self.fields.mark([(_NAMES.get(name, name), text) for name, text in gaps])

    def unreadable(self) -> list[Gap]:
        """Return days and numbers that cannot be read."""
        mine = "" if self.accepted.isHidden() else self.accepted.problem()
        return [*([(_ACCEPTED, mine)] if mine else []), *self.fields.unreadable()]

    def go_to(self, name: str) -> bool:
        """Put the focus into a field."""
        if name == _ACCEPTED and not self.accepted.isHidden():
            self.accepted.field.setFocus()
            return True
        return self.end.go_to(name) or self.fields.go_to(_NAMES.get(name, name))

    def begin(self, verb: str) -> None:
        """Open the form of an end."""
        self.end.open(verb)

    def finish(self) -> bool:
        """Write the end that is open."""
        return self.end.finish()

    def chosen_day(self) -> date | None:
        """Return the day of acceptance that was typed."""
        return self._day.day()

    def _bind(self) -> None:
        fields = self.fields
        risks, mediators = self.risks, self.mediators
        fields.other(
            "risk_flags",
            Bound(
                risks.ticks.first(),
                risks.flags,
                lambda flags: risks.set_value(flags, risks.reports()),
                lambda _text: None,
            ),
        )
        fields.other(
            "reports",
            Bound(
                risks.ticks.first(),
                risks.reports,
                lambda reports: risks.set_value(risks.flags(), reports),
                risks.set_problem,
            ),
        )
        fields.other(
            "mediators", Bound(mediators, mediators.value, mediators.set_value, mediators.set_problem)
        )
        risks.edited.connect(lambda: fields.edited.emit("risk_flags"))
        mediators.edited.connect(lambda: fields.edited.emit("mediators"))
        fields.touched.connect(self._on_touched)

    def _on_touched(self, name: str) -> None:
        if name == "committee_id":
            self.mediators.set_committee(str(self.fields.fields[name].read()))
        if name in {"source", "dispute_type"}:
            _show_source(self.fields)
        self._changed = True
        self.touch()


def _name_fields(fields: Fields, frame: CaseFrame) -> None:
    choices = frame.choices
    fields.text("title", _("纠纷名称"), limit=60, hint=_("空着就用当事人和类型"))
    fields.pick("dispute_type", _("纠纷类型"), choices["dispute_type"], needed=True)
    fields.pick("source", _("案件来源"), choices["source"], needed=True)
    fields.text("referrer", _("委托或移送的机关"), limit=60)
    fields.text("referral_letter", _("委托调解函"), limit=60, hint=_("函号或日期"))
    fields.pick("difficulty", _("难度"), choices["difficulty"])


def _size_fields(fields: Fields, frame: CaseFrame) -> None:
    choices = frame.choices
    fields.pick("intensity", _("激烈程度"), choices["intensity"])
    fields.pick("risk_outlook", _("走向预判"), choices["risk_outlook"])
    fields.count("headcount", _("涉及人数"))
    fields.long("summary", _("纠纷简要情况"), needed=True, lines=3)
    claims = fields.long("claims", _("当事人申请事项（一行一项）"), lines=2)
    plain = fields.fields["claims"]
    fields.other(
        "claims",
        replace(
            plain,
            read=lambda: tuple(filter(None, map(str.strip, str(plain.read()).splitlines()))),
            paint=lambda lines: plain.paint("\n".join(lines)),
        ),
    )
    fields.keep("claims", claims)


def _taking_fields(fields: Fields, frame: CaseFrame) -> None:
    choices = frame.choices
    committees = [Choice(each.id, each.name) for each in frame.committees]
    fields.pick("committee_id", _("调委会"), committees, needed=True)
    fields.day("applied_on", _("申请日期"))
    fields.day("known_on", _("知道权利被侵害之日（劳动仲裁时效从这天算）"))
    fields.pick("competence", _("本会管辖的理由"), choices["competence"])
    fields.many("barred", _("不属于调解范围的情形"), choices["barred"])
    fields.text("remark", _("备注"), limit=200)


def _what(tab: AcceptTab) -> Card:
    of = tab.fields.row
    card = Card(_("纠纷"))
    card.add(_shared((of("title"), 4), (of("dispute_type"), 3), (of("difficulty"), 3)))
    card.add(_shared((of("source"), 4), (of("referrer"), 3), (of("referral_letter"), 3)))
    card.add(_shared((of("summary"), 3), (of("claims"), 2)))
    card.add(_shared((of("intensity"), 2), (of("risk_outlook"), 3), (of("headcount"), 1)))
    card.add(of("known_on"))
    card.add(tab.risks)
    return card


def _whose(tab: AcceptTab) -> Card:
    of, fields = tab.fields.row, tab.fields
    ticks = QWidget()
    flow = FlowLayout(ticks, gap=14)
    for name, words in (
        ("oral_application", _("口头申请，由本会记下")),
        ("informed_ack", _("申请人已被告知有关规定、自愿申请")),
        ("scope_ok", _("属于公民之间、公民与单位之间的民事纠纷")),
    ):
        flow.addWidget(ticked(fields, name, words))
    card = Card(_("受理"))
    first = _shared((of("committee_id"), 4), (of("applied_on"), 2), (tab.accepted, 2), (of("competence"), 4))
    card.add(first)
    card.add(tab.mediators)
    card.add(tab.conflicts)
    card.add(ticks)
    card.add(of("barred"))
    card.add(of("remark"))
    return card


def _show_source(fields: Fields) -> None:
    """Show who referred the case only where somebody did, and since when of a claim only for labour."""
    source: Any = fields.fields["source"].read()
    referred = bool(source) and source_group(source) == "referred"
    for name in ("referrer", "referral_letter"):
        fields.row(name).setVisible(referred)
    kind = str(fields.fields["dispute_type"].read())
    fields.row("known_on").setVisible(bool(kind) and is_labour(kind))


def _shared(*parts: tuple[QWidget, int]) -> QWidget:
    holder = QWidget()
    line = row(gap=GAP)
    for widget, share in parts:
        line.addWidget(widget, share, Qt.AlignmentFlag(0))
    holder.setLayout(line)
    return holder
