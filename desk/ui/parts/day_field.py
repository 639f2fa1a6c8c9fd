"""A day or a moment typed by hand, quicker than any calendar: 2026-11-12, 11-12, 1112, 今天."""

import re
from datetime import date, datetime

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from desk import clock
from desk.rules.width import half_width
from desk.text import _
from desk.ui.parts.fields import LineField

_YEARS = range(1900, 2200)
_WORDS = {"今天": 0, "昨天": -1, "明天": 1}
_SPLIT = re.compile(r"[-./年月日\s]+")
_CLOCK = re.compile(r"^(?P<day>.*?)\s*(?P<hour>\d{1,2})[::点](?P<minute>\d{0,2})分?$")


def read_day(text: str, today: date) -> date | None:
    """Return the day somebody typed, None for nothing; without a year it is this year's.

    Raises ValueError for what is no day of our time: 26-11-12 may be a day of this century or a birthday of
    the last, and is never of the year 26.
    """
    typed = half_width(text).strip()
    if not typed:
        return None
    if typed in _WORDS:
        return date.fromordinal(today.toordinal() + _WORDS[typed])
    if typed.isdecimal() and len(typed) in (4, 8):
        typed = f"{typed[:-4]}-{typed[-4:-2]}-{typed[-2:]}".lstrip("-")
    parts = [int(part) for part in _SPLIT.split(typed) if part.isdecimal()]
    if len(parts) == 2:
        return date(today.year, *parts)
    if len(parts) == 3 and parts[0] in _YEARS:
        return date(*parts)
    raise ValueError(text)


def read_moment(text: str, now: datetime) -> datetime | None:
    """Return the moment somebody typed (11-12 9:30), None for nothing; a time alone is today's.

    Raises ValueError for what is no moment.
    """
    typed = half_width(text).strip()
    if not typed:
        return None
    found = _CLOCK.match(typed)
    if found is None:
        raise ValueError(text)
    day = read_day(found["day"], now.date()) or now.date()
    return datetime(
        day.year, day.month, day.day, int(found["hour"]), int(found["minute"] or 0), tzinfo=now.tzinfo
    )


class DayField(LineField):
    """One day. What is typed becomes 2026-11-12 when the field is left."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, limit=20, hint=_("如 11-12"), parent=parent)

    def day(self) -> date | None:
        """Return the day, None for nothing and for what cannot be read."""
        try:
            return read_day(self.text(), clock.today())
        except ValueError:
            return None

    def set_day(self, day: date | None) -> None:
        """Show a day."""
        self.setText(day.isoformat() if day is not None else "")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Write the day out in full, so that everybody sees how it was understood."""
        super().focusOutEvent(event)
        if self.day() is not None:
            self.set_day(self.day())


class MomentField(LineField):
    """One moment of a day, to the minute."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, limit=30, hint=_("如 11-12 9:30"), parent=parent)

    def moment(self) -> datetime | None:
        """Return the moment, None for nothing and for what cannot be read."""
        try:
            return read_moment(self.text(), clock.now())
        except ValueError:
            return None

    def set_moment(self, at: datetime | None) -> None:
        """Show a moment in local time."""
        self.setText(f"{at.astimezone(clock.now().tzinfo):%Y-%m-%d %H:%M}" if at is not None else "")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Write the moment out in full."""
        super().focusOutEvent(event)
        if self.moment() is not None:
            self.set_moment(self.moment())


def day_problem(text: str) -> str:
    """Return what is wrong with a typed day, "" for nothing."""
    try:
        read_day(text, clock.today())
    except ValueError:
        return _("看不懂这个日期，请写成 2026-11-12 或 11-12。")
    return ""


def moment_problem(text: str) -> str:
    """Return what is wrong with a typed moment, "" for nothing."""
    try:
        read_moment(text, clock.now())
    except ValueError:
        return _("看不懂这个时间，请写成 11-12 9:30。")
    return ""
