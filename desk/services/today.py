"""今日: who is in reception now, who was here today, what is due, most urgent first."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain
from typing import Final

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session as Rows

from desk import clock
from desk.models.duty import Duty
from desk.models.matter import Matter
from desk.models.reply import Reply
from desk.models.report import Report
from desk.models.store import Store
from desk.models.visit import Visit
from desk.rules import deadlines, local_rules
from desk.rules.labels import OUTCOME, REPORT_KIND
from desk.rules.numerals import plain_date
from desk.rules.profile import Profile
from desk.rules.rights import LOOKING_DESKS
from desk.services import visit_cards, visit_list
from desk.services import visit_values as values
from desk.services.consultation import access
from desk.services.consultation import due as consultation_due
from desk.services.mediation import case_due
from desk.services.profiles import Profiles
from desk.services.session import Session
from desk.services.station import names
from desk.services.visit_safety import Reader, listed, may_read, reader_of
from desk.text import _

_WEEKDAYS: Final = "一二三四五六日"
_MOST_OPEN: Final = 50
_MOST_DUE: Final = 20


class TodayDesk:
    """Gathers the 今日 page; looks at open and recent rows only, however many visits there are."""

    def __init__(self, store: Store, session: Session, profiles: Profiles) -> None:
        self._store = store
        self._session = session
        self._profiles = profiles

    def get(self) -> values.Today:
        """Return today as the reader may see it: a lawyer or mediator sees what is due to them, no visits.

        Raises AccessProblem when locked.
        """
        today = clock.today()
        profile = self._profiles.current()
        with self._store.read() as rows:
            cases = self._cases(rows, profile)
            consultations = self._consultations(rows, profile, today)
            if not self._session.may("read", "visit"):
                if self._session.desk in LOOKING_DESKS and not self._session.locked:
                    return _without_visits(rows, today, (), cases.count)
                self._session.require("read", "duty")
                due = (*case_due.items(rows, profile, cases, _MOST_DUE + 1), *consultations)
                return _without_visits(rows, today, due, cases.count)
            reader = reader_of(rows, self._session)
            # Nobody comes to a desk of the county; what its stations are at is theirs.
            in_reception = _open(rows, reader) if self._session.may("write", "visit") else []
            cards = visit_cards.cards(rows, in_reception, reader)
            done = visit_list.finished_on(rows, reader, today)
            due = (
                *_unreported(rows, in_reception),
                *cases.reports,
                *earliest_first(
                    today,
                    consultations,
                    _to_tell(rows, reader, profile, today),
                    # One more than is told, so that it is known whether something is left out.
                    case_due.running_out(rows, profile, cases, _MOST_DUE + 1),
                ),
                *_unwritten(cards, today),
            )
            return values.Today(
                title=title(today),
                duty_text=_on_duty(rows, today),
                open=cards,
                open_counts=values.Counts(len(cards), sum(card.headcount for card in cards)),
                done=done,
                done_summary=summary(done),
                due=due[:_MOST_DUE],
                more_due=len(due) > _MOST_DUE,
                cases_due=cases.count,
            )

    def cases_due(self) -> int:
        """Return how much is due in the cases, for the rail when one of them has changed; 0 by right."""
        with self._store.read() as rows:
            return self._cases(rows, self._profiles.current()).count

    def _cases(self, rows: Rows, profile: Profile) -> case_due.Found:
        """What is due in the cases, for who may read them."""
        if not self._session.may("read", "mediation"):
            return case_due.NOTHING
        return case_due.look(rows, profile, self._store.device_id)

    def _consultations(self, rows: Rows, profile: Profile, today: date) -> list[values.DueItem]:
        """What is due of consultations, for who may read or write them (FL-12)."""
        if not any(self._session.may(verb, "consultation") for verb in ("read", "write")):
            return []
        return consultation_due.due_items(rows, access.reader_of(self._session), profile, today)


def earliest_first(today: date, *found: Iterable[values.DueItem]) -> list[values.DueItem]:
    """Return what is due of all kinds, what ran out the longest ago first; what has no day is of today."""
    return sorted(chain.from_iterable(found), key=lambda item: item.due or today)


def _without_visits(rows: Rows, today: date, due: Sequence[values.DueItem], cases_due: int) -> values.Today:
    """今日 of somebody who reads no visits: the day, who is on duty, what is due to them."""
    return values.Today(
        title=title(today),
        duty_text=_on_duty(rows, today),
        open=(),
        open_counts=values.Counts(0, 0),
        done=(),
        done_summary="",
        due=tuple(due[:_MOST_DUE]),
        more_due=len(due) > _MOST_DUE,
        cases_due=cases_due,
    )


def title(day: date) -> str:
    """Return 2026 年 11 月 23 日 星期一."""
    return f"{plain_date(day)} 星期{_WEEKDAYS[day.weekday()]}"


def summary(done: Sequence[values.VisitRow]) -> str:
    """Return 4 批 4 人次 · 当场答复 2 · 拟交办 1, outcomes in the order of the form; nothing is left out."""
    people = sum(row.headcount for row in done)
    by_outcome = Counter(row.outcome for row in done)
    counted = [f"{label} {by_outcome[code]}" for code, label in OUTCOME.items() if by_outcome[code]]
    return " · ".join([_("{batches} 批 {people} 人次").format(batches=len(done), people=people), *counted])


def _open(rows: Rows, reader: Reader) -> list[Visit]:
    """Return who waits or is in reception, longest first; safe visits for those who may read them."""
    query = select(Visit).where(Visit.state.in_(("waiting", "received")), Visit.void.is_(False))
    found = rows.scalars(query.order_by(Visit.arrived_at).limit(_MOST_OPEN)).all()
    return [visit for visit in found if may_read(rows, reader, visit)]


def _on_duty(rows: Rows, today: date) -> str:
    start, _end = visit_list.day_bounds(today)
    query = select(Duty.name_told).where(
        Duty.ended_at.is_(None), Duty.started_at >= start, Duty.void.is_(False)
    )
    names = "、".join(dict.fromkeys(rows.scalars(query.order_by(Duty.started_at))))
    return _("在岗 {names}代表").format(names=names) if names else _("还没有代表上岗")


def _unreported(rows: Rows, in_reception: Iterable[Visit]) -> list[values.DueItem]:
    """Mandatory reports (LZ-11) not made yet: at once, so before everything else."""
    numbers = {visit.record_id: visit.number for visit in in_reception}
    query = select(Report.visit_id, Report.kind).where(
        Report.visit_id.in_(numbers), Report.reported_at.is_(None), Report.void.is_(False)
    )
    return [
        values.DueItem(
            word=_("强制报告"),
            colour="",
            text=_("{number} {kind}：还没有报告").format(
                number=numbers[row.visit_id], kind=REPORT_KIND.get(row.kind, "")
            ),
            action=_("填写"),
            noun="visit",
            record_id=row.visit_id,
        )
        for row in rows.execute(query)
    ]


def to_tell_query(reader: Reader) -> Select[str, str, date | None, str]:
    """Return the query for open matters whose visitor was not told yet, the earliest promise first."""
    told = exists().where(Reply.matter_id == Matter.record_id)
    # A condition, not a join: SQLite must walk the few open matters, never the visits.
    shown = exists().where(Visit.record_id == Matter.visit_id, Visit.state == "finished", listed(reader))
    return (
        select(Matter.subject, Matter.visit_id, Matter.tell_by, Matter.scope_id)
        .where(Matter.state == "open", Matter.tell_by.is_not(None), Matter.void.is_(False), ~told, shown)
        .order_by(Matter.tell_by)
        .limit(_MOST_DUE + 1)
    )


def _to_tell(rows: Rows, reader: Reader, profile: Profile, today: date) -> list[values.DueItem]:
    """Open matters whose visitor was not told yet where it went, first those promised earliest."""
    calendar = local_rules.calendar(profile, today)
    term = profile.term("term.tell_where", today)
    found = []
    stations = names(rows)
    for row in rows.execute(to_tell_query(reader)):
        station = stations.get(row.scope_id, "")
        subject = f"{station} · {row.subject}" if station else row.subject
        due = deadlines.Due(row.tell_by, row.tell_by, False, False, term, ())
        left = deadlines.remaining(due, today, calendar)
        found.append(
            values.DueItem(
                word=left.text,
                colour="",
                text=_("{subject}：告知去向，{until}").format(
                    subject=subject, until=deadlines.until_text(row.tell_by, today)
                ),
                action=_("查看") if station else _("反馈"),
                noun="visit",
                record_id=row.visit_id,
                due=row.tell_by,
            )
        )
    return found


def _unwritten(cards: Iterable[values.Visit], today: date) -> list[values.DueItem]:
    """Visits of earlier days whose words are still open; today's stand under 正在接待."""
    return [
        values.DueItem(
            word=_("待补记"),
            colour="",
            text=f"{card.name} {card.subject}",
            action=_("补记"),
            noun="visit",
            record_id=card.id,
        )
        for card in cards
        if card.received_at is not None and card.received_at.date() < today
    ]
