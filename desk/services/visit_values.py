"""Frozen values of a visit: what a page sends (`VisitForm`) and what it may show (`Visit`, `VisitRow`).

Names, phones and ID numbers in what comes back are masked by the reader's rights; the clear text is a
separate verb (`Visits.reveal`) that writes an audit row (SEC-05).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from desk.rules.six_ones import Light


@dataclass(frozen=True)
class VisitForm:
    """Everything typed into form F-50. Codes are those of `rules.labels`; empty text means not given."""

    FOLLOWS = (("person_id", "name"),)

    kind: str = "station"
    name: str = ""
    anonymous: bool = False
    phone: str = ""
    id_no: str = ""
    headcount: int = 1
    companions: tuple[str, ...] = ()
    receiver_ids: tuple[str, ...] = ()
    own_voter: str = "unknown"
    first_or_repeat: str = "first"
    address: str = ""
    grid: str = ""
    sex: str = "0"
    age_band: str = ""
    place: str = ""
    subject: str = ""
    category: str = ""
    statement: str = ""
    request: str = ""
    deputy_view: str = ""
    safety: str = "none"
    safe_contact: str = ""
    litigation: bool = False
    report_kind: str = ""
    report_recipient: str = ""
    outcome: str = ""
    level: str = ""
    unit: str = ""
    fast_track: bool = False
    answer_text: str = ""
    guide_to: str = ""
    guide_reason: str = ""
    notice_told: bool = False
    phone_ok: bool = False
    contact_ok: bool = False
    person_id: str = ""
    comfort_note: str = ""
    backfilled: bool = False
    pad_no: str = ""
    arrived_at: datetime | None = None
    received_at: datetime | None = None


@dataclass(frozen=True)
class Visit:
    """One visit as a page may show it. `station` is whose it is where this desk may only look at it."""

    id: str
    number: str
    spoken: str
    kind: str
    state: str
    name: str
    headcount: int
    subject: str
    category: str
    outcome: str
    outcome_label: str
    lights: tuple[Light, ...]
    arrived_at: datetime
    received_at: datetime | None
    finished_at: datetime | None
    minutes: int
    receivers_text: str
    receipt_printed: bool
    incomplete: bool
    safety: str
    safe: bool
    rating: str
    result_rating: str
    matter_id: str
    replied: bool
    person_id: str
    tell_by: date | None
    linked_number: str
    registrar: str
    station: str = ""


@dataclass(frozen=True)
class After:
    """What was said after the reception: an answer given, or a rating with its reason.

    `about` is "reply", "reception" or "result"; `by` who gave the answer, "" for a rating.
    """

    about: str
    at: datetime | None
    words: str
    by: str = ""


@dataclass(frozen=True)
class VisitSheet:
    """One visit to read whole: card, form, the topic in words and what was said since, oldest first."""

    visit: Visit
    form: VisitForm
    category_label: str
    after: tuple[After, ...]


@dataclass(frozen=True)
class VisitRow:
    """One line of a list of visits; `station` as in `Visit`."""

    id: str
    number: str
    at: datetime
    name: str
    headcount: int
    subject: str
    outcome: str
    outcome_label: str
    rating_label: str
    receiver_names: str
    state: str
    incomplete: bool
    station: str = ""


@dataclass(frozen=True)
class VisitFilter:
    """What the visits list is narrowed to; None or empty means all. Days are inclusive local dates.

    `station` is the scope of one that a desk of the county looks at.
    """

    day_from: date | None = None
    day_to: date | None = None
    deputy_id: str = ""
    outcome: str = ""
    rating: str = ""
    person_id: str = ""
    station: str = ""


@dataclass(frozen=True)
class VisitPage:
    """One page of the list, newest first; `next_key` is None at the end."""

    rows: tuple[VisitRow, ...]
    next_key: str | None


@dataclass(frozen=True)
class Counts:
    """Visits counted as 批次 (batches) and 人次 (people)."""

    batches: int
    people: int


@dataclass(frozen=True)
class Missing:
    """One field still wanted before a visit may be finished, with the sentence that says so."""

    field: str
    sentence: str


@dataclass(frozen=True)
class PersonMatch:
    """Somebody already known who may be the visitor; `why` tells what matched."""

    person_id: str
    name: str
    phone_masked: str
    address: str
    last_visit: date | None
    why: str
    grid: str = ""
    sex: str = ""


@dataclass(frozen=True)
class PastVisit:
    """A line of the returning-visitor card."""

    visit_id: str
    day: date
    subject: str
    rating_label: str


@dataclass(frozen=True)
class PersonCard:
    """How often somebody came before and about what (safe visits are left out by rights)."""

    person_id: str
    times: int
    visits: tuple[PastVisit, ...]


@dataclass(frozen=True)
class Similar:
    """A similar matter of this station and what became of it."""

    visit_id: str
    subject: str
    day: date
    result: str


@dataclass(frozen=True)
class DueItem:
    """One thing to do today, most urgent first. `action` is the verb on its button, `due` the last day for
    it, None for what has none."""

    word: str
    colour: Literal["", "white", "yellow", "red"]
    text: str
    action: str
    noun: str
    record_id: str
    due: date | None = None


@dataclass(frozen=True)
class Today:
    """What the 今日 page shows.

    `more_due` tells that more is due than stands in `due`.
    `cases_due` is how much is due in the cases, for the rail: finding it costs as much as all the rest, so
    nobody asks for it twice.
    """

    title: str
    duty_text: str
    open: tuple[Visit, ...]
    open_counts: Counts
    done: tuple[VisitRow, ...]
    done_summary: str
    due: tuple[DueItem, ...]
    more_due: bool = False
    cases_due: int = 0
