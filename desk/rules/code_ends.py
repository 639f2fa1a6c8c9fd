"""Whether a phone or a number on paper ends in what was typed: one rule for every group of a search.

The index (`grams`) knows four neighbours and the last three of a code each by itself: of a record with
several codes one may hold the former and another the latter. What ends so is said here, of the code itself.
"""

import re
from collections.abc import Iterable

from desk.rules.grams import as_searched

_RUN = re.compile("[0-9a-z]+")
# Between the digits of a phone that is kept as it was typed.
_BLANKS = re.compile(r"(?<=[0-9])\s+(?=[0-9])")


def ends_in(code: str, end: str) -> bool:
    """Return whether a code ends in `end` (`grams.code_end`), however its parts are set apart.

    Of 〔2026〕示例人调字第1027号 that is 1027 alone, of +852 9123 4567 all of its digits.
    """
    runs = _RUN.findall(_BLANKS.sub("", as_searched(code)))
    return bool(end) and bool(runs) and runs[-1].endswith(end)


def any_ends_in(codes: Iterable[str], end: str) -> bool:
    """Return whether one of the codes ends so."""
    return any(ends_in(code, end) for code in codes)
