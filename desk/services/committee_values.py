"""Frozen values of committees and their mediators: what the head types, and what pages show."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class CommitteeForm:
    """A 调委会 as the head maintains it; `number_from` is the first number of `number_year` (CL-5)."""

    name: str = ""
    short_name: str = ""
    kind: str = "town"
    area: str = ""
    address: str = ""
    phone: str = ""
    head_name: str = ""
    term_until: date | None = None
    court: str = ""
    number_device: str = ""
    number_year: int = 0
    number_from: int = 1


@dataclass(frozen=True)
class MediatorForm:
    """A 调解员 of a committee; `kind` is MEDIATOR_KIND, user and deputy are links if they are such."""

    name: str = ""
    name_initials: str = ""
    kind: str = "member"
    sex: str = "0"
    phone: str = ""
    licence_no: str = ""
    user_id: str = ""
    deputy_id: str = ""


@dataclass(frozen=True)
class MediatorRow:
    """One mediator of a committee."""

    id: str
    committee_id: str
    name: str
    kind: str
    kind_label: str
    phone_masked: str
    licence_no: str
    user_id: str
    deputy_id: str
    active: bool
    sex: str


@dataclass(frozen=True)
class CommitteeRow:
    """One committee. `gives_numbers`: this PC is the one that gives its case numbers (CL-5)."""

    id: str
    name: str
    short_name: str
    kind: str
    kind_label: str
    court: str
    area: str
    address: str
    phone: str
    head_name: str
    term_until: date | None
    number_device: str
    number_device_letter: str
    number_year: int
    number_from: int
    gives_numbers: bool
