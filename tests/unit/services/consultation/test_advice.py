"""Choices, hints and the way to legal aid while a form is filled in."""

from dataclasses import replace
from datetime import date

import pytest

from desk.errors import InputProblem
from desk.services.consultation import advice as module
from desk.services.consultation.advice import AidQuestion, days_left
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


def test_without_a_day_the_term_is_told_and_a_wrong_day_is_a_sentence(advice: AdviceStage) -> None:
    (hint,) = advice.desk.advice.hints(advice.form())
    assert (hint.state, hint.ends_on, hint.days_left) == ("undated", None, None)
    assert hint.text == "自知道受损和责任人之日起三年，自受损之日起最长二十年"
    with pytest.raises(InputProblem, match="还没有到"):
        advice.desk.advice.hints(advice.form(known_on=date(2027, 1, 1)))


def test_fl13_the_year_of_labour_arbitration_and_what_it_does_not_bind(advice: AdviceStage) -> None:
    """Labour Dispute Law art. 27: one year; wages unpaid while still employed are not bound by it."""
    desk = advice.desk.advice
    (undated,) = desk.hints(advice.form(topics=("labour",)))
    assert (undated.label, undated.text) == ("劳动仲裁时效", "自知道权利被侵害之日起一年")
    assert "在职期间拖欠劳动报酬的不受此限，请核对" in undated.notes
    (dated,) = desk.hints(advice.form(topics=("labour",), known_on=date(2026, 1, 5)))
    assert dated.ends_on == date(2027, 1, 5)
    form = advice.form(topics=("labour",), known_on=date(2020, 1, 5), still_employed=True)
    (employed,) = desk.hints(form)
    assert (employed.state, employed.ends_on) == ("unlimited", None)
    saved = advice.desk.consultations.register(form).value.id
    assert advice.desk.consultations.form(saved).still_employed


def test_fl13_land_and_buildings_have_the_longer_term(advice: AdviceStage) -> None:
    form = advice.form(
        limitation_kind="administrative_suit", known_on=date(2026, 10, 8), happened_on=date(2021, 6, 1)
    )
    (five,) = advice.desk.advice.hints(form)
    (twenty,) = advice.desk.advice.hints(replace(form, real_estate=True))
    assert five.ends_on == date(2026, 6, 1)
    assert twenty.ends_on == date(2027, 4, 8)
    saved = advice.desk.consultations.register(replace(form, real_estate=True)).value.id
    assert advice.desk.consultations.form(saved).real_estate


def test_fl02_before_a_topic_is_chosen_no_aid_is_denied(advice: AdviceStage) -> None:
    view = advice.desk.advice.aid(advice.form(topics=()), AidQuestion())
    assert (view.title, view.may_apply) == ("", False)
    assert view.sentences == ("填写类别，就说明能不能申请、到哪里申请。",)
    chosen = advice.desk.advice.aid(advice.form(topics=(), aid_class="labour_pay"), AidQuestion())
    assert chosen.title


def test_fl02_property_damage_is_not_listed(advice: AdviceStage) -> None:
    view = advice.desk.advice.aid(advice.form(), AidQuestion())
    assert (view.title, view.may_apply) == ("本类不在法定范围", False)
    assert view.sentences == ("财产损害不在第三十一条所列；可拨 12348 或由本站改约",)


def test_fl04_migrant_workers_need_no_hardship_check_for_their_pay(advice: AdviceStage) -> None:
    form = advice.form(topics=("labour",), person_class=("migrant_worker",))
    view = advice.desk.advice.aid(form, AidQuestion(), days_left=3)
    assert (view.title, view.may_apply, view.first) == ("免予核查经济困难", True, True)
    assert any("七日内决定" in sentence for sentence in view.sentences)


def test_fl01_fl05_fl06_fl08_who_may_apply_is_told_where_how_and_until_when(advice: AdviceStage) -> None:
    """The terms and places are rows of the profile; the court's place is another than that of the rest."""
    form = advice.form(topics=("labour",), procedures=("none",))
    view = advice.desk.advice.aid(form, AidQuestion())
    told = "".join(view.sentences)
    assert view.may_apply
    for words in (
        "不收费",
        "一次告知",
        "七日内决定",
        "三日内指派",
        "书面说明理由",
        "五日内审查",
        "个人诚信承诺",
    ):
        assert words in told, words
    assert view.place in view.sentences[0]
    in_court = advice.desk.advice.aid(replace(form, procedures=("litigation",)), AidQuestion())
    assert in_court.place != view.place
    saved = advice.desk.consultations.register(replace(form, aid_told=True)).value.id
    assert advice.desk.consultations.form(saved).aid_told


def test_fl03_a_victim_of_violence_is_not_asked_for_hardship(advice: AdviceStage) -> None:
    form = advice.form(topics=("marriage",), aid_class="abuse_victim")
    for hardship in ("unknown", "no"):
        view = advice.desk.advice.aid(form, AidQuestion(hardship=hardship))
        assert (view.title, view.may_apply) == ("不受经济困难条件限制", True)
        assert "诚信承诺" not in "".join(view.sentences)


def test_fl04_who_has_no_steady_income_or_gets_relief_is_not_checked(advice: AdviceStage) -> None:
    ask, form = advice.desk.advice.aid, advice.form(topics=("traffic",), aid_class="traffic_injury")
    elderly = replace(form, person_class=("elderly",))
    assert not ask(form, AidQuestion(no_income=True)).asks_income
    assert ask(elderly, AidQuestion()).asks_income
    assert ask(elderly, AidQuestion()).title == "经济困难情况待说明"
    assert ask(elderly, AidQuestion(no_income=True)).title == "免予核查经济困难"
    assert ask(form, AidQuestion(relief=True)).title == "免予核查经济困难"


def test_fl07_aid_comes_first_where_a_term_or_a_measure_cannot_wait(advice: AdviceStage) -> None:
    """The days left are those of the hints beside it (FL-13)."""
    form = advice.form(topics=("labour",), known_on=date(2025, 11, 27))
    left = days_left(advice.desk.advice.hints(form))
    assert left is not None
    assert left < 7
    assert advice.desk.advice.aid(form, AidQuestion(), left).first
    assert not advice.desk.advice.aid(form, AidQuestion(), 30).first
    assert advice.desk.advice.aid(form, AidQuestion(urgent_measures=True), 30).first


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
