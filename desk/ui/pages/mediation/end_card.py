"""How a case ends without an agreement: refused, terminated, handed to another organ (MED-02, 08, 26)."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk.services.mediation.forms import EndForm
from desk.services.mediation.values import CaseCard, CaseFrame, EndView
from desk.text import _
from desk.ui.pages.mediation.fields import Fields, ticked
from desk.ui.pages.mediation.folding import Folding
from desk.ui.pages.mediation.party_choices import party_choices
from desk.ui.pages.mediation.tab_part import Work
from desk.ui.parts.boxes import GAP, label, row
from desk.ui.parts.card import Card
from desk.ui.parts.key_hint import KeyButton
from desk.ui.parts.writer import Gap

_NAMES = {"consent": "party_id", "end_cause": "cause"}
_WORDS = {
    "refuse": "登记拒绝调解",
    "terminate": "终止调解",
    "refer_out": "移送",
    "word": "通知书上写的途径",
}
_NOTICED = ("refused", "terminated")
"""Ends of which the parties get a notice (F-12)."""


class EndCard(Card):
    """The form of an end, shown when such a step is wanted; and afterwards what was written.

    Signals:
        asked: a verb of a service and the sentence said when it is done.
    """

    asked = Signal(object, str)

    def __init__(self, frame: CaseFrame, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        self._case_id = ""
        self._verb = ""
        self._end: EndView | None = None
        self._may_word = False
        self.fields = Fields(self)
        self._told = label("", wrap=True)
        fields = self.fields
        line = row(gap=GAP)
        line.addWidget(fields.pick("cause", _("终止的原因"), frame.choices["end_cause"], needed=True), 3)
        line.addWidget(fields.pick("party_id", _("谁拒绝"), needed=True), 3)
        line.addWidget(fields.text("referred_to", _("移送给哪个机关"), needed=True), 3)
        line.addWidget(fields.day("on", _("日期（空着就是今天）")), 2)
        why = row(gap=GAP)
        why.addWidget(fields.text("reason", _("说明"), limit=300), 5)
        ways = row(gap=GAP)
        ways.addWidget(fields.many("remedies", _("通知书上写的途径"), frame.choices["remedy"]), 2)
        note = fields.text(
            "remedies_note", _("本案的具体途径"), limit=200, hint=_("如 可以向某县人民法院起诉；空着就不写")
        )
        ways.addWidget(note, 5)
        self.word = KeyButton(_("改写途径"), kind="row")
        self.save = KeyButton(_("登记"), kind="main")
        self.cancel = KeyButton(_("取消"))
        box = row(ticked(fields, "remedies_told", _("已告知当事人可以通过其他合法途径维护权利")), None, gap=8)
        box.addWidget(self.cancel)
        box.addWidget(self.save)
        ended = row(gap=GAP)
        ended.addWidget(self._told, 1)
        ended.addWidget(self.word)
        self.add(ended)
        for each in (line, why, ways, box):
            self.add(each)
        self.hide()
        self.word.clicked.connect(lambda: self.open("word"))
        self.save.clicked.connect(self._on_save)
        self.folding = Folding(fields, lambda: fields.read_into(EndForm()), self._close)
        self.cancel.clicked.connect(self.folding.fold)

    def show_card(self, card: CaseCard) -> None:
        """Know the parties, and say how the case ended if it did."""
        self._case_id = card.id
        self.fields.offer("party_id", party_choices(card.parties))
        end = self._end = card.end
        self._may_word = end.way in _NOTICED and card.state != "archived"
        self.word.setVisible(self._may_word)
        if end.way:
            words = [card.state_label, end.cause_label, end.refused_by, end.referred_to, end.reason]
            day = f"{end.on:%Y-%m-%d}" if end.on is not None else ""
            told = _("已告知其他途径") if end.remedies_told_on is not None else ""
            self._told.setText(" · ".join(part for part in (*words, day, told, end.remedies_note) if part))
            if not self._is_wording(end):
                self._close()
        self._told.setVisible(bool(end.way))

    def _is_wording(self, end: EndView) -> bool:
        """Tell whether ways are being worded that the record does not have: they outlive a look at it."""
        form = self.fields.read_into(EndForm())
        typed = (form.remedies, form.remedies_note) != (end.remedies, end.remedies_note)
        return self._verb == "word" and self._may_word and typed and self.folding.is_typed()

    def open(self, verb: str) -> None:
        """Open the form of an end."""
        self._verb = verb
        self.set_title(_(_WORDS[verb]))
        end = self._end if verb == "word" else None
        form = EndForm(remedies=end.remedies, remedies_note=end.remedies_note) if end else EndForm()
        self.fields.paint(form)
        self.folding.begin()
        self._show_fields(verb)
        self.show()

    def mark(self, gaps: list[Gap]) -> str:
        """Say what is missing beside the fields."""
        return self.fields.mark([(_NAMES.get(name, name), text) for name, text in gaps]) if self._verb else ""

    def go_to(self, name: str) -> bool:
        """Put the focus into a field of the open form."""
        first = {"refuse": "party_id", "terminate": "cause", "refer_out": "referred_to"}.get(self._verb, "")
        wanted = _NAMES.get(name, name)
        return bool(self._verb) and self.fields.go_to(first if wanted == "end_way" else wanted)

    def is_open(self) -> bool:
        """Tell whether an end is being written."""
        return bool(self._verb)

    def finish(self) -> bool:
        """Write the end that is open."""
        if self._verb:
            self._on_save()
        return bool(self._verb)

    def _on_save(self) -> None:
        gaps = self.fields.unreadable()
        if gaps or not self._verb:
            self.fields.mark(gaps)
            return
        form, case_id, verb = self.fields.read_into(EndForm()), self._case_id, self._verb
        works: dict[str, Work] = {
            "refuse": lambda services: services.mediation.endings.refuse(case_id, form),
            "terminate": lambda services: services.mediation.endings.terminate(case_id, form),
            "refer_out": lambda services: services.mediation.endings.refer_out(case_id, form),
            "word": lambda services: services.mediation.endings.word_remedies(
                case_id, form.remedies, form.remedies_note
            ),
        }
        self.asked.emit(works[verb], _("已登记。"))

    def _close(self) -> None:
        self._verb = ""
        self._show_fields("")
        self.set_title(_("办结情况"))
        self.setVisible(self._end is not None and bool(self._end.way))

    def _show_fields(self, verb: str) -> None:
        self.word.setVisible(self._may_word and not verb)
        step, noticed = verb not in ("", "word"), verb in ("refuse", "terminate", "word")
        shown = {
            "cause": verb == "terminate",
            "party_id": verb == "refuse",
            "referred_to": verb == "refer_out",
            "on": step,
            "reason": step,
            "remedies": noticed,
            "remedies_note": noticed,
        }
        for name, on in shown.items():
            self.fields.row(name).setVisible(on)
        self.fields.fields["remedies_told"].widget.setVisible(step)
        for button in (self.save, self.cancel):
            button.setVisible(bool(verb))
