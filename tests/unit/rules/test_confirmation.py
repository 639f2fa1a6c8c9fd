"""Judicial confirmation: SQ-01…04, SQ-06, MED-15, MED-16, with a holiday on day 30."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.errors import InputProblem
from desk.rules import dispute_codes
from desk.rules.confirmation import (
    ASKABLE,
    COURT,
    INELIGIBLE,
    NEXT_WAYS,
    ORAL_FIRST,
    PAPERS,
    STEPS,
    Application,
    ConfirmationRules,
    Verb,
    countdown,
    courts,
    decision_due,
    ineligible,
    missing_to_apply,
    questions,
    step,
)
from desk.rules.deadlines import Term, Unit
from tests.unit.rules.calendar_2026 import CALENDAR
from tests.unit.rules.mediation_cases import FENG, QIAN

RULES = ConfirmationRules(Term(30, Unit.DAY), 10, 3)
EFFECT = date(2026, 11, 12)
TODAY = date(2026, 11, 23)
PARTIES = tuple(
    replace(party, id_no="11010519491231002X", phone="13800000000", address="示例村")
    for party in (QIAN, FENG)
)
WHOLE = Application(EFFECT, "application", PARTIES, (True, True), "committee")


@pytest.mark.parametrize(
    ("effect", "raw", "last"),
    [
        (date(2026, 11, 12), date(2026, 12, 12), date(2026, 12, 14)),  # the picture: day 30 is a Saturday
        (date(2026, 9, 4), date(2026, 10, 4), date(2026, 10, 8)),  # National Day
        (date(2026, 1, 16), date(2026, 2, 15), date(2026, 2, 24)),  # Spring Festival
        (date(2026, 1, 15), date(2026, 2, 14), date(2026, 2, 14)),  # a Saturday that is worked
        (date(2026, 11, 3), date(2026, 12, 3), date(2026, 12, 3)),
    ],
)
def test_sq01_dl03_thirty_days_and_a_holiday_on_the_last_rolls_on(
    effect: date, raw: date, last: date
) -> None:
    found = countdown(effect, effect, CALENDAR, RULES)
    assert (found.deadline.raw, found.deadline.date) == (raw, last)
    assert countdown(effect, last, CALENDAR, RULES).open
    over = countdown(effect, last + timedelta(days=1), CALENDAR, RULES)
    assert not over.open
    assert over.level == "over"


def test_sq01_the_words_of_the_picture() -> None:
    assert countdown(EFFECT, TODAY, CALENDAR, RULES).text == (
        "双方共同申请，截至 12 月 14 日（含当日）（12 月 12 日休息日顺延），剩 21 天"
    )
    assert countdown(EFFECT, date(2026, 12, 15), CALENDAR, RULES).text == (
        "申请司法确认的期限已于 12 月 14 日届满。"
    )


@pytest.mark.parametrize(
    ("today", "level"),
    [
        (date(2026, 12, 3), ""),
        (date(2026, 12, 4), "first"),
        (date(2026, 12, 10), "first"),
        (date(2026, 12, 11), "last"),
        (date(2026, 12, 14), "last"),
        (date(2026, 12, 15), "over"),
    ],
)
def test_sq01_warnings_at_ten_and_three_days(today: date, level: str) -> None:
    assert countdown(EFFECT, today, CALENDAR, RULES).level == level


@given(st.dates(date(2026, 1, 1), date(2026, 11, 1)), st.integers(0, 60))
def test_sq01_the_count_never_ends_before_day_thirty_nor_on_a_rest_day(effect: date, later: int) -> None:
    found = countdown(effect, effect + timedelta(days=later), CALENDAR, RULES)
    assert found.deadline.date >= effect + timedelta(days=30)
    assert CALENDAR.is_working(found.deadline.date)
    assert found.open == (effect + timedelta(days=later) <= found.deadline.date)
    assert (found.level == "over") is not found.open


def test_sq01_after_the_last_day_nobody_can_apply() -> None:
    assert missing_to_apply(WHOLE, TODAY, CALENDAR, RULES) == ()
    gaps = missing_to_apply(WHOLE, date(2026, 12, 15), CALENDAR, RULES)
    assert [gap.field for gap in gaps] == ["term"]
    with pytest.raises(InputProblem, match="届满") as caught:
        step("none", "apply", gaps)
    assert caught.value.field == "term"


def test_sq01_nobody_applies_before_the_agreement_is_in_force() -> None:
    gaps = missing_to_apply(WHOLE, EFFECT - timedelta(days=1), CALENDAR, RULES)
    assert [gap.field for gap in gaps] == ["applied_on"]
    assert missing_to_apply(WHOLE, EFFECT, CALENDAR, RULES) == ()


def test_sq02_the_inviting_court_or_any_of_three() -> None:
    assert courts("court") == ("inviting",)
    assert courts("initiative") == courts("police") == ("party", "subject", "committee")
    wrong = missing_to_apply(replace(WHOLE, source="court"), TODAY, CALENDAR, RULES)
    assert [gap.sentence for gap in wrong] == ["请选择有管辖权的法院：邀请调解的人民法院。"]
    assert set(COURT) == {*courts("court"), *courts("initiative")}


def test_sq03_a_party_without_id_cannot_apply() -> None:
    bare = replace(WHOLE, parties=(PARTIES[0], replace(PARTIES[1], id_no="")))
    gaps = missing_to_apply(bare, TODAY, CALENDAR, RULES)
    assert [(gap.field, gap.sentence) for gap in gaps] == [("id_no", "缺冯某的身份证件号码。")]


def test_sq03_address_and_phone_are_asked() -> None:
    bare = replace(WHOLE, parties=(PARTIES[0], replace(PARTIES[1], phone="", address="")))
    gaps = missing_to_apply(bare, TODAY, CALENDAR, RULES)
    assert [gap.field for gap in gaps] == ["phone", "address"]


def test_sq03_an_oral_agreement_leaves_no_paper_to_hand_in() -> None:
    """Interpretation art. 353: the agreement itself is handed in; the way out is to have it written first."""
    gaps = missing_to_apply(replace(WHOLE, form="oral", joint=()), TODAY, CALENDAR, RULES)
    assert [(gap.field, gap.sentence) for gap in gaps] == [("agreement", ORAL_FIRST)]
    with pytest.raises(InputProblem, match="先“再次调解”"):
        step("none", "apply", gaps)


def test_sq03_the_papers_to_hand_in() -> None:
    assert list(PAPERS) == ["agreement", "committee_proof", "identity", "property_proof"]
    assert "主持调解的证明" in PAPERS["committee_proof"]


@pytest.mark.parametrize("reason", INELIGIBLE)
def test_sq04_what_a_court_does_not_accept_is_said(reason: str) -> None:
    assert [gap.sentence for gap in ineligible([reason])] == [INELIGIBLE[reason]]
    gaps = missing_to_apply(replace(WHOLE, reasons=(reason,)), TODAY, CALENDAR, RULES)
    assert [gap.field for gap in gaps] == ["eligible"]


def test_sq04_family_disputes_are_asked_about_status_and_rights_about_title() -> None:
    assert questions("marriage_family") == ("status_relation",)
    assert questions("intellectual_property") == ("title",)
    assert questions("neighbour") == ()
    for dispute_type in dispute_codes.DISPUTE_TYPE:
        assert set(questions(dispute_type)) <= set(INELIGIBLE)


@pytest.mark.parametrize("joint", [(), (True,), (True, False)])
def test_med16_both_apply_or_nobody(joint: tuple[bool, ...]) -> None:
    gaps = missing_to_apply(replace(WHOLE, joint=joint), TODAY, CALENDAR, RULES)
    assert [gap.field for gap in gaps] == ["joint"]


def test_an_agreement_not_in_force_cannot_be_confirmed() -> None:
    gaps = missing_to_apply(replace(WHOLE, effective_on=None), TODAY, CALENDAR, RULES)
    assert [gap.field for gap in gaps] == ["effective_on"]


def test_34_the_sub_flow() -> None:
    assert step("none", "apply") == step("withdrawn", "apply") == "confirm_applied"
    assert step("confirm_applied", "confirm") == "confirmed_valid"
    assert step("confirm_applied", "invalidate") == "confirmed_invalid"
    assert step("confirm_applied", "reject") == "rejected"
    assert step("confirm_applied", "withdraw") == "withdrawn"
    states = {"none", *STEPS.values()}
    assert states == set(dispute_codes.CONFIRMATION)


def test_sq01_who_withdrew_may_ask_again_and_nobody_who_was_answered() -> None:
    assert {"none", "withdrawn"} == ASKABLE


@pytest.mark.parametrize(
    ("state", "verb", "words"),
    [
        ("none", "confirm", "还没有申请司法确认，不能登记确认有效。"),
        ("confirmed_valid", "apply", "法院已经确认有效，不能申请司法确认。"),
        ("rejected", "withdraw", "法院已经驳回申请，不能登记撤回。"),
    ],
)
def test_other_steps_are_refused_in_words(state: str, verb: Verb, words: str) -> None:
    with pytest.raises(InputProblem) as caught:
        step(state, verb)
    assert caught.value.sentence == words


def test_med15_med16_every_end_shows_the_next_way() -> None:
    assert set(NEXT_WAYS) == set(STEPS.values()) - {"confirm_applied"}
    assert "强制执行" in NEXT_WAYS["confirmed_valid"]
    assert "起诉" in NEXT_WAYS["confirmed_invalid"]


def test_sq06_the_court_decides_in_thirty_days() -> None:
    assert decision_due(date(2026, 11, 20), Term(30, Unit.DAY), CALENDAR).date == date(2026, 12, 21)
