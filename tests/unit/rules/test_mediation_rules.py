"""The shipped profile as the values the rules of mediation take."""

from datetime import date

from desk.rules.agreement import WRITTEN_WHEN
from desk.rules.confirmation import ConfirmationRules
from desk.rules.deadlines import Term, Unit
from desk.rules.dispute_codes import DIFFICULTY, KEEPING
from desk.rules.dossier import OUTCOMES, ROW
from desk.rules.dossier_grade import GRADE
from desk.rules.mediation_clock import ClockRules
from desk.rules.mediation_eligibility import ScopeRules
from desk.rules.mediation_rules import (
    clock_rules,
    confirmation_rules,
    mandatory_papers,
    scope_rules,
    subsidy_rates,
)
from desk.rules.profile import LOCAL, Profile, Row, overlay
from desk.services.profile import load_default

DAY = date(2026, 11, 23)
DEFAULT = load_default()


def test_med23_med24_thirty_and_thirty() -> None:
    assert clock_rules(DEFAULT, DAY) == ClockRules(Term(30, Unit.DAY), Term(30, Unit.DAY))


def test_sq01_thirty_days_with_warnings_at_ten_and_three() -> None:
    assert confirmation_rules(DEFAULT, DAY) == ConfirmationRules(Term(30, Unit.DAY), 10, 3)


def test_med20_med22_the_local_part() -> None:
    assert scope_rules(DEFAULT, DAY) == ScopeRules(bodies_among_themselves=False, by_agreement=True)


def test_36_every_outcome_has_its_papers() -> None:
    papers = mandatory_papers(DEFAULT, DAY)
    assert tuple(papers) == OUTCOMES
    assert all(set(codes) <= set(ROW) for codes in papers.values())
    assert set(papers["light"]) < set(papers["oral"])
    own = Row("dossier.light", ("agreement",), "list", date(2026, 11, 1), "示例县")
    changed = mandatory_papers(overlay(DEFAULT, Profile("示例县", "4", (own,))), DAY)
    assert changed["light"] == ("agreement",)


def test_the_other_lists_hold_codes_the_rules_know() -> None:
    assert set(DEFAULT.items("mediation.written_when", DAY)) <= set(WRITTEN_WHEN)
    assert set(DEFAULT.items("dossier.keeping", DAY)) <= set(KEEPING)
    assert set(DEFAULT.items("dossier.scan_needed", DAY)) <= set(ROW)


def test_a_claim_has_a_rate_for_each_difficulty_and_grade() -> None:
    rates = subsidy_rates(DEFAULT, DAY)
    assert set(rates) == {(difficulty, grade) for difficulty in DIFFICULTY for grade in GRADE}
    assert rates["simple", "excellent"] == 3000
    assert {row.source for row in DEFAULT.rows("subsidy", DAY)} == {LOCAL}
