"""当事人: both sides with agents and guardians, who helps, and who has agreed to what."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.rules.mediation_states import UNDER_WAY
from desk.services.mediation.forms import CaseForm, ParticipantForm, PartyForm
from desk.services.mediation.people_values import PartyView
from desk.services.mediation.values import CaseCard, CaseFrame
from desk.text import _
from desk.ui.context import Context
from desk.ui.pages.mediation.begun_part import SharedPart, began_with
from desk.ui.pages.mediation.form_text import restored, with_base
from desk.ui.pages.mediation.lines import Lines
from desk.ui.pages.mediation.party_block import PartyBlock
from desk.ui.pages.mediation.party_line import party_adders
from desk.ui.pages.mediation.people_lines import ParticipantLine
from desk.ui.parts.beginning import Beginning
from desk.ui.parts.boxes import label, tell
from desk.ui.parts.card import Card
from desk.ui.parts.writer import Gap

if TYPE_CHECKING:
    from desk.services.kit import Services

_TEXT = "people"
_LOCAL = "people.local."
_PARTY = frozenset(
    {
        "parties",
        "name",
        "phone",
        "address",
        "id_no",
        "guardian",
        "legal_rep",
        "agent",
        "consent",
        "rights_told",
    }
)


class PeopleTab(SharedPart):
    """The parties as blocks, the participants as lines."""

    names = ("parties", "participants")

    def __init__(self, frame: CaseFrame, parent: QWidget | None = None) -> None:
        super().__init__(frame, parent)
        self.began = Beginning(CaseForm())
        self._context: Context | None = None
        self._half: dict[tuple[str, str], str] = {}
        self.parties: Lines[PartyForm] = Lines(
            self._make_party, partial(_next_party, self.blocks), party_adders()
        )
        self.helpers: Lines[ParticipantForm] = Lines(self._make_helper, ParticipantForm, _("＋ 参加人"))
        self._doubts = label("", "problem", wrap=True)
        people, helping = Card(_("当事人")), Card(_("参加人（亲属、邻里、专业人员等）"), _("须当事人同意"))
        people.add(self.parties)
        people.add(self._doubts)
        helping.add(self.helpers)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        for card in (people, helping):
            box.addWidget(card)
        box.addStretch(1)
        for lines in (self.parties, self.helpers):
            lines.recorded = partial(began_with, self.began)
            lines.touched.connect(self.touch)

    def settle_in(self, context: Context) -> None:
        """Let the fields of the county be filled in, for each party by itself."""
        self._context = context

    def blocks(self) -> list[PartyBlock]:
        """Return the blocks of the parties."""
        return [each for each in self.parties.lines if isinstance(each, PartyBlock)]

    def prepare(self, card: CaseCard, form: CaseForm) -> Iterator[None]:  # noqa: ARG002 - the form has them
        """Build the blocks one by one."""
        yield from self.parties.filling(form.parties, at_least=2)
        self._name_sides(form.parties)

    def show_card(self, card: CaseCard, form: CaseForm) -> None:
        """Show the case; what is half typed stays."""
        super().show_card(card, form)
        tell(self._doubts, " ".join(card.doubts))
        if not self.dirty:
            # Only what differs is built anew: who works here by keyboard stays where they are.
            if form.parties != self.parties.value() or not self.parties.lines:
                self.parties.set_value(form.parties, at_least=2)
                self._name_sides(form.parties)
            if form.participants != self.helpers.value():
                self.helpers.set_value(form.participants)
            self.began.show(self.stands(card, form), self.now())
        self._show_views(card.parties)

    def now(self) -> CaseForm:
        """Return the people that stand here."""
        return CaseForm(parties=self.parties.value(), participants=self.helpers.value())

    def paint(self, form: CaseForm) -> None:
        """Show people."""
        self.parties.set_value(form.parties, at_least=2)
        self.helpers.set_value(form.participants)
        if self.card is not None:
            self._show_views(self.card.parties)

    def sending(self) -> None:
        """Give new lines the ids of their records, and remember what is on its way."""
        for lines in (self.parties, self.helpers):
            lines.sending()
        for block in self.blocks():
            block.sending()
        super().sending()

    def typed(self) -> dict[str, str]:
        """Return the people if something was changed."""
        half = {place: text for block in self.blocks() for place, text in block.locals.typed().items()}
        return {
            **(with_base(_TEXT, self.began.typed(self.now()), self.began.base) if self.dirty else {}),
            **{f"{_LOCAL}{noun}.{record_id}": text for (noun, record_id), text in half.items()},
        }

    def restore(self, texts: Mapping[str, str]) -> None:
        """Show what was half typed."""
        for name, text in texts.items():
            if name.startswith(_LOCAL):
                noun, _dot, record_id = name.removeprefix(_LOCAL).partition(".")
                self._half[noun, record_id] = text
        if _TEXT in texts:
            self.paint(restored(self.began, CaseForm, texts, _TEXT))
            self.dirty = True
        if self.card is not None:
            self._show_views(self.card.parties)

    def mark(self, gaps: list[Gap]) -> str:
        """Say what is missing under the parties, and which field is the first."""
        mine = [(name, sentence) for name, sentence in gaps if name in _PARTY]
        self.parties.say(sentence for _name, sentence in mine)
        helping = [sentence for name, sentence in gaps if name == "participants"]
        self.helpers.say(helping)
        return mine[0][0] if mine else "participants" if helping else ""

    def unreadable(self) -> list[Gap]:
        """Return days that cannot be read."""
        found: list[Gap] = []
        for line in (*self.parties.lines, *self.helpers.lines):
            if isinstance(line, PartyBlock | ParticipantLine):
                found += line.fields.unreadable()
        gaps = [("parties", sentence) for _name, sentence in found]
        gaps += self.parties.refuse_emptied("name")
        for block in self.blocks():
            gaps += block.refuse_emptied()
        return gaps + self.helpers.refuse_emptied("name", "participants")

    def go_to(self, name: str) -> bool:
        """Put the focus into the first party that lacks this, or into the first line."""
        if name == "participants":
            emptied_lines = [each for each in self.helpers.emptied() if isinstance(each, ParticipantLine)]
            return any(line.fields.go_to("name") for line in emptied_lines[:1])
        if name not in _PARTY:
            return False
        # One that was emptied before one that is only not filled in yet.
        emptied = [block for block in self.blocks() if block in self.parties.emptied()]
        for block in (*emptied, *self.blocks()):
            if block.go_to(name):
                return True
        self.parties.more.setFocus()
        return True

    def focused(self) -> str:
        """Return the field with the focus."""
        inside = self.focusWidget()
        return next((found for block in self.blocks() if (found := block.fields.focused(inside))), "")

    def _make_party(self, form: PartyForm) -> QWidget:
        made = PartyBlock(form, self.frame)
        made.recorded = self.parties.recorded
        made.reveal_wanted.connect(self.reveal_wanted)
        made.answered.connect(
            lambda party_id, agreed: self._step(
                lambda services, case_id: services.mediation.steps.answer(case_id, party_id, agreed)
            )
        )
        made.rights_told.connect(
            lambda party_id, way: self._step(
                lambda services, case_id: services.mediation.steps.tell(case_id, party_id, way)
            )
        )
        # It is saved by itself when the line is left; until then the draft has it.
        made.locals.touched.connect(self.touched)
        return made

    def _make_helper(self, form: ParticipantForm) -> QWidget:
        made = ParticipantLine(form, self.frame)
        made.reveal_wanted.connect(self.reveal_wanted)
        return made

    def _name_sides(self, parties: Sequence[PartyForm]) -> None:
        for block in self.blocks()[max(1, len(parties)) :]:
            block.set_side("respondent")

    def _show_views(self, parties: Sequence[PartyView]) -> None:
        known = {each.id: each for each in parties}
        for block in self.blocks():
            view = known.get(block.value().id)
            if view is not None:
                block.show_view(view, running=self.card is not None and self.card.state in UNDER_WAY)
                if self._context is not None:
                    block.locals.show_view(view, self._context)
                    block.locals.restore(self._half)
        self._half = {}

    def _step(self, step: Callable[["Services", str], Any]) -> None:
        case_id = self.card.id if self.card is not None else ""
        self.asked.emit(lambda services: step(services, case_id), "")

    def show_clear(self, row_id: str, field: str, clear: str) -> None:
        """Show a revealed number in its field, without calling it a change."""
        for block in self.blocks():
            block.show_clear(row_id, field, clear)
        for line in self.helpers.lines:
            if isinstance(line, ParticipantLine):
                line.show_clear(row_id, field, clear)


def _next_party(blocks: Callable[[], list[PartyBlock]]) -> PartyForm:
    """Return an empty party of the side that is still missing."""
    sides = [each.value().side for each in blocks()]
    return PartyForm(side="respondent" if sides and "respondent" not in sides else "applicant")
