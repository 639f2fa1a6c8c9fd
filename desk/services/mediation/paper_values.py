"""A case's card in clear as the values of its papers F-01 to F-10 (domain.md §3.5), see also closing_values.

What stays with the committee (F-02, F-09, F-11) gets phones and identity numbers starred here (§8, internal);
what the parties or a court must hold stands in clear.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from desk import clock
from desk.rules import identity, mediation_parties
from desk.rules import mediation_labels as labels
from desk.rules.confirmation import PAPERS
from desk.rules.labels import SEX
from desk.rules.masking import mask_id, mask_phone
from desk.rules.numerals import official_date
from desk.services.mediation.agreement_values import AgreementView, FollowUpView
from desk.services.mediation.people_values import AgentView, PartyView
from desk.services.mediation.values import CaseCard, InquiryView, SittingView
from desk.services.pdf.mediation.record_values import FollowUpRecord, InquiryRecord, SittingRecord
from desk.services.pdf.mediation.values import (
    AgreementPaper,
    Application,
    Authorisation,
    CommitteeProof,
    ConfirmationApplication,
    PartyBlock,
    Registration,
    RightsNotice,
    Term,
    named,
)
from desk.text import _

_NATURAL: Final = "natural_person"
_UNKNOWN_SEX: Final = "0"
_OWN_SOURCE: Final[Mapping[str, str]] = {"application": "当事人申请", "initiative": "调委会主动调解"}
NO_COURT: Final = "________人民法院"
"""A court nobody named: which it is, the parties write on the line (SQ-02)."""
_APPLICANTS: Final = "甲乙丙丁戊己庚辛壬癸"


def party_block(party: PartyView, on: date | None, *, masked: bool = False) -> PartyBlock:
    """Return one party as a form's block, as old as on the day of the paper (today's age without one);
    `masked` stars phone and identity number."""
    agents, is_ward = "、".join(agent.name for agent in party.agents), _is_ward(party, on)
    block = PartyBlock(
        side=party.side_label,
        name=party.name,
        kind="person" if party.kind == _NATURAL else "unit",
        kind_text=party.kind_label,
        sex=_sex(party.sex),
        ethnicity=party.ethnicity,
        birth_date=party.birth_date,
        age=_age(party, on),
        occupation=party.occupation,
        phone=party.phone,
        address=party.address,
        id_type=party.id_type_label,
        id_no=party.id_no,
        legal_rep=party.legal_rep,
        uscc=party.uscc,
        agent=agents,
        agent_scope="；".join(agent.powers_text for agent in party.agents if agent.powers_text),
        guardian=noted(party.guardian, party.guardian_relation) if is_ward else "",
        ward_of=party.guardian if is_ward else "",
    )
    if not masked:
        return block
    return replace(block, phone=mask_phone(block.phone), id_no=mask_id(block.id_no) if block.id_no else "")


def _blocks(
    card: CaseCard, on: date | None, *, side: str = "", masked: bool = False
) -> tuple[PartyBlock, ...]:
    """Return the parties, of one `side` if named, as those who sign a paper for their side (MED-12, 27)."""
    chosen = {party.side for party in card.parties if party.representative}
    return tuple(
        replace(party_block(party, on, masked=masked), signs=party.representative or party.side not in chosen)
        for party in card.parties
        if side in {"", party.side}
    )


def _is_ward(party: PartyView, on: date | None) -> bool:
    """Tell whether a guardian signs beside a party on the day of the paper (PI-05).

    The name of one stays with the party when it is found that they sign alone.
    """
    limited = party.protected or (party.minor and party.birth_date is None)
    asked = mediation_parties.Party(
        party.name,
        party.side,
        kind=party.kind,
        birth=party.birth_date,
        capacity="limited" if limited else "full",
        own_living=party.own_living,
    )
    return mediation_parties.needs_guardian(asked, on or clock.today())


def _age(party: PartyView, on: date | None) -> int | None:
    born = party.birth_date
    return identity.age(born, on) if born is not None and on is not None and born <= on else party.age


def application(card: CaseCard) -> Application:
    """F-01."""
    return Application(
        committee=card.committee_name,
        applicants=_blocks(card, card.applied_on, side="applicant"),
        respondents=_blocks(card, card.applied_on, side="respondent"),
        summary=card.summary,
        claims=card.claims,
        applied_on=card.applied_on,
        is_oral=card.oral_application,
        written_by=card.registrar,
    )


def registration(card: CaseCard) -> Registration:
    """F-02, masked."""
    return Registration(
        number=number(card),
        committee=card.committee_name,
        accepted_on=card.accepted_on,
        parties=_blocks(card, card.accepted_on, masked=True),
        dispute_type=card.dispute_label,
        source=_OWN_SOURCE.get(card.source, card.source_label),
        summary=card.summary,
        remark=card.remark,
    )


def rights_notice(card: CaseCard, party: PartyView) -> RightsNotice:
    """F-03 for one party."""
    return RightsNotice(
        committee=card.committee_name,
        party=party.name,
        told_by=party.told_by,
        told_at=party.told_on,
        way=labels.TOLD_WAY.get(party.told_way, ""),
    )


def authorisation(card: CaseCard, party: PartyView, agent: AgentView) -> Authorisation:
    """F-04 for one agent of a party."""
    given = tuple(labels.AGENT_SCOPE.get(power, power) for power in agent.powers if power != "other")
    return Authorisation(
        committee=card.committee_name,
        principal=replace(party_block(party, agent.letter_on), agent="", agent_scope=""),
        agent=agent.name,
        agent_sex=_sex(agent.sex),
        relation=agent.relation,
        agent_id_no=agent.id_no,
        agent_phone=agent.phone,
        agent_address=agent.address,
        case_title=card.title,
        scope=given,
        # A line left open under a signature could be filled in afterwards.
        scope_other=_("无") if agent.powers and "other" not in agent.powers else agent.powers_other,
        letter_on=agent.letter_on,
    )


def inquiry_record(card: CaseCard, inquiry: InquiryView) -> InquiryRecord:
    """F-05."""
    known = next((party for party in card.parties if party.id == inquiry.respondent_id), None)
    other = PartyBlock(side=_("被调查人"), name=inquiry.respondent)
    return InquiryRecord(
        number=number(card),
        committee=card.committee_name,
        held_at=inquiry.held_at,
        ended_at=inquiry.ended_at,
        place=inquiry.place,
        investigators=inquiry.investigators,
        recorder=inquiry.recorder,
        respondent=party_block(known, _day(inquiry.held_at)) if known is not None else other,
        subject=inquiry.subject,
        qa_text=inquiry.text,
    )


def sitting_record(card: CaseCard, sitting: SittingView) -> SittingRecord:
    """F-06; who was there, or sent an agent, is shown with the block of the party."""
    helpers = {each.id: each.relation_label for each in card.participants}
    helping = tuple(
        noted(each.name, helpers.get(each.who_id, ""))
        for each in sitting.present
        if each.role == "participant"
    )
    failed = sitting.result == "failed"
    return SittingRecord(
        number=number(card),
        committee=card.committee_name,
        times=str(sitting.n),
        held_at=sitting.held_at,
        ended_at=sitting.ended_at,
        place=sitting.place,
        openness=sitting.openness_label,
        subject=sitting.subject,
        parties_present=tuple(_present(card, sitting)),
        # A line left open above the signatures could be filled in afterwards.
        invitees=helping or (_("无"),),
        mediators=tuple(each.name for each in sitting.present if each.role == "mediator"),
        recorder=sitting.recorder,
        informed=sitting.informed,
        avoidance=noted(_AVOIDANCE.get(sitting.avoidance, ""), sitting.avoidance_note),
        talk=sitting.talk,
        topics=sitting.topics,
        ladder=sitting.ladder,
        accord=sitting.accord,
        verification=sitting.verification,
        result=sitting.result_label,
        fail_reason=sitting.fail_reason if failed else "",
        remedies_told=sitting.remedies_told if failed else None,
    )


def _present(card: CaseCard, sitting: SittingView) -> Iterator[PartyBlock]:
    """Yield the parties that were there; of one that only sent an agent the name says so."""
    there = {each.who_id for each in sitting.present if each.role in {"party", "agent"}}
    for party in card.parties:
        sent = "、".join(agent.name for agent in party.agents if agent.id in there)
        block = party_block(party, _day(sitting.held_at))
        if party.id in there:
            yield block
        elif sent:
            yield replace(
                block, name=_("{name}（由委托代理人{agent}到场）").format(name=party.name, agent=sent)
            )


def agreement(card: CaseCard, agreed: AgreementView) -> AgreementPaper:
    """F-07 or F-08."""
    return AgreementPaper(
        number=number(card),
        committee=card.committee_name,
        parties=_blocks(card, agreed.reached_on),
        facts=agreed.facts,
        issues=agreed.issues,
        responsibilities=agreed.responsibilities,
        terms=tuple(
            Term(term.text, term.ower, term.payee, term.fen, term.way_label, term.due_on)
            for term in agreed.terms
        ),
        performance_mode=agreed.mode_label,
        performance_text=agreed.mode_text,
        breach=agreed.breach,
        signed_on=agreed.reached_on,
        effective_on=agreed.effective_on,
        mediators=mediators(card),
        recorder=agreed.recorder,
        dispute_type=card.dispute_label,
    )


def follow_up_record(card: CaseCard, visit: FollowUpView) -> FollowUpRecord:
    """F-09, the phone masked."""
    phone = next((party.phone for party in card.parties if party.id == visit.party_id), "")
    return FollowUpRecord(
        committee=card.committee_name,
        visited_party=visit.party_name,
        phone=mask_phone(phone),
        agreement_no=number(card),
        subject=card.title,
        performance=visit.performance_label,
        satisfaction=visit.satisfaction_label,
        litigation=labels.LITIGATION.get(visit.litigation, visit.litigation),
        litigation_note=visit.litigation_note,
        relapse_risk=visit.relapse_risk,
        measures=visit.measures,
        mode=visit.mode_label,
        visited_at=visit.visited_at,
        visitor=visit.visitor,
    )


def confirmation_application(card: CaseCard, agreed: AgreementView) -> ConfirmationApplication:
    """F-10: both sides are applicants (MED-16)."""
    asked = card.confirmation
    several = len(card.parties) > len(_APPLICANTS)
    return ConfirmationApplication(
        court=asked.court or NO_COURT,
        committee=card.committee_name,
        parties=tuple(
            replace(
                party_block(party, asked.applied_on),
                side=_("申请人{n}").format(n=place + 1 if several else _APPLICANTS[place]),
            )
            for place, party in enumerate(card.parties)
        ),
        agreement_no=number(card),
        agreement_on=agreed.reached_on,
        effective_on=agreed.effective_on,
        facts=asked.facts or agreed.facts,
        attachments=tuple(PAPERS.values()),
        applied_on=asked.applied_on,
    )


def committee_proof(card: CaseCard, agreed: AgreementView) -> CommitteeProof:
    """F-10, its attachment: what the committee certifies to the court (SQ-03)."""
    asked = card.confirmation
    blocks = [party_block(party, asked.applied_on) for party in card.parties]
    met = [(each.held_at, each.place) for each in card.sittings if each.held_at is not None]
    return CommitteeProof(
        number=number(card),
        committee=card.committee_name,
        court=asked.court or NO_COURT,
        parties="、".join(named(blocks)),
        case_title=card.title,
        accepted_on=card.accepted_on,
        mediators=mediators(card),
        sittings=tuple(noted(official_date(at.date()), place) for at, place in met),
        agreement_on=agreed.reached_on,
        effective_on=agreed.effective_on,
        issued_on=asked.applied_on,
    )


def number(card: CaseCard) -> str:
    """Return the number all papers of a case carry (CL-5), that of the registration before it has one."""
    return card.case_no or card.number


def mediators(card: CaseCard) -> tuple[str, ...]:
    """Return the names of those who mediate."""
    return tuple(each.name for each in card.mediators if each.role == "mediator")


def noted(text: str, note: str) -> str:
    """Return text（note）, either alone, or nothing."""
    return f"{text}（{note}）" if text and note else text or note


def _day(at: datetime | None) -> date | None:
    return at.date() if at is not None else None


def _sex(code: str) -> str:
    """Return 男 or 女; what nobody knows is no word of a paper and leaves its place to the hand."""
    return SEX.get(code, "") if code != _UNKNOWN_SEX else ""


_AVOIDANCE: Final[Mapping[str, str]] = {"none": "不申请回避", "asked": "申请回避"}
