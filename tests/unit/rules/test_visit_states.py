"""The visit's states and form F-50: LZ-02, XF-03, XF-15, PI-03, LZ-11, and receipt first, words later."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.errors import InputProblem
from desk.rules import labels
from desk.rules.visit_states import (
    STEPS,
    Limits,
    Missing,
    Record,
    allowed_outcomes,
    missing_for_receipt,
    missing_to_finish,
    step,
    to_be_written,
)

WHOLE = Record(
    name="王某某",
    subject="路灯不亮",
    receivers=1,
    category="urban",
    statement="门口路灯半个月不亮了。",
    request="请修好。",
    outcome="answered",
    answer_text="今天下午去修。",
    notice_told=True,
)


def fields(gaps: tuple[Missing, ...]) -> list[str]:
    return [gap.field for gap in gaps]


def test_the_way_of_a_visit() -> None:
    assert step("", "wait") == "waiting"
    assert step("waiting", "receive") == "received"
    assert step("", "open") == "received"
    assert step("received", "finish") == "finished"
    assert step("finished", "reopen", reason="写错了电话") == "received"
    assert step("finished", "void", reason="重复登记") == ""


@pytest.mark.parametrize(
    ("state", "verb", "words"),
    [
        ("finished", "finish", "这次来访已经结束，不能完成接待。"),
        ("waiting", "finish", "这次来访还在等候，不能完成接待。"),
        ("received", "receive", "这次来访正在接待，不能开始接待。"),
        ("received", "reopen", "这次来访正在接待，不能重新打开。"),
        ("", "void", "这次来访还没有登记，不能作废。"),
    ],
)
def test_other_steps_are_refused_in_words(state: str, verb: str, words: str) -> None:
    with pytest.raises(InputProblem) as caught:
        step(state, verb, reason="理由")
    assert caught.value.sentence == words


@pytest.mark.parametrize(("state", "verb"), [("finished", "reopen"), ("received", "void")])
def test_correcting_and_voiding_want_a_reason(state: str, verb: str) -> None:
    with pytest.raises(InputProblem, match="要写明理由"):
        step(state, verb, reason="  ")


def test_finishing_wants_the_whole_record() -> None:
    gaps = missing_to_finish(replace(WHOLE, request="", category=""))
    with pytest.raises(InputProblem) as caught:
        step("received", "finish", missing=gaps)
    assert caught.value.sentence == "请选择问题类别。请写明诉求。"
    assert caught.value.field == "category"


def test_states_are_those_of_the_labels() -> None:
    assert {row.target for row in STEPS} - {""} == set(labels.VISIT_STATE)


def test_receipt_first_needs_a_name_or_not_wanting_to_say_and_one_line() -> None:
    assert fields(missing_for_receipt(Record())) == ["name", "subject"]
    assert missing_for_receipt(Record(anonymous=True, subject="积水")) == ()
    assert missing_for_receipt(Record(name="陈某某", subject="积水")) == ()


def test_words_later_are_what_finishing_needs_beyond_the_receipt() -> None:
    begun = Record(name="陈某某", subject="积水", receivers=1, notice_told=True)
    assert fields(to_be_written(begun)) == ["category", "statement", "request", "outcome"]
    assert to_be_written(WHOLE) == ()
    assert fields(to_be_written(Record(receivers=1, notice_told=True)))[0] == "category"


def test_a_whole_record_lacks_nothing() -> None:
    assert missing_to_finish(WHOLE) == ()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"headcount": 0}, "headcount"),
        ({"headcount": 1000}, "headcount"),
        ({"companions": 5}, "companions"),
        ({"receivers": 0}, "receiver_ids"),
        ({"statement": "\n"}, "statement"),
        ({"notice_told": False}, "notice_told"),
        ({"report_kind": "minor"}, "report_recipient"),
        ({"outcome": ""}, "outcome"),
        ({"answer_text": ""}, "answer_text"),
        ({"outcome": "proposed"}, "level"),
        ({"outcome": "guided", "guide_to": "信访部门"}, "guide_reason"),
        ({"outcome": "guided", "guide_reason": "不属本站"}, "guide_to"),
    ],
)
def test_f50_each_required_field_is_asked_for(change: dict[str, object], field: str) -> None:
    gaps = missing_to_finish(replace(WHOLE, **change))
    assert fields(gaps) == [field]
    assert gaps[0].sentence.endswith("。")


@pytest.mark.parametrize("outcome", ["triage", "mediation", "consultation"])
def test_these_outcomes_need_nothing_more(outcome: str) -> None:
    assert missing_to_finish(replace(WHOLE, outcome=outcome, answer_text="")) == ()


def test_limits_come_from_the_profile() -> None:
    many = replace(WHOLE, headcount=40, companions=2)
    assert missing_to_finish(many) == ()
    assert fields(missing_to_finish(many, Limits(30, 2))) == ["headcount", "companions"]


def test_lz02_litigation_ends_only_in_guiding() -> None:
    matter = replace(WHOLE, litigation=True)
    assert allowed_outcomes(matter) == ("guided",)
    assert missing_to_finish(matter)[0].sentence == "涉法涉诉事项只能引导到有权处理的机关，不能交办。"
    guided = replace(matter, outcome="guided", guide_to="人民法院", guide_reason="已起诉")
    assert missing_to_finish(guided) == ()


def test_xf15_an_accusation_is_guided_to_12388_and_reaches_no_unit() -> None:
    matter = replace(WHOLE, safety="accusation", outcome="proposed", level="town", unit="某局")
    assert missing_to_finish(matter)[0].sentence == "检举控告只能引导到纪检监察机关（12388）。"
    guided = replace(matter, outcome="guided", guide_reason="检举控告", guide_to="某局")
    assert fields(missing_to_finish(guided)) == ["guide_to", "unit"]
    right = replace(guided, guide_to="纪检监察机关（举报电话 12388）", unit="")
    assert missing_to_finish(right) == ()


def test_pi05_a_childs_number_asks_for_a_guardian_and_holds_up_no_receipt() -> None:
    child = replace(WHOLE, child=True)
    assert [gap.field for gap in missing_to_finish(child)] == ["id_no"]
    assert "监护人" in missing_to_finish(child)[0].sentence
    assert missing_to_finish(replace(child, companions=1)) == ()
    assert missing_for_receipt(child) == ()


def test_an_anonymous_visitor_needs_no_notice() -> None:
    assert missing_to_finish(replace(WHOLE, name="", anonymous=True, notice_told=False)) == ()


text = st.sampled_from(["", "  ", "字"])
records = st.builds(
    Record,
    name=text,
    anonymous=st.booleans(),
    subject=text,
    headcount=st.integers(-1, 1200),
    companions=st.integers(0, 8),
    receivers=st.integers(0, 2),
    category=text,
    statement=text,
    request=text,
    outcome=st.sampled_from(["", *labels.OUTCOME]),
    level=st.sampled_from(["", *labels.LEVEL]),
    unit=text,
    answer_text=text,
    guide_to=st.sampled_from(["", "信访部门", "12388"]),
    guide_reason=text,
    safety=st.sampled_from(list(labels.SAFETY)),
    litigation=st.booleans(),
)


@given(records)
def test_lz02_no_record_can_hand_over_litigation_or_an_accusation(record: Record) -> None:
    if missing_to_finish(record) == () and (record.litigation or record.safety == "accusation"):
        assert record.outcome == "guided"


@given(records)
def test_what_blocks_the_receipt_also_blocks_finishing(record: Record) -> None:
    blocked = missing_to_finish(record)
    assert set(missing_for_receipt(record)) <= set(blocked)
    assert set(missing_for_receipt(record)) | set(to_be_written(record)) == set(blocked)
    assert all(gap.sentence.endswith("。") for gap in blocked)
