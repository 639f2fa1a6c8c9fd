"""以案定补: what a year's dossiers earn the mediators who made them, by difficulty and grade of the dossier.

The parties never pay (MED-01); the money is a subsidy of the government, and its rates are rows of the
profile. Sums are whole fen, and what several mediators share is shared to the fen.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

GRADE: Final[Mapping[str, str]] = {
    "excellent": "优秀",
    "qualified": "合格",
    "unqualified": "不合格",
}


@dataclass(frozen=True)
class Graded:
    """One archived dossier: its number, difficulty (CL-4), grade and the mediators of the case.

    Mediators are told apart by what stands for them here: an id, since two may bear one name.
    """

    case_no: str
    difficulty: str
    grade: str
    mediators: tuple[str, ...]


@dataclass(frozen=True)
class SubsidyLine:
    """One line of the yearly list: what the dossier earns, and each mediator's part of it, in fen."""

    case_no: str
    difficulty: str
    grade: str
    fen: int
    shares: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class MediatorSum:
    """What one mediator is due for the year: in how many dossiers, how much, in fen."""

    mediator: str
    dossiers: int
    fen: int


def proposed_grade(missing: Sequence[str], expected: Sequence[str], *, archived: bool, clear: bool) -> str:
    """Propose a grade from the dossier itself; whoever inspects it may give another.

    Unqualified: not archived, or a mandatory paper `missing`. Excellent: nothing `expected` lacks either and
    the agreement passes the clear-content list (SQ-05). Else qualified.
    """
    if missing or not archived:
        return "unqualified"
    return "qualified" if expected or not clear else "excellent"


def is_own_grade(graded_by: str, mediators: Iterable[str]) -> bool:
    """Tell whether who gave a grade is one of the mediators it pays; both by name, as the dossier has them.

    A station may have one head only, who mediates too: the grade holds, but it is told wherever it counts.
    """
    return bool(graded_by) and graded_by in mediators


def subsidy_lines(
    dossiers: Iterable[Graded], rates: Mapping[tuple[str, str], int]
) -> tuple[SubsidyLine, ...]:
    """Return the list in the order given; a pair without a rate earns nothing.

    The mediators of a case share alike; fen that cannot be shared go to those named first. A dossier
    without a mediator earns nothing, since nobody can be paid for it.
    """
    return tuple(_line(each, rates.get((each.difficulty, each.grade), 0)) for each in dossiers)


def sums_by_mediator(lines: Iterable[SubsidyLine]) -> tuple[MediatorSum, ...]:
    """Return the sum of each mediator, in the order of the first dossier; the sums add up to the list."""
    counted: dict[str, list[int]] = {}
    for line in lines:
        for mediator, fen in line.shares:
            counted.setdefault(mediator, []).append(fen)
    return tuple(MediatorSum(mediator, len(parts), sum(parts)) for mediator, parts in counted.items())


def _line(dossier: Graded, rate: int) -> SubsidyLine:
    names = tuple(dict.fromkeys(dossier.mediators))
    if not names:
        return SubsidyLine(dossier.case_no, dossier.difficulty, dossier.grade, 0, ())
    part, rest = divmod(rate, len(names))
    shares = tuple((name, part + (place < rest)) for place, name in enumerate(names))
    return SubsidyLine(dossier.case_no, dossier.difficulty, dossier.grade, rate, shares)
