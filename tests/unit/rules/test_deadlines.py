"""DL-01…07 with every vector of domain.md §2; the words and colours of product.md."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.deadlines import (
    Colour,
    ColourRule,
    Pause,
    Supervised,
    Term,
    Trigger,
    Unit,
    colour,
    due,
    remaining,
    until_text,
)
from desk.rules.workdays import Calendar
from tests.unit.rules.calendar_2026 import CALENDAR

D, W, M = Unit.DAY, Unit.WORKDAY, Unit.MONTH

VECTORS = [
    ("2026-09-04", Term(30, D), "2026-10-04", "2026-10-08"),
    ("2026-02-01", Term(15, D), "2026-02-16", "2026-02-24"),
    ("2026-03-02", Term(60, D), "2026-05-01", "2026-05-06"),
    ("2026-01-30", Term(15, D), "2026-02-14", "2026-02-14"),
    ("2026-01-31", Term(1, M), "2026-02-28", "2026-02-28"),
    ("2025-11-30", Term(3, M), "2026-02-28", "2026-02-28"),
    ("2026-07-01", Term(3, M), "2026-10-01", "2026-10-08"),
    ("2026-08-31", Term(6, M), "2027-02-28", "2027-03-01"),
    ("2026-02-12", Term(5, W), "2026-02-26", "2026-02-26"),
    ("2026-04-29", Term(5, W), "2026-05-09", "2026-05-09"),
    ("2026-09-18", Term(5, W), "2026-09-24", "2026-09-24"),
]


@pytest.mark.parametrize(("start", "term", "raw", "last"), VECTORS)
def test_vectors_of_domain_2(start: str, term: Term, raw: str, last: str) -> None:
    found = due(date.fromisoformat(start), term, CALENDAR)
    assert (found.raw.isoformat(), found.date.isoformat()) == (raw, last)
    assert found.moved == (raw != last)
    assert found.guessed == last.startswith("2027")
    assert found.term == term


def test_dl01_counting_starts_the_day_after() -> None:
    assert due(date(2026, 11, 23), Term(1, D), CALENDAR).date == date(2026, 11, 24)
    assert due(date(2026, 11, 23), Term(3, W), CALENDAR).date == date(2026, 11, 26)


def test_dl02_a_leap_day_is_reached_and_left() -> None:
    assert due(date(2028, 1, 31), Term(1, M), Calendar()).raw == date(2028, 2, 29)
    assert due(date(2028, 2, 29), Term(12, M), Calendar()).raw == date(2029, 2, 28)


def test_dl06_an_unknown_year_is_a_guess() -> None:
    assert due(date(2026, 12, 30), Term(2, W), CALENDAR).guessed
    assert not due(date(2026, 12, 29), Term(2, W), CALENDAR).guessed


def test_dl07_a_pause_moves_the_end_and_stays_a_record_of_its_own() -> None:
    pause = Pause(date(2026, 11, 10), date(2026, 11, 12), "等待鉴定")
    found = due(date(2026, 11, 2), Term(15, D), CALENDAR, [pause])
    assert found.raw == date(2026, 11, 20)
    assert found.pauses == (pause,)
    assert due(date(2026, 11, 2), Term(1, M), CALENDAR, [pause]).raw == date(2026, 12, 5)
    assert due(date(2026, 11, 9), Term(3, W), CALENDAR, [pause]).date == date(2026, 11, 17)


def test_dl07_overlapping_pauses_count_once_and_pauses_elsewhere_do_not_count() -> None:
    twice = [
        Pause(date(2026, 11, 10), date(2026, 11, 12), "等待鉴定"),
        Pause(date(2026, 11, 11), date(2026, 11, 12), "等待材料"),
    ]
    assert due(date(2026, 11, 2), Term(15, D), CALENDAR, twice).raw == date(2026, 11, 20)
    before = Pause(date(2026, 10, 1), date(2026, 11, 2), "旧")
    assert due(date(2026, 11, 2), Term(15, D), CALENDAR, [before]).raw == date(2026, 11, 17)


def test_a_pause_or_term_that_runs_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before"):
        Pause(date(2026, 1, 2), date(2026, 1, 1), "")
    with pytest.raises(ValueError, match="negative"):
        Term(-1, D)


def test_colours_page_words() -> None:
    workdays = due(date(2026, 11, 23), Term(3, W), CALENDAR)
    assert remaining(workdays, date(2026, 11, 23), CALENDAR).text == "剩 3 个工作日"
    assert remaining(workdays, date(2026, 11, 28), CALENDAR).text == "逾期 2 天"
    assert remaining(workdays, date(2026, 11, 26), CALENDAR).text == "今天到期"
    days = due(date(2026, 11, 23), Term(3, D), CALENDAR)
    assert remaining(days, date(2026, 11, 25), CALENDAR).text == "剩 1 天"
    assert until_text(date(2026, 11, 26), date(2026, 11, 23)) == "截至 11 月 26 日（含当日）"
    assert until_text(date(2027, 1, 5), date(2026, 12, 30)) == "截至 2027 年 1 月 5 日（含当日）"
    assert until_text(date(2026, 11, 26)) == "截至 2026 年 11 月 26 日（含当日）"


def test_remaining_working_days_skip_the_holiday() -> None:
    found = due(date(2026, 2, 12), Term(5, W), CALENDAR)
    left = remaining(found, date(2026, 2, 14), CALENDAR)
    assert (left.days, left.unit, left.text) == (3, W, "剩 3 个工作日")


DEFAULT_RULES = (
    ColourRule(Colour.WHITE, Trigger.DAYS_BEFORE_DUE, 7),
    ColourRule(Colour.YELLOW, Trigger.DAYS_OVERDUE, 1),
    ColourRule(Colour.RED, Trigger.DAYS_OVERDUE, 15),
    ColourRule(Colour.RED, Trigger.NTH_REMINDER, 3),
)


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        (-8, None),
        (-7, Colour.WHITE),
        (0, Colour.WHITE),
        (1, Colour.YELLOW),
        (14, Colour.YELLOW),
        (15, Colour.RED),
        (400, Colour.RED),
    ],
)
def test_colours_of_the_proposed_default(offset: int, expected: Colour | None) -> None:
    due_on = date(2026, 11, 26)
    case = Supervised(due_on, due_on + timedelta(days=offset))
    assert colour(DEFAULT_RULES, case, CALENDAR) is expected


def test_the_third_reminder_is_red_even_in_time() -> None:
    case = Supervised(date(2026, 12, 31), date(2026, 11, 1), reminders=3)
    assert colour(DEFAULT_RULES, case, CALENDAR) is Colour.RED


def test_a_county_may_light_a_colour_by_rating_quality_or_working_days() -> None:
    rules = (
        ColourRule(Colour.YELLOW, Trigger.DISSATISFIED, 1),
        ColourRule(Colour.RED, Trigger.RETURNED, 1),
        ColourRule(Colour.WHITE, Trigger.DAYS_BEFORE_DUE, 2, Unit.WORKDAY),
    )
    friday, tuesday = date(2026, 11, 20), date(2026, 11, 24)
    assert colour(rules, Supervised(tuesday, friday), CALENDAR) is Colour.WHITE
    assert colour(rules, Supervised(tuesday, friday, dissatisfied=True), CALENDAR) is Colour.YELLOW
    assert colour(rules, Supervised(tuesday, friday, returned=True), CALENDAR) is Colour.RED
    assert colour((), Supervised(tuesday, friday), CALENDAR) is None


starts = st.dates(date(2025, 1, 1), date(2027, 12, 31))
terms = st.builds(Term, st.integers(0, 120), st.sampled_from([D, W])) | st.builds(
    Term, st.integers(0, 24), st.just(M)
)


@st.composite
def pauses(draw: st.DrawFn) -> Pause:
    first = draw(starts)
    return Pause(first, first + timedelta(days=draw(st.integers(0, 40))), "停")


@given(starts, terms, st.lists(pauses(), max_size=3))
def test_a_term_ends_on_a_working_day_not_before_its_raw_end(
    start: date, term: Term, stops: list[Pause]
) -> None:
    found = due(start, term, CALENDAR, stops)
    assert start <= found.raw <= found.date
    assert CALENDAR.is_working(found.date)
    assert found.moved == (found.raw != found.date)


@given(starts, terms, st.lists(pauses(), max_size=3))
def test_dl07_a_pause_never_shortens(start: date, term: Term, stops: list[Pause]) -> None:
    assert due(start, term, CALENDAR, stops).date >= due(start, term, CALENDAR).date


@given(starts, terms)
def test_a_longer_term_never_ends_earlier(start: date, term: Term) -> None:
    longer = Term(term.count + 1, term.unit)
    assert due(start, longer, CALENDAR).date >= due(start, term, CALENDAR).date


@given(starts, st.integers(1, 120))
def test_dl04_working_days_are_counted_exactly(start: date, count: int) -> None:
    found = due(start, Term(count, W), CALENDAR)
    assert CALENDAR.working_days(start, found.date) == count
    assert remaining(found, start, CALENDAR).days == count
