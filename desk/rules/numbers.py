"""Numbers people read: printed ones, spoken ones, and those of mediation cases (product.md Numbers).

A printed number never changes: `LF2026-A0312` is kind, year, the PC's letter and a running number, one series
for each station, PC, kind and year, so that two PCs offline never collide. The number said over the phone is
digits only: 8 and a check digit.
"""

import re
import string
from dataclasses import dataclass, field
from typing import Final

from desk.errors import InputProblem
from desk.rules.width import half_width

LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Letters a PC may draw; I and O are left out because they read like 1 and 0."""

SPOKEN_LENGTH: Final = 9
SPOKEN_RANDOM: Final = 16
"""How many random bytes `new_spoken` wants."""

_PLACES: Final = {
    "year": r"(?P<year>[0-9]{4})",
    "letter": r"(?P<letter>[A-Z])",
    "committee": r"(?P<committee>.+?)",
}
_WIDTH = re.compile(r"0([1-9])")
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—－−", "-"))

# H. M. Damm's totally anti-symmetric quasigroup of order 10: catches every single wrong digit and every swap
# of two neighbours.
_DAMM: Final = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


@dataclass(frozen=True)
class Number:
    """The parts of a printed number; a part the pattern does not have is empty."""

    year: int
    n: int
    letter: str = ""
    committee: str = ""


@dataclass(frozen=True)
class NumberPattern:
    """A pattern of the profile, such as `LF{year}-{letter}{n:04}` or `〔{year}〕{committee}人调字第{n}号`.

    Raises InputProblem if it lacks {year} or {n}, names another place, or names one twice.
    """

    text: str
    _shape: re.Pattern[str] = field(init=False, repr=False, compare=False)
    _width: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        parts, places, width = [], [], 1
        for literal, place, spec in _split(self.text):
            parts.append(re.escape(_tidy(literal)))
            if place == "n":
                width = _width_of(spec)
                parts.append(rf"(?P<n>[0-9]{{{width},}})")
            elif place:
                if place not in _PLACES or spec:
                    raise _bad_pattern(self.text)
                parts.append(_PLACES[place])
            places.extend([place] if place else [])
        if len(places) != len(set(places)) or not {"year", "n"} <= set(places):
            raise _bad_pattern(self.text)
        object.__setattr__(self, "_width", width)
        object.__setattr__(self, "_shape", re.compile("".join(parts)))

    def format(self, number: Number) -> str:
        """Return the number as printed; beyond the width it simply takes more digits (> 9999)."""
        return "".join(
            literal + self._part(place, number) if place else literal
            for literal, place, _spec in _split(self.text)
        )

    def parse(self, typed: str) -> Number | None:
        """Read a number as somebody typed it (any case, full width, spaces); None if it is none."""
        found = self._shape.fullmatch(_tidy(typed))
        if found is None:
            return None
        parts = found.groupdict()
        digits = parts["n"]
        if int(digits) < 1 or (len(digits) > self._width and digits.startswith("0")):
            return None
        return Number(int(parts["year"]), int(digits), parts.get("letter", ""), parts.get("committee", ""))

    def _part(self, place: str, number: Number) -> str:
        if place == "n":
            return f"{number.n:0{self._width}}"
        return f"{number.year:04}" if place == "year" else str(getattr(number, place))


def new_spoken(random: bytes) -> str:
    """Return a new spoken number from `SPOKEN_RANDOM` random bytes; the next one cannot be guessed from it.

    Whoever stores it asks again with other bytes when the station already has it.
    """
    if len(random) < SPOKEN_RANDOM:
        raise ValueError("too few random bytes for a spoken number")
    body = f"{int.from_bytes(random) % 10**8:08}"
    return body + str(check_digit(body))


def check_digit(digits: str) -> int:
    """Return Damm's check digit of a string of ASCII digits."""
    interim = 0
    for digit in digits:
        interim = int(_DAMM[interim][int(digit)])
    return interim


def is_spoken(digits: str) -> bool:
    """Tell whether nine digits are a spoken number with the right check digit."""
    return bool(re.fullmatch(r"[0-9]{9}", digits)) and check_digit(digits) == 0


def show_spoken(digits: str) -> str:
    """Return 407188263 as 4071 8826 3."""
    return f"{digits[:4]} {digits[4:8]} {digits[8:]}"


def read_spoken(typed: str) -> str:
    """Return the nine digits of a spoken number as typed. Raises InputProblem when they cannot be right."""
    digits = re.sub(r"[\s-]", "", _tidy(typed))
    if not re.fullmatch(r"[0-9]{9}", digits):
        raise InputProblem("查询号应为 9 位数字。", way_out="请照回执上的查询号再报一遍。", field="spoken")
    if not is_spoken(digits):
        raise InputProblem(
            "查询号里有数字报错或者写颠倒了。", way_out="请照回执上的查询号再报一遍。", field="spoken"
        )
    return digits


def _tidy(text: str) -> str:
    """Undo full width, case and odd hyphens; inner and outer spaces go."""
    return "".join(half_width(text.translate(_HYPHENS)).upper().split())


def _split(pattern: str) -> list[tuple[str, str, str]]:
    """Split a pattern into (literal, place, spec). Raises InputProblem when its braces do not fit."""
    try:
        parts = list(string.Formatter().parse(pattern))
    except ValueError:
        raise _bad_pattern(pattern) from None
    return [(literal, place or "", spec or "") for literal, place, spec, _conversion in parts]


def _width_of(spec: str) -> int:
    found = _WIDTH.fullmatch(spec)
    if spec and found is None:
        raise _bad_pattern(spec)
    return int(found[1]) if found else 1


def _bad_pattern(pattern: str) -> InputProblem:
    return InputProblem(
        f"编号样式“{pattern}”不对。",
        way_out="样式里要有 {year} 和 {n}（可写成 {n:04}），可以有 {letter} 和 {committee}，各写一次。",
        field="number",
    )
