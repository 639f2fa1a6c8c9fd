"""The working-day calendar (DL-06): which days are worked, year by year, as data handed in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

_SATURDAY = 5
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class YearDays:
    """The State Council notice for one year.

    `holidays`: all days off it names; `workdays`: weekend days that are worked (调休上班).
    """

    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()


@dataclass(frozen=True)
class Calendar:
    """Working days of the years that are known; for any other year Monday to Friday (DL-06)."""

    years: Mapping[int, YearDays] = field(default_factory=dict)

    def knows(self, day: date) -> bool:
        """Tell whether the notice for the year of `day` is known; if not, answers about it are a guess."""
        return day.year in self.years

    def is_working(self, day: date) -> bool:
        """Tell whether `day` is worked (DL-03, DL-06); ask `knows` whether the answer is a guess."""
        year = self.years.get(day.year)
        if year is not None:
            if day in year.holidays:
                return False
            if day in year.workdays:
                return True
        return day.weekday() < _SATURDAY

    def working_days(self, after: date, until: date) -> int:
        """Count the working days after `after` up to and including `until`; 0 when `until` is not later."""
        count = 0
        day = after
        while day < until:
            day += _ONE_DAY
            count += self.is_working(day)
        return count
