"""The visits list: keyset pages, newest first, and counts in 批次 and 人次.

Its questions are put into words once for each set of filters (`models/plain.py`): whoever scrolls waits for a
page, and making one took twice as long as answering it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    ScalarSelect,
    Select,
    Text,
    bindparam,
    func,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.orm import Session as Rows

from desk import clock
from desk.models import plain
from desk.models.matter import Matter
from desk.models.person import Person
from desk.models.plain import Question
from desk.models.rating import Rating
from desk.models.visit import Receiver, Visit
from desk.rules.labels import OUTCOME, RATING
from desk.services.station import names
from desk.services.visit_cards import ratings_of, receivers_of
from desk.services.visit_safety import Reader, listed
from desk.services.visit_values import Counts, VisitFilter, VisitPage, VisitRow
from desk.text import _
from desk.wire.codecs import instant_text

Line = Any
"""A row of `_COLUMNS` as SQLite keeps it, by their names."""

_COLUMNS = (
    *(Visit.record_id, Visit.number, Visit.received_at, Visit.name_told, Visit.anonymous),
    *(Visit.headcount, Visit.state, Visit.scope_id),
)
_KEY_SIGN = "|"
_FEW = 2000
_WORDS: Final = ("deputy_id", "outcome", "rating", "station", "person_id")
"""Filters that are a code or an id; the others are days."""

_GIVEN: Final[Mapping[str, BindParameter[Any]]] = {
    name: bindparam(name, type_=Text) for name in (*_WORDS, "day_from", "day_to", "after_at", "after_id")
}
"""What each asking gives: moments as SQLite keeps them, as text."""

# The first matter of a visit comes last.
_MATTERS: Final = (
    "SELECT visit_id, subject, outcome FROM matter WHERE visit_id IN ({ids}) AND void = 0 ORDER BY rowid DESC"
)


def page(rows: Rows, reader: Reader, narrow: VisitFilter, after: str | None, limit: int) -> VisitPage:
    """Return one page of received visits; `after` is the `next_key` of the page before."""
    given = _given(narrow)
    rare = _rare(rows, given)
    if after is not None:
        given["after_at"], _sign, given["after_id"] = after.partition(_KEY_SIGN)
    asked = _page_question(reader, frozenset(given), rare)
    found = plain.answer(rows, asked, **given, most=limit + 1)
    shown_rows = found[:limit]
    next_key = None
    if len(found) > limit:
        last = shown_rows[-1]
        next_key = f"{last.received_at}{_KEY_SIGN}{last.record_id}"
    return VisitPage(list_rows(rows, reader, shown_rows), next_key)


def counts(rows: Rows, reader: Reader, narrow: VisitFilter) -> Counts:
    """Count visits (批次) and the people who came (人次)."""
    given = _given(narrow)
    (found,) = plain.answer(rows, _count_question(reader, frozenset(given)), **given)
    return Counts(*found)


def page_query(
    reader: Reader, by: Collection[str], rare: frozenset[str] = frozenset()
) -> Select[*tuple[Any, ...]]:
    """Return the query of the list, newest first; the caller sets its limit.

    `by`: what is given, filters by their names and `after_at`, `after_id` for the page after a line. `rare`:
    filters few visits pass; the query starts from those instead of walking the list.
    """
    query = select(*_COLUMNS).where(*_conditions(reader, by, rare))
    if "after_at" in by:
        key = tuple_(Visit.received_at, Visit.record_id)
        query = query.where(key < tuple_(_GIVEN["after_at"], _GIVEN["after_id"]))
    return query.order_by(Visit.received_at.desc(), Visit.record_id.desc())


def count_query(reader: Reader, by: Collection[str]) -> Select[int, int]:
    """Return the query that counts visits and people; `by` are the filters that are given."""
    query = select(func.count(), func.coalesce(func.sum(Visit.headcount), 0))
    return query.select_from(Visit).where(*_conditions(reader, by, frozenset()))


def finished_on(rows: Rows, reader: Reader, day: date) -> tuple[VisitRow, ...]:
    """Return the visits received on a day and finished, earliest first."""
    given = _given(VisitFilter(day_from=day, day_to=day))
    return list_rows(rows, reader, plain.answer(rows, _finished_question(reader), **given))


@lru_cache(maxsize=32)
def _page_question(reader: Reader, by: frozenset[str], rare: frozenset[str]) -> Question:
    return plain.question(page_query(reader, by, rare).limit(bindparam("most")), *by, "most")


@lru_cache(maxsize=16)
def _count_question(reader: Reader, by: frozenset[str]) -> Question:
    return plain.question(count_query(reader, by), *by)


@lru_cache(maxsize=4)
def _finished_question(reader: Reader) -> Question:
    by = ("day_from", "day_to")
    query = select(*_COLUMNS).where(*_conditions(reader, by, frozenset()), Visit.state == "finished")
    return plain.question(query.order_by(Visit.received_at), *by)


def _given(narrow: VisitFilter) -> dict[str, Any]:
    """Return what a list is narrowed to, as SQLite keeps it, without what it is not narrowed to."""
    given = {name: value for name in _WORDS if (value := getattr(narrow, name))}
    if narrow.day_from is not None:
        given["day_from"] = instant_text(day_bounds(narrow.day_from)[0])
    if narrow.day_to is not None:
        given["day_to"] = instant_text(day_bounds(narrow.day_to)[1])
    return given


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """Return local midnight of a day and of the next one."""
    zone = clock.now().tzinfo
    start = datetime.combine(day, time.min, tzinfo=zone)
    return start, datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone)


def list_rows(rows: Rows, reader: Reader, found: Sequence[Line]) -> tuple[VisitRow, ...]:
    """Turn visit rows into lines, with four questions for all of them."""
    ids = [row.record_id for row in found]
    if not ids:
        return ()
    matters = {visit_id: rest for visit_id, *rest in plain.ask_lists(rows, _MATTERS, {"ids": ids})}
    receivers = receivers_of(rows, ids)
    ratings = ratings_of(rows, ids)
    stations = names(rows)
    return tuple(
        _line(
            row,
            reader,
            matter=matters.get(row.record_id, ("", "")),
            receivers=receivers.get(row.record_id, ()),
            rating=ratings.get(("reception", row.record_id), ""),
            station=stations.get(row.scope_id, ""),
        )
        for row in found
    )


def _line(
    row: Line,
    reader: Reader,
    *,
    matter: Sequence[str],
    receivers: Iterable[tuple[str, str]],
    rating: str,
    station: str,
) -> VisitRow:
    subject, outcome = matter
    finished = row.state == "finished"
    return VisitRow(
        id=row.record_id,
        number=row.number,
        at=datetime.fromisoformat(row.received_at),
        name=reader.name(row.name_told, anonymous=bool(row.anonymous)),
        headcount=row.headcount,
        subject=subject,
        outcome=outcome,
        outcome_label=OUTCOME.get(outcome, ""),
        rating_label=RATING.get(rating, _("未评") if finished else ""),
        receiver_names="、".join(name for name, _levels in receivers),
        state=row.state,
        incomplete=not finished,
        station=station,
    )


def _rare(rows: Rows, given: Mapping[str, str]) -> frozenset[str]:
    """Return which filters so few visits pass that it is quicker to begin with them."""
    asked = [name for name in _BY_ITSELF if name in given]
    return frozenset(name for name in asked if len(plain.answer(rows, _few_question(name), **given)) <= _FEW)


@lru_cache(maxsize=8)
def _few_question(name: str) -> Question:
    return plain.question(_BY_ITSELF[name]().limit(_FEW + 1), name)


def _conditions(reader: Reader, by: Collection[str], rare: frozenset[str]) -> list[ColumnElement[bool]]:
    found = [listed(reader), Visit.received_at.is_not(None)]
    if "day_from" in by:
        found.append(Visit.received_at >= _GIVEN["day_from"])
    if "day_to" in by:
        found.append(Visit.received_at < _GIVEN["day_to"])
    if "deputy_id" in by:
        found.append(_among(_of_deputy(), Receiver.visit_id, few="deputy_id" in rare))
    if "outcome" in by:
        found.append(_among(_of_outcome(), Matter.visit_id, few="outcome" in rare))
    if "rating" in by:
        if "rating" in rare:
            found.append(Visit.record_id.in_(_ever_rated()))
        found.append(_newest_rating() == _GIVEN["rating"])
    if "station" in by:
        found.append(Visit.scope_id == _GIVEN["station"])
    if "person_id" in by:
        person_id = _GIVEN["person_id"]
        merged = select(Person.record_id).where(Person.merged_into == person_id)
        found.append(or_(Visit.person_id == person_id, Visit.person_id.in_(merged)))
    return found


def _among(ids: Select[str], visit_id: InstrumentedAttribute[str], *, few: bool) -> ColumnElement[bool]:
    """Keep visits among these: looked up first if they are few, asked for one by one if they are many."""
    return Visit.record_id.in_(ids) if few else ids.where(visit_id == Visit.record_id).exists()


def _of_deputy() -> Select[str]:
    deputy_id = _GIVEN["deputy_id"]
    return select(Receiver.visit_id).where(Receiver.deputy_id == deputy_id, Receiver.void.is_(False))


def _of_outcome() -> Select[str]:
    return select(Matter.visit_id).where(Matter.outcome == _GIVEN["outcome"], Matter.void.is_(False))


def _ever_rated() -> Select[str]:
    return select(Rating.visit_id).where(Rating.about == "reception", Rating.value == _GIVEN["rating"])


_BY_ITSELF: Final = {"deputy_id": _of_deputy, "outcome": _of_outcome, "rating": _ever_rated}
"""Filters by which visits can be found without walking the list."""


def _newest_rating() -> ScalarSelect[str]:
    """Return the newest rating of the reception: a correction is a new fact."""
    query = select(Rating.value).where(
        Rating.visit_id == Visit.record_id, Rating.about == "reception", Rating.void.is_(False)
    )
    return query.order_by(Rating.rated_at.desc()).limit(1).scalar_subquery()
