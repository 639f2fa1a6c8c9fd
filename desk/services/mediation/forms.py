"""Frozen values a page sends to the services of 矛盾调解; what comes back is in `values`.

Codes are those of `rules.dispute_codes` and `rules.mediation_labels`; empty text means not given. The `id` of
a row below a case is "" while it is new, or one the page made for it. A phone or identity number that comes
back starred means the one on disk. Sums are typed text in yuan (`2,600`, `1.2万`): the service reads them and
names the field if it cannot. KEY and FOLLOWS are for `rules.three_way`.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from desk.rules.mediation_labels import REMEDY


@dataclass(frozen=True)
class LocalLine:
    """What stands in a field a county added: its form (f06), its key, its text."""

    KEY = ("form", "key")

    form: str
    key: str
    value: str


@dataclass(frozen=True)
class AgentForm:
    """委托代理人 of a party with what they may do (F-04); `powers` are codes of AGENT_SCOPE.

    `powers_other` says what else, where `powers` names 其他.
    """

    id: str = ""
    name: str = ""
    sex: str = "0"
    relation: str = ""
    phone: str = ""
    address: str = ""
    id_no: str = ""
    powers: tuple[str, ...] = ()
    powers_other: str = ""
    letter_on: date | None = None


@dataclass(frozen=True)
class PartyForm:
    """One 当事人 (party block of §3.5). `side` is applicant or respondent.

    `minor` and `protected` are told flags beside the birth date; `own_living`: 16 or 17 and living on his own
    labour; `representative`: chosen by the many of a side (MED-27).
    """

    FOLLOWS = (("person_id", "name"),)

    id: str = ""
    side: str = "applicant"
    kind: str = "natural_person"
    person_id: str = ""
    name: str = ""
    alias: str = ""
    sex: str = "0"
    ethnicity: str = ""
    birth_date: date | None = None
    occupation: str = ""
    phone: str = ""
    address: str = ""
    id_type: str = ""
    id_no: str = ""
    legal_rep: str = ""
    uscc: str = ""
    minor: bool = False
    protected: bool = False
    own_living: bool = False
    guardian: str = ""
    guardian_relation: str = ""
    representative: bool = False
    agents: tuple[AgentForm, ...] = ()


@dataclass(frozen=True)
class CaseMediatorForm:
    """Who works on the case. `role`: mediator or recorder; `chosen_by`: MEDIATOR_CHOICE (MED-03).

    A recorder who is no mediator of the committee has a name and no `mediator_id`.
    """

    FOLLOWS = (("mediator_id", "name"),)

    id: str = ""
    mediator_id: str = ""
    name: str = ""
    role: str = "mediator"
    chosen_by: str = "appointed"


@dataclass(frozen=True)
class ParticipantForm:
    """Somebody who helps, only with the parties' consent (MED-04); `relation` is one of PARTICIPANT_KIND."""

    id: str = ""
    name: str = ""
    relation: str = ""
    organisation: str = ""
    phone: str = ""
    consented_on: date | None = None
    consented_by: str = ""


@dataclass(frozen=True)
class ReportForm:
    """The mandatory report of a risk flag (MED-07, LZ-11): to whom; "" while it was not made."""

    KEY = ("flag",)

    flag: str
    recipient: str = ""


@dataclass(frozen=True)
class CaseForm:
    """Everything on the tabs 受理 and 当事人 (F-01, F-02).

    `known_on`: the day the claim of a labour dispute was known of, which its year runs from (MED-30, FL-13).
    """

    title: str = ""
    committee_id: str = ""
    dispute_type: str = ""
    source: str = "application"
    referrer: str = ""
    referral_letter: str = ""
    difficulty: str = "ordinary"
    intensity: str = ""
    risk_outlook: str = ""
    risk_flags: tuple[str, ...] = ()
    reports: tuple[ReportForm, ...] = ()
    summary: str = ""
    remark: str = ""
    claims: tuple[str, ...] = ()
    oral_application: bool = False
    informed_ack: bool = False
    applied_on: date | None = None
    known_on: date | None = None
    scope_ok: bool = False
    barred: tuple[str, ...] = ()
    competence: str = ""
    headcount: int = 0
    parties: tuple[PartyForm, ...] = ()
    mediators: tuple[CaseMediatorForm, ...] = ()
    participants: tuple[ParticipantForm, ...] = ()


@dataclass(frozen=True)
class TermForm:
    """One row of 协议内容: what, who owes, to whom, how much, how, by when.

    `kind` is one of CLAUSE_KIND, or "" to follow from what is filled in; `amount` is typed in yuan.
    """

    FOLLOWS = (("ower_id", "ower"), ("payee_id", "payee"))

    id: str = ""
    text: str = ""
    kind: str = ""
    ower_id: str = ""
    ower: str = ""
    payee_id: str = ""
    payee: str = ""
    amount: str = ""
    way: str = ""
    way_text: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class AgreementForm:
    """The words of an agreement, written (F-07) or oral (F-08); signatures have verbs of their own.

    `written_asked`: a party wants it in writing, so it is not oral (MED-10, MED-25).
    """

    form: str = "written"
    facts: str = ""
    issues: str = ""
    responsibilities: str = ""
    terms: tuple[TermForm, ...] = ()
    mode: str = ""
    mode_text: str = ""
    breach: str = ""
    reached_on: date | None = None
    recorder: str = ""
    written_asked: bool = False
    local: tuple[LocalLine, ...] = ()


@dataclass(frozen=True)
class SmallCaseForm:
    """A small oral case on one page (F-08): the case and its oral agreement, done in one transaction.

    `agreed` and `told` stand for everybody who is there: they agree to mediate and were told rights and
    duties. `performed`: everything was done on the spot.
    """

    case: CaseForm = field(default_factory=CaseForm)
    agreement: AgreementForm = field(default_factory=lambda: AgreementForm(form="oral"))
    accepted_on: date | None = None
    agreed: bool = False
    told: bool = False
    performed: bool = False


@dataclass(frozen=True)
class InquiryForm:
    """调查 (F-05): `investigators` are names, two or more (MED-28)."""

    FOLLOWS = (("respondent_id", "respondent"),)

    held_at: datetime | None = None
    ended_at: datetime | None = None
    place: str = ""
    subject: str = ""
    respondent: str = ""
    respondent_id: str = ""
    investigators: tuple[str, ...] = ()
    recorder: str = ""
    text: str = ""
    local: tuple[LocalLine, ...] = ()


@dataclass(frozen=True)
class PresenceForm:
    """Somebody at a sitting. `role`: party, agent, participant, mediator or recorder; `who_id` their row."""

    KEY = ("role", "who_id", "name")

    name: str
    role: str
    who_id: str = ""


@dataclass(frozen=True)
class SittingForm:
    """一次调解 (F-06). `talk`, `topics`, `ladder`, `accord` are the four moves; `result` is SESSION_RESULT.

    `avoidance` is none or asked: whether a party wanted a mediator to step aside (MED-28).
    """

    held_at: datetime | None = None
    ended_at: datetime | None = None
    place: str = ""
    openness: str = ""
    subject: str = ""
    informed: bool = False
    avoidance: str = ""
    avoidance_note: str = ""
    talk: str = ""
    topics: str = ""
    ladder: str = ""
    accord: str = ""
    verification: str = ""
    result: str = ""
    fail_reason: str = ""
    remedies_told: bool = False
    recorder: str = ""
    next_at: datetime | None = None
    present: tuple[PresenceForm, ...] = ()
    local: tuple[LocalLine, ...] = ()


@dataclass(frozen=True)
class EndForm:
    """How a case ends without an agreement: `cause` is END_CAUSE (terminate), `party_id` who refused.

    `remedies` are the ways of REMEDY that the notice names (MED-08), `remedies_note` the ways of this very
    case in words: F-12 prints both.
    """

    reason: str = ""
    cause: str = ""
    party_id: str = ""
    referred_to: str = ""
    remedies_told: bool = False
    remedies: tuple[str, ...] = tuple(REMEDY)
    remedies_note: str = ""
    on: date | None = None


@dataclass(frozen=True)
class FollowUpForm:
    """回访 (F-09); codes are FOLLOW_UP_MODE, PERFORMANCE, SATISFACTION; `matter_id` links a relapse."""

    party_id: str = ""
    visited_at: datetime | None = None
    mode: str = ""
    performance: str = ""
    satisfaction: str = ""
    litigation: str = ""
    litigation_note: str = ""
    relapse_risk: bool = False
    measures: str = ""
    visitor: str = ""
    matter_id: str = ""
    local: tuple[LocalLine, ...] = ()


@dataclass(frozen=True)
class ConfirmationForm:
    """司法确认 asked for by both parties together (F-10).

    `joint` are the ids of the parties who ask for it, themselves or by an agent; `court` the court's name and
    `ground` its code of `confirmation.COURT`; `reasons` codes of INELIGIBLE the clerk found to hold (SQ-04).
    """

    court: str = ""
    ground: str = ""
    joint: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    applied_on: date | None = None
    applied_way: str = ""
    facts: str = ""


@dataclass(frozen=True)
class ArchiveForm:
    """What the dossier's cover and note say: keeping term (KEEPING), who filed and checked it, a remark."""

    keeping: str = ""
    filed_by: str = ""
    checked_by: str = ""
    note: str = ""


@dataclass(frozen=True)
class SweepForm:
    """排查: one search for disputes (§3.8)."""

    committee_id: str = ""
    swept_on: date | None = None
    place: str = ""
    found: int = 0
    prevented: int = 0
    handled: int = 0
    by_names: str = ""
    note: str = ""
