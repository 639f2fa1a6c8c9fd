"""The columns of a table of statistics: a period parted into months, quarters or years (§3.8)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from desk.text import _

MOST_YEARS = 5
"""Columns a sheet has room for beside the sum; a longer period is shown as its sum only."""


@dataclass(frozen=True)
class Span:
    """One column: what stands above it, its first and its last day."""

    label: str
    first: date
    last: date


def spans(first: date, last: date) -> tuple[Span, ...]:
    """Return the parts of a period, both days included, cut at its ends; () when one column says it all.

    A quarter is parted into months, a year into quarters, several years into years, so that the parts always
    add up to the period. Raises ValueError for days the wrong way round.
    """
    if last < first:
        raise ValueError(f"{first} comes after {last}")
    if first.year != last.year:
        return tuple(_years(first, last)) if last.year - first.year < MOST_YEARS else ()
    found = tuple(_months(first, last, 3))
    if len(found) == 1:
        found = tuple(_months(first, last, 1))
    return found if len(found) > 1 else ()


def _years(first: date, last: date) -> Iterator[Span]:
    for year in range(first.year, last.year + 1):
        begun, ended = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
        yield Span(_("{year}年").format(year=year), begun, ended)


def _months(first: date, last: date, count: int) -> Iterator[Span]:
    """Yield the stretches of `count` months of a year that the period touches."""
    year = first.year
    for month in range((first.month - 1) // count * count + 1, last.month + 1, count):
        after = date(year + (month + count > 12), (month + count - 1) % 12 + 1, 1)
        label = _QUARTERS[month // 3] if count == 3 else "{month}月"
        ended = min(last, after - timedelta(days=1))
        yield Span(_(label).format(month=month), max(first, date(year, month, 1)), ended)


_QUARTERS = ("一季度", "二季度", "三季度", "四季度")
