"""What falls due in the mediations: reports, numbers to give, terms, clauses, confirmations, visits.

Candidates come from indexes, so that the answer does not depend on how many cases were ever closed.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.orm import Session as Rows

from desk import clock
from desk.models.agreement import Agreement, AgreementTerm, Signature
from desk.models.committee import Committee
from desk.models.confirmation import Confirmation
from desk.models.follow_up import FollowUp
from desk.models.mediation import CaseMediator, Extension, Mediation
from desk.models.party import Party
from desk.models.report import Report
from desk.rules.dispute_codes import RISK_FLAG
from desk.rules.profile import Profile
from desk.services.mediation import case_terms, clocks, sheet
from desk.services.mediation.sheet import Sheet
from desk.services.mediation.values import Clock
from desk.services.visit_values import DueItem
from desk.text import _

_TABLES: Final = (
    *(Party, CaseMediator, Extension, Agreement, AgreementTerm, Signature, FollowUp, Confirmation),
)
_AGREED: Final = ("agreed_written", "agreed_oral", "performing", "partly", "not_performed")
MOST: Final = 40
"""How many cases of each kind are looked at, the most urgent first."""

_ACTION: Final = {
    "mediation": "办理",
    "term": "催促履行",
    "confirmation": "司法确认",
    "follow_up": "回访",
}
_STRENGTH: Final = {"red": 0, "yellow": 1, "white": 2, "": 3}


def items(rows: Rows, profile: Profile, device_id: str, most: int = MOST) -> tuple[DueItem, ...]:
    """Return what is due, most urgent first: reports at once, then what ran out longest ago."""
    return (*unreported(rows), *running_out(rows, profile, device_id, most))


def running_out(rows: Rows, profile: Profile, device_id: str, most: int = MOST) -> tuple[DueItem, ...]:
    """Return what runs out or ran out, the longest ago first, and the numbers this PC must give (CL-5).

    `most`: of each kind (terms of mediations, clauses, follow-ups and confirmations) no more are looked at.
    """
    return (*_clocked(rows, profile, most), *_unnumbered(rows, device_id))


def due_ids(rows: Rows, profile: Profile) -> list[str]:
    """Return the cases something is due in, for the list's filter."""
    return list(dict.fromkeys(item.record_id for item in (*unreported(rows), *_clocked(rows, profile))))


def candidates(profile: Profile, today: date, most: int) -> tuple[Select[str], ...]:
    """Return the queries for cases that may have something due, each led by an index and cut short.

    A term of the mediation near its end, a clause near its day, a follow-up or a confirmation near its last.
    """
    soon = timedelta(days=clocks.SOON)
    alive = Mediation.void.is_(False)
    running = (
        select(Mediation.record_id)
        .where(
            Mediation.state.in_(clocks.RUNNING),
            Mediation.accepted_on <= today + soon - _days(profile, "term.mediation", today),
            alive,
        )
        .order_by(Mediation.accepted_on)
        .limit(most)
    )
    owing = Mediation.state.in_((*_AGREED, "followed_up"))
    of_case = and_(Mediation.record_id == AgreementTerm.mediation_id, owing, alive)
    open_clause = (
        select(AgreementTerm.mediation_id)
        .where(
            AgreementTerm.state.in_(("open", "partly")),
            AgreementTerm.due_on <= today + soon,
            AgreementTerm.void.is_(False),
            exists().where(of_case),
        )
        .order_by(AgreementTerm.due_on)
        .limit(most)
    )
    follow = today + soon - _days(profile, "term.mediation_follow_up", today)
    confirm = today - _days(profile, "term.confirmation", today)
    warned = confirm + timedelta(days=profile.number("confirmation.warn_first", today))
    mine = and_(Agreement.mediation_id == Mediation.record_id, Agreement.state == "in_force")
    visited = exists().where(FollowUp.mediation_id == Mediation.record_id, FollowUp.void.is_(False))
    later = exists().where(
        AgreementTerm.mediation_id == Mediation.record_id,
        AgreementTerm.due_on > follow,
        AgreementTerm.void.is_(False),
    )
    agreed = (
        select(Mediation.record_id)
        .join(Agreement, mine)
        .where(
            Mediation.state.in_(_AGREED),
            alive,
            or_(
                and_(Agreement.reached_on <= follow, ~visited, ~later),
                # Some days more: the last day may have moved on, or the last signature came later.
                Agreement.reached_on.between(confirm - timedelta(days=20), warned),
            ),
        )
        .order_by(Mediation.registered_at)
        .limit(most)
    )
    return running, open_clause, agreed


def _days(profile: Profile, key: str, today: date) -> timedelta:
    """Return a term of the profile as days; one in months or working days lasts at least its count."""
    return timedelta(days=profile.number(key, today))


def _clocked(rows: Rows, profile: Profile, most: int = MOST) -> list[DueItem]:
    day = clocks.Day(profile, clock.today())
    ids = list(
        dict.fromkeys(
            found for query in candidates(profile, day.today, most) for found in rows.scalars(query)
        )
    )
    cases = rows.scalars(select(Mediation).where(Mediation.record_id.in_(ids))).all()
    coloured = [
        (each, one)
        for each in sheet.load_many(rows, cases, _TABLES)
        for one in clocks.clocks(each, day)
        if one.colour and not one.paused and one.key in _ACTION
    ]
    coloured.sort(key=lambda pair: (_STRENGTH[pair[1].colour], pair[1].until or date.max))
    return [_item(each, one) for each, one in coloured]


def _item(case: Sheet, one: Clock) -> DueItem:
    return DueItem(
        word=one.left_text,
        colour="",
        text=_("{title}：{what}，{until}").format(
            title=case_terms.title(case.case, case.of(Party)), what=one.label, until=one.until_text
        ),
        action=_(_ACTION[one.key]),
        noun="mediation",
        record_id=case.case.record_id,
    )


def unreported(rows: Rows) -> list[DueItem]:
    """Mandatory reports not made yet (MED-07, LZ-11): at once, so before everything else."""
    query = (
        select(Report.kind, Mediation)
        .join(Mediation, Mediation.record_id == Report.mediation_id)
        .where(
            Report.mediation_id != "",
            Report.reported_at.is_(None),
            Report.void.is_(False),
            Mediation.void.is_(False),
        )
        .limit(MOST)
    )
    return [
        DueItem(
            word=_("强制报告"),
            colour="",
            text=_("{number} {kind}：还没有报告").format(
                number=case_terms.called(case), kind=RISK_FLAG[kind].label
            ),
            action=_("填写"),
            noun="mediation",
            record_id=case.record_id,
        )
        for kind, case in rows.execute(query)
        if kind in RISK_FLAG
    ]


def _unnumbered(rows: Rows, device_id: str) -> list[DueItem]:
    """Accepted cases whose number this PC must give (CL-5)."""
    query = (
        select(Mediation)
        .join(Committee, Committee.record_id == Mediation.committee_id)
        .where(
            Mediation.case_no == "",
            Mediation.accepted_on.is_not(None),
            Mediation.void.is_(False),
            Committee.number_device == device_id,
        )
        .limit(MOST)
    )
    found: Sequence[Mediation] = rows.scalars(query).all()
    return [
        DueItem(
            word=_("待编案号"),
            colour="",
            text=_("{number} {title}").format(
                number=each.case.number, title=case_terms.title(each.case, each.of(Party))
            ),
            action=_("编案号"),
            noun="mediation",
            record_id=each.case.record_id,
        )
        for each in sheet.load_many(rows, found, (Party,))
    ]
