"""Frozen values that pages and papers of 矛盾调解 show; what a page sends is in `forms`.

Phones and identity numbers are masked; the clear text is a verb (`Cases.reveal`, audited, SEC-05) or comes
with `Cases.for_paper` to whoever may print. A `..._label` is the word of the code beside it.

The services, as `kit.Services.mediation` (one frozen bundle) and `kit.Services.committees` hold them. Every
verb that changes a case returns `Done[CaseCard]` and raises InputProblem (`field` is the first that is wrong)
or AccessProblem:

    committees    list(), get(id), save(form, id=""), mediators(committee_id),
                  save_mediator(committee_id, form, id=""), retire_mediator(id)
    cases         register(form), save(id, form), settle(form, id=""), get(id), form(id), for_paper(id),
                  reveal(id, row_id, field, reason) -> str, void(id, reason), give_number(id),
                  page(filter, after, limit) -> CasePage, counts() -> tuple[GroupCount],
                  due() -> tuple[DueItem], badge() -> int, frame() -> CaseFrame
    steps         ask(id), answer(id, party_id, agreed, on), tell(id, party_id, way, on), accept(id, on),
                  reject(id, reason), extend(id, asked_by, consented, reason), pause(id, reason, from_on),
                  resume(id, until_on)
    proceedings   save_inquiry(id, form, inquiry_id=""), drop_inquiry(id, inquiry_id, reason),
                  save_sitting(id, form, sitting_id=""), drop_sitting(id, sitting_id, reason),
                  missing_inquiry(id, form), missing_sitting(id, form)
    agreements    save(id, AgreementForm), form(id), sign(id, role, signer_id, on, way),
                  unsign(id, signature_id, reason), agree(id), term_done(id, term_id, on, amount, note),
                  term_open(id, term_id, reason)
    aftercare     conclude(id), follow_up(id, FollowUpForm), apply(id, ConfirmationForm),
                  missing_to_apply(id, form), decide(id, state, on, decision_no, reason)
    endings       refuse(id, EndForm), terminate(id, EndForm), refer_out(id, EndForm), report_back(id, on),
                  tell_remedies(id, on), word_remedies(id, codes, note),
                  remediate(id, reason), prevent(id, codes, people), archive(id, ArchiveForm),
                  reopen(id, reason), grade(id, grade)
    checks        judge(id, mediator_id, reason): the head, that a mediator hit is a namesake
    statistics    period(day_from, day_to, committee_id=""), subsidies(year, committee_id="")
    sweeps        list(year), save(SweepForm, id=""), drop(id, reason)
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from desk.rules.local_fields import LocalField
from desk.rules.visit_states import Missing
from desk.services.choices import GroupCount
from desk.services.committee_values import CommitteeRow, MediatorRow
from desk.services.mediation.agreement_values import AgreementView, Colour, ConfirmationView, FollowUpView
from desk.services.mediation.forms import LocalLine
from desk.services.mediation.people_values import (
    CaseMediatorView,
    Choice,
    ParticipantView,
    PartyView,
    RiskView,
)

__all__ = ["GroupCount"]


@dataclass(frozen=True)
class VerbView:
    """A step the case may take now; `missing` is what it still needs."""

    verb: str
    label: str
    missing: tuple[Missing, ...]


@dataclass(frozen=True)
class CaseFrame:
    """What the forms offer today: committees, their mediators, recorders, and the lists of codes by name.

    `choices` has dispute_type, source, difficulty, intensity, risk_outlook, risk_flag, party_kind, side,
    id_type, agent_scope, way, mode, term_kind, openness, session_result, end_cause, keeping and the like.
    `may_sum`: figures are shown, which name nobody; `may_report`: they may go out of the desk; `may_grade`:
    dossiers are graded here. `local` are the fields a county added to the forms of an inquiry, a sitting or
    an agreement.
    """

    committees: tuple[CommitteeRow, ...]
    mediators: tuple[MediatorRow, ...]
    choices: Mapping[str, tuple[Choice, ...]]
    prompts: Mapping[str, str]
    may_decide: bool
    may_sum: bool = False
    may_report: bool = False
    may_grade: bool = False
    local: Mapping[str, tuple[LocalField, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class InquiryView:
    """调查 as shown (F-05)."""

    id: str
    n: int
    held_at: datetime | None
    ended_at: datetime | None
    place: str
    subject: str
    respondent: str
    respondent_id: str
    investigators: tuple[str, ...]
    recorder: str
    text: str
    local: tuple[LocalLine, ...] = ()


@dataclass(frozen=True)
class PresenceView:
    """Somebody who was at a sitting."""

    name: str
    role: str
    role_label: str
    who_id: str


@dataclass(frozen=True)
class SittingView:
    """一次调解 as shown (F-06), with its four moves."""

    id: str
    n: int
    held_at: datetime | None
    ended_at: datetime | None
    place: str
    openness: str
    openness_label: str
    subject: str
    informed: bool
    avoidance: str
    avoidance_note: str
    talk: str
    topics: str
    ladder: str
    accord: str
    verification: str
    result: str
    result_label: str
    fail_reason: str
    remedies_told: bool
    recorder: str
    next_at: datetime | None
    present: tuple[PresenceView, ...]
    local: tuple[LocalLine, ...] = ()


@dataclass(frozen=True)
class Clock:
    """One running time of the case: its name, what is left in words, and how urgent it is.

    `key`: mediation, term, confirmation, follow_up, labour…; `until` is the last day.
    """

    key: str
    label: str
    left_text: str
    until: date | None
    until_text: str
    colour: Colour
    paused: bool = False


@dataclass(frozen=True)
class ExtensionView:
    """A longer (extension) or paused (pause) clock (MED-24, DL-07)."""

    id: str
    kind: str
    from_on: date | None
    until_on: date | None
    days: int
    asked_by: str
    consented_on: date | None
    reason: str


@dataclass(frozen=True)
class DossierRow:
    """One row of the dossier in its order (§3.6). `need`: must or if_any; `present`: it is there.

    `party_id` is the party or agent a row of his own belongs to, "" for a row of the whole case.
    """

    key: str
    label: str
    need: str
    present: bool
    sentence: str
    party_id: str = ""


@dataclass(frozen=True)
class DossierView:
    """The dossier's list: how many mandatory rows are there, and which are missing."""

    rows: tuple[DossierRow, ...]
    must: int
    missing: tuple[DossierRow, ...]
    summary: str


@dataclass(frozen=True)
class TimelineEntry:
    """One line of 时间: what happened when; `upcoming` if it is still to come."""

    key: str
    label: str
    day: date
    text: str
    upcoming: bool = False


@dataclass(frozen=True)
class EndView:
    """How the case ended: `way` is rejected, refused, terminated, referred_out or "".

    `remedies` are the other ways F-12 names, all of them where nobody chose; `remedies_note` those in words.
    """

    way: str
    on: date | None
    cause: str
    cause_label: str
    reason: str
    refused_by: str
    referred_to: str
    remedies_told_on: date | None
    remedies: tuple[str, ...]
    remedies_note: str


@dataclass(frozen=True)
class CaseCard:
    """One mediation with all that its seven tabs show.

    `number_note` says why there is no case number yet, `consultation_number` from which consultation the case
    was referred. `known_on`: since when the claim of a labour dispute is known (MED-30). `doubts` are
    warnings beside the parties. `verbs` are the steps the reader may take now, each with what it still
    needs. `grade_proposed` is the grade in words that an archived dossier deserves by its papers; whoever
    inspects it may give another. `own_grade`: who gave it mediated the case.
    """

    id: str
    number: str
    case_no: str
    number_note: str
    title: str
    state: str
    state_label: str
    badge: str
    colour: Colour
    visit_id: str
    visit_number: str
    matter_id: str
    consultation_id: str
    consultation_number: str
    committee_id: str
    committee_name: str
    dispute_type: str
    dispute_label: str
    source: str
    source_label: str
    referrer: str
    referral_letter: str
    referred_back_on: date | None
    difficulty: str
    difficulty_label: str
    intensity: str
    intensity_label: str
    risk_outlook: str
    risk_outlook_label: str
    risks: tuple[RiskView, ...]
    summary: str
    remark: str
    claims: tuple[str, ...]
    small: bool
    oral_application: bool
    informed_ack: bool
    applied_on: date | None
    known_on: date | None
    registered_at: datetime | None
    registrar: str
    accepted_on: date | None
    scope_ok: bool
    barred: tuple[str, ...]
    competence: str
    headcount: int
    parties: tuple[PartyView, ...]
    doubts: tuple[str, ...]
    mediators: tuple[CaseMediatorView, ...]
    participants: tuple[ParticipantView, ...]
    inquiries: tuple[InquiryView, ...]
    sittings: tuple[SittingView, ...]
    agreement: AgreementView | None
    former_agreements: tuple[AgreementView, ...]
    follow_ups: tuple[FollowUpView, ...]
    confirmation: ConfirmationView
    extensions: tuple[ExtensionView, ...]
    clocks: tuple[Clock, ...]
    timeline: tuple[TimelineEntry, ...]
    dossier: DossierView
    end: EndView
    result: str
    result_label: str
    grade: str
    grade_label: str
    grade_proposed: str
    graded_by: str
    own_grade: bool
    prevented: tuple[str, ...]
    prevented_people: int
    keeping: str
    filed_by: str
    checked_by: str
    dossier_note: str
    filed_on: date | None
    archived_on: date | None
    verbs: tuple[VerbView, ...]


@dataclass(frozen=True)
class CaseFilter:
    """What the list is narrowed to; empty means all. Days are inclusive local dates of registration.

    `group`: new, open, agreed, ended or archived (the chips above the list); `state` one state; `text`:
    what was typed: a number, title, name or phone tail; `due`: only those whose clock runs out soon.
    """

    group: str = ""
    state: str = ""
    dispute_type: str = ""
    committee_id: str = ""
    mediator_id: str = ""
    text: str = ""
    due: bool = False
    day_from: date | None = None
    day_to: date | None = None


@dataclass(frozen=True)
class CaseRow:
    """One line of the list: `clock` is the most urgent of the case, None when nothing runs."""

    id: str
    number: str
    case_no: str
    title: str
    parties_text: str
    dispute_label: str
    mediators_text: str
    state: str
    state_label: str
    registered_at: datetime | None
    clock: Clock | None
    small: bool


@dataclass(frozen=True)
class CasePage:
    """One page of the list, newest first; `next_key` is None at the end."""

    rows: tuple[CaseRow, ...]
    next_key: str | None
