"""Writes a cleaned CaseForm onto its rows: claims, parties, agents, mediators, helpers, reports."""

from collections.abc import Sequence
from dataclasses import fields

from desk.errors import InputProblem
from desk.models.base import Synced
from desk.models.committee import Committee, Mediator
from desk.models.mediation import CaseMediator, Claim, Participant
from desk.models.party import Agent, Party
from desk.models.report import Report
from desk.rules.dispute_codes import RISK_FLAG
from desk.rules.three_way import placed
from desk.services import conflicts
from desk.services.mediation.forms import AgentForm, CaseForm, CaseMediatorForm, PartyForm
from desk.services.mediation.seen import stored
from desk.services.mediation.sheet import Row, Sheet
from desk.services.visit_rows import Act
from desk.text import _

_PLAIN = (
    *("title", "dispute_type", "source", "referrer", "referral_letter", "difficulty", "intensity"),
    *("risk_outlook", "summary", "remark", "oral_application", "informed_ack", "applied_on", "scope_ok"),
    *("known_on", "competence", "headcount"),
)
_PARTY = tuple(each.name for each in fields(PartyForm) if each.name not in {"id", "agents"})
_AGENT = tuple(each.name for each in fields(AgentForm) if each.name not in {"id", "powers"})
_PARTICIPANT = ("name", "relation", "organisation", "phone", "consented_on", "consented_by")


def put(act: Act, sheet: Sheet, form: CaseForm) -> None:
    """Write the form. Rows the form no longer names become void, as a correction.

    Raises InputProblem for a committee or mediator there is not, for a change of committee after the case has
    its number, and for a change of who an agreement in force binds or who has signed one, be it a party or
    a mediator (MED-12).
    """
    case = sheet.case
    _put_committee(sheet, form)
    for name in _PLAIN:
        setattr(case, name, getattr(form, name))
    case.risk_flags = stored(form.risk_flags)
    case.barred = stored(form.barred)
    _put_claims(sheet, form.claims)
    _put_parties(sheet, form.parties)
    _put_mediators(sheet, form.mediators)
    _drop_others(sheet.of(Participant), [each.id for each in form.participants])
    for each in form.participants:
        row = _row(sheet, Participant, each.id)
        if row is None:
            record_id = sheet.new_id(Participant, each.id)
            row = sheet.add(Participant(record_id=record_id, mediation_id=case.record_id))
        for name in _PARTICIPANT:
            setattr(row, name, getattr(each, name))
    _put_reports(act, sheet, form)


def _put_committee(sheet: Sheet, form: CaseForm) -> None:
    case = sheet.case
    if form.committee_id == case.committee_id:
        return
    if case.case_no or _in_force(sheet):
        reason = _("已编案号") if case.case_no else _("协议已经生效")
        raise InputProblem(_("本案{reason}，不能更换调委会。").format(reason=reason), field="committee")
    committee = sheet.rows.get(Committee, form.committee_id) if form.committee_id else None
    if form.committee_id and (committee is None or committee.void):
        raise InputProblem(_("没有找到这个调委会。"), field="committee")
    case.committee_id = form.committee_id


def _put_claims(sheet: Sheet, claims: Sequence[str]) -> None:
    pairs, left = placed(sheet.of(Claim), claims, lambda row: row.text)
    for n, (text, row) in enumerate(pairs, start=1):
        if row is not None:
            row.text, row.n = text, n
        else:
            sheet.add(Claim(mediation_id=sheet.case.record_id, n=n, text=text))
    for gone in left:
        gone.tombstone(_("登记更正"))


def _put_parties(sheet: Sheet, forms: Sequence[PartyForm]) -> None:
    before = sheet.of(Party)
    _refuse_bound(sheet, before, forms)
    _drop_others(before, [form.id for form in forms])
    dropped = [row for row in before if row.void]
    for n, form in enumerate(forms, start=1):
        row = _row(sheet, Party, form.id)
        if row is None:
            record_id = sheet.new_id(Party, form.id)
            row = sheet.add(Party(record_id=record_id, mediation_id=sheet.case.record_id))
        for name in _PARTY:
            setattr(row, name, getattr(form, name))
        row.n = n
        mine = [agent for agent in sheet.of(Agent) if agent.party_id == row.record_id]
        _drop_others(mine, [agent.id for agent in form.agents])
        for each in form.agents:
            agent = next((one for one in mine if one.record_id == each.id), None)
            if agent is None:
                agent = sheet.add(
                    Agent(
                        record_id=sheet.new_id(Agent, each.id),
                        mediation_id=sheet.case.record_id,
                        party_id=row.record_id,
                    )
                )
            for name in _AGENT:
                setattr(agent, name, getattr(each, name))
            agent.powers = stored(each.powers)
    for row in (*dropped, *sheet.of(Party)):
        conflicts.file_party(sheet.rows, row)
    kept = {row.record_id for row in sheet.of(Party)}
    for agent in sheet.of(Agent):
        if agent.party_id not in kept:
            agent.tombstone(_("登记更正"))


def _refuse_bound(sheet: Sheet, before: Sequence[Party], forms: Sequence[PartyForm]) -> None:
    """Refuse a change of who an agreement in force binds, and to drop a party that has signed the draft."""
    if _in_force(sheet):
        bound = {row.record_id: (row.side, row.representative) for row in before}
        if bound != {form.id: (form.side, form.representative) for form in forms}:
            raise InputProblem(
                _("协议已经生效，不能增减当事人，也不能改申请人、被申请人或者推选的代表。"),
                way_out=_("当事人有变动的，请先“再次调解”。"),
                field="parties",
            )
    signed = {row.signer_id for row in sheet.signatures(sheet.agreement)}
    gone = [row.name for row in before if row.record_id in signed - {form.id for form in forms}]
    if gone:
        raise InputProblem(
            _("{name}已经在协议上签字，不能从当事人里去掉。").format(name=gone[0]),
            way_out=_("登记错了的，请先到“协议”撤销这个签字。"),
            field="parties",
        )


def _in_force(sheet: Sheet) -> bool:
    return sheet.agreement is not None and sheet.agreement.state == "in_force"


def _put_mediators(sheet: Sheet, forms: Sequence[CaseMediatorForm]) -> None:
    _refuse_another_mediator(sheet, forms)
    _drop_others(sheet.of(CaseMediator), [form.id for form in forms])
    for form in forms:
        mediator = sheet.rows.get(Mediator, form.mediator_id) if form.mediator_id else None
        if form.mediator_id and (mediator is None or mediator.void):
            raise InputProblem(_("没有找到这名调解员。"), field="mediators")
        if mediator is None and not form.name:
            raise InputProblem(_("请选择调解员或者填写记录人的姓名。"), field="mediators")
        row = _row(sheet, CaseMediator, form.id)
        if row is None and any(_same_mediator(each, form) for each in sheet.of(CaseMediator)):
            continue  # named on two desks at the same time
        if row is None:
            record_id = sheet.new_id(CaseMediator, form.id)
            row = sheet.add(CaseMediator(record_id=record_id, mediation_id=sheet.case.record_id))
        row.mediator_id = form.mediator_id
        row.name = mediator.name if mediator is not None else form.name
        row.role = form.role
        row.chosen_by = form.chosen_by


def _same_mediator(row: CaseMediator, form: CaseMediatorForm) -> bool:
    who = (form.role, form.mediator_id or form.name)
    return (row.role, row.mediator_id or row.name) == who


def _refuse_another_mediator(sheet: Sheet, forms: Sequence[CaseMediatorForm]) -> None:
    """Refuse other mediators than those whose signature is on the agreement (MED-12)."""
    if not any(row.role == "mediator" for row in sheet.signatures(sheet.agreement)):
        return
    seated = {row.mediator_id or row.name for row in sheet.of(CaseMediator) if row.role == "mediator"}
    if seated != {form.mediator_id or form.name for form in forms if form.role == "mediator"}:
        raise InputProblem(
            _("调解员已经在协议上签名，不能更换。"),
            way_out=_("登记错了的，请先到“协议”撤销这个签字；协议已经生效的，请“再次调解”。"),
            field="mediators",
        )


def _put_reports(act: Act, sheet: Sheet, form: CaseForm) -> None:
    """Keep the mandatory reports (MED-07, LZ-11); naming the recipient gives time and reporter."""
    rows = {row.kind: row for row in sheet.of(Report)}
    recipients = {each.flag: each.recipient for each in form.reports if each.flag in form.risk_flags}
    for flag in form.risk_flags:
        if not RISK_FLAG[flag].recipients:
            continue
        row = rows.get(flag) or sheet.add(Report(mediation_id=sheet.case.record_id, kind=flag))
        recipient = recipients.get(flag, row.recipient)
        if recipient and recipient not in RISK_FLAG[flag].recipients:
            raise InputProblem(
                _("“{flag}”不能向这个单位报告，请核对。").format(flag=RISK_FLAG[flag].label), field="reports"
            )
        if recipient and recipient != row.recipient:
            row.reported_at, row.reporter = act.at, act.user.name
        row.recipient = recipient
    for kind, row in rows.items():
        if kind not in form.risk_flags and row.reported_at is None:
            row.tombstone(_("登记更正"))


def _row(sheet: Sheet, table: type[Row], record_id: str) -> Row | None:
    return next((row for row in sheet.of(table) if record_id and row.record_id == record_id), None)


def _drop_others(rows: Sequence[Synced], kept: Sequence[str]) -> None:
    for row in rows:
        if row.record_id not in kept:
            row.tombstone(_("登记更正"))
