"""One party on the tab 当事人: its line, its numbers on request, and how it stands to the mediation."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk.rules.mediation_labels import TOLD_WAY
from desk.services.mediation.forms import PartyForm
from desk.services.mediation.people_values import PartyView
from desk.services.mediation.values import CaseFrame
from desk.text import _
from desk.ui.pages.mediation.looked_at import LookedAt
from desk.ui.pages.mediation.party_line import PartyLine
from desk.ui.pages.mediation.party_locals import PartyLocals
from desk.ui.pages.mediation.party_more import NATURAL
from desk.ui.parts.boxes import label, row, rule
from desk.ui.parts.headed_rows import small_button
from desk.ui.parts.pill import Pill

_TONES = {"agreed": "green", "applied": "green", "refused": "red"}
_STAR = "*"


class PartyBlock(PartyLine):
    """A party with its state under its fields.

    Signals:
        answered: row id, and whether the party agrees to mediate.
        rights_told: row id, and oral or written.
    """

    reveals = True
    answered = Signal(str, bool)
    rights_told = Signal(str, str)

    def __init__(self, form: PartyForm, frame: CaseFrame, parent: QWidget | None = None) -> None:
        super().__init__(form, frame, parent)
        self._consent = Pill()
        self._told = label("", "label", wrap=True)
        self._reveals = {
            "phone": small_button(_("显示电话"), _("显示完整电话")),
            "id_no": small_button(_("显示证件号码"), _("显示完整证件号码")),
        }
        for field, button in self._reveals.items():
            button.clicked.connect(lambda _on=False, field=field: self._ask(field))
            button.hide()
        self.agree = small_button(_("同意调解"), _("登记同意调解"))
        self.refuse = small_button(_("拒绝调解"), _("登记拒绝调解"))
        self.tell = small_button(_("已告知权利义务"), _("登记已口头告知权利义务"))
        self.agree.clicked.connect(lambda: self.answered.emit(self.value().id, True))
        self.refuse.clicked.connect(lambda: self.answered.emit(self.value().id, False))
        self.tell.clicked.connect(lambda: self.rights_told.emit(self.value().id, "oral"))
        self.deeds = row(self._consent, gap=8)
        self.deeds.addWidget(self._told, 1)
        for button in (self.agree, self.refuse, self.tell, *self._reveals.values()):
            self.deeds.addWidget(button)
        for button in (self.agree, self.refuse, self.tell):
            button.hide()
        self._consent.hide()
        self.box.insertLayout(1, self.deeds)
        self.locals = PartyLocals(frame.local)
        self.box.addWidget(self.locals)
        self.box.addWidget(rule())
        self._looked_at = LookedAt(self.fields, self, self._show_reveals)
        self.fields.edited.connect(self._on_number)
        self._show_reveals()

    def take(self, form: PartyForm) -> bool:
        """Show another party; how it stands is shown afterwards."""
        taken = super().take(form)
        if taken:
            for widget in (self._consent, self.agree, self.refuse, self.tell):
                widget.hide()
            self._told.clear()
            self._show_reveals()
        return taken

    def show_view(self, view: PartyView, *, running: bool) -> None:
        """Show whether the party agreed to mediate, was told its rights, and what is special about it."""
        self._consent.setVisible(True)
        self._consent.say(view.consent_label, _TONES.get(view.consent, "plain"))
        words = [_("{side} {n}").format(side=view.side_label, n=view.n)]
        if view.told_on is not None:
            way = TOLD_WAY.get(view.told_way, view.told_way)
            words.append(_("{day:%m-%d} 已告知权利义务（{way}）").format(day=view.told_on, way=way))
        else:
            words.append(_("未告知权利义务"))
        words += [*view.flags, *(_("代理人{name}").format(name=each.name) for each in view.agents)]
        self._told.setText(" · ".join(words))
        self.agree.setVisible(running and view.consent in {"unasked", "refused"})
        self.refuse.setVisible(running and view.consent in {"unasked", "agreed"})
        self.tell.setVisible(running and view.told_on is None)
        self._show_reveals()

    def go_to(self, name: str) -> bool:
        """Put the focus into a field of this party if it is empty there."""
        if name not in self.fields.fields and name in {"id_no", "guardian", "legal_rep"}:
            self.more.setChecked(True)
        if name in self.fields.fields:
            return not self.fields.fields[name].read() and self.fields.go_to(name)
        return name == "parties" and self.is_empty() and self.fields.go_to("name")

    def show_clear(self, row_id: str, field: str, clear: str) -> None:
        """Show a revealed number of the party or of one of its agents."""
        if self.value().id == row_id:
            self._looked_at.show_clear(field, clear)
        if self._rest is not None:
            self._rest.show_clear(row_id, field, clear)

    def _ask(self, field: str) -> None:
        if field == "id_no":
            # Folded away it could not be shown, yet the look would be written down.
            self.more.setChecked(True)
        self.reveal_wanted.emit(self.value().id, field)

    def _on_number(self, name: str) -> None:
        if name == "kind" or name in self._reveals:
            self._show_reveals()

    def _show_reveals(self) -> None:
        form = self.value()
        for field, button in self._reveals.items():
            # Where 更多 was never opened the number stands in the form only.
            folded = field not in self.fields.fields and _STAR in getattr(form, field)
            # Of an organisation no ID number is in view, so none can be shown.
            stands = field != "id_no" or form.kind == NATURAL
            button.setVisible(bool(form.id) and stands and (folded or self._looked_at.is_starred(field)))
