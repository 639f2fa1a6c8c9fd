"""The list of consultations: keyset pages, newest first, and counts for the chips."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, select, tuple_
from sqlalchemy.orm import Session as Rows

from desk.models.consultation import Consultation
from desk.rules import consultation_codes as codes
from desk.rules.labels import RATING
from desk.services import search_index
from desk.services.consultation.access import Reader, listed, state_of
from desk.services.consultation.rows import split
from desk.services.consultation.values import (
    ConsultationFilter,
    ConsultationPage,
    ConsultationRow,
    GroupCount,
)
from desk.services.visit_list import day_bounds
from desk.text import _

GROUPS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "open": ("办理中", ("opened", "registered", "checked", "answered")),
    "appointed": ("已约期", ("appointed",)),
    "finished": ("已结束", ("finished",)),
    "referred": ("已转出", ("referred",)),
}
"""The chips above the list: code, word, and the states that stand under each."""

_KEY_SIGN: Final = "|"
_MOST_FOUND: Final = 500
_SNIPPET: Final = 40


def page(
    rows: Rows, reader: Reader, narrow: ConsultationFilter, place: tuple[str | None, int]
) -> ConsultationPage:
    """Return one page; `place` is the `next_key` of the page before, or None, and how many lines."""
    after, limit = place
    found = rows.scalars(page_query(rows, reader, narrow, after).limit(limit + 1)).all()
    shown = found[:limit]
    next_key = None
    if len(found) > limit:
        last = shown[-1]
        assert last.consulted_at is not None, "the list holds only consultations with their time"
        next_key = f"{last.consulted_at.isoformat()}{_KEY_SIGN}{last.record_id}"
    return ConsultationPage(tuple(_line(row, reader) for row in shown), next_key)


def counts(rows: Rows, reader: Reader) -> tuple[GroupCount, ...]:
    """Return how many consultations stand under each chip."""
    query = select(Consultation.state, func.count()).where(
        listed(reader), Consultation.consulted_at.is_not(None)
    )
    by_state = dict(rows.execute(query.group_by(Consultation.state)).all())
    return tuple(
        GroupCount(group, label, sum(by_state.get(state, 0) for state in states))
        for group, (label, states) in GROUPS.items()
    )


def page_query(
    rows: Rows, reader: Reader, narrow: ConsultationFilter, after: str | None
) -> Select[*tuple[Any, ...]]:
    """Return the query of the list from `after` on, newest first; the caller sets its limit."""
    query = select(Consultation).where(*_conditions(rows, reader, narrow))
    if after is not None:
        at, _sign, record_id = after.partition(_KEY_SIGN)
        key = tuple_(Consultation.consulted_at, Consultation.record_id)
        query = query.where(key < tuple_(datetime.fromisoformat(at), record_id))
    return query.order_by(Consultation.consulted_at.desc(), Consultation.record_id.desc())


def _conditions(rows: Rows, reader: Reader, narrow: ConsultationFilter) -> list[ColumnElement[bool]]:
    found = [listed(reader), Consultation.consulted_at.is_not(None)]
    if narrow.group:
        found.append(Consultation.state.in_(GROUPS[narrow.group][1]))
    asked_for = {name: getattr(narrow, name) for name in ("category", "adviser_id", "disposition")}
    found += [getattr(Consultation, name) == value for name, value in asked_for.items() if value]
    if narrow.text.strip():
        ids = search_index.newest(rows, narrow.text, "consultation", _MOST_FOUND)
        found.append(Consultation.record_id.in_(ids))
    if narrow.day_from is not None:
        found.append(Consultation.consulted_at >= day_bounds(narrow.day_from)[0])
    if narrow.day_to is not None:
        found.append(Consultation.consulted_at < day_bounds(narrow.day_to)[1])
    return found


def _line(row: Consultation, reader: Reader) -> ConsultationRow:
    state = state_of(row)
    words = " ".join(row.question.split())
    return ConsultationRow(
        id=row.record_id,
        number=row.number,
        at=row.consulted_at,
        name=reader.name(row),
        category_label=codes.category_words(split(row.topic)),
        question=words if len(words) <= _SNIPPET else words[: _SNIPPET - 1] + "…",
        adviser=row.adviser_name,
        state=state,
        state_label=_("请换人解答") if row.conflict == "hit" else codes.STATE.get(state, ""),
        disposition_label=codes.DISPOSITION.get(row.disposition, ""),
        rating_label=RATING.get(row.rating, ""),
        appointment_at=row.appointment_at,
    )
