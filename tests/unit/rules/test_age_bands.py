"""The age bands of F-50: every age is in exactly one, in the order of the ages."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules import labels
from desk.rules.age_bands import band

ON = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("birth", "code"),
    [
        *((date(2026, 11, 26), "under_18"), (date(2008, 11, 27), "under_18"), (date(2008, 11, 26), "18_35")),
        *((date(1990, 11, 27), "18_35"), (date(1990, 11, 26), "36_59"), (date(1966, 11, 27), "36_59")),
        *((date(1966, 11, 26), "60_up"), (date(1920, 1, 1), "60_up"), (date(2026, 11, 27), "")),
    ],
)
def test_the_bounds(birth: date, code: str) -> None:
    assert band(birth, ON) == code


@given(one=st.dates(date(1900, 1, 1), ON), other=st.dates(date(1900, 1, 1), ON))
def test_who_is_older_is_never_in_a_younger_band(one: date, other: date) -> None:
    order = [code for code in labels.AGE_BAND if code]
    older, younger = sorted((one, other))
    assert order.index(band(older, ON)) >= order.index(band(younger, ON))
