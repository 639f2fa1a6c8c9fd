"""The running times of a case: the mediation's own term, terms of the agreement, confirmation, follow-up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from desk.models.confirmation import Confirmation
from desk.models.mediation import Mediation
from desk.rules import agreement as rule
from desk.rules import confirmation, deadlines, local_rules, mediation_clock, mediation_rules
from desk.rules.dispute_codes import CONFIRMATION, is_labour
from desk.rules.mediation_states import STANDING, TAKEN
from desk.rules.profile import Profile
from desk.rules.workdays import Calendar
from desk.services.mediation import seen
from desk.services.mediation.agreement_values import Colour, ConfirmationView
from desk.services.mediation.people_values import Choice
from desk.services.mediation.sheet import Sheet
from desk.services.mediation.values import Clock
from desk.text import _


@dataclass(frozen=True)
class Day:
    """A day asked about, with the profile in force and its calendar, which is made once."""

    profile: Profile
    today: date

    @cached_property
    def calendar(self) -> Calendar:
        """The working days known."""
        return local_rules.calendar(self.profile, self.today)

    @cached_property
    def follow_up(self) -> deadlines.Term:
        """How long after the last term of an agreement the committee looks after it (MED-14)."""
        return self.profile.term("term.mediation_follow_up", self.today)


SOON = 5
"""Days before its end from which a clock is white."""

_LEVEL: Final[Mapping[str, Colour]] = {"first": "white", "last": "yellow"}

FOLLOW_SOON = 3
"""The same for a term of the agreement and the visit after it."""


def clocks(sheet: Sheet, day: Day) -> tuple[Clock, ...]:
    """Return what runs now, the earliest last day first."""
    found = [*_mediation(sheet, day), *_agreed(sheet, day)]
    return tuple(sorted(found, key=lambda each: each.until or date.max))


def mediation_due(sheet: Sheet, day: Day) -> deadlines.Due | None:
    """Return the last day of the mediation; the term is that of the profile on the day of acceptance."""
    clock = seen.clock(sheet, day.today)
    if clock is None:
        return None
    rules = mediation_rules.clock_rules(day.profile, clock.accepted_on)
    return mediation_clock.mediation_due(clock, rules, day.calendar)


def mediation(sheet: Sheet, day: Day) -> Clock | None:
    """Return the clock of the mediation itself, None where it does not run (MED-23)."""
    last = mediation_due(sheet, day) if sheet.case.state in TAKEN else None
    return of_mediation(last, day, paused=seen.open_pause(sheet) is not None) if last is not None else None


def of_mediation(last: deadlines.Due, day: Day, *, paused: bool = False) -> Clock:
    """Return the clock of a mediation that must end by a day."""
    left = deadlines.remaining(last, day.today, day.calendar)
    words = _("已中止，{left}").format(left=left.text) if paused else left.text
    shade, until = colour(left.days, SOON), _until(last, day.today)
    return Clock("mediation", _("调解期限"), words, last.date, until, shade, paused)


def of_term(number: int, due_on: date, day: Day) -> Clock:
    """Return the clock of a term of the agreement that falls due on a day (MED-14)."""
    left = deadlines.remaining(mediation_clock.agreed_day(due_on), day.today, day.calendar)
    label, until = _("第 {n} 条").format(n=number), deadlines.until_text(due_on, day.today)
    return Clock("term", label, left.text, due_on, until, colour(left.days, FOLLOW_SOON))


def follow_up_due(last: date, day: Day) -> deadlines.Due:
    """Return by when the committee looks after an agreement, `last` being its last day (MED-14)."""
    return deadlines.due(last, day.follow_up, day.calendar)


def of_follow_up(due: deadlines.Due, day: Day) -> Clock:
    """Return the clock of the visit after an agreement."""
    left = deadlines.remaining(due, day.today, day.calendar)
    shade = colour(left.days, FOLLOW_SOON)
    return Clock("follow_up", _("回访"), left.text, due.date, _until(due, day.today), shade)


def of_confirmation(effective: date, day: Day) -> Clock | None:
    """Return until when both may ask the court to confirm an agreement, None once it is over (SQ-01)."""
    rules = mediation_rules.confirmation_rules(day.profile, day.today)
    count = confirmation.countdown(effective, day.today, day.calendar, rules)
    if not count.open:
        return None
    words, colour = count.left.text, _LEVEL.get(count.level, "")
    return Clock("confirmation", _("司法确认"), words, count.deadline.date, count.text, colour)


def _mediation(sheet: Sheet, day: Day) -> list[Clock]:
    running = mediation(sheet, day)
    return [running, *_labour(sheet.case, day)] if running is not None else []


def _labour(case: Mediation, day: Day) -> list[Clock]:
    """Say from when arbitration is open beside a labour dispute, and until when (MED-30, FL-13)."""
    if not case.dispute_type or not is_labour(case.dispute_type) or case.applied_on is None:
        return []
    hint = mediation_clock.labour_hint(case.applied_on, case.known_on, day.today, day.calendar)
    open_from = hint.arbitration_from
    until = deadlines.until_text(open_from, day.today)
    found = [Clock("labour", _("劳动仲裁"), hint.sentences[0], open_from, until, "")]
    last = hint.arbitration_until
    if last is None:
        return found
    shade, words = colour((last - day.today).days, SOON), deadlines.until_text(last, day.today)
    return [*found, Clock("labour_limit", _("仲裁时效"), hint.limit_text, last, words, shade)]


def _agreed(sheet: Sheet, day: Day) -> list[Clock]:
    known = seen.agreement(sheet)
    if known is None or sheet.case.state not in STANDING:
        return []
    found = []
    if sheet.case.state != "performed":
        items = mediation_clock.clause_items(known, day.today, day.calendar)
        found += [of_term(item.number, item.due_on, day) for item in items]
    effective = rule.effective_date(known)
    if effective is None:
        return found
    if not sheet.follow_ups and sheet.case.state != "performed":
        due = mediation_clock.follow_up_due(known, effective, day.follow_up, day.calendar)
        found.append(of_follow_up(due, day))
    return [*found, *_court(sheet, day, effective)]


def _court(sheet: Sheet, day: Day, effective: date) -> list[Clock]:
    """Return until when both may ask the court (SQ-01), or by when it decides once they did (SQ-06).

    Who withdrew may ask again. With an oral agreement they may not ask (SQ-03), so nothing runs.
    """
    row, agreed = sheet.confirmation, sheet.agreement
    if row is not None and row.state == "confirm_applied" and row.applied_on is not None:
        term = day.profile.term("term.confirmation_decision", day.today)
        due = confirmation.decision_due(row.applied_on, term, day.calendar)
        left = deadlines.remaining(due, day.today, day.calendar)
        return [Clock("court", _("法院审查"), left.text, due.date, _until(due, day.today), "")]
    oral = agreed is not None and agreed.form == "oral"
    open_to_ask = row is None or row.state in confirmation.ASKABLE
    if not open_to_ask or oral or sheet.case.state == "performed":
        return []
    running = of_confirmation(effective, day)
    return [running] if running is not None else []


def confirmation_view(sheet: Sheet, day: Day) -> ConfirmationView:
    """Return 司法确认 with its countdown: 30 days from effect, warned at 10 and 3, closed after (SQ-01)."""
    row, known = sheet.confirmation, seen.agreement(sheet)
    standing = sheet.agreement
    in_force = standing is not None and standing.state == "in_force"
    effective = rule.effective_date(known) if known is not None and in_force else None
    reasons: tuple[str, ...] = () if effective is not None else (_("协议还没有生效，不能申请司法确认。"),)
    until, until_text, left_text, level = None, "", "", ""
    if effective is not None and known is not None and known.form == "oral":
        filed = sheet.case.state == "archived"
        reasons = (_("本案已经归档。") if filed else confirmation.ORAL_FIRST,)
    elif effective is not None:
        rules = mediation_rules.confirmation_rules(day.profile, day.today)
        count = confirmation.countdown(effective, day.today, day.calendar, rules)
        until, until_text = count.deadline.date, count.text
        left_text, level = count.left.text, count.level
        if not count.open:
            reasons = (count.text,)
        elif sheet.case.state == "archived":
            reasons = (_("本案已经归档。"),)
    state = row.state if row is not None else "none"
    askable = state in confirmation.ASKABLE
    told = row if row is not None else Confirmation()
    colour = _LEVEL.get(level, "")
    return ConfirmationView(
        state=state,
        state_label=CONFIRMATION.get(state, ""),
        id=row.record_id if row is not None else "",
        may_apply=not reasons and askable,
        reasons=reasons,
        warnings=(until_text,) if level in {"first", "last"} and askable else (),
        questions=_questions(sheet.case.dispute_type),
        courts=_courts(sheet.case.source),
        until=until,
        until_text=until_text,
        left_text=left_text,
        colour=colour if askable else "",
        next_ways=_next_ways(sheet.case, state, agreed=in_force),
        court=told.court,
        applied_on=told.applied_on,
        applied_way=told.applied_way,
        decided_on=told.decided_on,
        decision_no=told.decision_no,
        reason=told.reason,
        facts=told.facts,
    )


def _next_ways(case: Mediation, state: str, *, agreed: bool) -> str:
    """Return what the parties may do next: after the court's word (MED-16), or with wages unpaid (MED-30).

    `agreed`: an agreement is in force.
    """
    words = confirmation.NEXT_WAYS.get(state, "")
    labour = bool(agreed and case.dispute_type) and is_labour(case.dispute_type)
    return words + (mediation_clock.PAYMENT_ORDER if labour else "")


def _courts(source: str) -> tuple[Choice, ...]:
    """Return which courts have jurisdiction (SQ-02)."""
    return tuple(Choice(code, confirmation.COURT[code]) for code in confirmation.courts(source))


def _questions(dispute_type: str) -> tuple[Choice, ...]:
    """Return what a clerk is asked before applying: what this type of dispute may run into (SQ-04)."""
    return tuple(Choice(code, confirmation.INELIGIBLE[code]) for code in confirmation.questions(dispute_type))


def _until(due: deadlines.Due, today: date) -> str:
    words = deadlines.until_text(due.date, today)
    if due.moved:
        return _("{until}（{month:02}-{day:02} 休息日顺延）").format(
            until=words, month=due.raw.month, day=due.raw.day
        )
    return words


def colour(days: int, soon: int) -> Colour:
    """Return yellow once the last day is over, white from `soon` days before it (product.md Colours)."""
    if days < 0:
        return "yellow"
    return "white" if days <= soon else ""
