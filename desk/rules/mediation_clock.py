"""How long a mediation may take, and what falls due on its way (MED-23, 24, 30; DL-03, 07).

The law sets no term; the profile does. A clock is stored as its start, its term and extension, and its
pauses; the date is asked again each time.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from desk.rules.agreement import Agreement
from desk.rules.agreement_money import figures
from desk.rules.deadlines import Due, Pause, Remaining, Term, Unit, due, remaining
from desk.rules.numerals import plain_date
from desk.rules.visit_states import Missing
from desk.rules.workdays import Calendar

_ARBITRATION_OPEN: Final = Term(15, Unit.DAY)
PAYMENT_ORDER: Final = "因拖欠劳动报酬、工伤医疗费、经济补偿或者赔偿金达成协议后不履行的，可以申请支付令。"
"""MED-30, Labour Dispute Law art. 16."""

LABOUR_OVER: Final = (
    "申请调解时仲裁时效一年可能已经届满，请提醒当事人；劳动关系存续期间拖欠劳动报酬的，不受一年限制。"
)
"""MED-30, Labour Dispute Law art. 27: the year had run out, and what it does not hold for."""

_ARBITRATION_LIMIT: Final = Term(12, Unit.MONTH)


@dataclass(frozen=True)
class ClockRules:
    """Rows term.mediation and term.mediation_extension of the profile the case began with."""

    term: Term
    extension: Term


@dataclass(frozen=True)
class Clock:
    """The running term of one case: from acceptance, longer if both sides asked or agreed (MED-24)."""

    accepted_on: dt.date
    extended: bool = False
    pauses: tuple[Pause, ...] = ()


def mediation_due(clock: Clock, rules: ClockRules, calendar: Calendar) -> Due:
    """Return the last day: the term, then the extension from the term's own last day (MED-23, 24)."""
    first = due(clock.accepted_on, rules.term, calendar, clock.pauses)
    if not clock.extended:
        return first
    return due(first.raw, rules.extension, calendar, clock.pauses)


def missing_to_extend(
    clock: Clock, rules: ClockRules, calendar: Calendar, *, today: dt.date, consents: Sequence[bool]
) -> tuple[Missing, ...]:
    """Return why the term cannot be extended: once only, not after it ended, with every party's request or
    consent (MED-24). `consents` holds one answer for each party that speaks.
    """
    gaps = []
    if clock.extended:
        gaps.append(Missing("extended", "调解期限已经延长过一次。"))
    elif today > mediation_due(clock, rules, calendar).date:
        gaps.append(Missing("extended", "调解期限已经届满，请终止调解，或者由双方重新申请。"))
    if not consents or not all(consents):
        gaps.append(Missing("extended", "延长调解期限要双方当事人要求或者同意。"))
    return tuple(gaps)


@dataclass(frozen=True)
class DueItem:
    """One thing that falls due in a case.

    `kind`: mediation, clause, confirmation, follow_up; `number` the clause, 0 for the others; `text` says
    what and how long is left.
    """

    kind: str
    due_on: dt.date
    text: str
    left: Remaining
    number: int = 0


def clause_items(agreement: Agreement, today: dt.date, calendar: Calendar) -> tuple[DueItem, ...]:
    """Return the clauses still open, by due date: each term of an agreement has its reminder (MED-14).

    A clause's day was chosen by the parties; it is not moved by a holiday.
    """
    items = []
    for number, clause in enumerate(agreement.clauses, start=1):
        if clause.due is None or clause.state == "performed" or clause.kind == "declaration":
            continue
        owed = f" {figures(clause.fen)}" if clause.fen else ""
        what = f"{clause.obligor}：{clause.text}{owed}"
        items.append(item("clause", agreed_day(clause.due), what, today, calendar, number=number))
    return in_order(items)


def agreed_day(due_on: dt.date) -> Due:
    """Return a day the parties chose as a deadline: no holiday moves it."""
    return Due(due_on, due_on, False, False, Term(0, Unit.DAY), ())


def item(
    kind: str, deadline: Due, what: str, today: dt.date, calendar: Calendar, *, number: int = 0
) -> DueItem:
    """Return one thing due with the words for what is left: 调解期限，剩 5 天."""
    left = remaining(deadline, today, calendar)
    return DueItem(kind, deadline.date, f"{what}，{left.text}", left, number)


def in_order(items: Iterable[DueItem]) -> tuple[DueItem, ...]:
    """Return things due, the earliest first; on one day in the order they came."""
    return tuple(sorted(items, key=lambda each: each.due_on))


def follow_up_due(agreement: Agreement, effective_on: dt.date, term: Term, calendar: Calendar) -> Due:
    """Return by when the committee looks after the performance: `term` (profile) after the last clause's day,
    or after the agreement took effect if nothing falls due later (MED-14).
    """
    return due(last_day(agreement, effective_on), term, calendar)


def last_day(agreement: Agreement, effective_on: dt.date) -> dt.date:
    """Return the day of the last clause, or of the effect if nothing falls due later."""
    return max([effective_on, *(clause.due for clause in agreement.clauses if clause.due is not None)])


@dataclass(frozen=True)
class LabourHint:
    """What runs beside the mediation of a labour dispute (MED-30), and the sentences for it.

    `limit_text` is the sentence on the year, "" while nobody said when the party knew; `arbitration_until` is
    None then.
    """

    arbitration_from: dt.date
    arbitration_until: dt.date | None
    sentences: tuple[str, ...]
    limit_text: str = ""


def labour_hint(
    applied_on: dt.date, known_on: dt.date | None, today: dt.date, calendar: Calendar
) -> LabourHint:
    """Return the hint for a labour dispute (Labour Dispute Law arts. 14, 16, 27).

    15 days after the application without an agreement arbitration is open. Its limitation is one year from
    the day the party knew; asking for mediation is asking for one's right and begins the year anew, which is
    only said if the year had not run out before. The day told is the year's own last day; whether it has run
    out is judged by the day after the rest days (DL-03, Civil Code 203).
    """
    open_from = due(applied_on, _ARBITRATION_OPEN, Calendar(), ()).raw
    sentences = []
    if today > open_from:
        sentences.append("申请调解满 15 日未达成协议，当事人可以申请劳动仲裁。")
    else:
        sentences.append(f"{open_from.month} 月 {open_from.day} 日前未达成协议的，当事人可以申请劳动仲裁。")
    until, limit_text = None, ""
    if known_on is not None:
        year, limit_text = due(known_on, _ARBITRATION_LIMIT, calendar), LABOUR_OVER
        begun_anew = applied_on <= year.date
        if begun_anew:
            year = due(applied_on, _ARBITRATION_LIMIT, calendar)
        # Told is the own last day until it has gone by (as in `rules.limitation`).
        until = year.raw if today <= year.raw else year.date
        if begun_anew:
            limit_text = f"仲裁时效一年，申请调解时中断，重新计算到 {plain_date(until)}。"
        sentences.append(limit_text)
    sentences.append(PAYMENT_ORDER)
    return LabourHint(open_from, until, tuple(sentences), limit_text)
