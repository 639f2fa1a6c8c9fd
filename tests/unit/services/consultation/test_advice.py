"""Choices, hints and the way to legal aid while a form is filled in."""

from dataclasses import replace
from datetime import date

import pytest

from desk.errors import InputProblem
from desk.services.consultation import advice as module
from desk.services.consultation.advice import AidQuestion
from desk.services.consultation.forms import CitationForm, OpponentForm
from tests.unit.services.consultation.advice_stage import AdviceStage


def test_the_frame_offers_lawyers_and_says_who_judges(advice: AdviceStage) -> None:
    frame = advice.desk.advice.frame()
    assert [(each.name, each.licence_no) for each in frame.advisers] == [
        ("孙某", "1330120201000002"),
        ("张某", "1330120201000001"),
    ]
    assert "不是法律意见书" in frame.disclaimer
    assert (frame.may_read, frame.may_judge) == (True, False)
    assert advice.by("head").desk.advice.frame().may_judge
    assert not advice.by("clerk").desk.advice.frame().may_read
    assert [each.label for each in frame.choices["top_category"]] == ["民事", "刑事", "行政", "其他"]


def test_fl13_the_civil_limit_is_three_years(advice: AdviceStage) -> None:
    (hint,) = advice.desk.advice.hints(advice.form(known_on=date(2026, 9, 18)))
    assert (hint.label, hint.text, hint.state) == ("诉讼时效", "至 2029-09-18", "open")
    assert any("申请人民调解" in note for note in hint.notes)


def test_fl13_applying_for_mediation_interrupts(advice: AdviceStage) -> None:
    form = advice.form(
        known_on=date(2024, 1, 10), interrupted_on=date(2026, 11, 2), interrupted_by="mediation"
    )
    (hint,) = advice.desk.advice.hints(form)
    assert hint.ends_on == date(2029, 11, 2)


def test_the_day_of_an_agreement_is_asked_for_by_its_own_kind(advice: AdviceStage) -> None:
    form = advice.form(known_on=date(2026, 11, 12), procedures=("mediation",))
    assert [hint.code for hint in advice.desk.advice.hints(form)] == ["civil"]
    chosen = replace(form, limitation_kind="confirmation")
    (hint,) = advice.desk.advice.hints(chosen)
    assert (hint.label, hint.days_left) == ("申请司法确认", 21)
    assert module.days_left((hint,)) == 21


def test_no_hint_without_a_day_and_a_sentence_for_a_wrong_one(advice: AdviceStage) -> None:
    assert advice.desk.advice.hints(advice.form()) == ()
    with pytest.raises(InputProblem, match="还没有到"):
        advice.desk.advice.hints(advice.form(known_on=date(2027, 1, 1)))


def test_fl02_property_damage_is_not_listed(advice: AdviceStage) -> None:
    view = advice.desk.advice.aid(advice.form(), AidQuestion())
    assert (view.title, view.may_apply) == ("本类不在法定范围", False)
    assert view.sentences == ("财产损害不在第三十一条所列；可拨 12348 或由本站改约",)


def test_fl04_migrant_workers_need_no_hardship_check_for_their_pay(advice: AdviceStage) -> None:
    form = advice.form(topics=("labour",), person_class=("migrant_worker",))
    view = advice.desk.advice.aid(form, AidQuestion(), days_left=3)
    assert (view.title, view.may_apply, view.first) == ("免予核查经济困难", True, True)
    assert any("七日内决定" in sentence for sentence in view.sentences)


def test_likely_matters_come_first(advice: AdviceStage) -> None:
    assert [each.code for each in advice.desk.advice.likely_aid(advice.form(topics=("labour",)))][:2] == [
        "labour_pay",
        "other",
    ]


def test_a_citation_keeps_its_version(advice: AdviceStage) -> None:
    words = advice.desk.advice.citation_text
    assert words(CitationForm("civil_code", article="1165")).endswith(
        "第一千一百六十五条（2021年1月1日施行）"
    )
    typed = CitationForm(title="某市物业管理条例", article="12", version_on=date(2020, 3, 1))
    assert words(typed) == "《某市物业管理条例》第十二条（2020年3月1日施行）"
    old = CitationForm("civil_code", "中华人民共和国民法典", "1165", date(1999, 1, 1))
    assert words(old).endswith("（1999年1月1日施行）")


def test_doubts_are_sentences(advice: AdviceStage) -> None:
    assert advice.desk.advice.doubts(advice.form(opponents=(OpponentForm("钱某某"),)))
