"""年龄段 of form F-50 (domain.md 7.5): enough for the figures, and less than a date of birth (SEC-10).

The bounds are those of the law on minors (art. 2: under 18), of the youth plan (up to 35) and of the law on
older people (art. 2: from 60).
"""

from datetime import date
from typing import Final

from desk.rules.identity import age

_FROM: Final = ((60, "60_up"), (36, "36_59"), (18, "18_35"), (0, "under_18"))


def band(birth: date, on: date) -> str:
    """Return the code (`labels.AGE_BAND`) of somebody born then, on a day; "" for who is not born yet."""
    years = age(birth, on)
    return next((code for least, code in _FROM if years >= least), "")
