"""Frozen values of the people of a case: mediators, parties, participants; and its risks."""

from dataclasses import dataclass
from datetime import date, datetime

from desk.services.choices import Choice

__all__ = ["Choice"]


@dataclass(frozen=True)
class AgentView:
    """委托代理人 as shown."""

    id: str
    name: str
    relation: str
    phone: str
    address: str
    id_no: str
    powers: tuple[str, ...]
    powers_other: str
    powers_text: str
    letter_on: date | None
    sex: str


@dataclass(frozen=True)
class PartyView:
    """A party as shown. `consent` is unasked, applied, agreed or refused; `flags`: 未成年人 and such."""

    id: str
    side: str
    side_label: str
    n: int
    kind: str
    kind_label: str
    name: str
    alias: str
    sex: str
    sex_label: str
    ethnicity: str
    birth_date: date | None
    age: int | None
    occupation: str
    phone: str
    address: str
    id_type: str
    id_type_label: str
    id_no: str
    legal_rep: str
    uscc: str
    flags: tuple[str, ...]
    guardian: str
    guardian_relation: str
    minor: bool
    protected: bool
    own_living: bool
    representative: bool
    consent: str
    consent_label: str
    agreed_on: date | None
    refused_on: date | None
    told_on: date | None
    told_by: str
    told_way: str
    agents: tuple[AgentView, ...]


@dataclass(frozen=True)
class CaseMediatorView:
    """A mediator or recorder of the case and who chose them (MED-03).

    `conflict` is the last answer of the check: clear, hit (another mediator is wanted), namesake, or "".
    `check_id` is for the head, who may look what was hit; "" for everybody else. `checked_as` is what the
    head judges by.
    """

    id: str
    mediator_id: str
    name: str
    role: str
    chosen_by: str
    chosen_label: str
    conflict: str
    check_id: str
    checked_as: str = ""


@dataclass(frozen=True)
class ParticipantView:
    """Who helps and since when the parties consent (MED-04)."""

    id: str
    name: str
    relation: str
    relation_label: str
    organisation: str
    phone: str
    consented_on: date | None
    consented_by: str


@dataclass(frozen=True)
class RiskView:
    """A risk flag. `must_report` says to whom it must be reported; `reported_at` is None until it was."""

    flag: str
    label: str
    must_report: str
    basis: str
    recipients: tuple[Choice, ...]
    recipient: str
    reported_at: datetime | None
    reporter: str
