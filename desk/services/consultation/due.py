"""What of the consultations is due: appointments, letters and messages to be answered, answers left open."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session as Rows

from desk import clock
from desk.models.consultation import Consultation
from desk.rules import local_rules
from desk.rules.consultation_terms import answer_by
from desk.rules.profile import Profile
from desk.services.consultation.access import Reader, listed
from desk.services.visit_list import day_bounds
from desk.services.visit_values import DueItem
from desk.text import _

_WAITING: Final = ("opened", "registered", "checked", "answered")
_AHEAD: Final = timedelta(days=1)
_WRITTEN: Final = ("letter", "network")
_MOST: Final = 21
"""How many of those that have no day are told, who waits longest first; what has a day is told whole.

One more than 今日 tells, which so knows that something is left out."""


def due_items(rows: Rows, reader: Reader, profile: Profile, today: date) -> list[DueItem]:
    """Return what is due, most urgent first; names by the reader's rights, no words of anybody (FL-12).

    Who only waits for an answer has no day: it is told by when they came, and pushes no day of another out.
    """
    found = sorted(_items(rows, reader, profile, today), key=lambda each: each[0])
    return [item for _when, item in found]


def badge(rows: Rows, reader: Reader) -> int:
    """Return how many consultations are under way, for the rail."""
    query = select(Consultation.record_id).where(
        listed(reader), Consultation.state.in_(_WAITING), Consultation.consulted_at.is_not(None)
    )
    return len(rows.scalars(query.limit(100)).all())


def _items(rows: Rows, reader: Reader, profile: Profile, today: date) -> Iterator[tuple[datetime, DueItem]]:
    query = select(Consultation).where(listed(reader), Consultation.consulted_at.is_not(None))
    order = query.order_by(Consultation.consulted_at)
    calendar = local_rules.calendar(profile, today)
    before = day_bounds(today + _AHEAD)[1]
    appointed = order.where(Consultation.state == "appointed", Consultation.appointment_at < before)
    for row in rows.scalars(appointed):
        at = row.appointment_at
        if at is not None:
            late = at < clock.now()
            words = _("约定 {at}").format(at=f"{at:%m-%d %H:%M}")
            item = _item(row, reader, _("约期已过") if late else words, _("继续"))
            yield at, replace(item, due=at.date())
    waiting = order.where(Consultation.state.in_(_WAITING))
    written = rows.scalars(waiting.where(Consultation.channel.in_(_WRITTEN))).all()
    spoken = rows.scalars(waiting.where(Consultation.channel.not_in(_WRITTEN)).limit(_MOST)).all()
    for row in (*written, *spoken):
        received = row.consulted_at
        assert received is not None, "asked for"
        last = answer_by(row.channel, received, profile, calendar)
        if last is not None:
            until = last.moment or datetime.combine(last.on, received.timetz())
            late = last.on < today or (last.moment is not None and last.moment < clock.now())
            item = _item(row, reader, _("逾期未答") if late else last.text, _("解答"))
            yield until, replace(item, due=last.on)
        elif row.conflict == "hit":
            yield received, _item(row, reader, _("请换人解答"), _("办理"))
        elif received.date() < today:
            yield received, _item(row, reader, _("待解答"), _("解答"))


def _item(row: Consultation, reader: Reader, word: str, action: str) -> DueItem:
    return DueItem(
        word=word,
        colour="",
        text=_("法律咨询 {number} {name}").format(number=row.number, name=reader.name(row)),
        action=action,
        noun="consultation",
        record_id=row.record_id,
    )
