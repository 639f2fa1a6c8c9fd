"""The demo's clock."""

from datetime import timedelta

from desk import clock
from desk.demo.stage import SPAN_DAYS, MorningClock


def test_the_morning_begins_at_half_past_eight_and_jumps() -> None:
    time = MorningClock(clock.now())
    first = time.now()
    assert (first.hour, first.minute) == (8, 30)
    assert first.date() == clock.today() - timedelta(days=SPAN_DAYS)
    time.pass_by(12)
    assert timedelta(minutes=12) <= time.now() - first < timedelta(minutes=13)
    assert timedelta(weeks=3) - timedelta(minutes=1) < time.now() - time.weeks_ago(3) <= timedelta(weeks=3)


def test_weeks_pass_until_today() -> None:
    time = MorningClock(clock.now())
    wanted = time.days_on(SPAN_DAYS).date()
    time.pass_by(days=SPAN_DAYS)
    assert time.now().date() == wanted == clock.today()
