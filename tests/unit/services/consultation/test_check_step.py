"""The check is asked again before an answer is locked: what another PC did since counts (FL-11)."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from desk.errors import InputProblem
from desk.models.audit import Audit
from desk.models.conflict_check import ConflictCheck, Interest
from desk.models.consultation import Consultation, Opponent
from desk.services import conflicts
from desk.services.consultation.forms import OpponentForm
from tests.unit.services.consultation.advice_stage import AdviceStage


def test_fl11_a_party_added_elsewhere_after_the_check_stops_the_end(advice: AdviceStage) -> None:
    """Another PC adds an opposite party the check here never saw: it is asked again and written down."""
    card = advice.checked()
    with advice.store.write_confirmed() as rows:
        rows.add(Interest(user_id=advice.lawyer_id, name="某某物业有限公司"))
        rows.add(Opponent(consultation_id=card.id, name="某某物业有限公司", kind="legal_person"))
    desk = advice.desk.consultations
    form = replace(desk.form(card.id), answer="可以要求全部赔偿。")
    stopped = desk.finish(card.id, form).value
    assert (stopped.state, stopped.conflict.code, stopped.answer_open) == ("opened", "hit", False)
    assert desk.form(card.id).answer == "可以要求全部赔偿。"
    with advice.store.read() as rows:
        newest = rows.scalars(select(ConflictCheck).order_by(ConflictCheck.checked_at)).all()[-1]
        assert "consultation_finish" not in rows.scalars(select(Audit.action)).all()
    assert (newest.result, newest.hit_noun) == ("hit", "interest")
    with pytest.raises(InputProblem, match="请换人解答或改约"):
        desk.finish(card.id, desk.form(card.id))


def test_fl11_another_adviser_named_elsewhere_after_the_check_stops_the_end(advice: AdviceStage) -> None:
    advice.finished()
    other_side = {"name": "冯某某", "phone": "13900000173", "opponents": (OpponentForm(name="钱某某"),)}
    card = advice.checked(adviser_id=advice.second_id, **other_side)
    assert card.conflict.code == "clear"
    with advice.store.write_confirmed() as rows:
        row = rows.get(Consultation, card.id)
        assert row is not None
        row.adviser_id = advice.lawyer_id
    head = advice.by("head").desk.consultations
    form = replace(head.form(card.id), answer="可以要求全部赔偿。")
    assert head.finish(card.id, form).value.conflict.code == "hit"


def test_fl11_what_the_head_judged_a_namesake_stays_so_at_the_end(advice: AdviceStage) -> None:
    advice.finished()
    hit = advice.checked(name="冯某某", phone="", opponents=(OpponentForm(name="钱某某"),))
    head = advice.by("head").desk
    head.checks.judge(head.consultations.get(hit.id).conflict.check_id, "核对过身份证")
    desk = advice.desk.consultations
    form = replace(desk.form(hit.id), phone="13900000199", answer="可以要求全部赔偿。")
    assert desk.save(hit.id, form).value.conflict.code == "unchecked"
    again = desk.check(hit.id, form).value
    assert again.conflict.code == "hit"
    head.checks.judge(head.consultations.get(hit.id).conflict.check_id, "核对过身份证")
    assert desk.finish(hit.id, form).value.state == "finished"


def test_fl11_a_namesake_that_came_after_the_judgement_is_judged_by_itself(advice: AdviceStage) -> None:
    """The head judged one record; what another names is asked about before the end, and only that."""
    advice.finished()
    first = advice.checked(name="冯某某", phone="13900000199", opponents=(OpponentForm(name="钱某某"),))
    head, desk = advice.by("head").desk, advice.desk.consultations
    head.checks.judge(head.consultations.get(first.id).conflict.check_id, "核对过身份证")
    later = Consultation(
        adviser_id=advice.lawyer_id, name_told="钱某某", state="finished", answer="可以。", number="ZX-2"
    )
    with advice.store.write_confirmed() as rows:
        rows.add(later)
        conflicts.file_consultation(rows, later, ())
    form = replace(desk.form(first.id), answer="可以要求全部赔偿。")
    stopped = desk.finish(first.id, form).value
    assert (stopped.conflict.code, stopped.answer_open) == ("hit", False)
    check_id = head.consultations.get(first.id).conflict.check_id
    assert head.checks.look(check_id).record_id == later.record_id
    head.checks.judge(check_id, "年龄不同")
    assert desk.finish(first.id, desk.form(first.id)).value.state == "finished"


def test_fl11_what_was_judged_before_somebody_asked_again_counts_no_more(advice: AdviceStage) -> None:
    advice.finished()
    hit = advice.checked(name="冯某某", phone="13900000199", opponents=(OpponentForm(name="钱某某"),))
    head, desk = advice.by("head").desk, advice.desk.consultations
    head.checks.judge(head.consultations.get(hit.id).conflict.check_id, "核对过身份证")
    desk.check(hit.id, desk.form(hit.id))
    with advice.store.write_confirmed() as rows:
        rows.get_one(Consultation, hit.id).conflict = "namesake"
        rows.get_one(Consultation, hit.id).state = "checked"
    form = replace(desk.form(hit.id), answer="可以要求全部赔偿。")
    assert desk.finish(hit.id, form).value.conflict.code == "hit"
