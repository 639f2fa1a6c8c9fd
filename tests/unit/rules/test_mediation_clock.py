"""MED-14, 23, 24, 30 with DL-03 and DL-07: how long, what falls due, in words."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.deadlines import Pause, Term, Unit
from desk.rules.mediation_clock import (
    LABOUR_OVER,
    Clock,
    ClockRules,
    clause_items,
    follow_up_due,
    in_order,
    item,
    labour_hint,
    mediation_due,
    missing_to_extend,
)
from desk.rules.workdays import Calendar
from tests.unit.rules.calendar_2026 import CALENDAR
from tests.unit.rules.test_agreement import DAY, ORAL, WRITTEN

RULES = ClockRules(Term(30, Unit.DAY), Term(30, Unit.DAY))
NOVEMBER = Clock(date(2026, 11, 3))


def test_med23_thirty_days_from_acceptance() -> None:
    found = mediation_due(NOVEMBER, RULES, CALENDAR)
    assert (found.raw, found.date) == (date(2026, 12, 3), date(2026, 12, 3))


def test_med24_thirty_days_more() -> None:
    found = mediation_due(replace(NOVEMBER, extended=True), RULES, CALENDAR)
    assert found.raw == date(2027, 1, 2)  # a Saturday
    assert found.date == date(2027, 1, 4)


def test_dl03_a_holiday_at_the_end_passes_the_term_on_but_the_extension_counts_from_the_term() -> None:
    clock = Clock(date(2026, 9, 4))
    assert mediation_due(clock, RULES, CALENDAR).date == date(2026, 10, 8)
    assert mediation_due(replace(clock, extended=True), RULES, CALENDAR).raw == date(2026, 11, 3)


def test_dl07_an_expert_opinion_pauses_the_clock() -> None:
    paused = replace(NOVEMBER, pauses=(Pause(date(2026, 11, 10), date(2026, 11, 19), "鉴定"),))
    assert mediation_due(paused, RULES, CALENDAR).raw == date(2026, 12, 13)


def test_med23_the_profile_may_say_a_month() -> None:
    month = ClockRules(Term(1, Unit.MONTH), Term(1, Unit.MONTH))
    assert mediation_due(Clock(date(2026, 1, 31)), month, CALENDAR).date == date(2026, 2, 28)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 60), st.integers(0, 60))
def test_med24_an_extension_never_shortens(start: date, term: int, extension: int) -> None:
    rules = ClockRules(Term(term, Unit.DAY), Term(extension, Unit.DAY))
    plain = mediation_due(Clock(start), rules, Calendar())
    longer = mediation_due(Clock(start, extended=True), rules, Calendar())
    assert longer.raw == start + timedelta(days=term + extension)
    assert longer.date >= plain.date


@pytest.mark.parametrize(
    ("clock", "today", "consents", "fields"),
    [
        (NOVEMBER, date(2026, 12, 1), [True, True], []),
        (NOVEMBER, date(2026, 12, 3), [True, True], []),
        (NOVEMBER, date(2026, 12, 4), [True, True], ["extended"]),
        (NOVEMBER, date(2026, 12, 1), [True, False], ["extended"]),
        (NOVEMBER, date(2026, 12, 1), [], ["extended"]),
        (replace(NOVEMBER, extended=True), date(2026, 12, 1), [True, True], ["extended"]),
    ],
)
def test_med24_both_sides_must_want_it_once_and_in_time(
    clock: Clock, today: date, consents: list[bool], fields: list[str]
) -> None:
    gaps = missing_to_extend(clock, RULES, CALENDAR, today=today, consents=consents)
    assert [gap.field for gap in gaps] == fields


def test_med14_each_clause_has_its_reminder() -> None:
    found = clause_items(WRITTEN, date(2026, 11, 28), CALENDAR)
    assert [(each.number, each.due_on, each.text) for each in found] == [
        (1, date(2026, 11, 30), "冯某：修复自家水管，剩 2 天"),
        (2, date(2026, 12, 10), "冯某：赔偿天花板修复费 2,600.00 元，剩 12 天"),
    ]


def test_med14_what_is_done_reminds_nobody_and_a_holiday_moves_no_clause() -> None:
    first, second, third = WRITTEN.clauses
    done = replace(WRITTEN, clauses=(replace(first, state="performed"), second, third))
    assert [each.number for each in clause_items(done, DAY, CALENDAR)] == [2]
    holiday = replace(WRITTEN, clauses=(replace(second, due=date(2026, 10, 3)),))
    assert clause_items(holiday, date(2026, 10, 5), CALENDAR)[0].text.endswith("逾期 2 天")
    assert clause_items(ORAL, DAY, CALENDAR) == ()


def test_med14_the_follow_up_comes_after_the_last_clause() -> None:
    term = Term(15, Unit.DAY)
    assert follow_up_due(WRITTEN, DAY, term, CALENDAR).date == date(2026, 12, 25)
    assert follow_up_due(ORAL, DAY, term, CALENDAR).date == date(2026, 11, 27)


def test_things_due_stand_in_the_order_of_their_days() -> None:
    term = item("mediation", mediation_due(NOVEMBER, RULES, CALENDAR), "调解期限", DAY, CALENDAR)
    assert term.text == "调解期限，剩 21 天"
    merged = in_order([*clause_items(WRITTEN, DAY, CALENDAR), term])
    assert [each.kind for each in merged] == ["clause", "mediation", "clause"]


def test_med30_arbitration_opens_after_fifteen_days() -> None:
    hint = labour_hint(date(2026, 11, 3), date(2026, 6, 1), date(2026, 11, 12), CALENDAR)
    assert hint.arbitration_from == date(2026, 11, 18)
    assert hint.sentences[0] == "11 月 18 日前未达成协议的，当事人可以申请劳动仲裁。"
    later = labour_hint(date(2026, 11, 3), None, date(2026, 11, 19), CALENDAR)
    assert later.sentences[0] == "申请调解满 15 日未达成协议，当事人可以申请劳动仲裁。"
    assert later.arbitration_until is None
    assert "支付令" in later.sentences[-1]


def test_med30_the_year_begins_anew_unless_it_had_run_out() -> None:
    hint = labour_hint(date(2026, 11, 3), date(2026, 6, 1), DAY, CALENDAR)
    assert hint.arbitration_until == date(2027, 11, 3)
    assert hint.sentences[1] == "仲裁时效一年，申请调解时中断，重新计算到 2027 年 11 月 3 日。"
    late = labour_hint(date(2026, 11, 3), date(2025, 6, 2), DAY, CALENDAR)
    assert late.arbitration_until == date(2026, 6, 2)
    assert "可能已经届满" in late.sentences[1]
    assert "劳动关系存续期间拖欠劳动报酬的，不受一年限制" in late.limit_text
    assert labour_hint(date(2026, 11, 3), None, DAY, CALENDAR).limit_text == ""


def test_dl03_the_year_has_not_run_out_before_the_day_after_the_holiday() -> None:
    """Civil Code art. 203: known 2025-10-04, the own last day is a holiday, the year ends on 2026-10-08."""
    known = date(2025, 10, 4)
    asked = labour_hint(date(2026, 10, 8), known, date(2026, 10, 8), CALENDAR)
    assert asked.arbitration_until == date(2027, 10, 8)
    assert asked.limit_text == "仲裁时效一年，申请调解时中断，重新计算到 2027 年 10 月 8 日。"
    late = labour_hint(date(2026, 10, 9), known, date(2026, 10, 9), CALENDAR)
    assert (late.arbitration_until, late.limit_text) == (date(2026, 10, 8), LABOUR_OVER)


def test_dl03_the_year_is_told_on_its_own_last_day_until_that_has_gone_by() -> None:
    asked, known = date(2025, 10, 4), date(2025, 6, 2)
    for today, until in ((date(2026, 10, 4), date(2026, 10, 4)), (date(2026, 10, 5), date(2026, 10, 8))):
        assert labour_hint(asked, known, today, CALENDAR).arbitration_until == until
