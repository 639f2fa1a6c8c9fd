"""Builders for the nouns of mediations, consultations and attachments, as `tests.factories` for the rest."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any

from desk import ids
from desk.models.agreement import Agreement, AgreementTerm, Signature
from desk.models.attachment import Attachment
from desk.models.base import Synced
from desk.models.committee import Committee, Mediator
from desk.models.confirmation import Confirmation
from desk.models.conflict_check import ConflictCheck, Interest
from desk.models.consultation import Citation, Opponent
from desk.models.follow_up import FollowUp
from desk.models.joint_day import JointDay, JointSeat
from desk.models.local_value import LocalValue
from desk.models.mediation import CaseMediator, Claim, Extension, Participant
from desk.models.party import Agent, Party
from desk.models.sitting import Inquiry, Presence, Sitting
from desk.models.sweep import Sweep

_AT = datetime(2026, 11, 3, 9, 30, tzinfo=timezone(timedelta(hours=8)))
_DAY = date(2026, 11, 12)


def _builder(
    table: Callable[..., Synced], *pointers: str, **usual: str | int | date | bool
) -> Callable[..., Any]:
    def build(**changes: Any) -> Synced:
        fresh = {name: ids.new_id() for name in pointers}
        return table(**(fresh | usual | changes))

    return build


committee = _builder(
    Committee, name="示例镇人民调解委员会", short_name="示例", kind="town", court="示例县人民法院"
)
mediator = _builder(Mediator, "committee_id", name="周某", name_initials="zm", kind="hired", state="active")
claim = _builder(Claim, "mediation_id", n=1, text="赔偿天花板修复费用")
case_mediator = _builder(
    CaseMediator, "mediation_id", "mediator_id", name="周某", chosen_by="committee", role="mediator"
)
participant = _builder(Participant, "mediation_id", name="孙某某", relation="neighbour", consented_on=_DAY)
extension = _builder(
    Extension, "mediation_id", kind="extension", from_on=_DAY, days=30, asked_by="双方", consented_on=_DAY
)
party = _builder(
    Party,
    "mediation_id",
    side="applicant",
    n=1,
    kind="natural",
    name="钱某",
    phone="13900000172",
    address="示例路 8 号",
    agreed_on=_DAY,
)
agent = _builder(Agent, "mediation_id", "party_id", name="吴某", powers="attend,sign", letter_on=_DAY)
inquiry = _builder(Inquiry, "mediation_id", n=1, held_at=_AT, place="示例路 8 号", text="问：何时漏水？")
sitting = _builder(Sitting, "mediation_id", n=1, held_at=_AT, openness="open", informed=True, result="again")
presence = _builder(Presence, "mediation_id", "sitting_id", "who_id", name="钱某", role="party")
agreement = _builder(Agreement, "mediation_id", form="written", facts="水管破裂", reached_on=_DAY, copies=3)
agreement_term = _builder(
    AgreementTerm,
    "mediation_id",
    "agreement_id",
    n=1,
    text="赔偿天花板修复费",
    ower="冯某",
    payee="钱某",
    amount=260_000,
    due_on=date(2026, 12, 10),
    state="pending",
)
signature = _builder(
    Signature,
    "mediation_id",
    "target_id",
    "signer_id",
    paper="f07",
    role="party",
    name="钱某",
    signed_on=_DAY,
)
follow_up = _builder(FollowUp, "mediation_id", "party_id", party_name="钱某", visited_at=_AT, mode="phone")
confirmation = _builder(
    Confirmation, "mediation_id", court="示例县人民法院", applied_on=_DAY, state="applied"
)
sweep = _builder(Sweep, "committee_id", swept_on=_DAY, place="仁和社区", found=2, prevented=1)
opponent = _builder(Opponent, "consultation_id", kind="natural_person", name="冯某", phone="13900000173")
citation = _builder(Citation, "consultation_id", n=1, law="civil_code", title="民法典", article="1165")
conflict_check = _builder(
    ConflictCheck, "for_id", "adviser_id", noun="consultation", checked_at=_AT, result="clear"
)
interest = _builder(Interest, "user_id", name="冯某", relation="亲属")
joint_day = _builder(JointDay, held_on=_DAY, place="示例街道人大代表联络站", theme="信访与法律咨询")
joint_seat = _builder(JointSeat, "joint_day_id", name="张某", organisation="示例律师事务所", role="lawyer")
attachment = _builder(
    Attachment,
    "target_id",
    noun="mediation",
    slot="id_proof",
    n=1,
    name="证件.jpg",
    mime="image/jpeg",
    size=350_000,
    sha256="ab" * 32,
    pages=1,
    added_at=_AT,
    state="pending",
)
local_value = _builder(LocalValue, "target_id", noun="mediation", form="f02", key="grid", value="03 网格")

BUILDERS: Mapping[str, Callable[..., Any]] = {
    "committee": committee,
    "mediator": mediator,
    "claim": claim,
    "case_mediator": case_mediator,
    "participant": participant,
    "extension": extension,
    "party": party,
    "agent": agent,
    "inquiry": inquiry,
    "sitting": sitting,
    "presence": presence,
    "agreement": agreement,
    "agreement_term": agreement_term,
    "signature": signature,
    "follow_up": follow_up,
    "confirmation": confirmation,
    "sweep": sweep,
    "opponent": opponent,
    "citation": citation,
    "conflict_check": conflict_check,
    "interest": interest,
    "joint_day": joint_day,
    "joint_seat": joint_seat,
    "attachment": attachment,
    "local_value": local_value,
}
