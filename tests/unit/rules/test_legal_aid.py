"""The way to legal aid: FL-01, FL-02, FL-03, FL-04, FL-05, FL-06, FL-07, FL-08 (Legal Aid Law, 2022)."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.consultation_codes import CATEGORY, PERSON_CLASS
from desk.rules.legal_aid import (
    MATTER,
    PATH,
    Advice,
    Answers,
    advise,
    likely_matters,
    terms,
)
from desk.services.profile import load_default

RULES = terms(load_default(), date(2026, 11, 26))
WAGES = Answers("labour_pay", hardship="yes")


def advice(answers: Answers) -> Advice:
    return advise(answers, RULES)


def test_property_damage_is_in_no_article() -> None:
    """The side card of the picture."""
    found = advice(Answers("property_damage"))
    assert (found.title, found.may_apply) == ("本类不在法定范围", False)
    assert found.sentences == ("财产损害不在第三十一条所列；可拨 12348 或由本站改约",)


@pytest.mark.parametrize(
    "matter",
    [
        *("state_compensation", "social_insurance", "pension", "support", "labour_pay", "capacity"),
        *("work_injury", "traffic_injury", "food_drug_injury", "medical_injury", "pollution"),
    ],
)
def test_fl_02_listed_matters_ask_for_hardship(matter: str) -> None:
    paths = [advice(Answers(matter, hardship=answer)).path for answer in ("yes", "unknown", "no")]
    assert paths == ["hardship", "ask_hardship", "not_in_hardship"]
    assert advice(Answers(matter)).article == "法律援助法第三十一条"


@pytest.mark.parametrize("matter", ["hero_honour", "bravery", "retrial_acquittal", "abuse_victim"])
def test_fl_03_some_are_never_asked_for_hardship(matter: str) -> None:
    found = advice(Answers(matter, hardship="no"))
    assert (found.path, found.proof, found.may_apply) == ("no_hardship_test", "", True)
    assert found.article == "法律援助法第三十二条"


@pytest.mark.parametrize(
    ("changes", "proven"),
    [
        ({"classes": frozenset({"elderly"}), "no_income": True}, "无固定生活来源"),
        ({"classes": frozenset({"minor"}), "no_income": True}, "无固定生活来源"),
        ({"classes": frozenset({"disabled"}), "no_income": True}, "无固定生活来源"),
        ({"relief": True}, "优抚对象"),
        ({"classes": frozenset({"migrant_worker"})}, "进城务工人员"),
    ],
)
def test_fl_04_with_proof_hardship_is_not_checked(changes: dict[str, object], proven: str) -> None:
    found = advice(replace(WAGES, hardship="no", **changes))  # type: ignore[arg-type]
    assert found.path == "no_check"
    assert proven in found.proof
    assert "免予核查" in found.proof


def test_fl_04_a_migrant_worker_is_exempt_for_wages_and_work_injury_only() -> None:
    worker = replace(WAGES, classes=frozenset({"migrant_worker"}), hardship="no")
    assert advice(replace(worker, matter="work_injury")).path == "no_check"
    assert advice(replace(worker, matter="pollution")).path == "not_in_hardship"
    assert advice(replace(worker, matter="property_damage")).path == "not_listed"


def test_fl_04_an_elderly_person_with_a_pension_is_asked_like_anybody() -> None:
    assert advice(replace(WAGES, classes=frozenset({"elderly"}))).path == "hardship"


def test_fl_05_where_to_apply() -> None:
    assert advice(replace(WAGES, litigation=True)).place == "办案机关所在地的法律援助机构"
    assert advice(WAGES).place == "争议处理机关所在地或者事由发生地的法律援助机构"
    assert advice(Answers("criminal_victim", hardship="yes")).place == "办案机关所在地的法律援助机构"
    assert advice(WAGES).sentences[0] == "向争议处理机关所在地或者事由发生地的法律援助机构申请，不收费。"


def test_fl_06_seven_days_and_three_and_five_for_an_objection() -> None:
    last = advice(WAGES).sentences[-1]
    assert "七日内决定" in last
    assert "三日内指派" in last
    assert "五日内审查" in last
    assert "一次告知" in last


@pytest.mark.parametrize(
    ("left", "first"), [(None, False), (-1, False), (0, True), (6, True), (7, False), (30, False)]
)
def test_fl_07_aid_first_and_papers_later_when_under_seven_days_are_left(
    left: int | None, first: bool
) -> None:
    found = advice(replace(WAGES, days_left=left))
    assert found.first == first
    assert any("先行提供援助" in sentence for sentence in found.sentences) == first


def test_fl_07_preservation_cannot_wait() -> None:
    assert any("保全" in sentence for sentence in advice(replace(WAGES, urgent_measures=True)).sentences)


def test_fl_08_hardship_may_be_shown_by_an_honest_word() -> None:
    assert "个人诚信承诺" in advice(WAGES).proof
    assert "不收费" in advice(WAGES).sentences[0]


def test_criminal_defence_is_open_for_other_reasons_too() -> None:
    """Legal Aid Law arts. 24, 25."""
    found = advice(Answers("criminal_defence", frozenset({"minor"}), hardship="no"))
    assert (found.path, found.may_apply) == ("other_reason", True)
    assert any("第二十五条" in sentence for sentence in found.sentences)
    assert any("法定代理人" in sentence for sentence in found.sentences)


def test_topics_offer_their_matters() -> None:
    assert likely_matters(("neighbour", "tort")) == ("property_damage", "other")
    assert likely_matters(("labour",)) == ("labour_pay", "other")


def test_fl_01_who_may_apply_is_told_right_conditions_and_procedure() -> None:
    said = "".join(advice(WAGES).sentences)
    for part in ("申请", "经济困难", "七日内决定", "异议"):
        assert part in said


@given(st.sets(st.sampled_from(sorted(CATEGORY))))
def test_every_matter_offered_exists(topics: set[str]) -> None:
    assert set(likely_matters(topics)) <= set(MATTER)


ANSWERS = st.builds(
    Answers,
    st.sampled_from(sorted(MATTER)),
    st.frozensets(st.sampled_from(sorted(PERSON_CLASS))),
    st.sampled_from(["yes", "no", "unknown"]),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.none() | st.integers(-10, 400),
    st.booleans(),
)


@given(ANSWERS)
def test_fl_02_to_fl_08_every_answer_has_a_way(answers: Answers) -> None:
    found = advice(answers)
    assert found.path in PATH
    assert found.sentences
    assert found.may_apply == bool(found.place)
    assert found.may_apply or "12348" in found.sentences[0]
    assert (found.path == "not_listed") == (found.article == "")
    if found.first:
        assert found.may_apply


@given(ANSWERS)
def test_admitting_hardship_never_closes_the_way(answers: Answers) -> None:
    poor, rich = advice(replace(answers, hardship="yes")), advice(replace(answers, hardship="no"))
    assert poor.may_apply or not rich.may_apply
