"""Frozen values of an agreement and what follows it: terms, signatures, follow-ups, confirmation."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from desk.services.mediation.forms import LocalLine
from desk.services.mediation.people_values import Choice

Colour = Literal["", "white", "yellow", "red"]
"""白黄红; empty while nothing is urgent."""


@dataclass(frozen=True)
class Term:
    """One row of 协议内容. `fen` is None where no money is named; figures and words are made from it.

    `state` is open, partly, performed or "" (a declaration); `colour` and `left_text` stand while it is due.
    """

    id: str
    n: int
    text: str
    kind: str
    kind_label: str
    ower_id: str
    ower: str
    payee_id: str
    payee: str
    fen: int | None
    amount_figures: str
    amount_words: str
    way: str
    way_label: str
    due_on: date | None
    due_text: str
    state: str
    state_label: str
    colour: Colour
    left_text: str
    performed_on: date | None
    performed_fen: int
    note: str


@dataclass(frozen=True)
class SignatureView:
    """A signature, seal or fingerprint on the agreement, or the place where one is still missing (MED-12).

    `id` is "" while it is missing; `role`: party, mediator, recorder or seal.
    """

    id: str
    role: str
    role_label: str
    signer_id: str
    name: str
    signed_on: date | None
    way: str
    way_label: str


@dataclass(frozen=True)
class CheckView:
    """One item of the clear-content checklist (SQ-05)."""

    item: str
    label: str
    applies: bool
    passed: bool
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class AgreementView:
    """The agreement as shown. `effective_on` is derived, None while anything is missing (MED-12, 13).

    `written_reasons`: why local rules want it in writing (MED-25), warnings beside an oral one;
    `written_asked`: a party wants it so, which an oral one does not stand against (MED-10). One that a
    later mediation took the place of says when and why (MED-16).
    """

    id: str
    form: str
    form_label: str
    facts: str
    issues: str
    responsibilities: str
    terms: tuple[Term, ...]
    mode: str
    mode_label: str
    mode_text: str
    breach: str
    reached_on: date | None
    effective_on: date | None
    copies: int
    copies_text: str
    recorder: str
    written_asked: bool
    signatures: tuple[SignatureView, ...]
    checks: tuple[CheckView, ...]
    total_fen: int
    total_text: str
    written_reasons: tuple[str, ...]
    in_force: bool
    replaced_on: date | None = None
    replaced_why: str = ""
    local: tuple[LocalLine, ...] = ()


@dataclass(frozen=True)
class FollowUpView:
    """回访 as shown (F-09)."""

    id: str
    party_id: str
    party_name: str
    visited_at: datetime | None
    mode: str
    mode_label: str
    performance: str
    performance_label: str
    satisfaction: str
    satisfaction_label: str
    litigation: str
    litigation_note: str
    relapse_risk: bool
    measures: str
    visitor: str
    matter_id: str


@dataclass(frozen=True)
class ConfirmationView:
    """司法确认. `state` is none until applied for; `may_apply` with the `reasons` that say why not (SQ-01).

    `questions` are what may keep this type of dispute from a court, asked before applying; `courts` those
    with jurisdiction (SQ-02). `until` is the last day, `left_text` the countdown, `colour` white at 10 and
    yellow at 3 days left; `next_ways` what the parties may do after the court's word (MED-16).
    """

    id: str
    state: str
    state_label: str
    may_apply: bool
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]
    questions: tuple[Choice, ...]
    courts: tuple[Choice, ...]
    next_ways: str
    until: date | None
    until_text: str
    left_text: str
    colour: Colour
    court: str
    applied_on: date | None
    applied_way: str
    decided_on: date | None
    decision_no: str
    reason: str
    facts: str
