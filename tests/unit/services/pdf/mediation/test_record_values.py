"""What the records of a mediation derive."""

from dataclasses import replace

from tests.case_papers import FOLLOW_UP, INQUIRY, SITTING


def test_a_time_is_shown_as_far_as_known() -> None:
    assert INQUIRY.time_text == "2026年11月5日15时00分至16时20分"
    assert replace(INQUIRY, ended_at=None).time_text == "2026年11月5日15时00分"
    assert replace(SITTING, held_at=None).time_text == ""


def test_risk_and_suit_in_one_word() -> None:
    assert replace(FOLLOW_UP, relapse_risk=None).relapse_text == ""
    assert replace(FOLLOW_UP, relapse_risk=True).relapse_text == "有"
    assert FOLLOW_UP.litigation_text == "未起诉；无"


def test_a_sitting_has_failed_only_with_a_word_on_it() -> None:
    assert SITTING.has_failed
    assert not replace(SITTING, fail_reason="", remedies_told=None).has_failed
