"""以案定补: rates by difficulty and grade, shared to the fen, sums that add up."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.dispute_codes import DIFFICULTY
from desk.rules.dossier_grade import (
    GRADE,
    Graded,
    MediatorSum,
    is_own_grade,
    proposed_grade,
    subsidy_lines,
    sums_by_mediator,
)
from desk.rules.mediation_rules import subsidy_rates
from desk.services.profile import load_default

RATES = subsidy_rates(load_default(), date(2026, 11, 23))


def test_a_year_of_two_mediators() -> None:
    lines = subsidy_lines(
        [
            Graded("〔2026〕示例人调字第1号", "simple", "excellent", ("周某",)),
            Graded("〔2026〕示例人调字第2号", "hard", "qualified", ("周某", "王某某")),
            Graded("〔2026〕示例人调字第3号", "ordinary", "unqualified", ("王某某",)),
        ],
        RATES,
    )
    assert [line.fen for line in lines] == [3000, 15000, 0]
    assert sums_by_mediator(lines) == (MediatorSum("周某", 2, 10500), MediatorSum("王某某", 2, 7500))


def test_three_share_a_sum_that_does_not_divide() -> None:
    (line,) = subsidy_lines([Graded("1", "simple", "x", ("甲", "乙", "丙"))], {("simple", "x"): 100})
    assert line.shares == (("甲", 34), ("乙", 33), ("丙", 33))


def test_nobody_claims_what_has_no_mediator_or_no_rate() -> None:
    lines = subsidy_lines([Graded("1", "hard", "excellent", ()), Graded("2", "?", "?", ("周某",))], RATES)
    assert [(line.fen, sum(fen for _name, fen in line.shares)) for line in lines] == [(0, 0), (0, 0)]


@pytest.mark.parametrize(
    ("missing", "expected", "archived", "clear", "grade"),
    [
        ([], [], True, True, "excellent"),
        ([], ["回访记录"], True, True, "qualified"),
        ([], [], True, False, "qualified"),
        (["封底"], [], True, True, "unqualified"),
        ([], [], False, True, "unqualified"),
    ],
)
def test_the_grade_follows_the_dossier(
    missing: list[str], expected: list[str], archived: bool, clear: bool, grade: str
) -> None:
    assert proposed_grade(missing, expected, archived=archived, clear=clear) == grade


dossiers = st.builds(
    Graded,
    case_no=st.uuids().map(str),
    difficulty=st.sampled_from(sorted(DIFFICULTY)),
    grade=st.sampled_from(sorted(GRADE)),
    mediators=st.lists(st.sampled_from("甲乙丙丁"), max_size=4).map(tuple),
)


@given(
    st.lists(dossiers, max_size=30), st.dictionaries(st.sampled_from(sorted(RATES)), st.integers(0, 10**7))
)
def test_every_fen_of_the_list_is_some_mediators(
    year: list[Graded], rates: dict[tuple[str, str], int]
) -> None:
    lines = subsidy_lines(year, rates)
    sums = sums_by_mediator(lines)
    assert sum(each.fen for each in sums) == sum(line.fen for line in lines)
    assert sum(each.dossiers for each in sums) == sum(len(line.shares) for line in lines)
    assert len({each.mediator for each in sums}) == len(sums)


def test_who_mediated_grades_the_own_case() -> None:
    assert is_own_grade("王某某", ("周某", "王某某"))
    assert not is_own_grade("孙某某", ("周某", "王某某"))
    assert not is_own_grade("", ("",)), "nobody graded it"
