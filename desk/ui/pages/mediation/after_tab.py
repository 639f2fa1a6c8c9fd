"""履行与回访: what was kept of what was agreed, later looks whether it lasts, the court's word."""

from collections.abc import Iterator, Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.services.mediation.forms import CaseForm
from desk.services.mediation.values import CaseCard, CaseFrame
from desk.ui.pages.mediation.confirmation_card import ConfirmationCard
from desk.ui.pages.mediation.follow_up_card import FollowUpCard
from desk.ui.pages.mediation.performance_card import PerformanceCard
from desk.ui.pages.mediation.tab_part import TabPart
from desk.ui.parts.writer import Gap


class AfterTab(TabPart):
    """Three cards below each other."""

    def __init__(self, frame: CaseFrame, parent: QWidget | None = None) -> None:
        super().__init__(frame, parent)
        self.performance = PerformanceCard()

    def rest(self) -> Iterator[None]:
        """Build the other cards, one by one."""
        self.follow_up = FollowUpCard(self.frame)
        yield
        self.confirmation = ConfirmationCard()
        yield
        self.forms = (self.follow_up.fields, self.confirmation.fields)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        for card in (self.performance, self.follow_up, self.confirmation):
            box.addWidget(card)
            card.asked.connect(self.asked)
        for folding in (self.follow_up.folding, self.confirmation.folding):
            folding.sure_wanted.connect(self.sure_wanted)
            folding.folded.connect(self.saved)
        box.addStretch(1)
        self.performance.reason_wanted.connect(self.reason_wanted)
        self.follow_up.fields.touched.connect(lambda _name: self.touch())
        self.confirmation.fields.touched.connect(lambda _name: self.touch())

    def show_card(self, card: CaseCard, form: CaseForm) -> None:
        """Show the case."""
        super().show_card(card, form)
        self.performance.show_card(card)
        self.follow_up.show_card(card)
        self.confirmation.show_card(card)
        # A form whose words are in the record now has closed itself.
        self.dirty = self.dirty and (self.follow_up.is_open() or self.confirmation.is_open())

    def begin(self, verb: str) -> None:
        """Open the form of a follow-up visit."""
        if verb == "follow_up":
            self.follow_up.begin()

    def finish(self) -> bool:
        """Write the form that is open."""
        return self.follow_up.finish() or self.confirmation.finish()

    def saved(self) -> None:
        """Keep what is half typed: these forms have verbs of their own."""
        self.dirty = self.follow_up.is_open() or self.confirmation.is_open()

    def typed(self) -> dict[str, str]:
        """Return the forms that are open."""
        return {**self.follow_up.typed(), **self.confirmation.typed()}

    def restore(self, texts: Mapping[str, str]) -> None:
        """Show what was half typed."""
        self.follow_up.restore(texts)
        self.confirmation.restore(texts)
        self.dirty = True

    def mark(self, gaps: list[Gap]) -> str:
        """Say what is missing beside the fields."""
        first = self.follow_up.mark(gaps)
        return self.confirmation.mark(gaps) or first

    def unreadable(self) -> list[Gap]:
        """Return times that cannot be read."""
        return [*self.follow_up.unreadable(), *self.confirmation.unreadable()]

    def go_to(self, name: str) -> bool:
        """Put the focus into a field."""
        return self.follow_up.go_to(name) or self.confirmation.go_to(name) or self.performance.go_to(name)

    def focused(self) -> str:
        """Return the field with the focus."""
        inside = self.focusWidget()
        return self.follow_up.fields.focused(inside) or self.confirmation.fields.focused(inside)
