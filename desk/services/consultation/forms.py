"""Frozen values a page of 法律咨询 sends; "" means not given.

Codes are those of `rules.consultation_codes`.
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class OpponentForm:
    """One 对方当事人; `kind` is that of a party. A starred number means what is stored."""

    name: str = ""
    kind: str = "natural_person"
    id_no: str = ""
    uscc: str = ""
    phone: str = ""


@dataclass(frozen=True)
class CitationForm:
    """One article the advice rests on: `law` is a code of the library with `article` such as 188 or 276-1.

    A rule the library does not have has no code: its `title` is the name as typed and `article` its place
    (12, 12第二款第三项) or "". `version_on` is the day that names the version.
    """

    KEY = ("law", "title", "article")

    law: str = ""
    title: str = ""
    article: str = ""
    version_on: date | None = None


@dataclass(frozen=True)
class ConsultationForm:
    """Everything typed into form F-40.

    `topics` are codes of CATEGORY, `procedures` of PROCEDURE, `limitation_kind` of `limitation.KIND`,
    `interrupted_by` of `limitation.INTERRUPTION`, `aid_class` of `legal_aid.MATTER`. `still_employed`: wages
    unpaid while the labour relation lasts; `real_estate`: an administrative act on land or buildings (FL-13).
    `notice_told` is the notice of PI-03; one taken at the visit counts.
    """

    FOLLOWS = (("person_id", "name"),)

    channel: str = "visit"
    name: str = ""
    identity_refused: bool = False
    sex: str = "0"
    age: int = 0
    phone: str = ""
    id_no: str = ""
    uscc: str = ""
    address: str = ""
    person_class: tuple[str, ...] = ()
    no_opponent: bool = False
    opponents: tuple[OpponentForm, ...] = ()
    topics: tuple[str, ...] = ()
    question: str = ""
    procedures: tuple[str, ...] = ()
    procedure_note: str = ""
    limitation_kind: str = ""
    happened_on: date | None = None
    known_on: date | None = None
    still_employed: bool = False
    real_estate: bool = False
    interrupted_on: date | None = None
    interrupted_by: str = ""
    limitation_note: str = ""
    answer: str = ""
    citations: tuple[CitationForm, ...] = ()
    disposition: str = ""
    disposition_note: str = ""
    referred_to: str = ""
    adviser_id: str = ""
    licence_no: str = ""
    disclaimer_ack: bool = False
    notice_told: bool = False
    aid_class: str = ""
    aid_told: bool = False
    aid_note: str = ""
    appointment_at: datetime | None = None
    signed: bool = False
    person_id: str = ""


@dataclass(frozen=True)
class InterestForm:
    """Somebody an adviser or mediator may not act against: themselves or a close relative (FL-11)."""

    name: str = ""
    id_no: str = ""
    uscc: str = ""
    phone: str = ""
    relation: str = ""
    until_on: date | None = None


@dataclass(frozen=True)
class SeatForm:
    """Somebody who sits at a joint reception day; `role` is petition, lawyer, deputy, organ or other."""

    KEY = ("name", "organisation", "role")

    name: str = ""
    organisation: str = ""
    post: str = ""
    role: str = "organ"
    user_id: str = ""
    came: bool = True


@dataclass(frozen=True)
class JointDayForm:
    """联合接待日 as it is planned and held."""

    held_on: date | None = None
    hours: str = ""
    place: str = ""
    theme: str = ""
    note: str = ""
    seats: tuple[SeatForm, ...] = ()
