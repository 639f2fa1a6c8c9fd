"""A tab that writes the form of a record: it knows what that said when the tab began with it."""

from dataclasses import replace
from typing import Any, Generic, TypeVar

from desk.rules.three_way import Path
from desk.services.mediation.forms import CaseForm
from desk.services.mediation.values import CaseCard
from desk.ui.pages.mediation.tab_part import TabPart
from desk.ui.parts.beginning import Beginning

Form = TypeVar("Form")


class BegunPart(TabPart, Generic[Form]):
    """What somebody else changed meanwhile is not written over (`services.overtaken`)."""

    began: Beginning[Form]

    def now(self) -> Form:
        """Return the form as it stands in the fields."""
        raise NotImplementedError

    def paint(self, form: Form) -> None:
        """Show a form in the fields."""
        raise NotImplementedError

    def stands(self, card: CaseCard, form: CaseForm) -> Form | None:
        """Return the form as the record says, None while there is no record."""
        raise NotImplementedError

    def sending(self) -> None:
        """Remember what is on its way."""
        self.began.sending(self.now())

    def overtaken(self, card: CaseCard, form: CaseForm) -> None:
        """Go on from what was sent."""
        found = self.stands(card, form)
        if found is not None:
            self.began.arrived(found)

    def is_behind(self, card: CaseCard, form: CaseForm) -> bool:
        """Tell whether the record was changed elsewhere since what is half typed here was begun."""
        found = self.stands(card, form)
        return self.dirty and found is not None and found != self.began.base

    def answered(self, theirs: Any, yielding: frozenset[Path]) -> None:
        """Show what holds; it is still to be saved."""
        if type(theirs) is type(self.began.base):
            self.paint(self.began.answered(theirs, self.now(), yielding))
            self.touch()


class SharedPart(BegunPart[CaseForm]):
    """A tab that has some of the fields of the case's form, `names`; another one has others."""

    names: tuple[str, ...] = ()

    def stands(self, card: CaseCard, form: CaseForm) -> CaseForm:  # noqa: ARG002 - the form has it
        """Return these fields as the record says."""
        return self._own(CaseForm(), form)

    def read_into(self, form: CaseForm) -> CaseForm:
        """Return the case's form with what was typed here."""
        return self._own(form, self.began.typed(self.now()))

    def base_into(self, form: CaseForm) -> CaseForm:
        """Return the case's form with what this tab began with."""
        return self._own(form, self.began.base)

    def answered(self, theirs: Any, yielding: frozenset[Path]) -> None:
        """Show what holds of these fields."""
        if isinstance(theirs, CaseForm):
            super().answered(self._own(CaseForm(), theirs), yielding)

    def _own(self, form: CaseForm, told: CaseForm) -> CaseForm:
        return replace(form, **{name: getattr(told, name) for name in self.names})


def began_with(began: Beginning[CaseForm], row_id: str) -> bool:
    """Tell whether a party, agent or participant was in the record when its form was begun."""
    parties, helpers = began.base.parties, began.base.participants
    known = {each.id for each in parties} | {each.id for each in helpers}
    return row_id in known | {agent.id for party in parties for agent in party.agents}
