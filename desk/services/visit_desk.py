"""The write block of a visit's verb: who is at the desk, what they may touch, and saving the form in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from desk import clock
from desk.models.matter import Matter
from desk.models.store import Store
from desk.models.visit import Visit
from desk.services import overtaken, visit_input
from desk.services import visit_reading as reading
from desk.services.numbers import Numbers
from desk.services.profiles import Profiles
from desk.services.session import Session
from desk.services.visit_opening import IssuesReceipts
from desk.services.visit_people import current
from desk.services.visit_rows import Act, put_form
from desk.services.visit_safety import Reader, reader_of, require_read
from desk.services.visit_values import VisitForm


@dataclass(frozen=True)
class VisitDesk:
    """What every verb of a visit needs."""

    store: Store
    session: Session
    profiles: Profiles
    numbers: Numbers
    receipts: IssuesReceipts

    @contextmanager
    def writing(self, *groups: str, verb: str = "write") -> Iterator[tuple[Act, Reader]]:
        """Open a block for who may do `verb` on all groups. Raises AccessProblem.

        One flush at the end makes one op per row, so nothing is flushed in between unasked.
        """
        for group in groups:
            self.session.require(verb, group)
        profile = self.profiles.current()
        with self.store.write(self.session.user.id) as rows:
            rows.autoflush = False
            reader = reader_of(rows, self.session)
            yield Act(rows, self.session.user, clock.now(), profile), reader

    @contextmanager
    def changing(
        self, visit_id: str, group: str = "visit", *, verb: str = "write"
    ) -> Iterator[tuple[Act, Reader, Visit]]:
        """Open a block on one visit that the reader may see. Raises InputProblem, AccessProblem."""
        with self.writing(group, verb=verb) as (act, reader):
            visit = reading.found(act.rows, visit_id)
            require_read(act.rows, reader, visit)
            yield act, reader, visit

    @contextmanager
    def following(self, matter_id: str, group: str) -> Iterator[tuple[Act, Reader, Visit, Matter]]:
        """Open a block on one matter and its visit. Raises InputProblem, AccessProblem."""
        with self.writing(group) as (act, reader):
            visit, matter = reading.found_by_matter(act.rows, matter_id)
            require_read(act.rows, reader, visit)
            yield act, reader, visit, matter

    def put(self, act: Act, visit: Visit, form: VisitForm) -> Matter:
        """Save a cleaned form on a visit that is under way; indexing it is the verb's, once all is known.

        Raises InputProblem if it no longer holds what a receipt needs, or for times that cannot be.
        """
        visit_input.require_receipt(form, visit_input.limits(act.profile, act.at))
        return self.put_checked(act, visit, form)

    def put_checked(self, act: Act, visit: Visit, form: VisitForm) -> Matter:
        """Do the same with a form that lacks nothing to finish, a receipt's words among it."""
        if visit.backfilled and form.received_at is not None:
            arrived = form.arrived_at or form.received_at
            visit_input.check_times(arrived, form.received_at, act.at)
            visit.arrived_at, visit.received_at = arrived, form.received_at
        was_safe = visit.safety
        matter = put_form(act, visit, form)
        if visit.number and visit.safety != was_safe:
            # A visit that became safe has a plain receipt from now on.
            self.receipts.issue(act.rows, visit)
        return matter

    @staticmethod
    def over(act: Act, visit: Visit, base: VisitForm | None, form: VisitForm) -> VisitForm:
        """Return what is to be written of a form that was read as `base`. Raises Overtaken."""
        if base is None:
            return form
        typed = replace(
            form,
            phone=visit_input.phone_as_shown(form.phone, visit.phone_told),
            id_no=visit_input.identity_as_shown(form.id_no, visit.id_no_told),
        )
        return overtaken.over(act.rows, "visit", base, typed, reading.form_of(act.rows, visit))

    @staticmethod
    def cleaned(act: Act, form: VisitForm, visit: Visit | None = None) -> VisitForm:
        """Return the form as stored; a starred number means what the visit, or the person chosen, has.

        Raises InputProblem for a name no record can hold (NM-02).
        """
        stored: list[visit_input.Stored] = []
        if visit is not None:
            stored.append(visit_input.Stored(visit.phone_told, visit.id_no_told))
        person = current(act.rows, form.person_id)
        if person is not None:
            stored.append(visit_input.Stored(person.phone, person.id_no))
        ready = visit_input.cleaned(form, *stored)
        day = (ready.received_at or (visit.received_at if visit is not None else None) or act.at).date()
        return visit_input.with_age(ready, person.birth_date if person is not None else None, day)
