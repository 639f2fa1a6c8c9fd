"""Terms and due dates (DL-01…07), the words for what is left, and the colours 白黄红 of supervision.

A date is computed from a start, a term, the calendar and the pauses; it is never stored over. Whoever keeps
a clock stores start, term, pauses and profile version, and asks again (DL-07).
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desk.rules.workdays import Calendar

_ONE_DAY = dt.timedelta(days=1)
_MONTHS = 12


class Unit(StrEnum):
    """The unit of a day count; it is stored with every deadline (DL-04)."""

    DAY = "day"
    WORKDAY = "workday"
    MONTH = "month"


_COUNTED = {Unit.DAY: "天", Unit.WORKDAY: "个工作日", Unit.MONTH: "个月"}


@dataclass(frozen=True)
class Term:
    """A length of time with its unit, such as 3 working days."""

    count: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.count < 0:
            raise ValueError("a term has no negative length")

    def __str__(self) -> str:
        return f"{self.count} {_COUNTED[self.unit]}"


@dataclass(frozen=True)
class Pause:
    """A stretch of days that do not count, both ends included, with its reason (DL-07).

    A pause that is still open is handed in as ending today: the due date then moves on day by day.
    """

    start: dt.date
    end: dt.date
    reason: str

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError("a pause ends before it starts")


@dataclass(frozen=True)
class Due:
    """The answer to "by when?".

    `raw` is the last day of the term itself, `date` the day it really ends; `moved` says that a rest day
    pushed it on (DL-03); `guessed` that a year without a known calendar was looked at (DL-06).
    """

    date: dt.date
    raw: dt.date
    moved: bool
    guessed: bool
    term: Term
    pauses: tuple[Pause, ...]


@dataclass(frozen=True)
class Remaining:
    """Days left in `unit` (negative: days overdue, always calendar days) and the words for them."""

    days: int
    unit: Unit
    text: str


def due(start: dt.date, term: Term, calendar: Calendar, pauses: Iterable[Pause] = ()) -> Due:
    """Return when a term that was triggered on `start` ends (DL-01…07).

    Counting begins the day after `start` (DL-01); months end on the same day number or the month's last day
    (DL-02); a rest day passes the end on to the next working day (DL-03); paused days do not count (DL-07).
    """
    kept = tuple(pauses)
    looked_at: set[int] = set()

    def works(day: dt.date) -> bool:
        looked_at.add(day.year)
        return calendar.is_working(day)

    if term.unit is Unit.MONTH:
        raw = _months_later(start, term.count)
        raw = _advance(raw, _paused_days(start, raw, kept), kept)
    elif term.unit is Unit.DAY:
        raw = _advance(start, term.count, kept)
    else:
        raw = start
        for _step in range(term.count):
            raw = _advance(raw, 1, kept)
            while not works(raw):
                raw = _advance(raw, 1, kept)
    last = raw
    while not works(last):
        last = _advance(last, 1, kept)
    guessed = any(year not in calendar.years for year in looked_at)
    return Due(last, raw, last != raw, guessed, term, kept)


def remaining(deadline: Due, today: dt.date, calendar: Calendar) -> Remaining:
    """Say how long is left on `today`: 剩 3 个工作日, 剩 2 天, 今天到期, 逾期 2 天 (product.md Colours).

    Terms in working days are said in working days, others in days; overdue is always said in calendar days.
    """
    working = deadline.term.unit is Unit.WORKDAY
    unit = Unit.WORKDAY if working else Unit.DAY
    if today > deadline.date:
        late = (today - deadline.date).days
        return Remaining(-late, Unit.DAY, f"逾期 {late} 天")
    if today == deadline.date:
        return Remaining(0, unit, "今天到期")
    left = _days_between(today, deadline.date, unit, calendar)
    return Remaining(left, unit, f"剩 {Term(left, unit)}")


def until_text(day: dt.date, today: dt.date | None = None) -> str:
    """Return 截至 11 月 26 日（含当日）; with the year if `today` is in another or not given."""
    year = "" if today is not None and today.year == day.year else f"{day.year} 年 "
    return f"截至 {year}{day.month} 月 {day.day} 日（含当日）"


class Colour(StrEnum):
    """白 due soon, 黄 overdue, 红 long or repeatedly overdue (product.md Colours)."""

    WHITE = "white"
    YELLOW = "yellow"
    RED = "red"


class Trigger(StrEnum):
    """What lights a colour (domain.md §5)."""

    DAYS_BEFORE_DUE = "days_before_due"
    DAYS_OVERDUE = "days_overdue"
    NTH_REMINDER = "nth_reminder"
    DISSATISFIED = "dissatisfied"
    RETURNED = "returned_for_quality"


@dataclass(frozen=True)
class ColourRule:
    """One row of the profile: from `count` on (or down to it, before the due date) the colour is lit.

    `unit` counts for the two triggers in days: day or workday.
    """

    colour: Colour
    trigger: Trigger
    count: int
    unit: Unit = Unit.DAY


@dataclass(frozen=True)
class Supervised:
    """What is known about one matter assigned to one unit on the day asked."""

    due_on: dt.date
    today: dt.date
    reminders: int = 0
    dissatisfied: bool = False
    returned: bool = False


_STRENGTH = {Colour.WHITE: 1, Colour.YELLOW: 2, Colour.RED: 3}


def colour(rules: Sequence[ColourRule], case: Supervised, calendar: Calendar) -> Colour | None:
    """Return the strongest colour a rule lights, or None: no colour while in time (product.md Colours)."""
    lit = [rule.colour for rule in rules if _lights(rule, case, calendar)]
    return max(lit, key=_STRENGTH.__getitem__, default=None)


def _lights(rule: ColourRule, case: Supervised, calendar: Calendar) -> bool:
    if rule.trigger is Trigger.DAYS_BEFORE_DUE:
        left = _days_between(case.today, case.due_on, rule.unit, calendar)
        return case.today <= case.due_on and left <= rule.count
    if rule.trigger is Trigger.DAYS_OVERDUE:
        late = _days_between(case.due_on, case.today, rule.unit, calendar)
        return case.today > case.due_on and late >= rule.count
    if rule.trigger is Trigger.NTH_REMINDER:
        return case.reminders >= rule.count
    return case.dissatisfied if rule.trigger is Trigger.DISSATISFIED else case.returned


def _days_between(after: dt.date, until: dt.date, unit: Unit, calendar: Calendar) -> int:
    """Days after `after` up to and including `until`; never negative."""
    if unit is Unit.WORKDAY:
        return calendar.working_days(after, until)
    return max(0, (until - after).days)


def _advance(day: dt.date, count: int, pauses: Sequence[Pause]) -> dt.date:
    """Go on by `count` days that are not paused."""
    if not pauses:
        return day + dt.timedelta(days=count)
    for _step in range(count):
        day += _ONE_DAY
        while _is_paused(day, pauses):
            day += _ONE_DAY
    return day


def _is_paused(day: dt.date, pauses: Sequence[Pause]) -> bool:
    return any(pause.start <= day <= pause.end for pause in pauses)


def _paused_days(start: dt.date, last: dt.date, pauses: Sequence[Pause]) -> int:
    """Count the days after `start` up to `last` that lie in a pause, each of them once."""
    span = (start + dt.timedelta(days=step) for step in range(1, (last - start).days + 1))
    return sum(_is_paused(day, pauses) for day in span)


def _months_later(start: dt.date, months: int) -> dt.date:
    """Same day number `months` later, or that month's last day if it has no such day (DL-02)."""
    years, month = divmod(start.month - 1 + months, _MONTHS)
    first = dt.date(start.year + years, month + 1, 1)
    next_first = dt.date(first.year + first.month // _MONTHS, first.month % _MONTHS + 1, 1)
    last_day = (next_first - _ONE_DAY).day
    return first.replace(day=min(start.day, last_day))
