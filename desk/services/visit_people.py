"""The person behind a finished visit: the match the clerk chose, or somebody new."""

from sqlalchemy.orm import Session as Rows

from desk.models import row_writer
from desk.models.person import Person
from desk.models.visit import Visit
from desk.rules.identity import SEX_UNKNOWN, check_id
from desk.services import search_index
from desk.services.visit_rows import Act
from desk.services.visit_safety import is_safe

_MERGES = 8


def link_person(act: Act, visit: Visit) -> Person | None:
    """Link the visit to its person and return them; None for an anonymous visitor.

    A namesake stays separate: without a choice a new person is made. Somebody who came under a safe kind of
    visit and was not known before is not made known to everybody by a person record.
    """
    if visit.anonymous:
        visit.person_id = ""
        return None
    person = current(act.rows, visit.person_id)
    is_new = person is None
    if person is None:
        if is_safe(visit):
            return None
        person = row_writer.new(Person, name=visit.name_told)
        act.rows.add(person)
    visit.person_id = person.record_id
    # What is told under a safe kind of visit stays in that visit.
    if (not is_safe(visit) and _tell(person, visit, act)) or is_new:
        search_index.index_person(act.rows, person, visit.received_at or act.at)
    return person


def current(rows: Rows, person_id: str) -> Person | None:
    """Return the person an id stands for now, followed through merges; None if there is none."""
    person = rows.get(Person, person_id) if person_id else None
    for _step in range(_MERGES):
        if person is None or not person.merged_into:
            break
        person = rows.get(Person, person.merged_into)
    return None if person is None or person.void else person


def _tell(person: Person, visit: Visit, act: Act) -> bool:
    """Fill in what the person record lacks, and the newest phone; tell whether anything changed."""
    identity = check_id(visit.id_no_told, act.at.date()) if visit.id_no_told else None
    told = {
        "address": visit.address_told,
        "grid": visit.grid_told,
        "id_no": visit.id_no_told,
        "sex": visit.sex_told if visit.sex_told != SEX_UNKNOWN else "",
        "birth_date": identity.birth if identity is not None and identity.valid else None,
    }
    changes = {name: value for name, value in told.items() if value and not getattr(person, name)}
    if visit.phone_told and visit.phone_told != person.phone:
        changes["phone"] = visit.phone_told
    if "id_no" in changes:
        changes["id_type"] = "id_card"
    for name, value in changes.items():
        setattr(person, name, value)
    return bool(changes)
