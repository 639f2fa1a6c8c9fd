"""The 2026 calendar of domain.md §2 (source S47), as the vectors use it."""

from datetime import date, timedelta

from desk.rules.workdays import Calendar, YearDays


def _span(month: int, first: int, last: int) -> set[date]:
    start = date(2026, month, first)
    return {start + timedelta(days=step) for step in range(last - first + 1)}


HOLIDAYS = frozenset(
    _span(1, 1, 3)
    | _span(2, 15, 23)
    | _span(4, 4, 6)
    | _span(5, 1, 5)
    | _span(6, 19, 21)
    | _span(9, 25, 27)
    | _span(10, 1, 7)
)
WORKDAYS = frozenset(
    date(2026, month, day) for month, day in [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)]
)
CALENDAR = Calendar({2026: YearDays(HOLIDAYS, WORKDAYS)})
