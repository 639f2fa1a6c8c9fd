"""domain.md §7.3: 6/6 only when the three automatic items really exist; ticks cannot set them."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.errors import InputProblem
from desk.rules.six_ones import LABELS, TICKED, Evidence, Light, check_tick, is_complete, lights

AT = datetime(2026, 11, 23, 10, 30, tzinfo=timezone(timedelta(hours=8)))
FULL = Evidence("finished", AT, AT, AT, True, AT, AT, "satisfied", "basic")


def light(evidence: Evidence, key: str) -> Light:
    return next(found for found in lights(evidence) if found.key == key)


def test_the_six_in_their_order() -> None:
    labels = [found.label for found in lights(FULL)]
    assert labels == ["一张笑脸", "一杯热茶", "一份记录", "一句安慰", "一个反馈", "一个满意"]


def test_7_3_six_of_six_only_when_record_reply_and_rating_exist() -> None:
    assert is_complete(FULL)
    assert not is_complete(replace(FULL, recorded_at=None))
    assert not is_complete(replace(FULL, replied_at=None))
    assert not is_complete(replace(FULL, reception_rating="", result_rating=""))
    assert not is_complete(replace(FULL, smile_at=None))


moments = st.none() | st.just(AT)
evidence = st.builds(
    Evidence,
    st.sampled_from(["waiting", "received", "finished"]),
    moments,
    moments,
    moments,
    st.booleans(),
    moments,
    moments,
    st.sampled_from(["", "satisfied", "basic", "unsatisfied", "declined"]),
    st.sampled_from(["", "satisfied", "basic", "unsatisfied", "declined"]),
)


@given(evidence)
def test_7_3_ticks_cannot_set_the_automatic_lights(found: Evidence) -> None:
    ticked = replace(found, smile_at=AT, tea_at=AT, comfort_at=AT)
    for key in LABELS.keys() - TICKED:
        assert light(ticked, key) == light(found, key)


@given(evidence)
def test_7_3_automatic_lights_follow_the_evidence_exactly(found: Evidence) -> None:
    assert (light(found, "record").state == "done") == (found.recorded_at is not None)
    assert (light(found, "feedback").state == "done") == (found.replied_at is not None)
    assert (light(found, "satisfied").state == "done") == (found.rating in {"satisfied", "basic"})


@pytest.mark.parametrize("key", ["record", "feedback", "satisfied"])
def test_7_3_a_tick_on_a_proven_item_is_refused_in_words(key: str) -> None:
    with pytest.raises(InputProblem, match="不能手工点亮"):
        check_tick(key)


@pytest.mark.parametrize("key", sorted(TICKED))
def test_7_3_the_receiver_ticks_smile_tea_and_comfort(key: str) -> None:
    check_tick(key)


def test_the_words_of_the_reception_picture() -> None:
    during = Evidence("received", smile_at=AT, tea_at=AT)
    assert light(during, "smile") == Light("smile", "一张笑脸", "done", "10:30")
    assert light(during, "record") == Light("record", "一份记录", "now", "正在记录")
    assert light(during, "comfort") == Light("comfort", "一句安慰", "todo", "")
    assert light(during, "feedback") == Light("feedback", "一个反馈", "todo", "答复后自动亮")
    assert light(during, "satisfied") == Light("satisfied", "一个满意", "todo", "评价后自动亮")
    assert light(replace(during, receipt_given=True), "record").hint == "回执已给，待补记"
    assert light(Evidence("waiting"), "record").state == "todo"


def test_an_open_matter_shows_that_feedback_is_owed_not_a_gap() -> None:
    open_matter = replace(FULL, replied_at=None, result_rating="")
    assert light(open_matter, "feedback") == Light("feedback", "一个反馈", "waiting", "待反馈")


def test_the_last_rating_counts_and_a_bad_one_never_lights() -> None:
    assert light(replace(FULL, result_rating="unsatisfied"), "satisfied").state == "waiting"
    assert light(replace(FULL, result_rating=""), "satisfied").hint == "满意"
    declined = replace(FULL, reception_rating="declined", result_rating="")
    assert light(declined, "satisfied") == Light("satisfied", "一个满意", "todo", "不评")
