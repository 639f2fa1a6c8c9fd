"""The rows of 接待选民登记簿 for a period: names masked, safe visits only for those who may see them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session as Rows

from desk import clock
from desk.errors import InputProblem
from desk.models.base import alive
from desk.models.matter import Matter
from desk.models.own import own
from desk.models.rating import Rating
from desk.models.reply import Reply
from desk.models.station import Station
from desk.models.visit import Receiver, Visit
from desk.rules import labels, local_rules, masking
from desk.rules.numerals import plain_date
from desk.rules.profile import Profile
from desk.services import visit_safety
from desk.services.pdf.visits_ledger import LedgerRow, VisitsLedger
from desk.services.session import Session
from desk.text import _

MOST_ROWS = 20_000  # beyond it nobody can hold the book any more

Row = TypeVar("Row")


@dataclass(frozen=True)
class _Parts:
    """What hangs on the visits of a period, by visit id (replies by matter id)."""

    matters: Mapping[str, list[Matter]]
    receivers: Mapping[str, list[Receiver]]
    ratings: Mapping[str, list[Rating]]
    replies: Mapping[str, list[Reply]]


def gather(rows: Rows, session: Session, profile: Profile, *, day_from: date, day_to: date) -> VisitsLedger:
    """Return the ledger of the visits received on these days (both included), oldest first.

    Raises InputProblem when the period ends before it begins or holds more than 20,000 visits.
    """
    if day_to < day_from:
        raise InputProblem(_("时段的结束日期在开始日期之前。"), field="day_to")
    reader = visit_safety.reader_of(rows, session)
    seen = and_(visit_safety.listed(reader), _received(day_from, day_to))
    batches, people = rows.execute(
        select(func.count(), func.coalesce(func.sum(Visit.headcount), 0)).where(seen)
    ).one()
    if batches > MOST_ROWS:
        sentence = _("这段时间有 {count} 批次，一册装不下。").format(count=batches)
        raise InputProblem(sentence, way_out=_("请把时段分短，分册打印。"), field="day_from")
    visits = rows.scalars(select(Visit).where(seen).order_by(Visit.received_at, Visit.record_id)).all()
    parts = _parts(rows, seen)
    # What is of the book's own year does without it.
    year = day_from.year if day_from.year == day_to.year else 0
    topics = {topic.code: topic.label for topic in local_rules.categories(profile, day_to)}
    station = rows.scalars(own(rows, Station)).first()
    return VisitsLedger(
        title=profile.text("ledger.visits", day_to),
        station=station.name if station else "",
        period_text=_("{first} 至 {last}").format(first=plain_date(day_from), last=plain_date(day_to)),
        printed_text=_("打印于 {day}").format(day=plain_date(clock.today())),
        batches=batches,
        people=people,
        rows=tuple(_row(visit, parts, topics, year) for visit in visits),
    )


def _received(day_from: date, day_to: date) -> ColumnElement[bool]:
    zone = clock.now().tzinfo
    first = datetime.combine(day_from, time.min, zone)
    after = datetime.combine(day_to + timedelta(days=1), time.min, zone)
    return and_(Visit.received_at >= first, Visit.received_at < after)


def _parts(rows: Rows, seen: ColumnElement[bool]) -> _Parts:
    """Load what hangs on all the visits with one statement a table."""
    matters = rows.scalars(alive(Matter).join(Visit, Visit.record_id == Matter.visit_id).where(seen)).all()
    receivers = rows.scalars(
        alive(Receiver).join(Visit, Visit.record_id == Receiver.visit_id).where(seen)
    ).all()
    ratings = rows.scalars(
        alive(Rating)
        .join(Visit, Visit.record_id == Rating.visit_id)
        .where(seen, Rating.about == "reception")
        .order_by(Rating.rated_at)
    ).all()
    replies = rows.scalars(
        alive(Reply)
        .join(Matter, Matter.record_id == Reply.matter_id)
        .join(Visit, Visit.record_id == Matter.visit_id)
        .where(seen)
        .order_by(Reply.replied_at)
    ).all()
    return _Parts(
        _grouped(matters, "visit_id"),
        _grouped(receivers, "visit_id"),
        _grouped(ratings, "visit_id"),
        _grouped(replies, "matter_id"),
    )


def _grouped(found: Iterable[Row], key: str) -> Mapping[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in found:
        groups[getattr(row, key)].append(row)
    return groups


def _row(visit: Visit, parts: _Parts, topics: Mapping[str, str], year: int) -> LedgerRow:
    matters = parts.matters.get(visit.record_id, [])
    replies = [reply for matter in matters for reply in parts.replies.get(matter.record_id, [])]
    ratings = parts.ratings.get(visit.record_id, [])
    return LedgerRow(
        number=visit.number,
        at_text=f"{_short(visit.received_at, year)} {visit.received_at:%H:%M}" if visit.received_at else "",
        name=_("不愿透露") if visit.anonymous else masking.mask_name(visit.name_told),
        headcount=visit.headcount,
        kind=labels.VISIT_KIND.get(visit.kind, visit.kind),
        subject="；".join(matter.subject for matter in matters),
        category="、".join(topics.get(matter.category, matter.category) for matter in matters),
        receivers="、".join(receiver.name for receiver in parts.receivers.get(visit.record_id, [])),
        outcome="、".join(labels.OUTCOME.get(matter.outcome, _("待补记")) for matter in matters),
        reply_text=_reply(replies[-1], year) if replies else "",
        rating=labels.RATING.get(ratings[-1].value, "") if ratings else "",
    )


def _short(at: datetime, year: int) -> str:
    return f"{at:%m-%d}" if at.year == year else f"{at:%Y-%m-%d}"


def _reply(reply: Reply, year: int) -> str:
    day = _short(reply.replied_at, year) if reply.replied_at else ""
    return f"{day} {labels.REPLY_WAY.get(reply.way, reply.way)}".strip()
