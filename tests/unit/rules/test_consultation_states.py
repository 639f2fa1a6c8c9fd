"""The states of a consultation and form F-40: FL-09, FL-11, FL-14, PI-03, MED-21."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.errors import InputProblem
from desk.rules.consultation_codes import CONFLICT, DISPOSITION, STATE
from desk.rules.consultation_states import (
    REFERRALS,
    STEPS,
    Record,
    Verb,
    may_write_answer,
    missing_to,
    step,
)

WHOLE = Record(
    name="钱某某",
    phone="13900000172",
    notice_told=True,
    channel="visit",
    opponent=True,
    conflict="clear",
    topics=("neighbour", "tort"),
    question="楼上漏水把家里泡了，能不能要求全部赔偿？",
    procedures=("none",),
    answer="可以要求赔偿实际损失；先固定证据，协商不成再鉴定。",
    basis=("《中华人民共和国民法典》第二百九十六条（2021年1月1日施行）",),
    disposition="answered",
    adviser_id="lawyer",
    licence_no="16101200000000000",
    disclaimer_ack=True,
)


def fields(verb: Verb, record: Record) -> list[str]:
    return [gap.field for gap in missing_to(verb, record)]


def test_the_way_of_a_consultation() -> None:
    state = ""
    ways: list[Verb] = ["open", "check", "answer", "finish"]
    for verb in ways:
        state = step(state, verb, missing=missing_to(verb, WHOLE))
    assert state == "finished"
    assert step("finished", "reopen", reason="写错了类别") == "answered"


def test_states_and_verbs_have_words() -> None:
    assert {row.target for row in STEPS} == set(STATE)
    for row in STEPS:
        with pytest.raises(InputProblem, match="不能") as caught:
            step("void", row.verb)
        assert caught.value.sentence.startswith("这次咨询已作废，不能")


def test_fl_11_no_answer_before_the_check() -> None:
    with pytest.raises(InputProblem, match="这次咨询已登记，不能解答"):
        step("opened", "answer")
    unchecked = replace(WHOLE, conflict="unchecked")
    with pytest.raises(InputProblem, match="解答前请先做利益冲突检查") as caught:
        step("opened", "check", missing=missing_to("check", unchecked))
    assert caught.value.field == "conflict"


def test_fl_11_a_hit_says_only_another_person_or_another_day() -> None:
    gaps = missing_to("check", replace(WHOLE, conflict="hit"))
    assert [gap.sentence for gap in gaps] == ["本事项请换人解答或改约。"]


@pytest.mark.parametrize("conflict", CONFLICT)
def test_fl_11_the_answer_field_is_open_only_after_a_good_check(conflict: str) -> None:
    record = replace(WHOLE, conflict=conflict)
    good = conflict in {"clear", "no_other_party", "namesake"}
    assert may_write_answer("checked", record) == good
    assert not may_write_answer("opened", record)


def test_fl_11_other_people_or_another_adviser_make_the_check_lapse() -> None:
    assert step("checked", "change") == "opened"
    assert step("answered", "change") == "opened"
    assert step("opened", "change") == "opened"


def test_no_other_party_is_a_valid_answer_and_silence_is_none() -> None:
    alone = replace(WHOLE, opponent=False, conflict="no_other_party")
    assert missing_to("finish", alone) == ()
    assert fields("check", replace(alone, conflict="clear")) == ["opponent"]
    both = missing_to("check", replace(WHOLE, conflict="no_other_party"))
    assert [gap.sentence for gap in both] == ["已填写对方当事人，不能再选“没有对方当事人”。"]


def test_fl_09_who_refuses_to_say_the_name_is_served_all_the_same() -> None:
    refused = replace(WHOLE, name="", phone="", notice_told=False, identity_refused=True)
    ways: list[Verb] = ["open", "check", "answer", "finish"]
    assert all(missing_to(verb, refused) == () for verb in ways)
    assert fields("open", replace(refused, identity_refused=False)) == ["name"]


def test_the_required_fields_of_f_40_in_the_forms_order() -> None:
    assert fields("finish", Record()) == [
        *("name", "phone", "notice_told", "channel", "opponent", "adviser_id", "licence_no", "conflict"),
        *("topic", "question", "procedures", "answer", "basis", "disclaimer_ack", "disposition"),
    ]
    assert all(gap.sentence.endswith("。") for gap in missing_to("finish", Record()))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"phone": " "}, "phone"),
        ({"channel": "pigeon"}, "channel"),
        ({"topics": ()}, "topic"),
        ({"procedures": ("none", "petition")}, "procedures"),
        ({"basis": (" ",)}, "basis"),
        ({"licence_no": ""}, "licence_no"),
        ({"disclaimer_ack": False}, "disclaimer_ack"),
        ({"disposition": ""}, "disposition"),
        ({"disposition": "appointed"}, "appointed_on"),
        ({"disposition": "legal_aid"}, "referred_to"),
        ({"disposition": "mediation", "referred_to": "调委会", "procedures": ("litigation",)}, "disposition"),
    ],
)
def test_one_gap_is_named(changes: dict[str, object], field: str) -> None:
    record = replace(WHOLE, **changes)  # type: ignore[arg-type]
    assert fields("finish", record) == [field]


def test_fl_14_no_sheet_without_the_disclaimer() -> None:
    gaps = missing_to("finish", replace(WHOLE, disclaimer_ack=False))
    assert "不构成法律意见" in gaps[0].sentence
    with pytest.raises(InputProblem, match="不构成法律意见"):
        step("answered", "finish", missing=gaps)


def test_pi_03_the_notice_comes_before_the_name() -> None:
    assert fields("finish", replace(WHOLE, notice_told=False)) == ["notice_told"]


def test_fl_09_a_hard_question_is_given_a_day() -> None:
    asked = replace(WHOLE, disposition="appointed", appointed_on=date(2026, 9, 25), answer="")
    assert step("opened", "appoint", missing=missing_to("appoint", asked)) == "appointed"
    assert step("appointed", "resume") == "opened"
    assert fields("appoint", replace(asked, appointed_on=None)) == ["appointed_on"]


@pytest.mark.parametrize("disposition", DISPOSITION)
def test_fl_09_what_cannot_be_answered_here_is_told_the_right_body(disposition: str) -> None:
    """Without check and answer, but never without saying where to go."""
    asked = replace(WHOLE, conflict="hit", answer="", disposition=disposition, referred_to="县法律援助中心")
    if disposition not in REFERRALS:
        assert fields("refer", asked) == ["disposition"]
        return
    assert step("opened", "refer", missing=missing_to("refer", asked)) == "referred"
    assert fields("refer", replace(asked, referred_to="")) == ["referred_to"]


@pytest.mark.parametrize("verb", ["void", "reopen"])
def test_correcting_and_voiding_want_a_reason(verb: Verb) -> None:
    with pytest.raises(InputProblem, match="要写明理由"):
        step("finished", verb, reason=" ")


@given(st.lists(st.sampled_from([row.verb for row in STEPS]), max_size=12), st.sampled_from(sorted(CONFLICT)))
def test_fl_11_no_way_through_the_table_reaches_an_answer_with_an_open_check(
    verbs: list[Verb], conflict: str
) -> None:
    record = replace(WHOLE, conflict=conflict, opponent=conflict != "no_other_party", appointed_on=date.max)
    state, checked = "", False
    for verb in verbs:
        try:
            state = step(state, verb, reason="理由", missing=missing_to(verb, record))
        except InputProblem:
            continue
        if verb == "answer":
            assert checked
            assert conflict in {"clear", "no_other_party", "namesake"}
        checked = verb == "check" or (checked and verb not in {"change", "resume"})
