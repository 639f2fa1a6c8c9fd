"""Issue A §8, bad days: a clock set to 1970 or to next year must be confirmed."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.clock_check import ClockLimits, doubt

CST = timezone(timedelta(hours=8))
LAST = datetime(2026, 11, 23, 10, 30, tzinfo=CST)
BUILT = date(2026, 11, 1)
LIMITS = ClockLimits(max_back_minutes=5, max_ahead_days=30)


def kind(now: datetime, last: datetime | None = LAST) -> str | None:
    found = doubt(now, last=last, built_on=BUILT, limits=LIMITS)
    return found.kind if found else None


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(1970, 1, 1, 8, tzinfo=CST), "before_build"),
        (datetime(2026, 10, 31, 23, 59, tzinfo=CST), "before_build"),
        (LAST - timedelta(minutes=6), "backwards"),
        (LAST - timedelta(minutes=5), None),
        (LAST, None),
        (LAST + timedelta(days=30), None),
        (LAST + timedelta(days=30, seconds=1), "ahead"),
        (LAST + timedelta(days=365), "ahead"),
    ],
)
def test_bad_days(now: datetime, expected: str | None) -> None:
    assert kind(now) == expected


def test_a_new_store_knows_the_build_date_only() -> None:
    assert kind(datetime(2026, 10, 1, tzinfo=CST), last=None) == "before_build"
    assert kind(datetime(2028, 1, 1, tzinfo=CST), last=None) is None


def test_the_sentence_says_both_times() -> None:
    found = doubt(LAST - timedelta(days=3), last=LAST, built_on=BUILT, limits=LIMITS)
    assert found is not None
    assert "2026-11-20 10:30" in found.sentence
    assert "2026-11-23 10:30" in found.sentence
    ahead = doubt(LAST + timedelta(days=365), last=LAST, built_on=BUILT, limits=LIMITS)
    assert ahead is not None
    assert "365 天" in ahead.sentence


@given(st.timedeltas(timedelta(0), timedelta(days=30)))
def test_time_going_on_as_usual_is_never_doubted(passed: timedelta) -> None:
    assert kind(LAST + passed) is None


@given(st.integers(-12, 14))
def test_another_offset_of_the_same_moment_changes_nothing(hours: int) -> None:
    assert kind(LAST.astimezone(timezone(timedelta(hours=hours)))) is None
