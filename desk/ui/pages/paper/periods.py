"""The periods a ledger is asked for: this month, this quarter, this year."""

from datetime import date, timedelta

MONTH, QUARTER, YEAR, OWN = "month", "quarter", "year", "own"


def period(code: str, today: date) -> tuple[date, date]:
    """Return the first and the last day of the period in which `today` lies; of OWN, the month's."""
    if code == YEAR:
        return date(today.year, 1, 1), date(today.year, 12, 31)
    first_month = today.month if code != QUARTER else (today.month - 1) // 3 * 3 + 1
    months = 3 if code == QUARTER else 1
    return date(today.year, first_month, 1), _last_day(today.year, first_month + months - 1)


def period_of(first: date, last: date, today: date) -> str:
    """Return the code of the period that these two days are, OWN if none."""
    return next((code for code in (MONTH, QUARTER, YEAR) if period(code, today) == (first, last)), OWN)


def _last_day(year: int, month: int) -> date:
    after = date(year + month // 12, month % 12 + 1, 1)
    return after - timedelta(days=1)
