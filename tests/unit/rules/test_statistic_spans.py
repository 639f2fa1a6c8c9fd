"""§3.8, monthly and quarterly: the parts of a period follow one another and make it up."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.statistic_spans import MOST_YEARS, spans

days = st.dates(date(2019, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), ["一季度", "二季度", "三季度", "四季度"]),
        (date(2026, 1, 1), date(2026, 11, 26), ["一季度", "二季度", "三季度", "四季度"]),
        (date(2026, 10, 1), date(2026, 12, 31), ["10月", "11月", "12月"]),
        (date(2026, 4, 9), date(2026, 5, 2), ["4月", "5月"]),
        (date(2026, 11, 1), date(2026, 11, 30), []),
        (date(2024, 7, 1), date(2026, 6, 30), ["2024年", "2025年", "2026年"]),
        (date(2019, 1, 1), date(2026, 6, 30), []),
    ],
)
def test_a_period_is_parted_as_reports_are_asked_for(first: date, last: date, labels: list[str]) -> None:
    assert [span.label for span in spans(first, last)] == labels


@given(days, days)
def test_parts_follow_one_another_and_make_up_the_period(one: date, other: date) -> None:
    first, last = sorted((one, other))
    found = spans(first, last)
    if not found:
        return
    assert (found[0].first, found[-1].last) == (first, last)
    for before, after in pairwise(found):
        assert after.first == before.last + timedelta(days=1)
    assert all(span.first <= span.last for span in found)
    assert 2 <= len(found) <= MOST_YEARS
    assert len({span.label for span in found}) == len(found)


def test_days_the_wrong_way_round_are_a_bug() -> None:
    with pytest.raises(ValueError, match="comes after"):
        spans(date(2026, 2, 1), date(2026, 1, 1))
