"""司法确认: the countdown, why it is not open, the joint application, the court's word (SQ-01…05)."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk.rules.confirmation import ASKABLE
from desk.rules.dispute_codes import CONFIRMATION
from desk.services.mediation.agreement_values import ConfirmationView
from desk.services.mediation.forms import ConfirmationForm
from desk.services.mediation.values import CaseCard
from desk.text import _
from desk.ui.pages.mediation.fields import Fields, Ticks
from desk.ui.pages.mediation.folding import Folding
from desk.ui.pages.mediation.form_text import from_text, to_text
from desk.ui.pages.mediation.party_choices import party_choices
from desk.ui.parts.boxes import GAP, column, label, row, tell
from desk.ui.parts.card import Card
from desk.ui.parts.columns import reveal
from desk.ui.parts.combo import Combo
from desk.ui.parts.day_field import DayField, day_problem
from desk.ui.parts.fields import LineField
from desk.ui.parts.key_hint import KeyButton
from desk.ui.parts.pill import Pill
from desk.ui.parts.writer import Gap

_TEXT = "after.confirmation"
_PEOPLE = frozenset({"joint", "eligible", "term", "id_no", "phone", "address"})
_TONES = {"red": "red", "yellow": "amber", "white": "plain"}
_DECIDED = {"confirmed_valid": "green", "confirmed_invalid": "red", "rejected": "red"}
_WORDS = ("confirmed_valid", "confirmed_invalid", "rejected", "withdrawn")


class ConfirmationCard(Card):
    """What the law lets the parties ask the court for, and how far it is.

    Signals:
        asked: a verb of a service and the sentence said when it is done.
    """

    asked = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("司法确认"), parent=parent)
        self._case_id = ""
        self.fields = Fields(self)
        self._state, self._left = Pill(), Pill()
        self._words = label("", wrap=True)
        self.open = KeyButton(_("双方共同申请…"), kind="row")
        self._joint = Ticks(_("共同申请的当事人"), [])
        self._reasons = Ticks(_("不予受理的情形"), [])
        self._joint_problem = label("", "problem", wrap=True)
        self._joint_problem.hide()
        self._decided_problem = label("", "problem", wrap=True)
        self._decided_problem.hide()
        self._apply_box, self._decide_box = QWidget(), QWidget()
        self.apply = KeyButton(_("登记申请"), "Ctrl Enter", "main")
        self.cancel = KeyButton(_("收起"))
        self.word = Combo([(code, CONFIRMATION[code]) for code in _WORDS])
        self.word.setAccessibleDescription(_("法院的决定"))
        self.decided_on = DayField(_("裁定日期"))
        self.decision_no = LineField(_("裁定书文号"), limit=60, hint=_("裁定书文号"))
        self.why = LineField(_("理由"), limit=200, hint=_("理由"))
        self.decide = KeyButton(_("登记结果"), kind="row")
        self._lay_out()
        self.open.clicked.connect(self._on_open)
        self.apply.clicked.connect(self.finish)
        self.folding = Folding(self.fields, self._read, self._apply_box.hide)
        self.cancel.clicked.connect(self.folding.fold)
        self.decide.clicked.connect(self._on_decide)

    def show_card(self, card: CaseCard) -> None:
        """Show countdown, reasons and state."""
        self._case_id = card.id
        view = card.confirmation
        in_force = card.agreement is not None and card.agreement.in_force
        self.setVisible(in_force or view.state != "none")
        self._state.say(view.state_label, _DECIDED.get(view.state, "plain"))
        self._left.setVisible(bool(view.left_text) and view.state in ASKABLE)
        self._left.say(view.left_text, _TONES.get(view.colour, "plain"))
        self._words.setText("\n".join(_lines(view)))
        self.open.setVisible(view.may_apply)
        self._decide_box.setVisible(view.state == "confirm_applied")
        if view.state not in ASKABLE:
            self._apply_box.hide()
        self.fields.offer("ground", view.courts)
        if not self.is_open():
            self._offer(card)

    def is_open(self) -> bool:
        """Tell whether an application is being written."""
        return not self._apply_box.isHidden()

    def finish(self) -> bool:
        """Write the application that is open."""
        if not self.is_open():
            return False
        form, case_id = self._read(), self._case_id
        self.asked.emit(
            lambda services: services.mediation.aftercare.apply(case_id, form), _("司法确认申请已登记。")
        )
        return True

    def typed(self) -> dict[str, str]:
        """Return the application that is open."""
        return {_TEXT: to_text(self._read())} if self.is_open() else {}

    def restore(self, texts: Mapping[str, str]) -> None:
        """Show what was half typed."""
        if _TEXT in texts:
            form = from_text(ConfirmationForm, texts[_TEXT])
            self._paint(form)
            self._apply_box.show()

    def mark(self, gaps: list[Gap]) -> str:
        """Say what is missing beside the fields."""
        if not self.is_open():
            return ""
        mine = [
            text for name, text in gaps if name in {"joint", "eligible", "term", "id_no", "phone", "address"}
        ]
        tell(self._joint_problem, " ".join(mine))
        named = [("ground" if name == "court" and "有管辖权" in text else name, text) for name, text in gaps]
        return self.fields.mark(named) or ("joint" if mine else "")

    def unreadable(self) -> list[Gap]:
        """Return days that cannot be read."""
        return self.fields.unreadable() if self.is_open() else []

    def go_to(self, name: str) -> bool:
        """Put the focus into a field of the open application."""
        if self.is_open() and name == "joint":
            for box in list(self._joint.boxes.values())[:1]:
                box.setFocus()
            return True
        return self.is_open() and self.fields.go_to(name)

    def _lay_out(self) -> None:
        fields = self.fields
        first, second = row(gap=GAP), row(gap=GAP)
        first.addWidget(fields.pick("ground", _("管辖"), needed=True), 3)
        first.addWidget(fields.text("court", _("法院"), limit=60, hint=_("空着就用调委会登记的法院")), 3)
        first.addWidget(fields.day("applied_on", _("申请日期（空着就是今天）")), 2)
        second.addWidget(fields.text("facts", _("事实与理由"), limit=500), 5)
        self._asks = label(_("有下列情形的，法院不予受理（有才勾）："), "label", wrap=True)
        joint = row(label(_("双方共同申请："), "label"), gap=8)
        joint.addWidget(self._joint, 1)
        self._joint_row = joint
        buttons = row(None, self.cancel, self.apply, gap=8)
        self._apply_box.setLayout(
            column(joint, self._asks, self._reasons, self._joint_problem, first, second, buttons, gap=8)
        )
        line = row(gap=8)
        parts: tuple[tuple[QWidget, int], ...] = (
            *((self.word, 2), (self.decided_on, 2), (self.decision_no, 3), (self.why, 3)),
            (self.decide, 0),
        )
        for field, share in parts:
            line.addWidget(field, share)
        self._decide_box.setLayout(column(line, self._decided_problem, gap=6))
        self.add(row(self._state, self._left, self.open, None, gap=10))
        for widget in (self._words, self._apply_box, self._decide_box):
            self.add(widget)
        self._apply_box.hide()

    def _offer(self, card: CaseCard) -> None:
        """Offer this case's parties and questions."""
        joint = Ticks(
            _("共同申请的当事人"), [(each.code, each.label) for each in party_choices(card.parties)]
        )
        self._joint_row.replaceWidget(self._joint, joint)
        questions = [(each.code, each.label) for each in card.confirmation.questions]
        reasons = Ticks(_("不予受理的情形"), questions)
        holder = self._apply_box.layout()
        assert holder is not None, "the application is laid out"
        holder.replaceWidget(self._reasons, reasons)
        for old in (self._joint, self._reasons):
            old.hide()
            old.deleteLater()
        self._joint, self._reasons = joint, reasons
        self._asks.setVisible(bool(questions))
        reasons.setVisible(bool(questions))

    def _read(self) -> ConfirmationForm:
        form = self.fields.read_into(ConfirmationForm())
        return ConfirmationForm(
            court=form.court,
            ground=form.ground,
            joint=self._joint.value(),
            reasons=self._reasons.value(),
            applied_on=form.applied_on,
            applied_way="written",
            facts=form.facts,
        )

    def _paint(self, form: ConfirmationForm) -> None:
        self.fields.paint(form)
        self._joint.set_value(form.joint)
        self._reasons.set_value(form.reasons)

    def _on_open(self) -> None:
        self._paint(ConfirmationForm(joint=tuple(self._joint.boxes)))
        self._apply_box.show()
        self.folding.begin()
        self.fields.go_to("ground")
        reveal(self._apply_box)

    def _on_decide(self) -> None:
        problem = day_problem(self.decided_on.text())
        tell(self._decided_problem, problem)
        if problem:
            self.decided_on.setFocus()
            return
        case_id, state, on = self._case_id, self.word.value(), self.decided_on.day()
        number, why = self.decision_no.value(), self.why.value()
        self.asked.emit(
            lambda services: services.mediation.aftercare.decide(
                case_id, state, on, decision_no=number, reason=why
            ),
            _("结果已登记。"),
        )


def _lines(view: ConfirmationView) -> list[str]:
    found = [*view.reasons, *view.warnings]
    if view.may_apply and not view.warnings and view.until_text:
        found.append(_("生效后 30 日内{until}").format(until=view.until_text))
    if view.applied_on is not None:
        found.append(_("{day} 向{court}申请。").format(day=view.applied_on, court=view.court))
    if view.decided_on is not None:
        parts = (f"{view.decided_on}", view.decision_no, view.reason)
        found.append(" · ".join(part for part in parts if part))
    if view.next_ways:
        found.append(view.next_ways)
    return found
