"""Recognised: who a visitor may be before a person is made twice, what they came for, what was similar.

A namesake stays separate: matches are offered, never taken by themselves. Safe visits count only by right.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import func, literal_column, select
from sqlalchemy.orm import Session as Rows

from desk.models.matter import Matter
from desk.models.person import Person
from desk.models.reply import Reply
from desk.models.store import Store
from desk.models.visit import Visit
from desk.rules import age_bands
from desk.rules.grams import query_terms
from desk.rules.identity import normalise_id
from desk.rules.labels import OUTCOME, RATING
from desk.rules.masking import mask_phone
from desk.rules.names import name_key
from desk.rules.phones import tail
from desk.services import search_index
from desk.services.session import Session
from desk.services.visit_cards import ratings_of
from desk.services.visit_people import current
from desk.services.visit_safety import OPEN_TO_ALL, Reader, listed, reader_of
from desk.services.visit_values import PastVisit, PersonCard, PersonMatch, Similar
from desk.text import _

_MOST_MATCHES: Final = 8
_MOST_PAST: Final = 10
_MOST_SIMILAR: Final = 4
_CANDIDATES: Final = 200
_ALIKE: Final = 0.34
"""Of the pairs of characters typed, how many a similar subject has too."""

_TAIL: Final = 4
_SHORTEST_INITIALS: Final = 2
_RESULT_LENGTH: Final = 24


@dataclass(frozen=True)
class _Past:
    """What a reader may know of somebody's visits: all of them, those visible, the last visible day."""

    times: int
    visible: int
    last: date | None


class People:
    """Finds people and what became of earlier matters."""

    def __init__(self, store: Store, session: Session) -> None:
        self._store = store
        self._session = session

    def match(self, name: str = "", phone: str = "", id_no: str = "") -> tuple[PersonMatch, ...]:
        """Return who this may be: by ID number, phone tail, the same name, initials (lml); surest first."""
        self._session.require("read", "person")
        with self._store.read() as rows:
            reader = self._reader(rows)
            why: dict[str, str] = {}
            for person_id, reason in _candidates(rows, name, phone, id_no):
                person = current(rows, person_id)
                if person is not None:
                    why.setdefault(person.record_id, reason)
            past = _past(rows, reader, why)
            knows_visits = self._session.may("read", "visit")
            matches = (
                _match(rows.get_one(Person, person_id), past.get(person_id) if knows_visits else None, reason)
                for person_id, reason in why.items()
                if not _is_hidden(past.get(person_id))
            )
            return tuple(matches)[:_MOST_MATCHES]

    def _reader(self, rows: Rows) -> Reader:
        """Return who asks; mediators and lawyers know people, but neither their visits nor safe visitors."""
        if self._session.may("read", "visit"):
            return reader_of(rows, self._session)
        return Reader(self._session.user.id, "", sees_safe=False, sees_names=True)

    def age_band(self, person_id: str, day: date) -> str:
        """Return the code of the age band of somebody known on a day (SEC-10), "" where it is not known."""
        self._session.require("read", "person")
        with self._store.read() as rows:
            person = current(rows, person_id)
            born = person.birth_date if person is not None else None
        return age_bands.band(born, day) if born is not None else ""

    def history(self, person_id: str) -> PersonCard:
        """Return how often somebody came and about what, newest first; safe visits by right only."""
        self._session.require("read", "person")
        with self._store.read() as rows:
            reader = reader_of(rows, self._session)
            person = current(rows, person_id)
            if person is None:
                return PersonCard(person_id, 0, ())
            mine = [person.record_id, *_merged_into(rows, person.record_id)]
            known = (Visit.person_id.in_(mine), Visit.received_at.is_not(None), listed(reader))
            times = rows.scalar(select(func.count()).select_from(Visit).where(*known)) or 0
            query = select(Visit.record_id, Visit.received_at).where(*known)
            found = rows.execute(query.order_by(Visit.received_at.desc()).limit(_MOST_PAST)).all()
            ids = [row.record_id for row in found]
            subjects = _subjects(rows, ids)
            ratings = ratings_of(rows, ids)
            visits = tuple(
                PastVisit(
                    row.record_id,
                    row.received_at.date(),
                    subjects.get(row.record_id, ""),
                    RATING.get(ratings.get(("reception", row.record_id), ""), ""),
                )
                for row in found
                if row.received_at is not None
            )
        return PersonCard(person.record_id, times, visits)

    def similar(self, subject: str) -> tuple[Similar, ...]:
        """Return the newest matters of this station like this one and what became of them; no safe visits."""
        self._session.require("read", "matter")
        wanted = _pairs(subject)
        if not wanted:
            return ()
        with self._store.read() as rows:
            reader = reader_of(rows, self._session)
            ids = search_index.newest_like(rows, subject, "visit", _CANDIDATES)
            query = (
                select(
                    *(Matter.record_id, Matter.visit_id, Matter.subject, Matter.outcome),
                    *(Visit.received_at, Visit.safety, Visit.state),
                )
                .join(Visit, Visit.record_id == Matter.visit_id)
                .where(Matter.visit_id.in_(ids), Matter.void.is_(False), listed(reader))
            )
            # State and safety are looked at here: an index on them would lead SQLite through every visit.
            alike = [
                (share, row.received_at, row)
                for row in rows.execute(query)
                if row.state == "finished" and row.safety in OPEN_TO_ALL and row.received_at is not None
                for share in [_share(wanted, _pairs(row.subject))]
                if share >= _ALIKE
            ]
            alike.sort(key=lambda each: each[:2], reverse=True)
            chosen = [row for _how, _at, row in alike[:_MOST_SIMILAR]]
            replies = _replies(rows, [row.record_id for row in chosen])
            return tuple(
                Similar(
                    row.visit_id,
                    row.subject,
                    row.received_at.date(),
                    _result(row.outcome, replies.get(row.record_id, "")),
                )
                for row in chosen
            )


def _candidates(rows: Rows, name: str, phone: str, id_no: str) -> Iterable[tuple[str, str]]:
    """Yield (person id, why), surest first; one may come up several times."""
    number = normalise_id(id_no)
    if number:
        query = select(Person.record_id).where(Person.id_no == number, Person.void.is_(False))
        for person_id in rows.scalars(query.limit(_MOST_MATCHES)):
            yield person_id, _("身份证号相同")
    last = tail(phone, _TAIL)
    if last:
        # Written out, not bound: else SQLite does not see that the index holds just this.
        ending = func.substr(Person.phone, literal_column("-4"))
        query = select(Person.record_id).where(ending == last, Person.void.is_(False))
        for person_id in rows.scalars(query.limit(_MOST_MATCHES)):
            yield person_id, _("电话尾号 {tail} 相同").format(tail=last)
    key = name_key(name)
    if not key:
        return
    query = select(Person.record_id).where(Person.name == key, Person.void.is_(False))
    for person_id in rows.scalars(query.limit(_MOST_MATCHES)):
        yield person_id, _("姓名相同")
    if key.isascii() and len(key) >= _SHORTEST_INITIALS:
        why = _("首字母 {letters}").format(letters=key.lower())
        if key.isdecimal():
            why = _("号码相同")
        for person_id in search_index.newest(rows, key, "person", _MOST_MATCHES):
            yield person_id, why


def _match(person: Person, past: _Past | None, why: str) -> PersonMatch:
    return PersonMatch(
        person_id=person.record_id,
        name=person.name,
        phone_masked=mask_phone(person.phone),
        address=person.address,
        last_visit=past.last if past is not None else None,
        why=why,
        grid=person.grid,
        sex=person.sex,
    )


def _is_hidden(past: _Past | None) -> bool:
    """Tell whether all a person ever came for is not for this reader: then even the name says too much."""
    return past is not None and past.times > 0 and past.visible == 0


def _past(rows: Rows, reader: Reader, person_ids: Iterable[str]) -> dict[str, _Past]:
    ids = list(person_ids)
    if not ids:
        return {}
    columns = (Visit.person_id, func.count(), func.max(Visit.received_at, type_=Visit.received_at.type))
    every = select(*columns).where(Visit.person_id.in_(ids), Visit.void.is_(False)).group_by(Visit.person_id)
    visible = {row[0]: row for row in rows.execute(every.where(listed(reader)))}
    found = {}
    for person_id, times, _last in rows.execute(every):
        seen = visible.get(person_id)
        last = seen[2].date() if seen is not None and seen[2] is not None else None
        found[person_id] = _Past(times, seen[1] if seen is not None else 0, last)
    return found


def _merged_into(rows: Rows, person_id: str) -> list[str]:
    query = select(Person.record_id).where(Person.merged_into != "", Person.merged_into == person_id)
    return list(rows.scalars(query))


def _subjects(rows: Rows, visit_ids: list[str]) -> dict[str, str]:
    query = select(Matter.visit_id, Matter.subject)
    found = rows.execute(query.where(Matter.visit_id.in_(visit_ids), Matter.void.is_(False)))
    return {row.visit_id: row.subject for row in found}


def _replies(rows: Rows, matter_ids: list[str]) -> dict[str, str]:
    query = select(Reply.matter_id, Reply.text).where(Reply.matter_id.in_(matter_ids))
    return {row.matter_id: row.text for row in rows.execute(query.order_by(Reply.replied_at))}


def _result(outcome: str, reply: str) -> str:
    """Return what became of a matter; words of mediations and consultations stay with their rooms."""
    label = OUTCOME.get(outcome, "")
    if not reply or outcome in {"mediation", "consultation"}:
        return (
            label
            if outcome in {"mediation", "consultation"}
            else _("{outcome}，办理中").format(outcome=label)
        )
    words = " ".join(reply.split())
    short = words if len(words) <= _RESULT_LENGTH else words[: _RESULT_LENGTH - 1] + "…"
    return f"{label}：{short}"


def _pairs(subject: str) -> frozenset[str]:
    return frozenset(term for term in query_terms(subject) if len(term) > 1)


def _share(wanted: frozenset[str], found: frozenset[str]) -> float:
    return len(wanted & found) / len(wanted)
