"""The visits list: keyset pages, newest first, and counts in 批次 and 人次."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.orm import Session as Rows

from desk import clock
from desk.models.matter import Matter
from desk.models.person import Person
from desk.models.rating import Rating
from desk.models.visit import Receiver, Visit
from desk.rules.labels import OUTCOME, RATING
from desk.services.station import names
from desk.services.visit_cards import Line, ratings_of, receivers_of
from desk.services.visit_receivers import shown
from desk.services.visit_safety import Reader, listed
from desk.services.visit_values import Counts, VisitFilter, VisitPage, VisitRow
from desk.text import _

_COLUMNS = (
    *(Visit.record_id, Visit.number, Visit.received_at, Visit.name_told, Visit.anonymous),
    *(Visit.headcount, Visit.state, Visit.scope_id),
)
_KEY_SIGN = "|"
_FEW = 2000


def page(rows: Rows, reader: Reader, narrow: VisitFilter, after: str | None, limit: int) -> VisitPage:
    """Return one page of received visits; `after` is the `next_key` of the page before."""
    found = rows.execute(page_query(reader, narrow, after, _rare(rows, narrow)).limit(limit + 1)).all()
    shown_rows = found[:limit]
    next_key = None
    if len(found) > limit:
        last = shown_rows[-1]
        next_key = f"{last.received_at.isoformat()}{_KEY_SIGN}{last.record_id}"
    return VisitPage(list_rows(rows, reader, shown_rows), next_key)


def counts(rows: Rows, reader: Reader, narrow: VisitFilter) -> Counts:
    """Count visits (批次) and the people who came (人次)."""
    batches, people = rows.execute(count_query(reader, narrow)).one()
    return Counts(batches, people)


def page_query(
    reader: Reader, narrow: VisitFilter, after: str | None, rare: frozenset[str] = frozenset()
) -> Select[*tuple[Any, ...]]:
    """Return the query of the list from `after` on, newest first; the caller sets its limit.

    `rare`: filters few visits pass; the query starts from those instead of walking the list.
    """
    query = select(*_COLUMNS).where(*_conditions(reader, narrow, rare))
    if after is not None:
        at, _sign, record_id = after.partition(_KEY_SIGN)
        key = tuple_(Visit.received_at, Visit.record_id)
        query = query.where(key < tuple_(datetime.fromisoformat(at), record_id))
    return query.order_by(Visit.received_at.desc(), Visit.record_id.desc())


def count_query(reader: Reader, narrow: VisitFilter) -> Select[int, int]:
    """Return the query that counts visits and people."""
    query = select(func.count(), func.coalesce(func.sum(Visit.headcount), 0))
    return query.select_from(Visit).where(*_conditions(reader, narrow, frozenset()))


def finished_on(rows: Rows, reader: Reader, day: date) -> tuple[VisitRow, ...]:
    """Return the visits received on a day and finished, earliest first."""
    start, end = day_bounds(day)
    query = select(*_COLUMNS).where(
        listed(reader), Visit.state == "finished", Visit.received_at >= start, Visit.received_at < end
    )
    return list_rows(rows, reader, rows.execute(query.order_by(Visit.received_at)).all())


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """Return local midnight of a day and of the next one."""
    zone = clock.now().tzinfo
    start = datetime.combine(day, time.min, tzinfo=zone)
    return start, datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone)


def list_rows(rows: Rows, reader: Reader, found: Sequence[Line]) -> tuple[VisitRow, ...]:
    """Turn visit rows with the list's columns into lines, with four queries for all of them."""
    ids = [row.record_id for row in found]
    if not ids:
        return ()
    query = select(Matter.visit_id, Matter.subject, Matter.outcome)
    matters = {
        row.visit_id: row
        for row in rows.execute(query.where(Matter.visit_id.in_(ids), Matter.void.is_(False)))
    }
    receivers = receivers_of(rows, ids)
    ratings = ratings_of(rows, ids)
    stations = names(rows)
    lines = (_line(row, matters.get(row.record_id), receivers, ratings, reader) for row in found)
    if not stations:
        return tuple(lines)
    return tuple(
        replace(line, station=stations.get(row.scope_id, "")) for line, row in zip(lines, found, strict=True)
    )


def _line(
    row: Line,
    matter: Line | None,
    receivers: dict[str, list[Line]],
    ratings: dict[tuple[str, str], str],
    reader: Reader,
) -> VisitRow:
    outcome = matter.outcome if matter is not None else ""
    rating = ratings.get(("reception", row.record_id), "")
    finished = row.state == "finished"
    return VisitRow(
        id=row.record_id,
        number=row.number,
        at=row.received_at,
        name=reader.name(row.name_told, anonymous=row.anonymous),
        headcount=row.headcount,
        subject=matter.subject if matter is not None else "",
        outcome=outcome,
        outcome_label=OUTCOME.get(outcome, ""),
        rating_label=RATING.get(rating, _("未评") if finished else ""),
        receivers_text="、".join(
            shown(each.name, each.levels_text) for each in receivers.get(row.record_id, [])
        ),
        state=row.state,
        incomplete=not finished,
    )


def _rare(rows: Rows, narrow: VisitFilter) -> frozenset[str]:
    """Return which filters so few visits pass that it is quicker to begin with them."""
    wanted = {"deputy_id": _of_deputy, "outcome": _of_outcome, "rating": _ever_rated}
    found = set()
    for name, ids in wanted.items():
        value = getattr(narrow, name)
        if value and len(rows.execute(ids(value).limit(_FEW + 1)).all()) <= _FEW:
            found.add(name)
    return frozenset(found)


def _conditions(reader: Reader, narrow: VisitFilter, rare: frozenset[str]) -> list[ColumnElement[bool]]:
    found = [listed(reader), Visit.received_at.is_not(None)]
    if narrow.day_from is not None:
        found.append(Visit.received_at >= day_bounds(narrow.day_from)[0])
    if narrow.day_to is not None:
        found.append(Visit.received_at < day_bounds(narrow.day_to)[1])
    if narrow.deputy_id:
        of_deputy = _of_deputy(narrow.deputy_id)
        found.append(_among(of_deputy, Receiver.visit_id, few="deputy_id" in rare))
    if narrow.outcome:
        of_outcome = _of_outcome(narrow.outcome)
        found.append(_among(of_outcome, Matter.visit_id, few="outcome" in rare))
    if narrow.rating:
        if "rating" in rare:
            found.append(Visit.record_id.in_(_ever_rated(narrow.rating)))
        found.append(_newest_rating() == narrow.rating)
    if narrow.station:
        found.append(Visit.scope_id == narrow.station)
    if narrow.person_id:
        merged = select(Person.record_id).where(Person.merged_into == narrow.person_id)
        found.append(or_(Visit.person_id == narrow.person_id, Visit.person_id.in_(merged)))
    return found


def _among(ids: Select[str], visit_id: InstrumentedAttribute[str], *, few: bool) -> ColumnElement[bool]:
    """Keep visits among these: looked up first if they are few, asked for one by one if they are many."""
    return Visit.record_id.in_(ids) if few else ids.where(visit_id == Visit.record_id).exists()


def _of_deputy(deputy_id: str) -> Select[str]:
    return select(Receiver.visit_id).where(Receiver.deputy_id == deputy_id, Receiver.void.is_(False))


def _of_outcome(outcome: str) -> Select[str]:
    return select(Matter.visit_id).where(Matter.outcome == outcome, Matter.void.is_(False))


def _ever_rated(value: str) -> Select[str]:
    return select(Rating.visit_id).where(Rating.about == "reception", Rating.value == value)


def _newest_rating() -> ScalarSelect[str]:
    """Return the newest rating of the reception: a correction is a new fact."""
    query = select(Rating.value).where(
        Rating.visit_id == Visit.record_id, Rating.about == "reception", Rating.void.is_(False)
    )
    return query.order_by(Rating.rated_at.desc()).limit(1).scalar_subquery()
