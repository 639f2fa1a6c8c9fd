"""调解过程: each sitting with who was there, the four moves, and how it ended (F-06)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from desk import clock
from desk.services.mediation.forms import PresenceForm, SittingForm
from desk.services.mediation.people_values import Choice
from desk.services.mediation.values import CaseCard, SittingView
from desk.text import _
from desk.ui.pages.mediation.fields import ticked
from desk.ui.pages.mediation.party_choices import party_choices
from desk.ui.pages.mediation.records_tab import RecordsTab
from desk.ui.pages.mediation.tab_part import Work
from desk.ui.parts.bound import Bound
from desk.ui.parts.boxes import GAP, label, one_layout, row, tell, tick_quietly
from desk.ui.parts.card import Card
from desk.ui.parts.flow import FlowLayout
from desk.ui.parts.table import Column
from desk.ui.parts.writer import Gap

_NAMES = {
    "statements": "talk",
    "sides_present": "present",
    "mediators": "present",
    "participants": "present",
    "avoidance_asked": "avoidance",
}
_MOVES = (("talk", "talk"), ("topics", "topic"), ("ladder", "ladder"), ("accord", "settle"))


class Presence(QWidget):
    """Who was there: everybody of the case as a tick.

    Signals:
        changed: one was set or taken away.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, gap=12)
        self._boxes: list[tuple[PresenceForm, QCheckBox]] = []
        self._words: Mapping[str, str] = {}

    def offer(self, people: Sequence[PresenceForm], words: Mapping[str, str] | None = None) -> None:
        """Offer these, with nobody ticked; `words` are what a party is called by its id."""
        self._words = words if words is not None else self._words
        named = [(each, self._words.get(each.who_id, each.name)) for each in people]
        # The same people are offered for each sitting: whoever goes by keys stays where he is.
        if named != [(each, box.text()) for each, box in self._boxes]:
            with one_layout(self):
                self._build(named)
        for _each, box in self._boxes:
            tick_quietly(box, on=False)

    def value(self) -> tuple[PresenceForm, ...]:
        """Return who is ticked."""
        return tuple(each for each, box in self._boxes if box.isChecked())

    def set_value(self, people: Sequence[PresenceForm]) -> None:
        """Tick these; somebody no longer on the case is offered too."""
        known = {_who(each) for each, _box in self._boxes}
        gone = [each for each in people if _who(each) not in known]
        if gone:
            self.offer([*(each for each, _box in self._boxes), *gone])
        there = {_who(each) for each in people}
        for each, box in self._boxes:
            tick_quietly(box, on=_who(each) in there)

    def first(self) -> QWidget:
        """Return where the focus goes."""
        return self._boxes[0][1] if self._boxes else self

    def _build(self, named: Sequence[tuple[PresenceForm, str]]) -> None:
        self._flow.clear()
        self._boxes = []
        for each, name in named:
            box = QCheckBox(name, self)
            box.setAccessibleName(_("到场 {name}").format(name=name))
            box.toggled.connect(self.changed)
            self._boxes.append((each, box))
            self._flow.addWidget(box)
            box.show()


class SittingsTab(RecordsTab[SittingForm]):
    """The sittings of a case."""

    text_name = "sittings"
    noun = "sitting"
    words = "调解"
    kind = SittingForm

    def columns(self) -> Sequence[Column]:
        """Return the columns of the list."""
        return [
            Column(_("次"), lambda each: str(each.n), 2),
            Column(_("时间"), _when, 8),
            Column(_("地点"), lambda each: each.place, 9),
            Column(_("公开"), lambda each: each.openness_label, 4),
            Column(_("到场"), lambda each: "、".join(one.name for one in each.present)),
            Column(_("结果"), lambda each: each.result_label, 6, tone=_tone),
        ]

    def lay_out(self, card: Card) -> Iterator[None]:
        """Build the form."""
        fields, choices = self.fields, self.frame.choices
        self.present = Presence()
        fields.other(
            "present",
            Bound(self.present, self.present.value, self.present.set_value, self._say_present),
        )
        self.present.changed.connect(lambda: fields.edited.emit("present"))
        self._present_problem = label("", "problem", wrap=True)
        self._present_problem.hide()
        first, second, third = row(gap=GAP), row(gap=GAP), row(gap=GAP)
        first.addWidget(fields.moment("held_at", _("时间"), needed=True), 3)
        first.addWidget(fields.moment("ended_at", _("结束时间")), 3)
        first.addWidget(fields.text("place", _("地点"), needed=True), 4)
        first.addWidget(
            fields.pick("openness", _("公开（按当事人意愿）"), choices["openness"], needed=True), 3
        )
        yield
        second.addWidget(fields.text("subject", _("事由"), needed=True, limit=200), 5)
        second.addWidget(fields.text("recorder", _("记录人"), needed=True, limit=60), 3)
        asked = [Choice("none", _("不要求回避")), Choice("asked", _("要求回避"))]
        second.addWidget(fields.pick("avoidance", _("是否要求调解员回避"), asked, needed=True), 3)
        second.addWidget(fields.text("avoidance_note", _("回避的处理"), limit=100), 3)
        self.list_card.set_title(_("调解过程"))
        yield
        card.add(first)
        card.add(second)
        card.add(label(_("到场的人 *"), "label"))
        card.add(self.present)
        card.add(self._present_problem)
        card.add(ticked(fields, "informed", _("已告知权利义务、调解原则和人员身份")))
        moves = {each.code: each.label for each in choices["move"]}
        for pair in (_MOVES[:2], _MOVES[2:]):
            line = row(gap=GAP)
            for name, move in pair:
                line.addWidget(
                    fields.long(name, moves[move], needed=name == "talk", hint=self.frame.prompts[move]), 1
                )
            card.add(line)
            yield
        card.add(fields.long("verification", _("核实的事实"), needed=True, lines=2))
        third.addWidget(fields.pick("result", _("这次的结果"), choices["session_result"], needed=True), 3)
        third.addWidget(fields.moment("next_at", _("下次调解时间")), 3)
        third.addWidget(fields.text("fail_reason", _("不成的原因"), limit=200), 6)
        yield
        card.add(third)
        card.add(ticked(fields, "remedies_told", _("已告知可以通过仲裁、行政、司法等途径维护权利")))
        fields.edited.connect(self._on_edited)
        self._show_result()

    def records(self, card: CaseCard) -> Sequence[SittingView]:
        """Return the sittings."""
        return card.sittings

    def paint(self, form: SittingForm) -> None:
        """Show a form, offering everybody of the case as present."""
        if self.card is not None:
            words = {each.code: each.label for each in party_choices(self.card.parties)}
            self.present.offer(everybody(self.card), words)
        super().paint(form)
        self._show_result()

    def mark(self, gaps: list[Gap]) -> str:
        """Say what is missing beside the fields."""
        return super().mark([(_NAMES.get(name, name), sentence) for name, sentence in gaps])

    def go_to(self, name: str) -> bool:
        """Put the focus into a field."""
        if _NAMES.get(name, name) == "present" and not self.form_card.isHidden():
            self.present.first().setFocus()
            return True
        return super().go_to(_NAMES.get(name, name))

    def form_of(self, record: SittingView) -> SittingForm:
        """Return a sitting as it was typed."""
        names = SittingForm.__dataclass_fields__
        values = {name: getattr(record, name) for name in names if name != "present"}
        present = tuple(PresenceForm(each.name, each.role, each.who_id) for each in record.present)
        return replace(SittingForm(**values), present=present)

    def fresh(self, card: CaseCard) -> SittingForm:
        """Return a new one: now, with everybody there who speaks or mediates."""
        recorder = next((each.name for each in card.mediators if each.role == "recorder"), "")
        there = tuple(each for each in everybody(card) if each.role in {"party", "mediator", "recorder"})
        return SittingForm(held_at=clock.now(), subject=card.title, recorder=recorder, present=there)

    def put(self, case_id: str, form: SittingForm, record_id: str, base: SittingForm | None) -> Work:
        """Return how it is saved."""
        return lambda services: services.mediation.proceedings.save_sitting(case_id, form, record_id, base)

    def take_away(self, case_id: str, record_id: str, reason: str) -> Work:
        """Return how it is made void."""
        return lambda services: services.mediation.proceedings.drop_sitting(case_id, record_id, reason)

    def _say_present(self, sentence: str) -> None:
        tell(self._present_problem, sentence)

    def _on_edited(self, name: str) -> None:
        if name in {"result", "avoidance"}:
            self._show_result()

    def _show_result(self) -> None:
        read = {name: self.fields.fields[name].read() for name in ("result", "avoidance")}
        self.fields.row("fail_reason").setVisible(read["result"] == "failed")
        self.fields.row("next_at").setVisible(read["result"] in {"continue", "apart"})
        self.fields.fields["remedies_told"].widget.setVisible(read["result"] == "failed")
        self.fields.row("avoidance_note").setVisible(read["avoidance"] == "asked")


def everybody(card: CaseCard) -> list[PresenceForm]:
    """Return all who may be at a sitting: parties, agents, helpers, mediators, recorder."""
    found = [PresenceForm(each.name, "party", each.id) for each in card.parties]
    found += [PresenceForm(one.name, "agent", one.id) for each in card.parties for one in each.agents]
    found += [PresenceForm(each.name, "participant", each.id) for each in card.participants]
    found += [PresenceForm(each.name, each.role, each.mediator_id or each.id) for each in card.mediators]
    return found


def _who(each: PresenceForm) -> tuple[str, str]:
    """Return what tells somebody apart from a namesake."""
    return each.role, each.who_id or each.name


def _when(record: SittingView) -> str:
    return f"{record.held_at:%m-%d %H:%M}" if record.held_at is not None else ""


def _tone(record: SittingView) -> str:
    return {"agreed": "green", "failed": "red"}.get(record.result, "plain") if record.result else ""
