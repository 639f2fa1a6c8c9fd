"""Search and conflict keys of records that came from the hub, filled in the block that stores them.

What a visit, person, mediation or consultation is found by stands in several records; `refresh` is told which
records changed and finds out whose search terms those are.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session as Rows

from desk import clock
from desk.models import plain
from desk.models.base import Row
from desk.models.consultation import Consultation, Opponent
from desk.models.mediation import Mediation
from desk.models.party import Agent, Party
from desk.services import conflicts, index_lines, index_many, search_index, visit_below
from desk.services.consultation import terms as consultation_terms
from desk.services.index_lines import MatterLine
from desk.services.index_many import Entry
from desk.services.mediation import case_terms, sheet
from desk.services.sync import shadow

_AT_ONCE = 500
_HELD = 5_000
"""How many visits or people wait to be written together: all the words of a page, not of three years."""

# Whose search terms a record belongs to: by the noun that changed, the noun that is found and how to ask.
_OWNERS: Final = {
    "companion": (
        "visit",
        "SELECT visit_id FROM companion WHERE record_id IN (SELECT value FROM json_each(?))",
    ),
    "matter": ("visit", "SELECT visit_id FROM matter WHERE record_id IN (SELECT value FROM json_each(?))"),
    "proposal": (
        "visit",
        (
            "SELECT m.visit_id FROM proposal n JOIN matter m ON m.record_id = n.matter_id"
            " WHERE n.record_id IN (SELECT value FROM json_each(?))"
        ),
    ),
    "mediation": (
        "visit",
        (
            "SELECT m.visit_id FROM mediation n JOIN matter m ON m.record_id = n.matter_id"
            " WHERE n.record_id IN (SELECT value FROM json_each(?))"
        ),
    ),
    "consultation": (
        "visit",
        (
            "SELECT m.visit_id FROM consultation n JOIN matter m ON m.record_id = n.matter_id"
            " WHERE n.record_id IN (SELECT value FROM json_each(?))"
        ),
    ),
    "party": (
        "mediation",
        "SELECT mediation_id FROM party WHERE record_id IN (SELECT value FROM json_each(?))",
    ),
    "agent": (
        "mediation",
        "SELECT mediation_id FROM agent WHERE record_id IN (SELECT value FROM json_each(?))",
    ),
    "opponent": (
        "consultation",
        "SELECT consultation_id FROM opponent WHERE record_id IN (SELECT value FROM json_each(?))",
    ),
}
_PEOPLE_OF = (
    "SELECT person_id FROM visit WHERE record_id IN (SELECT value FROM json_each(?)) AND person_id != ''"
)
_LATEST = (
    "SELECT person_id, max(received_at) FROM visit"
    " WHERE person_id IN (SELECT value FROM json_each(?)) AND void = 0 GROUP BY person_id"
)
_UNFOUND = (
    "SELECT record_id FROM person WHERE void = 0 AND NOT EXISTS"
    " (SELECT 1 FROM search_hit WHERE noun = 'person' AND search_hit.record_id = person.record_id)"
)
_THERE = "SELECT record_id FROM {noun} WHERE record_id IN (SELECT value FROM json_each(?))"
_STANDS = "SELECT row FROM search_hit WHERE noun = ? AND record_id = ?"


def refresh(rows: Rows, changed: Mapping[str, Sequence[str]], *, more_to_come: bool = False) -> None:
    """Make the changed records found by what they say now.

    Args:
        rows: of the block; what was written there by plain words is seen.
        changed: record ids by noun.
        more_to_come: people without a visit wait for the end of a snapshot, since their visits tell when they
            were here last.
    """
    found = {noun: set(changed.get(noun, ())) for noun in ("visit", "person", "mediation", "consultation")}
    for noun, (owner, words) in _OWNERS.items():
        found[owner] |= shadow.ids(rows, words, changed.get(noun, ()))
    visits: list[Entry] = []
    people: list[Entry] = []
    seen: set[str] = set()
    for ids in _some(found["visit"]):
        visits += _visits(rows, ids)
        # While it is still known how the names of these visits are read: mostly they are those of the people.
        theirs = shadow.ids(rows, _PEOPLE_OF, ids) - seen
        people += _people(rows, sorted(theirs), more_to_come=more_to_come)
        seen |= theirs
        if len(visits) >= _HELD:
            _put(rows, visits, people)
    for ids in _some(found["person"] - seen):
        people += _people(rows, ids, more_to_come=more_to_come)
        if len(people) >= _HELD:
            _put(rows, visits, people)
    index_many.put(rows, "visit", visits)
    for cases in _chunks(rows, Mediation, found["mediation"]):
        _mediations(rows, cases)
    for consultations in _chunks(rows, Consultation, found["consultation"]):
        _consultations(rows, consultations)
    index_many.put(rows, "person", people)
    for parties in _chunks(rows, Party, changed.get("party", ())):
        for party in parties:
            conflicts.file_party(rows, party)


def finish(rows: Rows) -> None:
    """Make found whom a snapshot left for its end: people whose visits never came."""
    found = [row[0] for row in plain.ask(rows, _UNFOUND)]
    for ids in _some(found):
        index_many.put(rows, "person", _people(rows, ids, more_to_come=False))


def _put(rows: Rows, visits: list[Entry], people: list[Entry]) -> None:
    """Write what is held so far, and hold it no longer."""
    index_many.put(rows, "visit", visits)
    index_many.put(rows, "person", people)
    visits.clear()
    people.clear()


def _some(ids: Collection[str]) -> Iterator[list[str]]:
    left = iter(sorted(ids))
    while chunk := list(islice(left, _AT_ONCE)):
        yield chunk


def forget(rows: Rows, gone: Mapping[str, Sequence[str]]) -> None:
    """Let records be found no more whose rows were taken out; what stays in view is found as it is."""
    for noun in ("visit", "person", "mediation", "consultation"):
        there = shadow.ids(rows, _THERE.format(noun=noun), gone.get(noun, ()))
        for record_id in sorted(set(gone.get(noun, ())) - there):
            search_index.drop(rows, noun, record_id)
            conflicts.forget(rows, noun, record_id)
    refresh(rows, gone)


def _chunks(rows: Rows, table: type[Row], ids: Collection[str]) -> Iterator[list[Row]]:
    for chunk in _some(ids):
        # What the session read before may be older than what was just written.
        query = select(table).where(table.record_id.in_(chunk)).execution_options(populate_existing=True)
        yield list(rows.scalars(query))
        rows.expunge_all()


def _visits(rows: Rows, record_ids: Collection[str]) -> list[Entry]:
    """Return how visits are to be found; void ones are taken out, and who stood where is filed."""
    visits = index_lines.visits(rows, record_ids)
    # A snapshot brings matters before their visits: then there is nothing to read of them yet.
    there = [visit.record_id for visit in visits if not visit.void]
    matters, names = index_lines.matters(rows, there), index_lines.companions(rows, there)
    numbers = visit_below.linked_numbers(rows, {line.record_id: line.outcome for line in matters.values()})
    entries, filed = [], []
    for visit in visits:
        if visit.void:
            search_index.drop(rows, "visit", visit.record_id)
            conflicts.forget(rows, "visit", visit.record_id)
            continue
        matter = matters.get(visit.record_id, MatterLine())
        linked = numbers.get(matter.record_id, "")
        at = visit.received_at or visit.arrived_at
        if at:
            terms = search_index.visit_terms(visit, matter, names.get(visit.record_id, ()), linked)
            entries.append(Entry(visit.record_id, datetime.fromisoformat(at), " ".join(terms)))
        if visit.state == "finished":
            filed.append((visit, matter.outcome))
    conflicts.file_visits(rows, filed)
    return entries


def _people(rows: Rows, record_ids: Collection[str], *, more_to_come: bool) -> list[Entry]:
    """Return how people are to be found; void ones are taken out."""
    people = index_lines.people(rows, record_ids)
    listed = shadow.spell([each.record_id for each in people])
    latest = {
        person_id: datetime.fromisoformat(at) for person_id, at in plain.ask(rows, _LATEST, (listed,)) if at
    }
    stood = index_many.places(rows, "person", [each.record_id for each in people])
    entries = []
    for person in people:
        at = latest.get(person.record_id)
        if person.void:
            search_index.drop(rows, "person", person.record_id)
        elif at is not None or not more_to_come:
            row = stood.get(person.record_id)
            at = at or (search_index.moment_of(row) if row is not None else clock.now())
            entries.append(Entry(person.record_id, at, " ".join(search_index.person_terms(person))))
    return entries


def _mediations(rows: Rows, cases: list[Mediation]) -> None:
    tables: tuple[type[Party], type[Agent]] = (Party, Agent)
    for whole in sheet.load_many(rows, cases, tables):
        case = whole.case
        if case.void:
            search_index.drop(rows, "mediation", case.record_id)
        else:
            at = case.registered_at or _stood(rows, "mediation", case.record_id)
            search_index.put(rows, "mediation", case.record_id, at, case_terms.terms(whole))


def _consultations(rows: Rows, found: list[Consultation]) -> None:
    for row in found:
        others = list(rows.scalars(select(Opponent).where(Opponent.consultation_id == row.record_id)))
        if row.void:
            search_index.drop(rows, "consultation", row.record_id)
            for record_id in (row.record_id, *(each.record_id for each in others)):
                conflicts.forget(rows, "consultation", record_id)
            continue
        conflicts.file_consultation(rows, row, others)
        at = row.consulted_at or _stood(rows, "consultation", row.record_id)
        search_index.put(rows, "consultation", row.record_id, at, consultation_terms.terms(rows, row))


def _stood(rows: Rows, noun: str, record_id: str) -> datetime:
    """Return the time a record stands under in the index; now, where it tells none and never stood there."""
    found = plain.ask(rows, _STANDS, (noun, record_id))
    return search_index.moment_of(found[0][0]) if found else clock.now()
