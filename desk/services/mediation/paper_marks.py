"""A short mark of the words a paper was written with: another one is another paper, due again.

What counts is listed here field by field: a label that is worded anew, a field a release adds, or an empty
line a county adds to a form changes no paper that was printed. Whoever changes a list takes another `_LISTS`.
"""

from collections.abc import Iterable
from hashlib import sha256
from typing import Final

from desk.services.mediation.agreement_values import AgreementView, FollowUpView
from desk.services.mediation.forms import LocalLine
from desk.services.mediation.people_values import AgentView
from desk.services.mediation.values import CaseCard, InquiryView, SittingView

_LISTS: Final = "r"
"""Stands before a mark and tells by which lists it was made; no hexadecimal digit, as marks without began."""

_DIGITS: Final = 11  # hexadecimal, behind the letter

_INQUIRY: Final = (
    *("held_at", "ended_at", "place", "subject", "respondent", "respondent_id"),
    *("investigators", "recorder", "text"),
)
_SITTING: Final = (
    *("held_at", "ended_at", "place", "openness", "subject", "informed", "avoidance", "avoidance_note"),
    *("talk", "topics", "ladder", "accord", "verification", "result", "fail_reason", "remedies_told"),
    "recorder",
)
_FOLLOW_UP: Final = (
    *("party_id", "party_name", "visited_at", "mode", "performance", "satisfaction"),
    *("litigation", "litigation_note", "relapse_risk", "measures", "visitor"),
)
_AGENT: Final = ("name", "sex", "relation", "phone", "address", "id_no", "powers", "powers_other")
_END: Final = ("way", "cause", "reason", "remedies", "remedies_note")
_TERM: Final = ("text", "ower", "payee", "fen", "way", "due_on")
_AGREEMENT: Final = ("facts", "issues", "responsibilities", "breach", "mode", "mode_text", "reached_on")
_PARTY: Final = (
    *("side", "name", "kind", "sex", "ethnicity", "birth_date", "occupation", "phone", "address"),
    *("id_type", "id_no", "legal_rep", "uscc", "guardian", "guardian_relation", "representative"),
    *("minor", "protected", "own_living"),
)


def application(card: CaseCard) -> str:
    """Return the mark of F-01."""
    return _mark(card.summary, card.claims)


def registration(card: CaseCard) -> str:
    """Return the mark of F-02."""
    return _mark(card.summary, card.dispute_type, card.remark)


def authorisation(view: AgentView) -> str:
    """Return the mark of F-04: who may act, and how far."""
    return _mark(_typed(view, _AGENT))


def end_notice(card: CaseCard) -> str:
    """Return the mark of F-12: why it ended, and the ways that are named."""
    return _mark(_typed(card.end, _END))


def inquiry(view: InquiryView) -> str:
    """Return the mark of F-05."""
    return _mark(_typed(view, _INQUIRY), _filled(view.local))


def sitting(view: SittingView) -> str:
    """Return the mark of F-06; the next appointment is not printed."""
    there = [(each.name, each.role, each.who_id) for each in view.present]
    return _mark(_typed(view, _SITTING), there, _filled(view.local))


def follow_up(view: FollowUpView) -> str:
    """Return the mark of F-09; the visit it came to is not printed."""
    return _mark(_typed(view, _FOLLOW_UP))


def agreement(card: CaseCard, view: AgreementView) -> str:
    """Return the mark of F-07 or F-08 before it is in force: also whom it is made between, by whom, its day.

    What they sign would name somebody else, or somebody by a wrong number, which no court confirms (SQ-03).
    """
    people = [
        (_typed(party, _PARTY), [_typed(agent, ("name", "powers", "powers_other")) for agent in party.agents])
        for party in card.parties
    ]
    mediators = [each.name for each in card.mediators if each.role == "mediator"]
    terms = [_typed(term, _TERM) for term in view.terms]
    return _mark(_typed(view, _AGREEMENT), terms, people, mediators, card.dispute_type)


def is_other(printed: str, now: str) -> bool:
    """Tell whether a paper was written anew since it left the desk with the mark `printed`.

    Nothing is known of one that left without a mark, or with one that another version of the desk made.
    """
    return bool(printed and now) and printed[0] == now[0] and printed != now


def _mark(*words: object) -> str:
    return _LISTS + sha256(repr(words).encode()).hexdigest()[:_DIGITS]


def _typed(view: object, names: Iterable[str]) -> list[object]:
    return [getattr(view, name) for name in names]


def _filled(lines: Iterable[LocalLine]) -> list[tuple[str, str, str]]:
    return sorted((line.form, line.key, line.value) for line in lines if line.value)
