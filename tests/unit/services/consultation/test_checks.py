"""What the head sees of a hit, and judging a namesake (FL-11)."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from desk.errors import AccessProblem, InputProblem
from desk.models.audit import Audit
from desk.models.conflict_check import ConflictCheck
from desk.services.consultation.forms import OpponentForm
from desk.services.consultation.values import Consultation
from tests.unit.services.consultation.advice_stage import AdviceStage


def stopped(advice: AdviceStage, phone: str = "") -> Consultation:
    """Stop a second consultation of the other side; with the phone it is surely the same person."""
    advice.finished()
    return advice.checked(name="冯某某", phone=phone, opponents=(OpponentForm(name="钱某某"),))


def test_the_head_sees_the_number_and_the_look_is_written_down(advice: AdviceStage) -> None:
    card = stopped(advice)
    head = advice.by("head")
    check_id = head.desk.consultations.get(card.id).conflict.check_id
    seen = head.desk.checks.look(check_id)
    assert (seen.noun_label, seen.number, seen.may_be_namesake) == ("法律咨询", "ZX2026-A0001", True)
    with advice.store.read() as rows:
        last = rows.scalars(select(Audit).order_by(Audit.n.desc()).limit(1)).one()
    assert (last.action, last.noun, last.fields) == ("reveal", "conflict_check", "hit_noun,hit_number")
    for role in ("lawyer", "clerk", "deputy", "mediator"):
        with pytest.raises(AccessProblem):
            advice.by(role).desk.checks.look(check_id)


def test_a_namesake_opens_the_answer_with_a_reason(advice: AdviceStage) -> None:
    card = stopped(advice)
    head = advice.by("head")
    check_id = head.desk.consultations.get(card.id).conflict.check_id
    with pytest.raises(InputProblem, match="凭什么"):
        head.desk.checks.judge(check_id, "")
    with pytest.raises(AccessProblem):
        advice.desk.checks.judge(check_id, "不是同一人")
    opened = head.desk.checks.judge(check_id, "核对过身份证，住址和年龄都不同").value
    assert (opened.state, opened.conflict.code, opened.answer_open) == ("checked", "namesake", True)
    with advice.store.read() as rows:
        kept = rows.scalars(select(ConflictCheck).where(ConflictCheck.result == "namesake")).one()
    assert kept.reason == "核对过身份证，住址和年龄都不同"
    with pytest.raises(InputProblem, match="重新检查"):
        head.desk.checks.judge(check_id, "再判一次")


def test_the_same_phone_is_never_a_namesake(advice: AdviceStage) -> None:
    card = stopped(advice, phone="13900000173")
    head = advice.by("head")
    check_id = head.desk.consultations.get(card.id).conflict.check_id
    assert not head.desk.checks.look(check_id).may_be_namesake
    with pytest.raises(InputProblem, match="不能认定为同名"):
        head.desk.checks.judge(check_id, "不是同一人")


def test_a_judgement_lapses_with_the_people(advice: AdviceStage) -> None:
    card = stopped(advice)
    head = advice.by("head")
    desk = advice.desk.consultations
    head.desk.checks.judge(head.desk.consultations.get(card.id).conflict.check_id, "年龄不同")
    form = replace(desk.form(card.id), opponents=(OpponentForm(name="钱某某", phone="13900000172"),))
    assert desk.check(card.id, form).value.conflict.code == "hit"


def test_a_check_that_is_not_there(advice: AdviceStage) -> None:
    with pytest.raises(InputProblem, match="没有找到"):
        advice.by("head").desk.checks.look("nothing")
