"""The monthly and quarterly figures of people's mediation (§3.8), as a fold over frozen facts of cases.

Counted is what was accepted; what was not is told apart. The sums hold by construction: over types, over
sources and over committees they are the total; written and oral agreements are the successes.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from desk.rules.dispute_codes import (
    AGREEMENT_FORM,
    COMMITTEE_KIND,
    CONFIRMATION,
    DIFFICULTY,
    DISPUTE_TYPE,
    PARENT_TYPE,
    PERFORMANCE,
    PREVENTED,
    RESULT,
    SOURCE,
    SOURCE_GROUP,
    parent_type,
    source_group,
)


@dataclass(frozen=True)
class CaseFact:
    """What is counted of one case; codes are those of `dispute_codes`.

    `result` is "" for a case that was never accepted; `people` 涉及当事人数; `fen` the sum of the agreement;
    `prevented` the codes of PREVENTED and `prevented_people` how many people that was. Raises ValueError for
    codes no table has and for a success without a form: such a fact would break the sums.
    """

    dispute_type: str
    source: str
    committee_kind: str
    result: str
    people: int = 2
    difficulty: str = "ordinary"
    form: str = ""
    fen: int = 0
    performance: str = "not_performed"
    confirmation: str = "none"
    prevented: tuple[str, ...] = ()
    prevented_people: int = 0

    def __post_init__(self) -> None:
        known = (
            (self.dispute_type, DISPUTE_TYPE),
            (self.source, SOURCE),
            (self.committee_kind, COMMITTEE_KIND),
            (self.difficulty, DIFFICULTY),
            (self.performance, PERFORMANCE),
            (self.confirmation, CONFIRMATION),
            *((code, PREVENTED) for code in self.prevented),
        )
        for code, table in known:
            if code not in table:
                raise ValueError(f"no code of a case: {code!r}")
        if self.result and self.result not in RESULT:
            raise ValueError(f"no result: {self.result!r}")
        if self.result == "success" and self.form not in AGREEMENT_FORM:
            raise ValueError("a success has a written or an oral agreement")


@dataclass(frozen=True)
class SweepFact:
    """One 排查: how many disputes it found and how many it kept from breaking out."""

    found: int = 0
    prevented: int = 0


@dataclass(frozen=True)
class Kept:
    """How many cases and people were kept from something worse (件／人)."""

    cases: int
    people: int


@dataclass(frozen=True)
class Figures:
    """The figures of a period; every mapping has all codes of its table, zeros too.

    `cases` 调解案件总数; `fen` 协议涉及金额; `hard` 疑难复杂案件; `not_accepted` what was registered and not
    accepted; `forms`, `performance`, `confirmation` and `fen` count the successes.
    """

    cases: int
    not_accepted: int
    people: int
    hard: int
    fen: int
    results: Mapping[str, int]
    types: Mapping[str, int]
    parent_types: Mapping[str, int]
    sources: Mapping[str, int]
    source_groups: Mapping[str, int]
    committees: Mapping[str, int]
    forms: Mapping[str, int]
    performance: Mapping[str, int]
    confirmation: Mapping[str, int]
    kept: Mapping[str, Kept]
    sweeps: int
    found: int
    prevented: int

    @property
    def success_rate(self) -> Fraction | None:
        """Return 成功 / (成功 + 不成功); pending and referred cases are left out. None: nothing ended yet."""
        ended = self.results["success"] + self.results["failed"]
        return Fraction(self.results["success"], ended) if ended else None


def figures(cases: Iterable[CaseFact], sweeps: Iterable[SweepFact] = ()) -> Figures:
    """Fold the cases and sweeps of a period into its figures (§3.8)."""
    every = tuple(cases)
    taken = [case for case in every if case.result]
    agreed = [case for case in taken if case.result == "success"]
    swept = tuple(sweeps)
    return Figures(
        cases=len(taken),
        not_accepted=len(every) - len(taken),
        people=sum(case.people for case in taken),
        hard=sum(case.difficulty == "hard" for case in taken),
        fen=sum(case.fen for case in agreed),
        results=_counted(RESULT, (case.result for case in taken)),
        types=_counted(DISPUTE_TYPE, (case.dispute_type for case in taken)),
        parent_types=_counted(PARENT_TYPE, (parent_type(case.dispute_type) for case in taken)),
        sources=_counted(SOURCE, (case.source for case in taken)),
        source_groups=_counted(SOURCE_GROUP, (source_group(case.source) for case in taken)),
        committees=_counted(COMMITTEE_KIND, (case.committee_kind for case in taken)),
        forms=_counted(AGREEMENT_FORM, (case.form for case in agreed)),
        performance=_counted(PERFORMANCE, (case.performance for case in agreed)),
        confirmation=_counted(CONFIRMATION, (case.confirmation for case in agreed)),
        kept={code: _kept(code, taken) for code in PREVENTED},
        sweeps=len(swept),
        found=sum(sweep.found for sweep in swept),
        prevented=sum(sweep.prevented for sweep in swept),
    )


def rate_text(rate: Fraction | None) -> str:
    """Return a rate as a sheet shows it, 97.4%, rounded half up; — while there is nothing to divide."""
    if rate is None:
        return "—"
    tenths = int(rate * 1000 + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10}%"


def _counted(table: Mapping[str, str], codes: Iterable[str]) -> dict[str, int]:
    found = Counter(codes)
    return {code: found[code] for code in table}


def _kept(code: str, cases: Iterable[CaseFact]) -> Kept:
    told = [case for case in cases if code in case.prevented]
    return Kept(len(told), sum(case.prevented_people for case in told))
