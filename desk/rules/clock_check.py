"""Is the computer's clock plausible? Asked before a number or a deadline is made (issue A §8)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal


@dataclass(frozen=True)
class ClockDoubt:
    """Why the clock must be confirmed, and the sentence that asks."""

    kind: Literal["before_build", "backwards", "ahead"]
    sentence: str


@dataclass(frozen=True)
class ClockLimits:
    """Bounds from the profile: clock.max_back in minutes, clock.max_ahead in days."""

    max_back_minutes: int = 5
    max_ahead_days: int = 30


def doubt(now: datetime, *, last: datetime | None, built_on: date, limits: ClockLimits) -> ClockDoubt | None:
    """Return the doubt about `now`, or None when it is plausible.

    `last` is the last time the store has seen (None in a new store), `built_on` when the program was
    built. All times are aware. Being slightly before `last` is forgiven: clocks are set right by the network.
    """
    if now.date() < built_on:
        sentence = f"电脑的时间是 {_shown(now)}，比本程序的制作日期还早。请核对日期和时间。"
        return ClockDoubt("before_build", sentence)
    if last is None:
        return None
    if now < last - timedelta(minutes=limits.max_back_minutes):
        sentence = f"电脑的时间是 {_shown(now)}，比上次记录的时间 {_shown(last)} 还早。请核对日期和时间。"
        return ClockDoubt("backwards", sentence)
    if now > last + timedelta(days=limits.max_ahead_days):
        days = (now - last).days
        return ClockDoubt(
            "ahead", f"电脑的时间是 {_shown(now)}，离上次使用已有 {days} 天。请核对日期和时间。"
        )
    return None


def _shown(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
