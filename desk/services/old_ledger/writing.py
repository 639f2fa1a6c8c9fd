"""Writes one matter of an old ledger as a backfilled visit: its own day of reception, today's entry."""

from datetime import datetime, time

from sqlalchemy.orm import Session as Rows

from desk.models.base import alive
from desk.models.matter import Matter
from desk.models.person import Person
from desk.models.visit import Visit
from desk.rules.names import name_key
from desk.services import search_index, visit_finish
from desk.services.numbers import Numbers
from desk.services.old_ledger.values import LedgerRow
from desk.services.visit_desk import VisitDesk
from desk.services.visit_finish import linked_rows
from desk.services.visit_opening import begin
from desk.services.visit_people import link_person
from desk.services.visit_rows import Act, start_clock
from desk.services.visit_values import VisitForm

People = dict[tuple[str, str], str]
"""Key of a name and a phone → the id of the person who has both."""


def people_of(rows: Rows, ledger: list[LedgerRow]) -> People:
    """Return who of the ledger's visitors is known by name and phone; a namesake without it stays apart."""
    phones = {row.phone for row in ledger if row.phone}
    found: People = {}
    for person in rows.scalars(alive(Person).where(Person.phone.in_(phones), Person.merged_into == "")):
        found.setdefault((name_key(person.name), person.phone), person.record_id)
    return found


def write(act: Act, row: LedgerRow, numbers: Numbers, people: People) -> tuple[Visit, Matter, Person | None]:
    """Write visit, matter, person and what hangs on them; return those three (None: an unnamed visitor).

    The number comes from this PC's counter, no receipt is given. The station tells where the matter went as
    if it had been brought today; a term in the ledger was a unit's promise and stays in the note.
    Raises InputProblem for what no record can hold, ClockProblem.
    """
    key = (name_key(row.name), row.phone)
    form = VisitDesk.cleaned(act, _form(row, act.at, people.get(key, "") if row.phone else ""))
    visit, matter = begin(act, form, "open")
    visit.number = numbers.next(act.rows, "visit")
    visit.spoken = numbers.spoken(act.rows)
    visit.state = "finished"
    visit.finished_at = visit.received_at
    start_clock(act.profile, matter, act.at.date())
    person = link_person(act, visit)
    if person is not None and row.phone:
        people[key] = person.record_id
    visit_finish.conclude(act, visit, matter, numbers)
    act.rows.flush()
    linked = next((each.number for each in linked_rows(act.rows, matter)), "")
    search_index.index_visit(act.rows, visit, matter, form.companions, linked)
    return visit, matter, person


def _form(row: LedgerRow, at: datetime, person_id: str) -> VisitForm:
    assert row.day is not None, "a line without a day has a problem and is never written"
    return VisitForm(
        kind=row.kind,
        name=row.name,
        anonymous=row.anonymous,
        phone=row.phone,
        headcount=row.headcount,
        companions=row.companions,
        receiver_ids=row.receiver_ids,
        address=row.address,
        subject=row.subject,
        category=row.category,
        statement=row.statement,
        request=row.request,
        deputy_view=row.note,
        outcome="proposed" if row.unit else "triage",
        level=row.level,
        unit=row.unit,
        person_id=person_id,
        backfilled=True,
        received_at=datetime.combine(row.day, time.min, at.tzinfo),
    )
