"""Profile rows as the values the rules of mediation take (rows mediation.*, dossier.*, subsidy.*, term.*)."""

import datetime as dt
from collections.abc import Mapping

from desk.rules.confirmation import ConfirmationRules
from desk.rules.dossier import OUTCOMES
from desk.rules.mediation_clock import ClockRules
from desk.rules.mediation_eligibility import ScopeRules
from desk.rules.profile import Profile


def clock_rules(profile: Profile, on: dt.date) -> ClockRules:
    """Return the term of a mediation and its extension (MED-23, 24)."""
    return ClockRules(profile.term("term.mediation", on), profile.term("term.mediation_extension", on))


def confirmation_rules(profile: Profile, on: dt.date) -> ConfirmationRules:
    """Return the term for judicial confirmation and the days of its two warnings (SQ-01)."""
    return ConfirmationRules(
        profile.term("term.confirmation", on),
        profile.number("confirmation.warn_first", on),
        profile.number("confirmation.warn_last", on),
    )


def scope_rules(profile: Profile, on: dt.date) -> ScopeRules:
    """Return the local part of what may be mediated here (MED-20, 22)."""
    return ScopeRules(
        profile.flag("mediation.bodies_among_themselves", on), profile.flag("mediation.by_agreement", on)
    )


def mandatory_papers(profile: Profile, on: dt.date) -> Mapping[str, tuple[str, ...]]:
    """Return for each outcome of a case the rows an archive insists on (§3.6)."""
    return {outcome: profile.items(f"dossier.{outcome}", on) for outcome in OUTCOMES}


def subsidy_rates(profile: Profile, on: dt.date) -> Mapping[tuple[str, str], int]:
    """Return what a dossier earns its mediator, in fen, by (difficulty, grade)."""
    rates = {}
    for row in profile.rows("subsidy", on):
        _family, difficulty, grade = row.key.split(".")
        rates[difficulty, grade] = profile.number(row.key, on) * 100
    return rates
