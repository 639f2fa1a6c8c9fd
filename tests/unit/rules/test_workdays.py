"""DL-03 and DL-06: rest days, swapped workdays, and years nobody has told us about."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.workdays import Calendar
from tests.unit.rules.calendar_2026 import CALENDAR, HOLIDAYS, WORKDAYS


@pytest.mark.parametrize("day", sorted(WORKDAYS))
def test_dl06_a_swapped_weekend_day_is_worked(day: date) -> None:
    assert day.weekday() >= 5
    assert CALENDAR.is_working(day)


@pytest.mark.parametrize("day", sorted(HOLIDAYS))
def test_dl03_a_holiday_is_not_worked(day: date) -> None:
    assert not CALENDAR.is_working(day)


def test_dl03_plain_weekends_rest() -> None:
    assert not CALENDAR.is_working(date(2026, 11, 21))
    assert not CALENDAR.is_working(date(2026, 11, 22))
    assert CALENDAR.is_working(date(2026, 11, 23))


def test_dl06_an_unknown_year_falls_back_to_weekdays_and_says_so() -> None:
    new_year = date(2027, 1, 1)
    assert CALENDAR.is_working(new_year)
    assert not CALENDAR.knows(new_year)
    assert CALENDAR.knows(date(2026, 1, 1))


@given(st.dates())
def test_dl06_without_any_calendar_monday_to_friday_are_worked(day: date) -> None:
    assert Calendar().is_working(day) == (day.weekday() < 5)


@given(st.dates(date(2025, 6, 1), date(2027, 6, 1)), st.integers(0, 60), st.integers(0, 60))
def test_working_days_add_up(start: date, first: int, second: int) -> None:
    middle = date.fromordinal(start.toordinal() + first)
    end = date.fromordinal(middle.toordinal() + second)
    count = CALENDAR.working_days
    assert count(start, end) == count(start, middle) + count(middle, end)
    assert count(end, start) == 0
