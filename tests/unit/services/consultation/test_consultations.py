"""The verbs of a consultation: the check before the answer, the ways out, the end, and what lapses."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from desk import clock
from desk.errors import AccessProblem, InputProblem
from desk.models.audit import Audit
from desk.models.base import alive
from desk.models.conflict_check import ConflictCheck
from desk.models.consultation import Citation, Consultation, Opponent
from desk.models.mediation import Mediation
from desk.models.party import Party
from desk.services.consultation import access
from desk.services.consultation.due import due_items
from desk.services.consultation.forms import ConsultationForm, OpponentForm
from desk.services.consultation.values import ConsultationFilter
from tests.fakes import FakeClock
from tests.paper_samples import texts
from tests.unit.services.consultation.advice_stage import OTHER, AdviceStage


def test_fl11_the_answer_stays_closed_until_the_check_is_clear(advice: AdviceStage) -> None:
    desk = advice.desk.consultations
    made = desk.register(advice.form()).value
    assert (made.number, made.state, made.conflict.code) == ("ZX2026-A0001", "opened", "unchecked")
    assert not made.answer_open
    with pytest.raises(InputProblem, match="解答前请先做利益冲突检查") as caught:
        desk.save(made.id, advice.form(answer="可以全部要求赔偿。"))
    assert caught.value.field == "answer"
    checked = desk.check(made.id, advice.form()).value
    assert (checked.state, checked.conflict.code, checked.answer_open) == ("checked", "clear", True)
    answered = desk.save(made.id, advice.form(answer="可以全部要求赔偿。")).value
    assert answered.state == "answered"


def test_fl11_a_hit_says_only_to_change_the_adviser_or_the_day(advice: AdviceStage) -> None:
    first = advice.finished()
    hit = advice.checked(name="冯某某", phone="13900000173", opponents=(OpponentForm(name="钱某某"),))
    assert hit.conflict.sentence == "本事项请换人解答或改约。"
    assert (hit.state, hit.conflict.blocks, hit.answer_open) == ("opened", True, False)
    assert hit.conflict.check_id == ""
    assert first.number not in repr(hit)
    with pytest.raises(InputProblem, match="本事项请换人解答或改约。"):
        advice.desk.consultations.finish(hit.id, advice.desk.consultations.form(hit.id))


def test_fl11_another_adviser_may_answer_what_one_may_not(advice: AdviceStage) -> None:
    advice.finished()
    hit = advice.checked(name="冯某某", phone="13900000173", opponents=(OpponentForm(name="钱某某"),))
    form = replace(advice.desk.consultations.form(hit.id), adviser_id=advice.second_id)
    lapsed = advice.desk.consultations.save(hit.id, form).value
    assert lapsed.conflict.code == "unchecked"
    assert advice.desk.consultations.check(hit.id, form).value.conflict.code == "clear"
    with advice.store.read() as rows:
        checks = rows.scalars(select(ConflictCheck).order_by(ConflictCheck.checked_at)).all()
    assert sorted(check.result for check in checks) == ["clear", "clear", "hit"]
    assert {check.adviser_name for check in checks} == {"张某", "孙某"}


@pytest.mark.parametrize(
    "change",
    [
        {"name": "钱某"},
        {"phone": "13900000199"},
        {"opponents": (OTHER, OpponentForm(name="某某物业有限公司", kind="legal_person"))},
        {"opponents": (), "no_opponent": True},
    ],
)
def test_the_check_lapses_when_people_change(advice: AdviceStage, change: dict[str, object]) -> None:
    card = advice.checked()
    form = replace(advice.desk.consultations.form(card.id), **change)  # type: ignore[arg-type]
    lapsed = advice.desk.consultations.save(card.id, form).value
    assert (lapsed.state, lapsed.conflict.code, lapsed.answer_open) == ("opened", "unchecked", False)


def test_words_alone_let_the_check_stand(advice: AdviceStage) -> None:
    card = advice.checked()
    form = replace(
        advice.desk.consultations.form(card.id), question="漏水的责任怎么算？", address="示例路 8 号"
    )
    assert advice.desk.consultations.save(card.id, form).value.conflict.code == "clear"


def test_fl11_no_other_party_is_a_valid_answer(advice: AdviceStage) -> None:
    card = advice.checked(opponents=(), no_opponent=True)
    assert (card.conflict.code, card.answer_open) == ("no_other_party", True)
    with pytest.raises(InputProblem, match="没有对方当事人"):
        advice.desk.consultations.check(card.id, advice.form(opponents=()))


def test_finishing_lists_what_the_form_still_lacks(advice: AdviceStage) -> None:
    card = advice.checked(topics=(), procedures=(), citations=(), disposition="", disclaimer_ack=False)
    form = advice.desk.consultations.form(card.id)
    fields = [gap.field for gap in advice.desk.consultations.missing(card.id, form)]
    assert fields == ["topic", "procedures", "answer", "basis", "disclaimer_ack", "disposition"]
    with pytest.raises(InputProblem) as caught:
        advice.desk.consultations.finish(card.id, form)
    assert caught.value.field == "topic"


@pytest.mark.parametrize("field", ["known_on", "happened_on", "interrupted_on"])
def test_fl13_a_day_to_come_keeps_the_consultation_from_its_end(advice: AdviceStage, field: str) -> None:
    card = advice.checked()
    desk = advice.desk.consultations
    tomorrow = clock.today() + timedelta(days=1)
    form = replace(desk.form(card.id), answer="可以要求全部赔偿。", **{field: tomorrow})  # type: ignore[arg-type]  # a day
    (gap,) = desk.missing(card.id, form)
    assert gap.field == field
    assert "还没有到" in gap.sentence
    with pytest.raises(InputProblem, match="还没有到") as caught:
        desk.finish(card.id, form)
    assert caught.value.field == field
    with pytest.raises(InputProblem, match="还没有到"):
        desk.refer(card.id, replace(form, disposition="hotline", referred_to="12348", answer=""))
    assert desk.finish(card.id, replace(form, **{field: clock.today()})).value.state == "finished"  # type: ignore[arg-type]  # a day


def test_a_finished_consultation_is_whole_on_disk(advice: AdviceStage) -> None:
    card = advice.finished()
    assert (card.state, card.disposition_label, card.adviser_name) == ("finished", "当场解答", "张某")
    with advice.store.read() as rows:
        row = rows.scalars(select(Consultation)).one()
        assert (row.licence_no, row.category, row.topic) == ("1330120201000001", "civil", "neighbour,tort")
        cited = rows.scalars(select(Citation)).one()
        assert (cited.title, cited.article) == ("中华人民共和国民法典", "1165")
        assert cited.version_on is not None
        assert "consultation_finish" in rows.scalars(select(Audit.action)).all()
    with pytest.raises(InputProblem, match="已经结束"):
        advice.desk.consultations.save(card.id, advice.form())


def test_reopening_and_voiding_ask_for_a_reason(advice: AdviceStage) -> None:
    card = advice.finished()
    with pytest.raises(InputProblem, match="理由"):
        advice.desk.consultations.reopen(card.id, " ")
    again = advice.desk.consultations.reopen(card.id, "法条引错了").value
    assert (again.state, again.answer_open) == ("answered", True)
    with pytest.raises(AccessProblem):
        advice.desk.consultations.void(card.id, "重复登记")
    head = advice.by("head")
    with pytest.raises(InputProblem, match="理由"):
        head.desk.consultations.void(card.id, "")
    head.desk.consultations.void(card.id, "重复登记")
    with pytest.raises(InputProblem, match="没有找到"):
        head.desk.consultations.get(card.id)
    with advice.store.read() as rows:
        assert not rows.scalars(alive(Opponent)).all()


def test_an_appointment_lies_ahead_and_is_checked_anew(advice: AdviceStage, fake_clock: FakeClock) -> None:
    card = advice.checked()
    desk = advice.desk.consultations
    with pytest.raises(InputProblem, match="约期要写明日期"):
        desk.appoint(card.id, desk.form(card.id))
    past = replace(desk.form(card.id), appointment_at=clock.now() - timedelta(hours=1))
    with pytest.raises(InputProblem, match="已经过去"):
        desk.appoint(card.id, past)
    ahead = replace(desk.form(card.id), appointment_at=clock.now() + timedelta(days=2))
    assert desk.appoint(card.id, ahead).value.state == "appointed"
    fake_clock.forward(days=2)
    resumed = desk.resume(card.id).value
    assert (resumed.state, resumed.conflict.code, resumed.answer_open) == ("opened", "unchecked", False)


def test_fl09_an_answer_with_another_day_is_gone_on_with(advice: AdviceStage, fake_clock: FakeClock) -> None:
    card, desk = advice.checked(), advice.desk.consultations
    form = replace(desk.form(card.id), answer="先留好证据。", disposition="appointed")
    late = replace(form, appointment_at=clock.now() - timedelta(hours=1))
    assert [gap.field for gap in desk.missing(card.id, late)] == ["appointed_on"]
    with pytest.raises(InputProblem, match="已经过去"):
        desk.finish(card.id, late)
    ahead = replace(form, appointment_at=clock.now() + timedelta(days=2))
    kept = desk.finish(card.id, ahead).value
    assert (kept.state, desk.page(ConsultationFilter(group="appointed")).rows[0].id) == ("appointed", card.id)
    assert "约定2026" in "".join(texts(advice.desk.papers.sheet(card.id).pdf))
    fake_clock.forward(days=2)
    with advice.store.read() as rows:
        reader = access.reader_of(advice.session)
        (due,) = due_items(rows, reader, advice.visits.profiles.current(), clock.today())
    assert (due.record_id, due.action) == (card.id, "继续")
    desk.resume(card.id)
    again = replace(desk.form(card.id), disposition="answered")
    assert desk.check(card.id, again).value.state == "answered"
    ended = desk.finish(card.id, again).value
    assert (ended.state, desk.form(card.id).answer) == ("finished", "先留好证据。")


def test_mediation_takes_people_and_the_question_over_but_not_the_answer(advice: AdviceStage) -> None:
    card = advice.checked()
    desk = advice.desk.consultations
    form = replace(
        desk.form(card.id),
        answer="可以要求全部赔偿。",
        disposition="mediation",
        referred_to="示例镇人民调解委员会",
    )
    done = desk.finish(card.id, form).value
    assert done.mediation_number == "TJ2026-A0001"
    with advice.store.read() as rows:
        case = rows.scalars(select(Mediation)).one()
        assert (case.state, case.dispute_type, case.title) == (
            "registered",
            "neighbour",
            "钱某某与冯某某邻里纠纷",
        )
        assert case.summary.startswith("楼上漏水")
        assert "可以要求" not in case.summary
        parties = {row.side: (row.name, row.phone) for row in rows.scalars(select(Party))}
    assert parties == {"applicant": ("钱某某", "13900000172"), "respondent": ("冯某某", "13900000173")}


def test_referring_needs_where_to_and_no_answer(advice: AdviceStage) -> None:
    desk = advice.desk.consultations
    made = desk.register(ConsultationForm(identity_refused=True)).value
    with pytest.raises(InputProblem, match="请选择转到哪里"):
        desk.refer(made.id, desk.form(made.id))
    form = replace(desk.form(made.id), disposition="hotline", referred_to="12348 热线")
    referred = desk.refer(made.id, form).value
    assert (referred.state, referred.disposition_label) == ("referred", "转 12348")


def test_fl09_who_refuses_to_say_who_they_are_is_served_all_the_same(advice: AdviceStage) -> None:
    card = advice.checked(identity_refused=True, name="不写下来", phone="13900000172")
    with advice.store.read() as rows:
        row = rows.scalars(select(Consultation)).one()
    assert (row.name_told, row.phone_told, row.identity_refused) == ("", "", True)
    assert (card.name, card.answer_open) == ("不愿透露", True)


def test_fl12_the_registrar_no_longer_sees_what_was_advised(advice: AdviceStage) -> None:
    clerk = advice.by("clerk")
    made = clerk.desk.consultations.register(clerk.form()).value
    assert clerk.desk.consultations.form(made.id).question.startswith("楼上漏水")
    advice.desk.consultations.check(made.id, advice.form())
    form = replace(advice.desk.consultations.form(made.id), answer="可以要求全部赔偿。")
    advice.desk.consultations.finish(made.id, form)
    seen = clerk.desk.consultations.get(made.id)
    assert (seen.number, seen.state, seen.readable, seen.name) == (made.number, "finished", False, "")
    assert (seen.category_label, seen.disposition_label, seen.verbs) == ("", "", ())
    with pytest.raises(AccessProblem):
        clerk.desk.consultations.form(made.id)
    with pytest.raises(AccessProblem):
        advice.by("deputy").desk.consultations.form(made.id)
    with pytest.raises(AccessProblem):
        advice.by("mediator").desk.consultations.get(made.id)


def test_numbers_are_starred_and_shown_under_audit(advice: AdviceStage) -> None:
    card = advice.checked()
    desk = advice.desk.consultations
    assert desk.form(card.id).phone == "139****0172"
    assert desk.form(card.id).opponents[0].phone == "139****0173"
    with pytest.raises(InputProblem, match="为什么"):
        desk.reveal(card.id, "phone", "")
    assert desk.reveal(card.id, "phone", "回电话") == "13900000172"
    with advice.store.read() as rows:
        last = rows.scalars(select(Audit).order_by(Audit.n.desc()).limit(1)).one()
    assert (last.action, last.noun, last.fields) == ("reveal", "consultation", "phone_told")
    with pytest.raises(AccessProblem):
        advice.by("clerk").desk.consultations.reveal(card.id, "phone", "回电话")


def test_a_rating_is_asked_after_the_end(advice: AdviceStage) -> None:
    card = advice.checked()
    with pytest.raises(InputProblem, match="还没有结束"):
        advice.desk.consultations.rate(card.id, "satisfied")
    done = advice.finished(name="孙某某", phone="13900000111")
    assert advice.desk.consultations.rate(done.id, "satisfied").value.rating_label == "满意"
