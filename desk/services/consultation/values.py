"""Frozen values that pages and papers of 法律咨询 show; what a page sends is in `forms`.

Names, phones and ID numbers are masked by the reader's rights; the clear text is a verb
(`Consultations.reveal`, audited, SEC-05). What was asked and advised is shown to lawyer and head, and to
whoever registers it as long as it is not finished (FL-12). A `..._label` is the word of the code beside it.

The services, as `kit.Services.consultation` (one frozen bundle) holds them. Every verb that changes a
consultation returns `Done[Consultation]` and raises InputProblem (`field` is the first that is wrong) or
AccessProblem:

    consultations register(form), save(id, form), check(id, form), finish(id, form), appoint(id, form),
                  resume(id), refer(id, form), rate(id, value), void(id, reason), reopen(id, reason),
                  get(id), form(id), reveal(id, field, reason), missing(id, form), page(filter, after, limit),
                  counts(filter), hints(form), aid(form, …), frame()
    checks        look(id), judge(id, reason)
    interests     list(owner), save(owner, form, id), end(id)
    library       find(words), cite(law, article), text(law, article), preview(path, name, version_on),
                  take_in(plan), batches(), undo(batch_id)
    joint_days    list(), get(id), save(form, id), drop(id, reason)
"""

from dataclasses import dataclass
from datetime import date, datetime

from desk.services.choices import Choice, GroupCount
from desk.services.visit_values import DueItem, Missing

__all__ = ["Choice", "DueItem", "GroupCount", "Missing"]


@dataclass(frozen=True)
class AdviserRow:
    """Somebody who may answer: a user with the lawyer's role, and the licence number kept for them."""

    user_id: str
    name: str
    licence_no: str


@dataclass(frozen=True)
class ConsultationFrame:
    """What the form offers today; nothing of it is held by a page.

    `choices` has channel, sex, person_class, topic, procedure, limitation, interruption, aid, disposition,
    rating, state.
    """

    advisers: tuple[AdviserRow, ...]
    choices: dict[str, tuple[Choice, ...]]
    disclaimer: str
    notice_short: str
    notice_version: str
    hotline: str
    may_read: bool
    may_judge: bool
    user_id: str = ""


@dataclass(frozen=True)
class ConflictView:
    """What an adviser may see of the check: code and word, one sentence, and nothing else (FL-11).

    `blocks`: the answer stays closed; `check_id` is for the head.
    """

    code: str
    label: str
    sentence: str
    blocks: bool
    check_id: str = ""


@dataclass(frozen=True)
class HitView:
    """What the head alone sees of a check: which record stands against the adviser (audited).

    `sentence` says so in words.
    """

    check_id: str
    adviser: str
    noun: str
    noun_label: str
    number: str
    record_id: str
    strength: str
    may_be_namesake: bool
    sentence: str
    checked_at: datetime | None


@dataclass(frozen=True)
class CitationView:
    """One article cited: the words printed, and the text if the station imported it."""

    law: str
    article: str
    title: str
    version_on: date | None
    text: str


@dataclass(frozen=True)
class HintView:
    """The card 期限提示: 诉讼时效 至 2029-09-18 with notes.

    `state` is open, soon, expired, unlimited or, while no day is given, undated.
    """

    code: str
    label: str
    text: str
    state: str
    notes: tuple[str, ...]
    article: str
    ends_on: date | None
    days_left: int | None


@dataclass(frozen=True)
class AidView:
    """The card 法律援助: the words beside its title, the sentences, and whether to point the way.

    `title` is "" while no topic is chosen.
    """

    title: str
    sentences: tuple[str, ...]
    may_apply: bool
    place: str
    first: bool
    asks_income: bool = False


@dataclass(frozen=True)
class Consultation:
    """One consultation as its reader may see it.

    `readable` is False for who may act on it and not read it: then names and words are empty. `answer_open`
    tells whether 解答意见 may be written; `verbs` are the steps that may be taken now. `safe_contact` says
    how somebody of a safe visit may be reached, "" for all others.
    """

    id: str
    number: str
    state: str
    state_label: str
    readable: bool
    name: str
    identity_refused: bool
    channel: str
    channel_label: str
    topics: tuple[str, ...]
    category: str
    category_label: str
    consulted_at: datetime | None
    finished_at: datetime | None
    appointment_at: datetime | None
    adviser_id: str
    adviser_name: str
    conflict: ConflictView
    answer_open: bool
    disposition: str
    disposition_label: str
    rating: str
    rating_label: str
    visit_id: str
    visit_number: str
    matter_id: str
    mediation_id: str
    mediation_number: str
    joint_day_id: str
    registrar: str
    verbs: tuple[str, ...]
    safe_contact: str = ""


@dataclass(frozen=True)
class ConsultationRow:
    """One line of the list."""

    id: str
    number: str
    at: datetime | None
    name: str
    category_label: str
    question: str
    adviser: str
    state: str
    state_label: str
    disposition_label: str
    rating_label: str
    appointment_at: datetime | None


@dataclass(frozen=True)
class ConsultationFilter:
    """What the list is narrowed to; empty means all. Days are inclusive local dates.

    `group`: open, appointed, finished, referred; `category` a top class; `text`: what was typed.
    """

    group: str = ""
    category: str = ""
    adviser_id: str = ""
    disposition: str = ""
    text: str = ""
    day_from: date | None = None
    day_to: date | None = None


@dataclass(frozen=True)
class ConsultationPage:
    """One page of the list, newest first; `next_key` is None at the end."""

    rows: tuple[ConsultationRow, ...]
    next_key: str | None


@dataclass(frozen=True)
class InterestRow:
    """A declared interest as shown; numbers starred."""

    id: str
    name: str
    relation: str
    id_no_masked: str
    uscc: str
    phone_masked: str
    until_on: date | None


@dataclass(frozen=True)
class SeatView:
    """Somebody who sat at a joint day."""

    id: str
    name: str
    organisation: str
    post: str
    role: str
    role_label: str
    user_id: str
    came: bool


@dataclass(frozen=True)
class CameView:
    """Somebody who came to a joint day: a visit or a consultation, by its number and no words."""

    noun: str
    record_id: str
    number: str
    at: datetime | None
    name: str
    how: str


@dataclass(frozen=True)
class JointDayRow:
    """One joint day in the list, with how many sat and came."""

    id: str
    held_on: date | None
    hours: str
    place: str
    theme: str
    seats: int
    visits: int
    consultations: int


@dataclass(frozen=True)
class JointDayView:
    """One joint day with its seats and who came."""

    id: str
    held_on: date | None
    hours: str
    place: str
    theme: str
    note: str
    seats: tuple[SeatView, ...]
    came: tuple[CameView, ...]
