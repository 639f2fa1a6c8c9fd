"""Case numbers of mediations (CL-5): 〔2026〕示例人调字第27号, one series a committee and year.

The series starts at 1, has no gap and never gives a number twice, so only one PC of the station (or the hub)
gives it; agreement, follow-up and confirmation papers bear the number of their case. Style and width are the
profile's (number.mediation_case; official style has no leading zero, DOC-08).
"""

from typing import Final

from desk.errors import InputProblem
from desk.rules.numbers import Number, NumberPattern

SERIES: Final = "case:"
"""How the series of a committee is kept: this, and the committee's id."""

_SHORT_MOST: Final = 20
_BRACKETS: Final = frozenset("〔〕[]【】()（）{}第号")


def case_pattern(text: str) -> NumberPattern:
    """Return the pattern of case numbers. Raises InputProblem (field `number`) if it cannot keep committees
    apart, or names a PC: the series is the committee's.
    """
    pattern = NumberPattern(text)
    if "{committee}" not in text or "{letter}" in text:
        raise InputProblem(
            f"调解案号样式“{text}”不对。",
            way_out="样式里要有 {year}、{committee} 和 {n}，不用 {letter}：案号按调委会和年度连续编。",
            field="number",
        )
    return pattern


def check_short_name(short: str) -> str:
    """Return the committee's short name as numbers bear it.

    Raises InputProblem (field `short_name`) if it is empty, too long or would not be read back.
    """
    clean = "".join(short.split())
    if not clean:
        raise InputProblem("请填写调委会简称，案号里要用，例如“乾佑”。", field="short_name")
    if len(clean) > _SHORT_MOST:
        raise InputProblem(f"调委会简称最多 {_SHORT_MOST} 个字。", field="short_name")
    wrong = [character for character in clean if character in _BRACKETS]
    if wrong:
        raise InputProblem(f"调委会简称里不能有“{wrong[0]}”。", field="short_name")
    return clean


def case_number(pattern: NumberPattern, short: str, year: int, n: int) -> str:
    """Return the number as printed: 〔2026〕乾佑人调字第12号."""
    return pattern.format(Number(year, n, committee=check_short_name(short)))
