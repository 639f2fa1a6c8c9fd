"""What a mediation is found by and called: its numbers, title and parties."""

from collections.abc import Sequence
from typing import Protocol

from desk.models.mediation import Mediation
from desk.models.party import Agent, Party
from desk.rules.dispute_codes import DISPUTE_TYPE
from desk.services import search_index
from desk.services.mediation.sheet import Sheet
from desk.text import _

_MOST_NAMED = 2


class Titled(Protocol):
    """What a title is made of: a case, or the columns of one."""

    @property
    def title(self) -> str:
        """The title written down, or ""."""
        ...

    @property
    def dispute_type(self) -> str:
        """The code of the type, or ""."""
        ...


class Named(Protocol):
    """One party by side and name: a party, or the columns of one."""

    @property
    def side(self) -> str:
        """The code of the side."""
        ...

    @property
    def name(self) -> str:
        """The name."""
        ...


def terms(sheet: Sheet) -> list[str]:
    """Yield the search terms of a case; its shelf is looked at by right only."""
    case, parties, agents = sheet.case, sheet.of(Party), sheet.of(Agent)
    return search_index.case_terms(
        numbers=[case.number, case.case_no],
        names=[*(name for row in parties for name in (row.name, row.alias)), *(row.name for row in agents)],
        phones=[*(row.phone for row in parties), *(row.phone for row in agents)],
        id_numbers=[number for row in parties for number in (row.id_no, row.uscc)],
        texts=[title(case, parties), case.case_no, case.summary],
    )


def title(case: Titled, parties: Sequence[Named]) -> str:
    """Return the title written down, or 钱某与冯某邻里纠纷 made of the parties and the type."""
    if case.title:
        return case.title
    kind = DISPUTE_TYPE.get(case.dispute_type, _("纠纷"))
    first = side_text(parties, "applicant")
    second = side_text(parties, "respondent")
    both = _("{first}与{second}").format(first=first, second=second) if first and second else first or second
    return f"{both}{kind}"


def parties_text(parties: Sequence[Named]) -> str:
    """Return 钱某 / 冯某等 3 人, applicants first."""
    return " / ".join(filter(None, (side_text(parties, "applicant"), side_text(parties, "respondent"))))


def side_text(parties: Sequence[Named], side: str) -> str:
    """Return the names of one side, shortened to two and the number of all."""
    names = [row.name for row in parties if row.side == side and row.name]
    shown = "、".join(names[:_MOST_NAMED])
    if len(names) > _MOST_NAMED:
        return _("{names}等 {n} 人").format(names=shown, n=len(names))
    return shown


def called(case: Mediation) -> str:
    """Return the number a sentence calls a case by: the case number, else that of the registration."""
    return case.case_no or case.number
