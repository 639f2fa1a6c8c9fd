"""回访: later looks whether the agreement lasts, and whether the quarrel flares up again (F-09)."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk import clock
from desk.rules.mediation_labels import LITIGATION
from desk.rules.mediation_states import STANDING
from desk.services.mediation.agreement_values import FollowUpView
from desk.services.mediation.forms import FollowUpForm
from desk.services.mediation.people_values import Choice
from desk.services.mediation.values import CaseCard, CaseFrame
from desk.text import _
from desk.ui.pages.mediation.fields import Fields, ticked
from desk.ui.pages.mediation.folding import Folding
from desk.ui.pages.mediation.form_text import from_text, to_text
from desk.ui.pages.mediation.local_lines import added
from desk.ui.pages.mediation.party_choices import party_choices
from desk.ui.parts.boxes import GAP, column, label, row
from desk.ui.parts.card import Card
from desk.ui.parts.columns import reveal
from desk.ui.parts.key_hint import KeyButton
from desk.ui.parts.writer import Gap

_TEXT = "after.follow_up"


class FollowUpCard(Card):
    """The visits made, and the form of another.

    Signals:
        asked: a verb of a service and the sentence said when it is done.
    """

    asked = Signal(object, str)

    def __init__(self, frame: CaseFrame, parent: QWidget | None = None) -> None:
        super().__init__(_("回访"), parent=parent)
        self._case_id = ""
        self._parties: list[Choice] = []
        self._visitor = ""
        self.fields = Fields(self)
        self._lines = label("", wrap=True)
        self.new = KeyButton(_("＋ 一次回访"), kind="row")
        self.save = KeyButton(_("登记回访"), "Ctrl Enter", "main")
        self.cancel = KeyButton(_("收起"))
        self._form = QWidget()
        self._form.setLayout(self._fields(frame))
        self._form.hide()
        self.add(self._lines)
        self.add(row(self.new, None))
        self.add(self._form)
        self.new.clicked.connect(self.begin)
        self.save.clicked.connect(self.finish)
        self.folding = Folding(self.fields, self._read, self._form.hide)
        self.cancel.clicked.connect(self.folding.fold)

    def show_card(self, card: CaseCard) -> None:
        """Show the visits made."""
        if len(card.follow_ups) and self._case_id == card.id and not self._form.isHidden():
            newest = card.follow_ups[-1]
            if newest.visited_at == self.fields.fields["visited_at"].read():
                self._form.hide()
        self._case_id = card.id
        self._parties = party_choices(card.parties)
        self._visitor = next((each.name for each in card.mediators if each.role == "mediator"), "")
        self.fields.offer("party_id", self._parties)
        self._lines.setText("\n".join(map(_words, card.follow_ups)) or _("还没有回访。"))
        self.new.setVisible(card.state in STANDING)

    def begin(self) -> None:
        """Open the form of another visit."""
        if self._form.isHidden():
            first = self._parties[0].code if self._parties else ""
            self._show(
                FollowUpForm(party_id=first, visited_at=clock.now(), mode="phone", visitor=self._visitor)
            )
            self.folding.begin()
            self.fields.go_to("party_id")
            reveal(self._form)

    def is_open(self) -> bool:
        """Tell whether a visit is being written."""
        return not self._form.isHidden()

    def finish(self) -> bool:
        """Write the visit that is open."""
        if self._form.isHidden():
            return False
        form, case_id = self._read(), self._case_id
        self.asked.emit(
            lambda services: services.mediation.aftercare.follow_up(case_id, form), _("回访已登记。")
        )
        return True

    def typed(self) -> dict[str, str]:
        """Return the visit that is open."""
        return {} if self._form.isHidden() else {_TEXT: to_text(self._read())}

    def restore(self, texts: Mapping[str, str]) -> None:
        """Show what was half typed."""
        if _TEXT in texts:
            self._show(from_text(FollowUpForm, texts[_TEXT]))

    def mark(self, gaps: list[Gap]) -> str:
        """Say what is missing beside the fields."""
        return "" if self._form.isHidden() else self.fields.mark(gaps)

    def unreadable(self) -> list[Gap]:
        """Return times that cannot be read."""
        return [] if self._form.isHidden() else self.fields.unreadable()

    def go_to(self, name: str) -> bool:
        """Put the focus into a field of the open form, or on the button that opens it."""
        if self._form.isHidden():
            if name == "follow_up":
                self.new.setFocus()
            return name == "follow_up"
        return self.fields.go_to(name)

    def _read(self) -> FollowUpForm:
        return self.fields.read_into(FollowUpForm())

    def _show(self, form: FollowUpForm) -> None:
        self.fields.paint(form)
        self._form.show()

    def _fields(self, frame: CaseFrame) -> QVBoxLayout:
        fields, choices = self.fields, frame.choices
        first, second, third = row(gap=GAP), row(gap=GAP), row(gap=GAP)
        first.addWidget(fields.pick("party_id", _("回访谁"), needed=True), 3)
        first.addWidget(fields.moment("visited_at", _("时间"), needed=True), 3)
        first.addWidget(fields.pick("mode", _("方式"), choices["follow_up_mode"], needed=True), 2)
        first.addWidget(fields.text("visitor", _("回访人"), needed=True, limit=60), 2)
        second.addWidget(fields.pick("performance", _("履行情况"), choices["performance"], needed=True), 2)
        second.addWidget(fields.pick("satisfaction", _("满意程度"), choices["satisfaction"], needed=True), 2)
        asked = [Choice(code, _(words)) for code, words in LITIGATION.items()]
        second.addWidget(fields.pick("litigation", _("是否起诉"), asked), 2)
        second.addWidget(fields.text("litigation_note", _("起诉的结果"), limit=200), 3)
        third.addWidget(fields.text("measures", _("采取的措施"), limit=300), 5)
        hint = _("来访编号，如 LF2026-A0312")
        third.addWidget(fields.text("matter_id", _("反复后新来访的编号"), limit=40, hint=hint), 3)
        local = added(fields, frame.local.get("follow_up", ()))
        buttons = row(ticked(fields, "relapse_risk", _("有反复或者激化的迹象")), None, gap=8)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        return column(first, second, third, local, buttons, gap=8)


def _words(each: FollowUpView) -> str:
    day = f"{each.visited_at:%m-%d}" if each.visited_at is not None else ""
    parts = (day, each.mode_label, each.party_name, each.performance_label, each.satisfaction_label)
    risk = _("有反复迹象") if each.relapse_risk else ""
    return " · ".join(part for part in (*parts, risk, each.measures, each.visitor) if part)
