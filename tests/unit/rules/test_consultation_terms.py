"""FL-10: letters in seven working days, messages within a day."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.consultation_codes import CHANNEL
from desk.rules.consultation_terms import answer_by
from desk.services.profile import load_default
from tests.unit.rules.calendar_2026 import CALENDAR

CHINA = timezone(timedelta(hours=8))
PROFILE = load_default()


def test_fl_10_a_letter_is_answered_in_seven_working_days() -> None:
    """The National Day holiday and the swapped Saturday of 10 October lie between."""
    found = answer_by("letter", datetime(2026, 9, 30, 9, 0, tzinfo=CHINA), PROFILE, CALENDAR)
    assert found is not None
    assert (found.on, found.moment) == (date(2026, 10, 15), None)
    assert found.text == "截至 10 月 15 日（含当日）"


def test_fl_10_a_message_is_answered_within_a_day() -> None:
    found = answer_by("network", datetime(2026, 10, 1, 21, 30, tzinfo=CHINA), PROFILE, CALENDAR)
    assert found is not None
    assert found.moment == datetime(2026, 10, 2, 21, 30, tzinfo=CHINA)
    assert found.text == "截至 10 月 2 日 21:30"


@pytest.mark.parametrize("channel", ["visit", "phone", "home"])
def test_who_is_here_is_answered_at_once(channel: str) -> None:
    assert answer_by(channel, datetime(2026, 10, 1, 9, 0, tzinfo=CHINA), PROFILE, CALENDAR) is None


@given(st.sampled_from(sorted(CHANNEL)), st.integers(0, 365 * 24))
def test_an_answer_is_never_due_before_the_question(channel: str, hours: int) -> None:
    received_at = datetime(2026, 1, 1, tzinfo=CHINA) + timedelta(hours=hours)
    found = answer_by(channel, received_at, PROFILE, CALENDAR)
    assert found is None or found.on > received_at.date()
