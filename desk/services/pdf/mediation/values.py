"""What the papers of a mediation show, ready to print: frozen values, gathered by rights elsewhere.

The papers of a case are evidence and stand in clear unless a class says otherwise; what is masked arrives
masked. A field nobody filled is "" or None and leaves a blank to write in. Keys of the layouts in
resources/forms are the names of these fields.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from desk.rules.mediation_parties import told_apart
from desk.rules.numerals import official_date
from desk.services.pdf.forms.wording import money
from desk.text import _

PartyKind = Literal["person", "unit"]


@dataclass(frozen=True)
class PartyBlock:
    """当事人 as every form shows it (domain.md §3.5, party block).

    `side` is 申请人, 被申请人, 甲方…; `kind` decides which rows of a layout apply, `kind_text` is printed.
    `age` is that on the day of the paper. `agent` carries the agent's powers where a form has one line.
    `signs`: a signature is asked of this one; of many on a side only those they chose sign (MED-27).
    `ward_of` is who signs for somebody who cannot alone.
    """

    side: str
    name: str
    kind: PartyKind = "person"
    kind_text: str = ""
    sex: str = ""
    ethnicity: str = ""
    birth_date: date | None = None
    age: int | None = None
    occupation: str = ""
    phone: str = ""
    address: str = ""
    id_type: str = ""
    id_no: str = ""
    legal_rep: str = ""
    uscc: str = ""
    agent: str = ""
    agent_scope: str = ""
    guardian: str = ""
    signs: bool = True
    ward_of: str = ""

    @property
    def kind_note(self) -> str:
        """当事人类型 behind the side in running text."""
        return f"（{self.kind_text}）" if self.kind_text else ""

    @property
    def birth_text(self) -> str:
        """年龄/出生日期: what is known of both."""
        born = official_date(self.birth_date) if self.birth_date else ""
        years = _("{age}岁").format(age=self.age) if self.age is not None else ""
        return f"{born}（{years}）" if born and years else born or years

    @property
    def id_text(self) -> str:
        """身份证件类型/号码 in one line; "" without a number."""
        return f"{self.id_type} {self.id_no}".strip() if self.id_no else ""

    @property
    def agent_text(self) -> str:
        """委托代理人 with the powers behind the name."""
        return f"{self.agent}（{self.agent_scope}）" if self.agent and self.agent_scope else self.agent


def named(parties: Sequence[PartyBlock]) -> tuple[str, ...]:
    """Return what the parties are called; two of one name are told apart by their side."""
    return told_apart([(party.side, party.name) for party in parties])


def signing(parties: Sequence[PartyBlock]) -> tuple[str, ...]:
    """Return the names a signature is asked of, with the guardian of whoever cannot sign alone."""
    return tuple(
        _("{name}（监护人{guardian}）").format(name=name, guardian=party.ward_of) if party.ward_of else name
        for name, party in zip(named(parties), parties, strict=True)
        if party.signs
    )


@dataclass(frozen=True)
class Application:
    """F-01 人民调解申请书, in clear: it is the applicants' own paper.

    `is_oral`: the clerk wrote down what was said and the applicant signs (MED-28).
    """

    committee: str
    applicants: tuple[PartyBlock, ...]
    respondents: tuple[PartyBlock, ...]
    summary: str
    claims: tuple[str, ...]
    applied_on: date | None = None
    is_oral: bool = False
    written_by: str = ""

    @property
    def applicant_names(self) -> tuple[str, ...]:
        """Who signs."""
        return signing(self.applicants)


@dataclass(frozen=True)
class Registration:
    """F-02 人民调解受理登记表: stays with the committee; ID numbers come masked (§8, internal)."""

    number: str
    committee: str
    accepted_on: date | None
    parties: tuple[PartyBlock, ...]
    dispute_type: str
    source: str
    summary: str
    remark: str = ""

    @property
    def party_names(self) -> tuple[str, ...]:
        """Who signs."""
        return signing(self.parties)


@dataclass(frozen=True)
class RightsNotice:
    """F-03 当事人权利义务告知书: fixed words, and who was told by whom, when and how."""

    committee: str
    party: str
    told_by: str = ""
    told_at: date | datetime | None = None
    way: str = ""


@dataclass(frozen=True)
class Authorisation:
    """F-04 授权委托书, in clear: it proves who may act.

    `scope` are the powers given, in the words of the form's options; `scope_other` what else.
    """

    committee: str
    principal: PartyBlock
    agent: str
    agent_sex: str = ""
    relation: str = ""
    agent_id_no: str = ""
    agent_phone: str = ""
    agent_address: str = ""
    case_title: str = ""
    scope: tuple[str, ...] = ()
    scope_other: str = ""
    letter_on: date | None = None

    @property
    def principal_name(self) -> str:
        """Who gives the powers."""
        return self.principal.name

    @property
    def principals(self) -> tuple[PartyBlock, ...]:
        """The principal as the list a layout repeats its rows for."""
        return (self.principal,)


def due_words(day: date) -> str:
    """Return by when something is owed, so that nobody asks whether the day itself still counts (SQ-05)."""
    return _("{day}前（含当日）").format(day=official_date(day))


@dataclass(frozen=True)
class Term:
    """One thing agreed. `amount` in fen; figures and Han words are both made from it and always agree."""

    text: str
    ower: str = ""
    payee: str = ""
    amount: int | None = None
    way: str = ""
    due_on: date | None = None

    @property
    def line(self) -> str:
        """The term as one sentence of the agreement."""
        parts = (
            (_("履行人"), self.ower),
            (_("接受人"), self.payee),
            (_("金额"), money(self.amount) if self.amount is not None else ""),
            (_("方式"), self.way),
            (_("期限"), due_words(self.due_on) if self.due_on else ""),
        )
        inner = "；".join(f"{label}：{value}" for label, value in parts if value)
        bare = self.text.strip().rstrip("。；;")
        return f"{bare}（{inner}）。" if inner else f"{bare}。"


@dataclass(frozen=True)
class AgreementPaper:
    """F-07 人民调解协议书 and F-08 口头协议登记表, in clear: a court confirms it (SQ-03).

    `effective_on` is derived from the signatures (MED-12), or the day an oral agreement was reached (MED-13).
    """

    number: str
    committee: str
    parties: tuple[PartyBlock, ...]
    facts: str
    issues: str
    responsibilities: str
    terms: tuple[Term, ...]
    performance_mode: str
    performance_text: str = ""
    breach: str = ""
    signed_on: date | None = None
    effective_on: date | None = None
    mediators: tuple[str, ...] = ()
    recorder: str = ""
    dispute_type: str = ""

    @property
    def party_names(self) -> tuple[str, ...]:
        """Who signs."""
        return signing(self.parties)

    @property
    def term_lines(self) -> tuple[str, ...]:
        """协议内容, one sentence a term."""
        return tuple(term.line for term in self.terms)

    @property
    def amount(self) -> int | None:
        """涉及金额 in fen: the sum of all terms, None when no term is about money."""
        sums = [term.amount for term in self.terms if term.amount is not None]
        return sum(sums) if sums else None

    @property
    def performance_due(self) -> str:
        """履行期限: each term's day, with its sum; "" when nothing falls due."""
        return "；".join(
            _("第{number}项于{day}").format(number=number, day=due_words(term.due_on))
            + (f" {money(term.amount)}" if term.amount is not None else "")
            for number, term in enumerate(self.terms, 1)
            if term.due_on is not None
        )

    @property
    def copies(self) -> int:
        """份数: one a party and one for the committee (MED-12)."""
        return len(self.parties) + 1


@dataclass(frozen=True)
class ConfirmationApplication:
    """F-10 司法确认申请书, in clear: the court asks for identity, address and phone (SQ-03).

    Both sides apply together: their `side` reads 申请人甲, 申请人乙. Persons and bodies have their own rows.
    """

    court: str
    committee: str
    parties: tuple[PartyBlock, ...]
    agreement_no: str
    agreement_on: date | None
    effective_on: date | None
    facts: str
    attachments: tuple[str, ...]
    applied_on: date | None = None

    @property
    def party_names(self) -> tuple[str, ...]:
        """Who signs; both sides apply together (MED-16)."""
        return signing(self.parties)


@dataclass(frozen=True)
class CommitteeProof:
    """主持调解的证明, handed in with F-10: names only, for the court knows the parties from the application.

    `parties` are told apart where two have one name; `sittings` say when and where the committee mediated.
    """

    number: str
    committee: str
    court: str
    parties: str
    case_title: str
    accepted_on: date | None
    mediators: tuple[str, ...]
    sittings: tuple[str, ...]
    agreement_on: date | None
    effective_on: date | None
    issued_on: date | None = None


@dataclass(frozen=True)
class EndNotice:
    """F-12 终止调解通知书: goes to every party, so it holds names only, no phone, address or ID number.

    Closing without naming the other ways is invalid (MED-08): `ways` is the sentence that does, `remedies`
    what the mediator says on the way of this very case.
    """

    number: str
    committee: str
    parties: tuple[str, ...]
    case_title: str
    accepted_on: date | None
    cause: str
    reason: str
    ways: str
    remedies: str
    mediators: tuple[str, ...]
    ended_on: date | None


@dataclass(frozen=True)
class ReferralLetter:
    """移送函, the letter that hands a case on: names only, for how to reach them the parties tell the organ
    themselves."""

    number: str
    committee: str
    organ: str
    parties: str
    case_title: str
    reason: str
    summary: str
    mediators: tuple[str, ...]
    referred_on: date | None
