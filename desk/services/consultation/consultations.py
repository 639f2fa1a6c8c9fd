"""法律咨询: the verbs of a consultation, from the first word to the end, with the check before the answer.

`check` writes down who may answer; `finish` writes everything in one durable block; a hit opens three ways
out: another adviser (save and check again), another date (`appoint`), another body (`refer`).

A verb that takes a form takes beside it the form as it was read (`base`): what others wrote meanwhile stays,
and where both changed the same field it raises Overtaken.
"""

from typing import Final

from desk import clock
from desk.errors import InputProblem
from desk.models.consultation import Consultation as Row
from desk.rules import consultation_states as states
from desk.rules.labels import RATING
from desk.rules.visit_states import refuse
from desk.services import audit
from desk.services.consultation import access, cards, check_step, intake, listing, referral, rows, visit_link
from desk.services.consultation.access import Reader, state_of
from desk.services.consultation.consultation_desk import ConsultationDesk, day_gaps
from desk.services.consultation.forms import ConsultationForm
from desk.services.consultation.values import (
    Consultation,
    ConsultationFilter,
    ConsultationPage,
    GroupCount,
    Missing,
)
from desk.services.outcome import Done
from desk.services.visit_rows import Act
from desk.text import _

_ALL: Final = ConsultationFilter()
REVEALED: Final = {
    "phone": "phone_told",
    "id_no": "id_no_told",
    "name": "name_told",
    "address": "address_told",
}
"""Fields of the form that may be asked for in clear, and the columns they stand in."""


class Consultations:
    """What happens at the lawyer's desk."""

    def __init__(self, desk: ConsultationDesk) -> None:
        self._desk = desk

    def register(self, form: ConsultationForm) -> Done[Consultation]:
        """Write a consultation down directly at the page; its number is given at once.

        Raises InputProblem without a name or a noted refusal (FL-09), ClockProblem.
        """
        with self._desk.writing() as (act, reader):
            row = Row(
                number=self._desk.numbers.next(act.rows, "consultation"),
                consulted_at=act.at,
                registrar_id=act.user.id,
                profile_version=act.profile.version,
            )
            self._desk.fill(act, row, form)
            row.joint_day_id = visit_link.joint_day_id(act.rows, row)
            return self._desk.done(act, reader, row)

    def save(
        self, consultation_id: str, form: ConsultationForm, base: ConsultationForm | None = None
    ) -> Done[Consultation]:
        """Save words and corrections; the check lapses when people or adviser change. Raises InputProblem."""
        with self._desk.changing(consultation_id) as (act, reader, row):
            self._desk.save(act, row, form, base)
            return self._desk.done(act, reader, row)

    def check(
        self, consultation_id: str, form: ConsultationForm, base: ConsultationForm | None = None
    ) -> Done[Consultation]:
        """Save, then ask whether this adviser may answer, and write the check down (FL-11).

        The card tells whether the answer is open; of a hit it says only what to do. Raises InputProblem for
        missing people or adviser.
        """
        with self._desk.changing(consultation_id) as (act, reader, row):
            ready = self._desk.save(act, row, form, base)
            check_step.ask(self._desk, act, row, ready)
            return self._desk.done(act, reader, row, "conflict_check")

    def finish(
        self, consultation_id: str, form: ConsultationForm, base: ConsultationForm | None = None
    ) -> Done[Consultation]:
        """End the consultation with its answer: everything typed, and what the visit is told.

        The check is asked again first. Where something stands against the adviser by now, what was typed is
        saved, the hit written down, and the consultation returned is not ended: its card says what to do
        (FL-11). With 约期 it is not ended either: the answer stands so far, and the visitor comes again
        (FL-09). Raises InputProblem that lists what is missing (`field` is the first), ClockProblem.
        """
        with self._desk.changing(consultation_id) as (act, reader, row):
            ready = self._desk.save(act, row, form, base)
            if not check_step.ask_again(act, row, ready):
                return self._desk.done(act, reader, row, "conflict_check")
            gaps = self._desk.gaps(act, row, ready, "finish")
            refuse(gaps)
            if row.disposition == "appointed":
                return self._answered_so_far(act, reader, row)
            row.state = states.step(row.state, "finish", missing=gaps)
            return self._ended(act, reader, row, ready, "consultation_finish")

    def appoint(
        self, consultation_id: str, form: ConsultationForm, base: ConsultationForm | None = None
    ) -> Done[Consultation]:
        """Save and make an appointment: another day, with no answer now. Raises InputProblem."""
        with self._desk.changing(consultation_id) as (act, reader, row):
            ready = self._desk.save(act, row, form, base)
            gaps = self._desk.gaps(act, row, ready, "appoint")
            row.state = states.step(row.state, "appoint", missing=gaps)
            row.disposition = "appointed"
            return self._desk.done(act, reader, row)

    def resume(self, consultation_id: str) -> Done[Consultation]:
        """Go on with somebody who came to their appointment; the check is made anew. Raises InputProblem."""
        with self._desk.changing(consultation_id) as (act, reader, row):
            row.state = states.step(state_of(row), "resume")
            row.conflict, row.disposition = "unchecked", ""
            return self._desk.done(act, reader, row)

    def refer(
        self, consultation_id: str, form: ConsultationForm, base: ConsultationForm | None = None
    ) -> Done[Consultation]:
        """Save and end it without an answer here: mediation, legal aid, 12348, another station…

        Raises InputProblem without where to go.
        """
        with self._desk.changing(consultation_id) as (act, reader, row):
            ready = self._desk.save(act, row, form, base)
            gaps = self._desk.gaps(act, row, ready, "refer")
            row.state = states.step(row.state, "refer", missing=gaps)
            return self._ended(act, reader, row, ready, "consultation_refer")

    def rate(self, consultation_id: str, value: str) -> Done[Consultation]:
        """Write down how the client rates it; it counts as the result of the visit's matter.

        Who registered it may ask for the rating also when they may no longer read it. Raises InputProblem.
        """
        if value not in RATING:
            raise InputProblem(_("请选择评价。"), field="value")
        with self._desk.writing() as (act, reader):
            row = rows.found(act.rows, consultation_id)
            if row.registrar_id != reader.user_id:
                access.require_read(reader, row)
            if state_of(row) not in states.ENDED:
                raise InputProblem(_("咨询还没有结束，不能评价。"), field="state")
            touched = visit_link.rated(act, row, value)
            row.rating = value
            return self._desk.done(act, reader, row, *touched)

    def void(self, consultation_id: str, reason: str) -> Done[None]:
        """Make a consultation void; the rows stay, its number is never given again.

        Raises InputProblem without a reason, AccessProblem without the right.
        """
        with self._desk.changing(consultation_id, "void") as (act, _reader, row):
            states.step(state_of(row), "void", reason=reason)
            visit_link.take_out(act.rows, row, reason.strip())
            self._audit(act, row, "consultation_void")
        return Done(None, frozenset({"consultation", "matter"}))

    def reopen(self, consultation_id: str, reason: str) -> Done[Consultation]:
        """Open an ended consultation again to correct it. Raises InputProblem without a reason."""
        with self._desk.changing(consultation_id) as (act, reader, row):
            row.state = states.step(state_of(row), "reopen", reason=reason)
            row.finished_at = None
            touched = visit_link.open_again(act.rows, row)
            self._audit(act, row, "consultation_reopen")
            return self._desk.done(act, reader, row, *touched)

    def get(self, consultation_id: str) -> Consultation:
        """Return one consultation; for who may not read it only number and state. Raises InputProblem."""
        reader = access.reader_of(self._desk.session)
        with self._desk.store.read() as session:
            return cards.card(session, rows.found(session, consultation_id), reader)

    def form(self, consultation_id: str) -> ConsultationForm:
        """Return what was typed, phones and ID numbers starred. Raises InputProblem, AccessProblem."""
        reader = access.reader_of(self._desk.session)
        with self._desk.store.read() as session:
            row = rows.found(session, consultation_id)
            access.require_read(reader, row)
            return rows.form_of(session, row)

    def reveal(self, consultation_id: str, field: str, reason: str) -> str:
        """Return a masked field in clear and write down that it was asked for (SEC-05).

        Raises InputProblem without a reason, AccessProblem without the right.
        """
        if not reason.strip():
            raise InputProblem(_("请写明为什么要看。"), field="reason")
        with self._desk.changing(consultation_id, "reveal") as (act, _reader, row):
            self._audit(act, row, "reveal", REVEALED[field])
            return str(getattr(row, REVEALED[field]))

    def missing(self, consultation_id: str, form: ConsultationForm) -> tuple[Missing, ...]:
        """Return what the form still needs before it can be finished, in the form's order."""
        reader = access.reader_of(self._desk.session)
        with self._desk.store.read() as session:
            row = rows.found(session, consultation_id)
            access.require_read(reader, row)
            record = intake.record_of(form, row.conflict, told=rows.notice_told(session, row))
        gaps = (*states.missing_to("finish", record), *day_gaps(form, "finish", clock.now()))
        return tuple(Missing(gap.field, gap.sentence) for gap in gaps)

    def page(
        self, narrow: ConsultationFilter = _ALL, after: str | None = None, limit: int = 50
    ) -> ConsultationPage:
        """Return one page, newest first; `after` is the `next_key` of the page before."""
        with self._desk.store.read() as session:
            return listing.page(session, access.reader_of(self._desk.session), narrow, (after, limit))

    def counts(self) -> tuple[GroupCount, ...]:
        """Return how many stand under each chip of the list, by the reader's rights."""
        with self._desk.store.read() as session:
            return listing.counts(session, access.reader_of(self._desk.session))

    def _answered_so_far(self, act: Act, reader: Reader, row: Row) -> Done[Consultation]:
        """Keep an answered consultation open for the day agreed on; the visit is told that it goes on."""
        row.state = states.step(row.state, "appoint")
        touched = visit_link.tell(act, row)
        self._audit(act, row, "consultation_appoint")
        return self._desk.done(act, reader, row, *touched)

    def _ended(
        self, act: Act, reader: Reader, row: Row, ready: ConsultationForm, action: str
    ) -> Done[Consultation]:
        """Give the consultation its end: its time, the case it was handed to, what the visit is told."""
        self._desk.numbers.check_clock(act.rows)
        row.finished_at = act.at
        touched: set[str] = set()
        number = ""
        if row.disposition == "mediation":
            number = referral.to_mediation(act, row, ready, self._desk.numbers).number
            touched |= {"mediation", "party"}
        touched |= visit_link.tell(act, row, number)
        self._audit(act, row, action)
        return self._desk.done(act, reader, row, *touched)

    def _audit(self, act: Act, row: Row, action: str, fields: str = "") -> None:
        audit.append(
            act.rows,
            action,
            user_id=act.user.id,
            noun="consultation",
            target_id=row.record_id,
            fields=fields,
        )
