"""The tabs of a case in their order, and where a field that is missing stands."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from desk.services.mediation.values import CaseFrame
from desk.ui.pages.mediation.accept_tab import AcceptTab
from desk.ui.pages.mediation.people_tab import PeopleTab
from desk.ui.pages.mediation.tab_part import TabPart


@dataclass(frozen=True)
class TabSpec:
    """A tab: its key, its words, what builds its widgets, and the fields that stand in it."""

    key: str
    words: str
    build: Callable[[CaseFrame], TabPart]
    fields: tuple[str, ...]


TABS: Final = (
    TabSpec(
        "accept",
        "受理",
        AcceptTab,
        (
            *("committee", "dispute_type", "source", "summary", "accepted_on", "application", "applied_on"),
            *("entrust_letter", "obstacles", "mediators", "reports", "difficulty", "title", "headcount"),
            *("end_cause", "remedies_told", "referred_to", "referred_back_on"),
        ),
    ),
    TabSpec(
        "people",
        "当事人",
        PeopleTab,
        (
            *("parties", "name", "phone", "address", "id_no", "guardian", "legal_rep", "agent"),
            *("consent", "rights_told", "participants"),
        ),
    ),
)

FIELD_TABS: Final = {name: spec.key for spec in TABS for name in spec.fields}
"""The tab each field stands in."""
