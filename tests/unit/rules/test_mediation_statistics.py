"""§3.8: the figures of a period add up, on 1,000 generated cases and on whatever is drawn."""

import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules import dispute_codes as codes
from desk.rules.agreement_money import in_ten_thousands
from desk.rules.mediation_statistics import CaseFact, Figures, Kept, SweepFact, figures, rate_text


def drawn(dice: random.Random) -> CaseFact:
    result = dice.choice(["", *codes.RESULT])
    return CaseFact(
        dispute_type=dice.choice(list(codes.DISPUTE_TYPE)),
        source=dice.choice(list(codes.SOURCE)),
        committee_kind=dice.choice(list(codes.COMMITTEE_KIND)),
        result=result,
        people=dice.randint(2, 11),
        difficulty=dice.choice(list(codes.DIFFICULTY)),
        form=dice.choice(list(codes.AGREEMENT_FORM)) if result == "success" else dice.choice(["", "written"]),
        fen=dice.randint(0, 10**9),
        performance=dice.choice(list(codes.PERFORMANCE)),
        confirmation=dice.choice(list(codes.CONFIRMATION)),
        prevented=tuple(code for code in codes.PREVENTED if dice.random() < 0.1),
        prevented_people=dice.randint(0, 20),
    )


def adds_up(found: Figures) -> None:
    for over in (found.results, found.types, found.parent_types, found.sources, found.source_groups):
        assert sum(over.values()) == found.cases
    assert sum(found.committees.values()) == found.cases
    successes = found.results["success"]
    for over in (found.forms, found.performance, found.confirmation):
        assert sum(over.values()) == successes
    assert found.forms["oral"] + found.forms["written"] == successes
    for parent in codes.PARENT_TYPE:
        children = [code for code in codes.DISPUTE_TYPE if codes.parent_type(code) == parent]
        assert sum(found.types[code] for code in children) == found.parent_types[parent]
    referred = [code for code in codes.SOURCE if codes.source_group(code) == "referred"]
    assert sum(found.sources[code] for code in referred) == found.source_groups["referred"]


def test_38_the_sums_hold_on_a_thousand_cases() -> None:
    dice = random.Random(38)
    cases = [drawn(dice) for _n in range(1000)]
    found = figures(cases, [SweepFact(3, 1), SweepFact(0, 0), SweepFact(2, 2)])
    adds_up(found)
    assert found.cases + found.not_accepted == 1000
    assert min(found.types.values()) > 0
    assert (found.sweeps, found.found, found.prevented) == (3, 5, 3)
    taken = [case for case in cases if case.result]
    assert found.people == sum(case.people for case in taken)
    assert found.hard == len([case for case in taken if case.difficulty == "hard"])
    assert found.fen == sum(case.fen for case in cases if case.result == "success")
    won, lost = found.results["success"], found.results["failed"]
    assert found.success_rate == Fraction(won, won + lost)


@given(st.integers(0, 2**32), st.integers(0, 40))
def test_38_the_sums_hold_whatever_is_drawn(seed: int, count: int) -> None:
    dice = random.Random(seed)
    adds_up(figures(drawn(dice) for _n in range(count)))


@given(st.integers(0, 2**32), st.integers(0, 20), st.integers(0, 20))
def test_38_two_months_are_the_sum_of_both(seed: int, first: int, second: int) -> None:
    dice = random.Random(seed)
    one, two = ([drawn(dice) for _n in range(count)] for count in (first, second))
    both, parts = figures([*one, *two]), (figures(one), figures(two))
    assert both.cases == sum(part.cases for part in parts)
    assert both.fen == sum(part.fen for part in parts)
    for code in codes.DISPUTE_TYPE:
        assert both.types[code] == sum(part.types[code] for part in parts)
    for code in codes.PREVENTED:
        assert both.kept[code].people == sum(part.kept[code].people for part in parts)


GOOD = CaseFact("neighbour", "application", "town", "success", form="written", fen=260000)


def test_38_pending_and_referred_cases_are_no_part_of_the_rate() -> None:
    lost = CaseFact("neighbour", "application", "town", "failed")
    pending = CaseFact("neighbour", "application", "town", "pending")
    referred = CaseFact("neighbour", "police", "town", "referred")
    assert figures([GOOD, GOOD, lost, pending, referred]).success_rate == Fraction(2, 3)
    assert figures([pending, referred]).success_rate is None


def test_38_what_was_not_accepted_is_no_case() -> None:
    found = figures([GOOD, CaseFact("other", "application", "town", "")])
    assert (found.cases, found.not_accepted) == (1, 1)
    assert found.types["other"] == 0


def test_38_the_sum_of_a_failed_agreement_does_not_count() -> None:
    found = figures([GOOD, CaseFact("other", "application", "town", "failed", form="written", fen=999)])
    assert in_ten_thousands(found.fen) == "0.26"
    assert found.forms == {"written": 1, "oral": 0}


def test_38_what_was_kept_from_happening_is_counted_in_cases_and_people() -> None:
    kept = CaseFact(
        "damages", "police", "village", "success", form="oral", prevented=("criminal",), prevented_people=3
    )
    found = figures([kept, kept, GOOD])
    assert found.kept["criminal"] == Kept(2, 6)
    assert found.kept["petition"] == Kept(0, 0)


@pytest.mark.parametrize(
    ("rate", "words"),
    [
        (None, "—"),
        (Fraction(1), "100.0%"),
        (Fraction(376, 386), "97.4%"),
        (Fraction(1, 2000), "0.1%"),
        (Fraction(0), "0.0%"),
    ],
)
def test_a_rate_is_shown_with_one_decimal(rate: Fraction | None, words: str) -> None:
    assert rate_text(rate) == words


@pytest.mark.parametrize(
    "change",
    [
        {"dispute_type": "labour"},
        {"source": "referred"},
        {"committee_kind": ""},
        {"result": "won"},
        {"result": "success", "form": ""},
        {"difficulty": "?"},
        {"performance": ""},
        {"confirmation": ""},
        {"prevented": ("war",)},
    ],
)
def test_a_fact_that_would_break_the_sums_is_no_fact(change: dict[str, object]) -> None:
    good = {"dispute_type": "neighbour", "source": "court", "committee_kind": "town", "result": "pending"}
    with pytest.raises(ValueError, match=r"no code|no result|a success"):
        CaseFact(**(good | change))  # type: ignore[arg-type]
