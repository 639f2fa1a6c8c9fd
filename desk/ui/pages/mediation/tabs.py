"""The tabs of a case in their order, and where a field that is missing stands."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from desk.services.mediation.values import CaseFrame
from desk.ui.pages.mediation.accept_tab import AcceptTab
from desk.ui.pages.mediation.after_tab import AfterTab
from desk.ui.pages.mediation.agreement_tab import AgreementTab
from desk.ui.pages.mediation.dossier_tab import DossierTab
from desk.ui.pages.mediation.inquiries_tab import InquiriesTab
from desk.ui.pages.mediation.people_tab import PeopleTab
from desk.ui.pages.mediation.sittings_tab import SittingsTab
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
            *("entrust_letter", "informed_ack", "competence", "barred", "mediators", "reports", "difficulty"),
            *("title", "headcount", "known_on"),
            *("end_cause", "end_way", "remedies_told", "referred_to", "referred_back_on", "extended"),
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
    TabSpec("inquiries", "调查", InquiriesTab, ("held_at", "investigators", "respondent", "qa_text")),
    TabSpec("sittings", "调解过程", SittingsTab, ("held_at", "sides_present", "openness", "statements")),
    TabSpec(
        "agreement",
        "协议",
        AgreementTab,
        (
            *("agreement", "facts", "issues", "responsibilities", "clauses", "text", "obligor", "amount"),
            *("written_asked", "due", "mode", "mode_text", "breach", "reached_on", "effective_on", "signers"),
            *("mediator_signed_on", "recorder_signed_on", "sealed_on", "signed_on"),
        ),
    ),
    TabSpec(
        "after",
        "履行与回访",
        AfterTab,
        ("follow_up", "visited_at", "performed_on", "term", "court", "joint", "eligible", "satisfaction"),
    ),
    TabSpec("dossier", "卷宗", DossierTab, ("papers", "keeping", "filed_by", "grade", "prevented_people")),
)

FIELD_TABS: Final = {name: spec.key for spec in TABS for name in spec.fields}
"""The tab each field stands in."""
