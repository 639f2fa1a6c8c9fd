"""From a visit to a consultation and back: people and words go over, only how it ended comes back (FL-12)."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from desk.errors import AccessProblem, InputProblem
from desk.models.consultation import Consultation
from desk.models.matter import Matter
from desk.models.mediation import Mediation
from desk.models.rating import Rating
from desk.models.reply import Reply
from desk.services.consultation.forms import CitationForm, OpponentForm
from desk.services.consultation.values import Consultation as Card
from tests.unit.services.consultation.advice_stage import AdviceStage

ANSWER = "可以要求全部赔偿，先留证据。"


def sent(advice: AdviceStage, **changes: object) -> str:
    """Finish a visit with 转咨询; return the id of its consultation."""
    clerk = advice.by("clerk")
    told = {"name": "钱某某", "phone": "13900000172", "outcome": "consultation", "answer_text": ""}
    clerk.visits.finished(**(told | {"statement": "楼上漏水。", "request": "要求赔偿。"} | changes))
    with advice.store.read() as rows:
        return rows.scalars(select(Consultation.record_id)).one()


def answered(advice: AdviceStage, consultation_id: str, **changes: object) -> Card:
    desk = advice.desk.consultations
    told = {
        "topics": ("neighbour",),
        "opponents": (OpponentForm(name="冯某某"),),
        "procedures": ("none",),
        "citations": (CitationForm("civil_code", article="1165"),),
        "disposition": "answered",
        "disclaimer_ack": True,
        "adviser_id": advice.lawyer_id,
    }
    form = replace(desk.form(consultation_id), **told, **changes)  # type: ignore[arg-type]
    desk.check(consultation_id, form)
    return desk.finish(consultation_id, replace(form, answer=ANSWER)).value


def test_people_and_words_go_over(advice: AdviceStage) -> None:
    form = advice.desk.consultations.form(sent(advice))
    assert (form.name, form.phone, form.channel) == ("钱某某", "139****0172", "visit")
    assert form.question == "楼上漏水。\n要求赔偿。"
    assert form.notice_told
    card = advice.desk.consultations.get(sent_id(advice))
    assert (card.state, card.number, card.visit_number[:4]) == ("opened", "ZX2026-A0001", "LF20")


def test_how_somebody_of_a_safe_visit_may_be_reached_binds_the_adviser_too(advice: AdviceStage) -> None:
    report = {"report_kind": "domestic_violence", "report_recipient": "police"}
    safe = {"safety": "domestic_violence", "safe_contact": "只在工作日上午打电话。"}
    consultation_id = sent(advice, **report, **safe)
    card = advice.desk.consultations.get(consultation_id)
    assert card.safe_contact == "来自保密来访，只能这样联系：只在工作日上午打电话。"
    assert advice.by("clerk").desk.consultations.get(consultation_id).safe_contact == ""
    assert advice.checked().safe_contact == ""


def sent_id(advice: AdviceStage) -> str:
    with advice.store.read() as rows:
        return rows.scalars(select(Consultation.record_id)).one()


def test_the_visit_is_told_how_it_ended_and_none_of_the_words(advice: AdviceStage) -> None:
    card = answered(advice, sent(advice))
    with advice.store.read() as rows:
        reply = rows.scalars(select(Reply)).one()
        matter = rows.scalars(select(Matter)).one()
    assert reply.text == f"法律咨询 {card.number} 已解答（当场解答）。"
    assert reply.by_name == "张某"
    assert ANSWER not in reply.text
    assert "漏水" not in reply.text
    assert (matter.state, matter.tell_by) == ("closed", None)
    visit = advice.by("clerk").visits.visits.get(card.visit_id)
    assert {light.key: light.state for light in visit.lights}["feedback"] == "done"


def test_the_rating_lights_the_last_of_the_six_ones(advice: AdviceStage) -> None:
    card = answered(advice, sent(advice))
    done = advice.desk.consultations.rate(card.id, "satisfied")
    assert "rating" in done.changed
    with advice.store.read() as rows:
        rating = rows.scalars(select(Rating)).one()
    assert (rating.about, rating.visit_id, rating.value) == ("result", card.visit_id, "satisfied")


def test_a_mediation_keeps_the_matter_open(advice: AdviceStage) -> None:
    card = answered(advice, sent(advice), referred_to="镇调委会")
    assert card.mediation_id == ""
    again = advice.desk.consultations.reopen(card.id, "改为调解").value
    assert again.state == "answered"
    form = replace(advice.desk.consultations.form(card.id), disposition="mediation", referred_to="镇调委会")
    done = advice.desk.consultations.finish(card.id, form).value
    with advice.store.read() as rows:
        matter = rows.scalars(select(Matter)).one()
        case = rows.scalars(select(Mediation)).one()
        words = rows.scalars(select(Reply.text).order_by(Reply.replied_at)).all()
    assert (matter.state, case.matter_id) == ("open", matter.record_id)
    assert words[-1] == f"法律咨询 {done.number} 已转人民调解 {done.mediation_number}。"


def test_advice_given_is_not_taken_back_with_the_visit(advice: AdviceStage) -> None:
    card = answered(advice, sent(advice))
    head = advice.by("head")
    with pytest.raises(InputProblem, match="已经有人解答"):
        head.visits.visits.void(card.visit_id, "重复登记")


def test_what_nobody_answered_goes_void_with_the_visit(advice: AdviceStage) -> None:
    consultation_id = sent(advice)
    visit_id = advice.desk.consultations.get(consultation_id).visit_id
    advice.by("head").visits.visits.void(visit_id, "重复登记")
    with pytest.raises(InputProblem, match="没有找到"):
        advice.desk.consultations.get(consultation_id)


def test_a_safe_visit_keeps_its_words_from_the_registrar(advice: AdviceStage) -> None:
    """LZ-11: what is closed to the clerk as a visit does not open again as a consultation."""
    consultation_id = sent(advice, safety="confidential")
    clerk = advice.by("clerk").desk.consultations
    assert clerk.page().rows == ()
    with pytest.raises(AccessProblem):
        clerk.form(consultation_id)
    assert advice.desk.consultations.form(consultation_id).question == "楼上漏水。\n要求赔偿。"


def test_an_anonymous_visitor_asks_without_a_name(advice: AdviceStage) -> None:
    form = advice.desk.consultations.form(sent(advice, name="", anonymous=True, phone=""))
    assert (form.identity_refused, form.name) == (True, "")


def test_a_visit_corrected_keeps_the_mediation_it_was_referred_to(advice: AdviceStage) -> None:
    consultation_id = sent(advice)
    answered(advice, consultation_id, referred_to="镇调委会")
    desk = advice.desk.consultations
    desk.reopen(consultation_id, "改为调解")
    form = replace(desk.form(consultation_id), disposition="mediation", referred_to="镇调委会")
    card = desk.finish(consultation_id, form).value
    clerk = advice.by("clerk").visits.visits
    clerk.reopen(card.visit_id, "改错字")
    clerk.finish(card.visit_id, clerk.form(card.visit_id))
    with advice.store.read() as rows:
        assert not rows.scalars(select(Mediation.void)).one()


def test_what_was_referred_is_not_taken_back_with_the_visit(advice: AdviceStage) -> None:
    """The client was told where to go: that stands, whatever is corrected on the visit."""
    consultation_id = sent(advice)
    desk = advice.desk.consultations
    told = {"opponents": (OpponentForm(name="冯某某"),), "disposition": "hotline", "referred_to": "12348"}
    card = desk.refer(consultation_id, replace(desk.form(consultation_id), **told)).value  # type: ignore[arg-type]
    assert card.state == "referred"
    with pytest.raises(InputProblem, match="已经转出"):
        advice.by("head").visits.visits.void(card.visit_id, "重复登记")
    assert desk.get(consultation_id).state == "referred"


def test_an_answer_whose_check_lapsed_is_not_taken_back_with_the_visit(advice: AdviceStage) -> None:
    """FL-11: with another opponent the check lapses and the state is opened, but advice was given."""
    consultation_id = sent(advice)
    card = answered(advice, consultation_id)
    desk = advice.desk.consultations
    desk.reopen(consultation_id, "对方写错了")
    form = replace(desk.form(consultation_id), opponents=(OpponentForm(name="陈某某"),))
    assert desk.save(consultation_id, form).value.state == "opened"
    with pytest.raises(InputProblem, match="已经有人解答"):
        advice.by("head").visits.visits.void(card.visit_id, "重复登记")
    assert desk.form(consultation_id).answer == ANSWER


def test_what_only_has_an_appointment_goes_void_with_the_visit(advice: AdviceStage) -> None:
    consultation_id = sent(advice)
    with advice.store.write_confirmed() as rows:
        rows.get_one(Consultation, consultation_id).state = "appointed"
    visit_id = advice.desk.consultations.get(consultation_id).visit_id
    advice.by("head").visits.visits.void(visit_id, "重复登记")
    with pytest.raises(InputProblem, match="没有找到"):
        advice.desk.consultations.get(consultation_id)
