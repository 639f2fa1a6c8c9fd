"""Search from anywhere: people, deputies, visits and numbers while typing, and what was opened lately before.

Groups stand in the order of domain.md §11 (people first, numbers last), hits newest first. Rights are asked
of the records themselves, so that what a list would not show is not found either.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import islice
from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session as Rows

from desk import clock
from desk.models import plain
from desk.models.local import Recent
from desk.models.person import Person
from desk.models.plain import Question
from desk.models.store import Store
from desk.models.visit import Visit
from desk.rules.code_ends import ends_in
from desk.rules.grams import code_end
from desk.rules.marks import Mark, marks
from desk.rules.masking import mask_address, mask_name, mask_phone
from desk.rules.numbers import show_spoken
from desk.services import search_cases, search_consultations, search_deputies, search_ends, search_index
from desk.services.consultation import access as consultation_access
from desk.services.deputies import DEPARTED, DeputyRow, rows_of
from desk.services.outcome import Done
from desk.services.session import Session
from desk.services.station import names
from desk.services.visit_below import linked_numbers
from desk.services.visit_safety import Reader, listed, reader_of
from desk.text import _

_BETWEEN = " · "
_SNIPPET = 28
_LEAD = 8
_RECENT_KEPT: Final = 20
_RARE: Final = "龥"
"""A character that hardly anything is found by."""

_PERSON = (Person.record_id, Person.name, Person.phone, Person.address)
_VISIT = (
    *(Visit.record_id, Visit.number, Visit.spoken, Visit.name_told, Visit.anonymous),
    *(Visit.received_at, Visit.arrived_at, Visit.scope_id, Visit.phone_told),
)
# The first matter of a visit comes last.
_MATTERS: Final = (
    "SELECT visit_id, record_id, outcome, subject, statement, request, deputy_view, answer_text FROM matter"
    " WHERE visit_id IN ({ids}) AND void = 0 ORDER BY rowid DESC"
)

Line = Any
"""A row of chosen columns, by their names."""


class _Matter(NamedTuple):
    visit_id: str
    record_id: str
    outcome: str
    subject: str
    statement: str
    request: str
    deputy_view: str
    answer_text: str


@dataclass(frozen=True)
class Hit:
    """One thing found: what to open, how it reads, and which parts of the title matched (start, length)."""

    noun: str
    record_id: str
    title: str
    subtitle: str
    marked: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Group:
    """Hits of one kind under their heading."""

    label: str
    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class _Found:
    """Lines of one group, the first to be shown first: only those that have room are looked for and read."""

    label: str
    lines: Iterator[Any]
    shown: Callable[[Sequence[Any]], tuple[Hit, ...]]

    def without(self, shown: Collection[tuple[str, str]]) -> "_Found":
        """Return the same without the records (label, id) that are shown already."""
        if not shown:
            return self
        ids = {record_id for label, record_id in shown if label == self.label}
        return replace(self, lines=(line for line in self.lines if _id_of(line) not in ids))


class Search:
    """Finds people, deputies, visits, numbers and consultations for whoever is at the desk."""

    def __init__(self, store: Store, session: Session) -> None:
        self._store = store
        self._session = session

    def find(self, typed: str, limit: int = 20) -> tuple[Group, ...]:
        """Return up to `limit` hits in groups, by the reader's rights; () for nothing typed or found.

        Understands one or more characters, pinyin initials or syllables, the end of a phone or number (three
        digits or more), a whole identity number; parts set apart by blanks must all match. What has the
        digits at the end of a phone or number comes before what has them elsewhere.
        """
        with self._store.read() as rows:
            end = code_end(typed)
            ending = _shared(self._look(rows, typed, limit, end), limit) if end else ()
            left = limit - sum(len(group.hits) for group in ending)
            if not left:
                return ending
            shown = {(group.label, hit.record_id) for group in ending for hit in group.hits}
            others = [each.without(shown) for each in self._look(rows, typed, limit + len(shown))]
            return *ending, *(_told_apart(each, ending) for each in _shared(others, left))

    def _look(self, rows: Rows, typed: str, limit: int, end: str = "") -> "list[_Found]":
        """Begin to look in each group; `end` leaves what ends so."""
        groups: list[_Found] = []
        most = search_ends.UNCOUNTED if end else limit
        if self._session.may("read", "person"):
            lines = _led(rows, None, search_index.matching(typed, "person", end), most)
            if end:
                lines = search_ends.phones(lines, "phone", end)
            groups.append(_Found(_("来访人"), lines, lambda some: self._person_hits(some, typed)))
        if self._session.may("read", "deputy"):
            known = iter(search_deputies.matching(rows, typed, end))
            groups.append(_Found(_("代表"), known, lambda some: _deputy_hits(rows, some, typed)))
        if self._session.may("read", "visit"):
            reader = reader_of(rows, self._session)
            lines = _led(rows, reader, search_index.matching(typed, "visit", end), most)
            if end:
                lines = search_ends.phones(lines, "phone_told", end)
            groups.append(_Found(_("来访"), lines, lambda some: _visit_hits(rows, reader, some, typed)))
        if self._session.may("read", "mediation"):
            cases = search_cases.matching(rows, typed, limit, end)
            groups.append(_Found(_("矛盾调解"), cases, lambda some: _case_hits(rows, some, typed, end)))
        if self._session.may("read", "consultation"):
            ids = search_consultations.matching(rows, typed, limit, end)
            shown = partial(self._consultation_hits, rows, typed=typed)
            groups.append(_Found(_("法律咨询"), ids, shown))
        if self._session.may("read", "visit"):
            lines = _led(rows, reader, search_index.matching(typed, "number", end), most)
            if end:
                lines = search_ends.numbers(rows, lines, end)
            groups.append(_Found(_("编号"), lines, lambda some: _number_hits(rows, reader, some, typed, end)))
        return groups

    def recent(self) -> tuple[Hit, ...]:
        """Return what was opened last on this PC, the latest first, by the reader's rights.

        Whoever asks stands in the field and will type: what the first key would have to prepare is prepared.
        """
        self.find(_RARE)
        with self._store.read() as rows:
            kept = rows.execute(select(Recent.noun, Recent.record_id).order_by(Recent.opened_at.desc())).all()
            people = [row.record_id for row in kept if row.noun == "person"]
            visits = [row.record_id for row in kept if row.noun == "visit"]
            deputies = [row.record_id for row in kept if row.noun == "deputy"]
            cases = [row.record_id for row in kept if row.noun == "mediation"]
            hits: list[Hit] = []
            if people and self._session.may("read", "person"):
                alive = (Person.void.is_(False), Person.merged_into == "")
                lines = rows.execute(select(*_PERSON).where(Person.record_id.in_(people), *alive)).all()
                hits += self._person_hits(lines, "")
            # These two are asked for none too: the first time their questions are put into words.
            if self._session.may("read", "deputy"):
                hits += _deputy_hits(rows, deputies, "")
            if cases and self._session.may("read", "mediation"):
                hits += _case_hits(rows, cases, "")
            if visits and self._session.may("read", "visit"):
                reader = reader_of(rows, self._session)
                query = select(*_VISIT).where(Visit.record_id.in_(visits), listed(reader))
                hits += _visit_hits(rows, reader, rows.execute(query).all(), "")
            consultations = [row.record_id for row in kept if row.noun == "consultation"]
            if self._session.may("read", "consultation"):
                hits += self._consultation_hits(rows, consultations, typed="")
        order = {(row.noun, row.record_id): place for place, row in enumerate(kept)}
        return tuple(sorted(hits, key=lambda hit: order[hit.noun, hit.record_id]))

    def opened(self, noun: str, record_id: str) -> Done[None]:
        """Remember that a hit was opened; the last twenty are kept, on this PC only."""
        with self._store.write_local() as rows:
            rows.merge(Recent(noun=noun, record_id=record_id, opened_at=clock.now()))
            rows.flush()
            latest = select(Recent.opened_at).order_by(Recent.opened_at.desc()).limit(_RECENT_KEPT)
            rows.execute(delete(Recent).where(Recent.opened_at.not_in(latest)))
        return Done(None)

    def _consultation_hits(self, rows: Rows, ids: Sequence[str], *, typed: str) -> tuple[Hit, ...]:
        reader = consultation_access.reader_of(self._session)
        lines = search_consultations.lines(rows, reader, ids, typed)
        return tuple(Hit("consultation", *line) for line in lines)

    def _person_hits(self, lines: Iterable[Line], typed: str) -> tuple[Hit, ...]:
        in_clear = self._session.may("reveal", "person")
        return tuple(_person_hit(line, typed, in_clear=in_clear) for line in lines)


def _person_hit(line: Line, typed: str, *, in_clear: bool) -> Hit:
    title = line.name if in_clear else mask_name(line.name)
    subtitle = _BETWEEN.join(filter(None, (mask_phone(line.phone), mask_address(line.address))))
    return Hit("person", line.record_id, title, subtitle, marks(title, typed, name=title))


def _deputy_hits(rows: Rows, ids: Iterable[str], typed: str) -> tuple[Hit, ...]:
    return tuple(_deputy_hit(deputy, typed) for deputy in rows_of(rows, ids))


def _deputy_hit(deputy: DeputyRow, typed: str) -> Hit:
    """Show name and levels; where only the constituency matches, it stands beside the name."""
    name, place = deputy.name, deputy.constituency
    gone = _("已离任") if deputy.state == DEPARTED else ""
    found = marks(name, typed, name=name)
    title = name if found or not marks(place, typed) else f"{name}{_BETWEEN}{place}"
    rest = (deputy.station, deputy.levels_text, place if title == name else "", deputy.post, gone)
    subtitle = _BETWEEN.join(filter(None, rest))
    return Hit("deputy", deputy.id, title, subtitle, marks(title, typed, name=name))


def _case_hits(rows: Rows, ids: Sequence[str], typed: str, end: str = "") -> tuple[Hit, ...]:
    return tuple(_case_hit(case, typed, end) for case in search_cases.lines(rows, ids))


def _case_hit(case: search_cases.CaseLine, typed: str, end: str) -> Hit:
    """Show title and parties; where only a number matches, the number leads."""
    title = _BETWEEN.join((case.title, case.parties))
    found = marks(title, typed, name=case.parties)
    number = _matched((case.case_no, case.number), typed, end)
    if number and not found:
        title = _BETWEEN.join((number, case.title))
        found = marks(title, typed)
    shown = case.case_no or case.number
    subtitle = _BETWEEN.join(filter(None, (case.state, case.parties if number else "", shown)))
    return Hit("mediation", case.id, title, subtitle, found)


def _visit_hits(rows: Rows, reader: Reader, lines: Sequence[Line], typed: str) -> tuple[Hit, ...]:
    matters, stations = _matters(rows, lines), names(rows)
    return tuple(_visit_hit(line, matters.get(line.record_id), stations, reader, typed) for line in lines)


def _visit_hit(
    line: Line, matter: _Matter | None, stations: Mapping[str, str], reader: Reader, typed: str
) -> Hit:
    """Show name and subject; where only the words of the record match, the words around the match."""
    name = reader.name(line.name_told, anonymous=line.anonymous)
    title = _BETWEEN.join(filter(None, (name, matter.subject if matter is not None else "")))
    found = marks(title, typed, name=name)
    if not found and matter is not None:
        piece = _snippet(matter, typed)
        title = _BETWEEN.join(filter(None, (name, piece))) if piece else title
        found = marks(title, typed, name=name) if piece else ()
    told = (stations.get(line.scope_id, ""), _day(line), line.number)
    return Hit("visit", line.record_id, title, _BETWEEN.join(filter(None, told)), found)


def _number_hits(rows: Rows, reader: Reader, lines: Sequence[Line], typed: str, end: str) -> tuple[Hit, ...]:
    matters = _matters(rows, lines)
    linked = linked_numbers(rows, {matter.record_id: matter.outcome for matter in matters.values()})
    return tuple(
        _number_hit(line, matters.get(line.record_id), linked, reader, typed=typed, end=end) for line in lines
    )


def _number_hit(
    line: Line, matter: _Matter | None, linked: dict[str, str], reader: Reader, *, typed: str, end: str
) -> Hit:
    """Show the number that matched: the visit's, the one said over the phone, or that of what came of it."""
    came_of_it = linked.get(matter.record_id, "") if matter is not None else ""
    shown = (line.number, show_spoken(line.spoken), came_of_it)
    title = _matched(shown, typed, end) or line.number
    name = reader.name(line.name_told, anonymous=line.anonymous)
    subject = matter.subject if matter is not None else ""
    subtitle = _BETWEEN.join(filter(None, (name, subject, _day(line))))
    return Hit("visit", line.record_id, title, subtitle, marks(title, typed))


def _matched(numbers: Sequence[str], typed: str, end: str) -> str:
    """Return the first number that holds what was typed, one that ends so before others; "" for none."""
    holding = [each for each in numbers if each and marks(each, typed)]
    ending = (each for each in holding if ends_in("".join(each.split()), end))
    return next(ending, next(iter(holding), ""))


def _led(rows: Rows, reader: Reader | None, match: str, limit: int) -> Iterator[Line]:
    """Yield the newest rows that match; nothing is sorted, the index leads."""
    if not match:
        return iter(())
    return plain.answers(rows, _question(reader), match=match, most=limit)


@lru_cache(maxsize=16)
def _question(reader: Reader | None) -> Question:
    """Return a reader's question to the visits, or everybody's to the people; made once, it is quick."""
    if reader is None:
        people = select(*_PERSON).where(Person.void.is_(False), Person.merged_into == "")
        query = search_index.led_by_index(people, Person)
    else:
        query = search_index.led_by_index(select(*_VISIT).where(listed(reader)), Visit)
    return plain.question(query.limit(bindparam("most")), "match", "most")


def _matters(rows: Rows, lines: Sequence[Line]) -> dict[str, _Matter]:
    """Return the first matter of each visit."""
    ids = [line.record_id for line in lines]
    if not ids:
        return {}
    return {row[0]: _Matter(*row) for row in plain.ask_lists(rows, _MATTERS, {"ids": ids})}


def _snippet(matter: _Matter, typed: str) -> str:
    fields: tuple[str, ...] = (matter.statement, matter.request, matter.deputy_view, matter.answer_text)
    for words in fields:
        found = marks(words, typed)
        if found:
            start = max(0, found[0][0] - _LEAD)
            end = start + _SNIPPET
            return ("…" if start else "") + words[start:end] + ("…" if end < len(words) else "")
    return ""


def _day(line: Line) -> str:
    """Return the day a moment begins with, be it a moment or the text SQLite keeps."""
    return str(line.received_at or line.arrived_at or "")[:10]


def _id_of(line: Any) -> str:
    return line if isinstance(line, str) else line.record_id


def _told_apart(group: Group, before: Sequence[Group]) -> Group:
    """Say of hits that have the digits elsewhere that they are not those that end so."""
    return replace(group, label=_("其他{what}").format(what=group.label)) if before else group


def _shared(found: Iterable[_Found], limit: int) -> tuple[Group, ...]:
    """Give each group that has any its share of the lines; what one leaves over goes to those after it."""
    groups = [(group, first) for group in found for first in islice(group.lines, 1)]
    shared: list[Group] = []
    left = limit
    for place, (group, first) in enumerate(groups):
        share = max(1, left // (len(groups) - place))
        shared.append(Group(group.label, group.shown([first, *islice(group.lines, share - 1)])))
        left -= len(shared[-1].hits)
    return tuple(shared)
