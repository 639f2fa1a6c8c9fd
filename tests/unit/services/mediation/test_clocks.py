"""The running times of a case."""

from datetime import date

import pytest

from desk.errors import InputProblem
from desk.rules.confirmation import ORAL_FIRST
from tests.fakes import FakeClock
from tests.unit.services.mediation.case_stage import CaseStage


def test_confirmation_counts_down_and_ends(room: CaseStage, fake_clock: FakeClock) -> None:
    """SQ-01: warned at 10 and at 3 days left, closed after."""
    card = room.services.cases.get(room.agreed())
    assert (card.confirmation.may_apply, card.confirmation.left_text) == (True, "剩 30 天")
    levels = []
    for days in (20, 7, 3, 1):
        fake_clock.forward(days=days)
        shown = room.services.cases.get(card.id).confirmation
        levels.append((shown.left_text, shown.colour, shown.may_apply))
    assert levels == [
        ("剩 10 天", "white", True),
        ("剩 3 天", "yellow", True),
        ("今天到期", "yellow", True),
        ("逾期 1 天", "", False),
    ]
    assert "期限已于 12 月 23 日届满" in shown.reasons[0]


def test_a_rest_day_moves_the_last_day_on(room: CaseStage, fake_clock: FakeClock) -> None:
    """DL-03: day 30 on a Saturday is Monday, and the words say so."""
    fake_clock.set("2026-11-12T09:00:00+08:00")
    case_id = room.mediating(applied_on=date(2026, 11, 12))
    room.services.agreements.save(case_id, room.agreement(reached_on=date(2026, 11, 12)))
    room.signed(case_id)
    card = room.services.agreements.agree(case_id).value
    assert card.confirmation.until == date(2026, 12, 14)
    assert "12 月 12 日休息日顺延" in card.confirmation.until_text


def test_a_question_for_types_a_court_may_not_confirm(room: CaseStage) -> None:
    """SQ-04."""
    case = room.form(dispute_type="marriage_family")
    card = room.services.cases.settle(room.small(case=case)).value
    assert [choice.code for choice in card.confirmation.questions] == ["status_relation"]


def test_med30_of_unpaid_wages_a_payment_order_may_be_asked_for(room: CaseStage) -> None:
    wages = room.services.cases.get(room.agreed(dispute_type="migrant_wages"))
    assert "支付令" in wages.confirmation.next_ways
    assert "支付令" not in room.services.cases.get(room.agreed()).confirmation.next_ways
    unsettled = room.services.cases.get(room.accepted(dispute_type="migrant_wages"))
    assert "支付令" not in unsettled.confirmation.next_ways


def test_med30_fl13_since_when_the_claim_is_known_counts_the_year(room: CaseStage) -> None:
    """The year of labour arbitration began anew when mediation was asked for; run out before, it warns."""
    of = room.accepted(dispute_type="other_labour", known_on=date(2026, 6, 1))
    clocks = {each.key: each for each in room.services.cases.get(of).clocks}
    assert clocks["labour_limit"].until == date(2027, 11, 23)
    assert "申请调解时中断" in clocks["labour_limit"].left_text
    late = room.accepted(dispute_type="migrant_wages", known_on=date(2025, 11, 20))
    warned = {each.key: each for each in room.services.cases.get(late).clocks}["labour_limit"]
    assert (warned.until, warned.colour) == (date(2026, 11, 20), "yellow")
    assert "可能已经届满" in warned.left_text
    # DL-03: the last day is Saturday 2026-11-21, mediation was asked for on the Monday after it.
    monday = room.accepted(dispute_type="migrant_wages", known_on=date(2025, 11, 21))
    anew = {each.key: each for each in room.services.cases.get(monday).clocks}["labour_limit"]
    assert (anew.until, anew.colour) == (date(2027, 11, 23), "")
    for changes in ({"dispute_type": "other_labour"}, {"known_on": date(2026, 6, 1)}):
        plain = room.services.cases.get(room.accepted(**changes))
        assert "labour_limit" not in [each.key for each in plain.clocks]
    with pytest.raises(InputProblem, match="还没有到") as told:
        room.registered(dispute_type="other_labour", known_on=date(2026, 12, 1))
    assert told.value.field == "known_on"


def test_sq03_an_oral_agreement_is_put_in_writing_before_the_court_is_asked(room: CaseStage) -> None:
    """No countdown runs for what cannot be asked; the way out is said, and it leads to a new thirty days."""
    card = room.services.cases.settle(room.small()).value
    shown = card.confirmation
    assert (shown.may_apply, shown.reasons) == (False, (ORAL_FIRST,))
    assert (shown.until, shown.left_text, shown.warnings) == (None, "", ())
    assert "confirmation" not in [each.key for each in card.clocks]
    assert "remediate" in [each.verb for each in card.verbs]
    written = room.services.cases.get(room.agreed())
    assert (written.confirmation.may_apply, written.confirmation.reasons) == (True, ())
    assert "confirmation" in [each.key for each in written.clocks]
