"""The people of a case as shown: parties with agents, mediators, helpers, and the risks."""

from datetime import date

from desk.models.mediation import CaseMediator, Mediation, Participant
from desk.models.party import Agent, Party
from desk.models.report import Report
from desk.rules import identity, mediation_parties
from desk.rules import mediation_labels as labels
from desk.rules.dispute_codes import REPORT_RECIPIENT, RISK_FLAG
from desk.rules.labels import SEX
from desk.rules.masking import mask_id, mask_phone
from desk.services.mediation import seen
from desk.services.mediation.people_values import (
    AgentView,
    CaseMediatorView,
    Choice,
    ParticipantView,
    PartyView,
    RiskView,
)
from desk.services.mediation.sheet import Sheet
from desk.text import _


def parties(sheet: Sheet, today: date, *, clear: bool) -> tuple[PartyView, ...]:
    """Return the parties, applicants first; phones and numbers starred unless `clear` (§8)."""
    rows = sorted(sheet.of(Party), key=lambda row: (row.side != "applicant", row.n))
    agents = sheet.of(Agent)
    return tuple(
        _party(sheet.case, row, [each for each in agents if each.party_id == row.record_id], today, clear)
        for row in rows
    )


def mediators(sheet: Sheet, *, judges: bool) -> tuple[CaseMediatorView, ...]:
    """Return mediators and recorders, who chose them (MED-03), and whether another is wanted (FL-11)."""
    made = {row.adviser_id: row for row in sheet.checks()}
    return tuple(
        CaseMediatorView(
            id=row.record_id,
            mediator_id=row.mediator_id,
            name=row.name,
            role=row.role,
            chosen_by=row.chosen_by,
            chosen_label=labels.MEDIATOR_CHOICE.get(row.chosen_by, ""),
            conflict=made[key].result if key in made else "",
            check_id=made[key].record_id if judges and key in made else "",
            checked_as=key,
        )
        for row in sheet.of(CaseMediator)
        for key in (row.mediator_id or row.record_id,)
    )


def participants(sheet: Sheet, *, clear: bool) -> tuple[ParticipantView, ...]:
    """Return who helps, with the parties' consent (MED-04)."""
    return tuple(
        ParticipantView(
            id=row.record_id,
            name=row.name,
            relation=row.relation,
            relation_label=labels.PARTICIPANT_KIND.get(row.relation, ""),
            organisation=row.organisation,
            phone=row.phone if clear else mask_phone(row.phone),
            consented_on=row.consented_on,
            consented_by=row.consented_by,
        )
        for row in sheet.of(Participant)
    )


def risks(sheet: Sheet) -> tuple[RiskView, ...]:
    """Return the risk flags with what must be reported, to whom, and whether it was (MED-07, LZ-11)."""
    made = {row.kind: row for row in sheet.of(Report)}
    found = []
    for flag in seen.codes(sheet.case.risk_flags):
        risk, row = RISK_FLAG[flag], made.get(flag)
        recipients = tuple(Choice(code, REPORT_RECIPIENT[code]) for code in risk.recipients)
        found.append(
            RiskView(
                flag=flag,
                label=risk.label,
                must_report="、".join(choice.label for choice in recipients),
                basis=risk.basis,
                recipients=recipients,
                recipient=row.recipient if row is not None else "",
                reported_at=row.reported_at if row is not None else None,
                reporter=row.reporter if row is not None else "",
            )
        )
    return tuple(found)


def _party(case: Mediation, row: Party, agents: list[Agent], today: date, clear: bool) -> PartyView:
    consent = seen.consent_of(case, row)
    return PartyView(
        id=row.record_id,
        side=row.side,
        side_label=labels.PARTY_SIDE.get(row.side, ""),
        n=row.n,
        kind=row.kind,
        kind_label=labels.PARTY_KIND.get(row.kind, ""),
        name=row.name,
        alias=row.alias,
        sex=row.sex,
        sex_label=SEX.get(row.sex, ""),
        ethnicity=row.ethnicity,
        birth_date=row.birth_date,
        age=identity.age(row.birth_date, today) if row.birth_date is not None else None,
        occupation=row.occupation,
        phone=row.phone if clear else mask_phone(row.phone),
        address=row.address,
        id_type=row.id_type,
        id_type_label=labels.ID_TYPE.get(row.id_type, ""),
        id_no=row.id_no if clear else mask_id(row.id_no),
        legal_rep=row.legal_rep,
        uscc=row.uscc,
        flags=_flags(seen.party(case, row), row, today),
        guardian=row.guardian,
        guardian_relation=row.guardian_relation,
        minor=row.minor,
        protected=row.protected,
        own_living=row.own_living,
        representative=row.representative,
        consent=consent,
        consent_label=labels.CONSENT[consent],
        agreed_on=row.agreed_on,
        refused_on=row.refused_on,
        told_on=row.told_on,
        told_by=row.told_by,
        told_way=row.told_way,
        agents=tuple(_agent(each, clear) for each in agents),
    )


def _flags(party: mediation_parties.Party, row: Party, today: date) -> tuple[str, ...]:
    """Return the words beside a name: 未成年人, 需监护人…"""
    found = []
    if row.minor or mediation_parties.is_minor(party, today):
        found.append(_("未成年人"))
    if row.protected:
        found.append(_("不具有完全民事行为能力"))
    if mediation_parties.needs_separate_consent(party, today):
        found.append(_("不满 14 周岁，须监护人同意"))
    if row.representative:
        found.append(_("推选的代表"))
    return tuple(found)


def _agent(row: Agent, clear: bool) -> AgentView:
    powers = seen.codes(row.powers)
    return AgentView(
        id=row.record_id,
        name=row.name,
        relation=row.relation,
        phone=row.phone if clear else mask_phone(row.phone),
        address=row.address,
        id_no=row.id_no if clear else mask_id(row.id_no),
        powers=powers,
        powers_other=row.powers_other,
        powers_text=_powers(powers, row.powers_other),
        letter_on=row.letter_on,
        sex=row.sex,
    )


def _powers(powers: tuple[str, ...], other: str) -> str:
    """Return what an agent may do in words; behind 其他 stands what was written for it."""
    words = {**labels.AGENT_SCOPE}
    if other:
        words["other"] = _("{word}：{what}").format(word=words["other"], what=other)
    return "；".join(word for code, word in words.items() if code in powers)
