"""What was typed on 受理 and 当事人, made ready to be stored: cleaned, codes checked, stars filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeVar

from desk.errors import InputProblem
from desk.models.mediation import Participant
from desk.models.party import Agent, Party
from desk.models.person import Person
from desk.rules import dispute_codes as codes
from desk.rules import identity, mediation_eligibility
from desk.rules import mediation_labels as labels
from desk.services.mediation.forms import AgentForm, CaseForm, ParticipantForm, PartyForm
from desk.services.visit_input import (
    clean_identity,
    clean_name,
    clean_phone,
    identity_as_shown,
    phone_as_shown,
    whole,
)
from desk.text import _

_CASE_CODES: Final[Mapping[str, Mapping[str, object]]] = {
    "dispute_type": codes.DISPUTE_TYPE,
    "source": codes.SOURCE,
    "difficulty": codes.DIFFICULTY,
    "intensity": codes.INTENSITY,
    "risk_outlook": codes.RISK_OUTLOOK,
    "competence": mediation_eligibility.COMPETENCE,
}
_CASE_SETS: Final[Mapping[str, Mapping[str, object]]] = {
    "risk_flags": codes.RISK_FLAG,
    "barred": mediation_eligibility.BARRIER,
}
_CASE_TEXTS: Final = ("title", "referrer", "referral_letter", "summary", "remark")
_PARTY_TEXTS: Final = ("alias", "ethnicity", "occupation", "address", "legal_rep", "guardian_relation")
_MOST_HEADS: Final = 9999

Numbered = TypeVar("Numbered", PartyForm, AgentForm, ParticipantForm)


@dataclass(frozen=True)
class Known:
    """Rows on disk, whose phones and numbers a starred field of the form means."""

    parties: Sequence[Party] = ()
    agents: Sequence[Agent] = ()
    participants: Sequence[Participant] = ()
    people: Sequence[Person] = ()


def cleaned(form: CaseForm, known: Known, today: date) -> CaseForm:
    """Return the form as it is stored.

    Raises InputProblem for a name no record can hold (NM-02), a party without a name, a date
    to come; ValueError for a code the form does not offer: a bug.
    """
    for name, offered in _CASE_CODES.items():
        _check(name, (getattr(form, name),), offered)
    for name, offered in _CASE_SETS.items():
        _check(name, getattr(form, name), offered)
    if not 0 <= form.headcount <= _MOST_HEADS:
        raise InputProblem(_("涉及人数应为 0 至 9999。"), field="headcount")
    if form.applied_on is not None and form.applied_on > today:
        raise InputProblem(_("申请日期还没有到，请核对。"), field="applied_on")
    if form.known_on is not None and form.known_on > today:
        raise InputProblem(_("知道权利被侵害的日期还没有到，请核对。"), field="known_on")
    texts = {name: getattr(form, name).strip() for name in _CASE_TEXTS}
    return replace(
        form,
        **texts,
        claims=tuple(claim.strip() for claim in form.claims if claim.strip()),
        parties=tuple(_party(each, known, today) for each in form.parties),
        participants=tuple(_participant(each, known.participants) for each in form.participants),
        mediators=tuple(replace(each, name=each.name.strip()) for each in form.mediators),
    )


def as_shown(form: CaseForm, known: Known) -> CaseForm:
    """Return the form with every number starred that is the one its row has: it was not changed from that."""
    rows: dict[str, Party | Agent | Participant] = {}
    for some in (known.parties, known.agents, known.participants):
        rows |= {row.record_id: row for row in some}
    return replace(
        form,
        parties=tuple(
            replace(
                _as_shown(each, rows.get(each.id)),
                agents=tuple(_as_shown(agent, rows.get(agent.id)) for agent in each.agents),
            )
            for each in form.parties
        ),
        participants=tuple(_as_shown(each, rows.get(each.id)) for each in form.participants),
    )


def _as_shown(form: Numbered, row: Party | Agent | Participant | None) -> Numbered:
    if row is None:
        return form
    shown = replace(form, phone=phone_as_shown(form.phone, row.phone))
    if isinstance(shown, ParticipantForm) or isinstance(row, Participant):
        return shown
    return replace(shown, id_no=identity_as_shown(shown.id_no, row.id_no))


def _party(form: PartyForm, known: Known, today: date) -> PartyForm:
    row = next((each for each in known.parties if each.record_id == form.id), None)
    person = next((each for each in known.people if each.record_id == form.person_id), None)
    _check("side", (form.side,), labels.PARTY_SIDE)
    _check("kind", (form.kind,), labels.PARTY_KIND)
    _check("id_type", (form.id_type,), labels.ID_TYPE)
    natural = form.kind == "natural_person"
    name = clean_name(form.name, "name") if natural else form.name.strip()
    if not name:
        word = _("姓名") if natural else _("名称")
        side = labels.PARTY_SIDE[form.side]
        raise InputProblem(_("请填写{side}的{word}。").format(side=side, word=word), field="name")
    phones = [each.phone for each in (row, person) if each is not None]
    numbers = [each.id_no for each in (row, person) if each is not None]
    id_no = whole(clean_identity(form.id_no, numbers), numbers, "id_no") if natural else ""
    birth, sex = _born(form, id_no, row, today)
    mine = [agent for agent in known.agents if row is not None and agent.party_id == row.record_id]
    return replace(
        form,
        **{field: getattr(form, field).strip() for field in _PARTY_TEXTS},
        name=name,
        phone=whole(clean_phone(form.phone, phones), phones, "phone"),
        id_no=id_no,
        id_type=form.id_type or ("resident_id" if id_no else ""),
        birth_date=birth,
        sex=sex,
        uscc=identity.check_credit_code(form.uscc).code if form.uscc.strip() else "",
        guardian=clean_name(form.guardian, "guardian"),
        agents=tuple(_agent(each, mine) for each in form.agents),
    )


def _born(form: PartyForm, id_no: str, row: Party | None, today: date) -> tuple[date | None, str]:
    """Return birth day and sex: what was typed, else what a valid resident number tells (GB 11643).

    With another number than before, what came from the old one is no longer right; what somebody typed stays.
    """
    if form.id_type not in {"", "resident_id"}:
        return form.birth_date, form.sex
    birth, sex = identity.born_and_sex(id_no, today)
    before = row.id_no if row is not None and row.id_no != id_no else ""
    old_birth, old_sex = identity.born_and_sex(before, today)
    if birth is None:
        return form.birth_date, form.sex
    return (
        birth if form.birth_date in {None, old_birth} else form.birth_date,
        sex if form.sex in {identity.SEX_UNKNOWN, old_sex} else form.sex,
    )


def _agent(form: AgentForm, rows: Sequence[Agent]) -> AgentForm:
    _check("powers", form.powers, labels.AGENT_SCOPE)
    name = clean_name(form.name, "agent")
    if not name:
        raise InputProblem(_("请填写代理人的姓名。"), field="agent")
    stored = [row for row in rows if row.record_id == form.id]
    phones, numbers = [row.phone for row in stored], [row.id_no for row in stored]
    return replace(
        form,
        name=name,
        relation=form.relation.strip(),
        phone=whole(clean_phone(form.phone, phones), phones, "agent"),
        address=form.address.strip(),
        # Words without their tick are no power: nobody would see them on the letter.
        powers_other=form.powers_other.strip() if "other" in form.powers else "",
        id_no=whole(clean_identity(form.id_no, numbers), numbers, "agent"),
    )


def _participant(form: ParticipantForm, rows: Sequence[Participant]) -> ParticipantForm:
    _check("relation", (form.relation,), labels.PARTICIPANT_KIND)
    name = clean_name(form.name, "participants")
    if not name:
        raise InputProblem(_("请填写参加人的姓名。"), field="participants")
    phones = [row.phone for row in rows if row.record_id == form.id]
    phone = whole(clean_phone(form.phone, phones), phones, "participants")
    return replace(form, name=name, organisation=form.organisation.strip(), phone=phone)


def _check(field: str, given: Sequence[str], offered: Mapping[str, object]) -> None:
    unknown = [code for code in given if code and code not in offered]
    if unknown:
        raise ValueError(f"unknown {field}: {unknown}")
