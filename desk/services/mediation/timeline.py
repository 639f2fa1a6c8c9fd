"""时间: what happened in a case, and what is still to come, told from its rows."""

from collections.abc import Iterator
from datetime import date, datetime

from desk.models.agreement import Agreement
from desk.models.confirmation import Confirmation
from desk.models.follow_up import FollowUp
from desk.models.mediation import Extension, Mediation
from desk.models.party import Party
from desk.models.sitting import Inquiry, Sitting
from desk.rules import agreement as rule
from desk.rules.dispute_codes import CONFIRMATION, END_CAUSE, PERFORMANCE
from desk.rules.mediation_labels import FOLLOW_UP_MODE, SESSION_RESULT
from desk.services.mediation import seen
from desk.services.mediation.agreement_values import ConfirmationView
from desk.services.mediation.sheet import Sheet
from desk.services.mediation.values import Clock, TimelineEntry
from desk.text import _

_SHORT = 40
# Entries of one day stand in this order.
_ORDER = (
    *("registered", "applied", "consent", "accepted", "rejected", "inquiry", "sitting", "extension", "pause"),
    *(
        "agreed",
        "effective",
        "term",
        "follow_up",
        "confirmation",
        "again",
        "refused",
        "ended",
        "referred",
        "filed",
    ),
)


def timeline(sheet: Sheet, asked: ConfirmationView, clocks: tuple[Clock, ...]) -> tuple[TimelineEntry, ...]:
    """Return the entries by day; what is still to come stands last, the earliest first."""
    told = [*_begun(sheet), *_held(sheet), *_agreed(sheet), *_after(sheet), *_ended(sheet.case)]
    told.sort(key=lambda each: (each.day, _ORDER.index(each.key)))
    return (*told, *_upcoming(asked, clocks))


def _begun(sheet: Sheet) -> Iterator[TimelineEntry]:
    case, visit = sheet.case, sheet.visit
    if case.registered_at is not None:
        words = _("来访登记转入 {number}").format(number=visit.number) if visit is not None else case.number
        yield TimelineEntry("registered", _("登记"), _day(case.registered_at), words)
    if case.applied_on is not None:
        words = _("口头申请") if case.oral_application else _("书面申请")
        yield TimelineEntry("applied", _("申请"), case.applied_on, words)
    for row in sheet.of(Party):
        if row.refused_on is not None:
            yield TimelineEntry(
                "consent", _("征求意见"), row.refused_on, _("{name}拒绝调解").format(name=row.name)
            )
        elif row.agreed_on is not None:
            yield TimelineEntry(
                "consent", _("征求意见"), row.agreed_on, _("{name}同意调解").format(name=row.name)
            )
    if case.accepted_on is not None:
        yield TimelineEntry("accepted", _("受理"), case.accepted_on, case.case_no or _("案号待编"))
    if case.rejected_on is not None:
        yield TimelineEntry("rejected", _("不予受理"), case.rejected_on, _short(case.reject_reason))


def _held(sheet: Sheet) -> Iterator[TimelineEntry]:
    for row in sheet.of(Inquiry):
        if row.held_at is not None:
            yield TimelineEntry("inquiry", _("调查"), _day(row.held_at), _short(row.subject or row.place))
    for sitting in sheet.of(Sitting):
        if sitting.held_at is not None:
            label = _("第 {n} 次调解").format(n=sitting.n)
            result = SESSION_RESULT.get(sitting.result, "")
            yield TimelineEntry("sitting", label, _day(sitting.held_at), result or _short(sitting.subject))
    for longer in sheet.of(Extension):
        if longer.from_on is None:
            continue
        if longer.kind == "pause":
            yield TimelineEntry("pause", _("中止"), longer.from_on, _short(longer.reason))
        else:
            words = _("延长 {n} 天").format(n=longer.days)
            yield TimelineEntry("extension", _("延期"), longer.from_on, words)


def _agreed(sheet: Sheet) -> Iterator[TimelineEntry]:
    for row in sheet.of(Agreement):
        if row.state == "draft" or row.reached_on is None:
            continue
        terms = len(sheet.terms(row))
        words = _("{n} 项约定").format(n=terms)
        if row.state == "replaced":
            words = _("{words}（已由后来的调解代替）").format(words=words)
        yield TimelineEntry("agreed", _("达成协议"), row.reached_on, words)
        known = seen.agreement(sheet, row)
        effective = rule.effective_date(known) if known is not None else None
        if effective is not None and effective != row.reached_on:
            yield TimelineEntry("effective", _("协议生效"), effective, _("签字盖章齐全"))
        for term in sheet.terms(row):
            if term.performed_on is not None:
                yield TimelineEntry("term", _("履行"), term.performed_on, _short(term.text))
        if row.replaced_on is not None:
            yield TimelineEntry("again", _("再次调解"), row.replaced_on, _short(row.replaced_why))


def _after(sheet: Sheet) -> Iterator[TimelineEntry]:
    for row in sheet.of(FollowUp):
        if row.visited_at is not None:
            parts = (FOLLOW_UP_MODE.get(row.mode, ""), row.party_name, PERFORMANCE.get(row.performance, ""))
            yield TimelineEntry("follow_up", _("回访"), _day(row.visited_at), " · ".join(filter(None, parts)))
    for asked in sheet.of(Confirmation):
        if asked.applied_on is not None:
            yield TimelineEntry("confirmation", _("司法确认"), asked.applied_on, _("双方共同申请"))
        if asked.decided_on is not None:
            words = " · ".join(filter(None, (CONFIRMATION.get(asked.state, ""), asked.decision_no)))
            yield TimelineEntry("confirmation", _("司法确认"), asked.decided_on, words)


def _ended(case: Mediation) -> Iterator[TimelineEntry]:
    if case.refused_on is not None:
        yield TimelineEntry(
            "refused", _("拒绝调解"), case.refused_on, _("{name}拒绝").format(name=case.refused_by)
        )
    elif case.ended_on is not None and case.referred_to:
        yield TimelineEntry("referred", _("移送"), case.ended_on, case.referred_to)
    elif case.ended_on is not None:
        yield TimelineEntry("ended", _("终止调解"), case.ended_on, END_CAUSE.get(case.end_cause, ""))
    if case.referred_back_on is not None:
        yield TimelineEntry("referred", _("反馈"), case.referred_back_on, case.referrer)
    if case.archived_on is not None:
        yield TimelineEntry("filed", _("归档"), case.archived_on, case.filed_by)


def _upcoming(asked: ConfirmationView, clocks: tuple[Clock, ...]) -> Iterator[TimelineEntry]:
    for clock in clocks:
        if clock.until is None:
            continue
        words = clock.left_text
        if clock.key == "confirmation":
            words = _("生效后 30 日内{until}").format(until=asked.until_text)
        yield TimelineEntry(clock.key, clock.label, clock.until, words, upcoming=True)


def _day(at: datetime) -> date:
    return at.date()


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _SHORT else line[: _SHORT - 1] + "…"
