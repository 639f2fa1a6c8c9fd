"""What falls due in the mediations: reports, numbers to give, terms, clauses, confirmations, visits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, Select, literal_column, select
from sqlalchemy.orm import Session as Rows

from desk import clock
from desk.models.committee import Committee
from desk.models.mediation import Mediation
from desk.models.party import Party
from desk.models.report import Report
from desk.rules.dispute_codes import RISK_FLAG
from desk.rules.profile import Profile
from desk.services.mediation import case_terms, clocks, due_clocks
from desk.services.mediation.due_clocks import Lit
from desk.services.mediation.values import Clock
from desk.services.visit_values import DueItem
from desk.text import _

_ACTION: Final = {
    "mediation": "办理",
    "term": "催促履行",
    "confirmation": "司法确认",
    "follow_up": "回访",
}
_NAMED = (Mediation.record_id, Mediation.number, Mediation.case_no, Mediation.title, Mediation.dispute_type)

UNREPORTED: Final = (
    select(Report.kind, *_NAMED)
    .join(Mediation, Mediation.record_id == Report.mediation_id)
    .where(
        Report.mediation_id != "",
        Report.reported_at.is_(None),
        Report.void.is_(False),
        Mediation.void.is_(False),
    )
    # With its plus, SQLite walks the few reports and sorts them; without, every case in this order.
    .order_by(literal_column("+mediation.registered_at"))
)
"""The mandatory reports of cases that nobody has made yet."""


@dataclass(frozen=True)
class Found:
    """What is due in the cases, before it is put into words: mandatory reports, clocks, numbers to give."""

    reports: Sequence[DueItem]
    lit: Sequence[Lit]
    waiting: Sequence[Row[*tuple[Any, ...]]]

    @property
    def count(self) -> int:
        """How many things are due, for the rail."""
        return len(self.reports) + len(self.lit) + len(self.waiting)


NOTHING: Final = Found((), (), ())


def look(rows: Rows, profile: Profile, device_id: str) -> Found:
    """Find all that is due in the cases, and the numbers this PC must give (CL-5)."""
    lit = due_clocks.found(rows, clocks.Day(profile, clock.today()))
    return Found(unreported(rows), lit, _unnumbered(rows, device_id))


def items(rows: Rows, profile: Profile, found: Found, most: int | None = None) -> tuple[DueItem, ...]:
    """Return what is due, most urgent first: reports at once, then what ran out longest ago.

    `most`: no more than that are worded; None words all.
    """
    first = found.reports[:most]
    return (*first, *running_out(rows, profile, found, None if most is None else most - len(first)))


def running_out(rows: Rows, profile: Profile, found: Found, most: int | None = None) -> tuple[DueItem, ...]:
    """Return what runs out or ran out, the longest ago first, and the numbers this PC must give (CL-5).

    `most` as in `items`; the most urgent are worded.
    """
    day = clocks.Day(profile, clock.today())
    lit = found.lit[:most]
    waiting = found.waiting[: None if most is None else most - len(lit)]
    titles = _titles(rows, [*(each.case_id for each in lit), *(case.record_id for case in waiting)])
    return (
        *(_running(each, due_clocks.clock(each, day), titles[each.case_id]) for each in lit),
        *(_to_number(case, titles[case.record_id]) for case in waiting),
    )


def due_ids(rows: Rows, profile: Profile) -> list[str]:
    """Return the cases something is due in, for the list's filter."""
    lit = due_clocks.found(rows, clocks.Day(profile, clock.today()))
    reports = (item.record_id for item in unreported(rows))
    return list(dict.fromkeys([*reports, *(each.case_id for each in lit)]))


def unreported(rows: Rows) -> list[DueItem]:
    """Mandatory reports not made yet (MED-07, LZ-11): at once, so before everything else."""
    return [
        DueItem(
            word=_("强制报告"),
            colour="",
            text=_("{number} {kind}：还没有报告").format(
                number=row.case_no or row.number, kind=RISK_FLAG[row.kind].label
            ),
            action=_("填写"),
            noun="mediation",
            record_id=row.record_id,
        )
        for row in rows.execute(UNREPORTED)
        if row.kind in RISK_FLAG
    ]


def _running(due: Lit, one: Clock, title: str) -> DueItem:
    return DueItem(
        word=one.left_text,
        colour="",
        text=_("{title}：{what}，{until}").format(title=title, what=one.label, until=one.until_text),
        action=_(_ACTION[one.key]),
        noun="mediation",
        record_id=due.case_id,
        due=one.until,
    )


def _to_number(case: Row[*tuple[Any, ...]], title: str) -> DueItem:
    return DueItem(
        word=_("待编案号"),
        colour="",
        text=_("{number} {title}").format(number=case.number, title=title),
        action=_("编案号"),
        noun="mediation",
        record_id=case.record_id,
    )


def _unnumbered(rows: Rows, device_id: str) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return accepted cases whose number this PC must give (CL-5), the first accepted first."""
    query = (
        select(*_NAMED)
        .join(Committee, Committee.record_id == Mediation.committee_id)
        .where(
            Mediation.case_no == "",
            Mediation.accepted_on.is_not(None),
            Mediation.void.is_(False),
            Committee.number_device == device_id,
        )
        .order_by(Mediation.accepted_on, Mediation.registered_at)
    )
    return rows.execute(query).all()


def _titles(rows: Rows, ids: Sequence[str]) -> dict[str, str]:
    """Return what the cases are called; the parties are asked for only where nobody wrote a title."""
    cases = _by_ids(rows, select(*_NAMED), Mediation.record_id, ids)
    bare = [case.record_id for case in cases if not case.title]
    named: dict[str, list[Row[*tuple[Any, ...]]]] = {}
    columns = (Party.mediation_id, Party.side, Party.name, Party.n)
    query = select(*columns).where(Party.void.is_(False)).order_by(Party.n)
    for party in _by_ids(rows, query, Party.mediation_id, bare):
        named.setdefault(party.mediation_id, []).append(party)
    return {case.record_id: case_terms.title(case, named.get(case.record_id, [])) for case in cases}


def _by_ids(
    rows: Rows, query: Select[*tuple[Any, ...]], column: Any, ids: Sequence[str]
) -> Sequence[Row[*tuple[Any, ...]]]:
    return rows.execute(query.where(column.in_(set(ids)))).all() if ids else ()
