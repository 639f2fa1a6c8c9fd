"""Which clocks of which cases are due: one query over indexes, and the rules on what it finds.

Nothing due is left out, however many cases there are: the query takes every case that is still open, and a
day that many share is counted once.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session as Rows

from desk.models import plain
from desk.models.mediation import Extension, Mediation
from desk.rules import confirmation, deadlines, mediation_clock, mediation_rules
from desk.rules.mediation_states import STANDING, TAKEN
from desk.services.mediation import clocks, sheet
from desk.services.mediation.values import Clock

_OWED: Final = tuple(state for state in STANDING if state != "performed")
_LATER: Final = 20
"""A last day is moved on by no more days than that (DL-03)."""

_LONGEST: Final = {deadlines.Unit.DAY: 1, deadlines.Unit.WORKDAY: 3, deadlines.Unit.MONTH: 31}
"""How many days one of a unit lasts at the most."""

_STRENGTH: Final = {"red": 0, "yellow": 1, "white": 2}


def _among(states: tuple[str, ...]) -> str:
    return ", ".join(f"'{state}'" for state in states)


# Of a written agreement the last signature or the seal counts; the recorder's does not (MED-12). With an oral
# one nobody may ask the court (SQ-03). Who withdrew may ask again: the thirty days run on (SQ-01).
_OPEN: Final = f"""
WITH owed AS MATERIALIZED (
    SELECT m.record_id AS case_id, m.state AS state, a.record_id AS agreement_id, a.form AS form,
        CASE WHEN a.form = 'oral' THEN a.reached_on ELSE (
            SELECT max(s.signed_on) FROM signature AS s
            WHERE s.target_id = a.record_id AND s.role != 'recorder' AND NOT s.void
        ) END AS effective
    FROM mediation AS m
    JOIN agreement AS a ON a.mediation_id = m.record_id AND a.state = 'in_force' AND NOT a.void
    WHERE m.state IN ({_among(_OWED)}) AND NOT m.void
)
SELECT 'term' AS kind, o.case_id, t.n, t.due_on
FROM agreement_term AS t JOIN owed AS o ON o.agreement_id = t.agreement_id
WHERE t.state IN ('open', 'partly') AND t.due_on <= :term_by AND t.kind != 'declaration' AND NOT t.void
UNION ALL
SELECT 'mediation', m.record_id,
    EXISTS (SELECT 1 FROM extension AS e WHERE e.mediation_id = m.record_id AND NOT e.void), m.accepted_on
FROM mediation AS m
WHERE m.state IN ({_among(TAKEN)}) AND m.accepted_on IS NOT NULL AND NOT m.void
UNION ALL
SELECT 'follow_up', o.case_id, 0, max(o.effective, coalesce((
    SELECT max(t.due_on) FROM agreement_term AS t WHERE t.agreement_id = o.agreement_id AND NOT t.void), ''))
FROM owed AS o
WHERE o.effective IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM follow_up AS f
    WHERE f.mediation_id = o.case_id AND f.agreement_id = o.agreement_id AND NOT f.void)
UNION ALL
SELECT 'confirmation', o.case_id, 0, o.effective
FROM owed AS o
WHERE o.form != 'oral' AND o.effective BETWEEN :confirm_from AND :confirm_to AND NOT EXISTS (
    SELECT 1 FROM confirmation AS c
    WHERE c.mediation_id = o.case_id AND c.agreement_id = o.agreement_id AND NOT c.void
        AND c.state NOT IN ({_among(tuple(sorted(confirmation.ASKABLE)))}))
"""  # noqa: S608 - states of our own


class Lit(NamedTuple):
    """A clock that is due, in the order of urgency: its colour, its last day, its case.

    `kind`, `n` and `start` are what it is counted from; `made` is the clock where that was not enough. Only
    what is shown is put into words, by `clock`.
    """

    strength: int
    until: date
    case_id: str
    kind: str
    n: int
    start: str
    made: Clock | None = None


def found(rows: Rows, day: clocks.Day) -> list[Lit]:
    """Return every clock that is due in the cases, the most urgent first; paused ones run for nobody."""
    urgent = _Urgency(day)
    longer: list[str] = []
    lit: list[Lit] = []
    for kind, case_id, n, start in plain.ask(rows, _OPEN, _days(day)):
        if kind == "mediation" and n:
            longer.append(case_id)
            continue
        key = urgent.of(kind, start)
        if key is not None:
            lit.append(Lit(*key, case_id, kind, n, start))
    lit += _extended(rows, longer, day)
    lit.sort()
    return lit


def clock(lit: Lit, day: clocks.Day) -> Clock:
    """Return a clock in words."""
    made = lit.made or _counted(lit, day)
    assert made is not None, "what is due has its clock"
    return made


@dataclass
class _Urgency:
    """How urgent a clock is by what it is counted from: many cases share a day."""

    day: clocks.Day
    known: dict[tuple[str, str], tuple[int, date] | None] = field(default_factory=dict)

    def of(self, kind: str, start: str) -> tuple[int, date] | None:
        """Return strength and last day, None for what is not due yet."""
        asked = (kind, start)
        if asked not in self.known:
            self.known[asked] = self._of(kind, date.fromisoformat(start))
        return self.known[asked]

    def _of(self, kind: str, start: date) -> tuple[int, date] | None:
        if kind == "confirmation":
            counted = clocks.of_confirmation(start, self.day)
            return _key(counted) if counted is not None and counted.colour else None
        if kind == "term":
            # A day the parties chose: nothing moves it, and there are more of them than of all the rest.
            return _STRENGTH[clocks.colour((start - self.day.today).days, clocks.FOLLOW_SOON)], start
        due, soon = _due(kind, start, self.day)
        colour = clocks.colour(deadlines.remaining(due, self.day.today, self.day.calendar).days, soon)
        return (_STRENGTH[colour], due.date) if colour else None


def _due(kind: str, start: date, day: clocks.Day) -> tuple[deadlines.Due, int]:
    """Return the last day counted from a day, and from how many days before it is white."""
    if kind == "follow_up":
        return clocks.follow_up_due(start, day), clocks.FOLLOW_SOON
    rules = mediation_rules.clock_rules(day.profile, start)
    return mediation_clock.mediation_due(mediation_clock.Clock(start), rules, day.calendar), clocks.SOON


def _counted(lit: Lit, day: clocks.Day) -> Clock | None:
    start = date.fromisoformat(lit.start)
    if lit.kind == "term":
        return clocks.of_term(lit.n, start, day)
    if lit.kind == "confirmation":
        return clocks.of_confirmation(start, day)
    due, _soon = _due(lit.kind, start, day)
    return clocks.of_follow_up(due, day) if lit.kind == "follow_up" else clocks.of_mediation(due, day)


def _extended(rows: Rows, ids: list[str], day: clocks.Day) -> Iterator[Lit]:
    """Yield the clocks of cases whose term was made longer or paused (MED-24, DL-07)."""
    cases = rows.scalars(select(Mediation).where(Mediation.record_id.in_(ids))).all() if ids else ()
    for each in sheet.load_many(rows, cases, (Extension,)):
        running = clocks.mediation(each, day)
        if running is not None and running.colour and not running.paused:
            yield Lit(*_key(running), each.case.record_id, "mediation", 1, "", running)


def _key(counted: Clock) -> tuple[int, date]:
    return _STRENGTH[counted.colour], counted.until or date.max


def _days(day: clocks.Day) -> dict[str, Any]:
    """Return the days the query is bound by, wide enough that the rules alone decide."""
    rules = mediation_rules.confirmation_rules(day.profile, day.today)
    longest = rules.term.count * _LONGEST[rules.term.unit] + _LATER
    bounds = {
        "term_by": day.today + timedelta(days=clocks.FOLLOW_SOON),
        "confirm_from": day.today - timedelta(days=longest),
        "confirm_to": day.today + timedelta(days=rules.warn_first - rules.term.count),
    }
    return {name: bound.isoformat() for name, bound in bounds.items()}
