"""A case read back: as a form for the editor, and one masked field in clear."""

from typing import Final

from desk.errors import InputProblem
from desk.models.mediation import CaseMediator, Claim, Participant
from desk.models.party import Agent, Party
from desk.models.report import Report
from desk.rules.masking import mask_id, mask_phone
from desk.services.mediation import seen
from desk.services.mediation.forms import (
    AgentForm,
    CaseForm,
    CaseMediatorForm,
    ParticipantForm,
    PartyForm,
    ReportForm,
)
from desk.services.mediation.sheet import Sheet
from desk.text import _

REVEALED: Final = frozenset({"phone", "id_no"})
"""Fields of a party, agent or participant that may be asked for in clear."""


def form_of(sheet: Sheet) -> CaseForm:
    """Return what was typed, phones and numbers starred (saved so, they stay)."""
    case = sheet.case
    agents = sheet.of(Agent)
    return CaseForm(
        title=case.title,
        committee_id=case.committee_id,
        dispute_type=case.dispute_type,
        source=case.source,
        referrer=case.referrer,
        referral_letter=case.referral_letter,
        difficulty=case.difficulty,
        intensity=case.intensity,
        risk_outlook=case.risk_outlook,
        risk_flags=seen.codes(case.risk_flags),
        reports=tuple(ReportForm(row.kind, row.recipient) for row in sheet.of(Report)),
        summary=case.summary,
        remark=case.remark,
        claims=tuple(row.text for row in sheet.of(Claim)),
        oral_application=case.oral_application,
        informed_ack=case.informed_ack,
        applied_on=case.applied_on,
        known_on=case.known_on,
        scope_ok=case.scope_ok,
        barred=seen.codes(case.barred),
        competence=case.competence,
        headcount=case.headcount,
        parties=tuple(
            _party(row, [each for each in agents if each.party_id == row.record_id])
            for row in sheet.of(Party)
        ),
        mediators=tuple(
            CaseMediatorForm(row.record_id, row.mediator_id, row.name, row.role, row.chosen_by)
            for row in sheet.of(CaseMediator)
        ),
        participants=tuple(
            ParticipantForm(
                id=row.record_id,
                name=row.name,
                relation=row.relation,
                organisation=row.organisation,
                phone=mask_phone(row.phone),
                consented_on=row.consented_on,
                consented_by=row.consented_by,
            )
            for row in sheet.of(Participant)
        ),
    )


def clear_text(sheet: Sheet, row_id: str, field: str) -> str:
    """Return a phone or number of somebody in the case in clear. Raises InputProblem if there is none."""
    if field not in REVEALED:
        raise ValueError(f"not a masked field: {field}")
    rows: list[Party | Agent | Participant] = [*sheet.of(Party), *sheet.of(Agent), *sheet.of(Participant)]
    for row in rows:
        if row.record_id == row_id and hasattr(row, field):
            return str(getattr(row, field))
    raise InputProblem(_("本案里没有找到这个人。"), field="party")


def _party(row: Party, agents: list[Agent]) -> PartyForm:
    return PartyForm(
        id=row.record_id,
        side=row.side,
        kind=row.kind,
        person_id=row.person_id,
        name=row.name,
        alias=row.alias,
        sex=row.sex,
        ethnicity=row.ethnicity,
        birth_date=row.birth_date,
        occupation=row.occupation,
        phone=mask_phone(row.phone),
        address=row.address,
        id_type=row.id_type,
        id_no=mask_id(row.id_no),
        legal_rep=row.legal_rep,
        uscc=row.uscc,
        minor=row.minor,
        protected=row.protected,
        own_living=row.own_living,
        guardian=row.guardian,
        guardian_relation=row.guardian_relation,
        representative=row.representative,
        agents=tuple(
            AgentForm(
                id=each.record_id,
                name=each.name,
                sex=each.sex,
                relation=each.relation,
                phone=mask_phone(each.phone),
                address=each.address,
                id_no=mask_id(each.id_no),
                powers=seen.codes(each.powers),
                powers_other=each.powers_other,
                letter_on=each.letter_on,
            )
            for each in agents
        ),
    )
