"""The write block of a consultation's verb: who is at the desk, what they may touch, saving the form."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from desk import clock
from desk.errors import InputProblem
from desk.models.consultation import Consultation as Row
from desk.models.store import Store
from desk.models.user import User
from desk.rules import consultation_states as states
from desk.rules.conflict_check import CHANGE_ADVISER
from desk.rules.consultation_states import Record
from desk.rules.visit_states import Missing
from desk.services import overtaken, search_index
from desk.services.consultation import access, cards, intake, rows, terms
from desk.services.consultation.access import Reader, state_of
from desk.services.consultation.forms import ConsultationForm
from desk.services.consultation.values import Consultation
from desk.services.numbers import Numbers
from desk.services.outcome import Done
from desk.services.profiles import Profiles
from desk.services.session import Session
from desk.services.statutes import Statutes
from desk.services.visit_rows import Act
from desk.text import _

_CHANGED = frozenset({"consultation"})
_CLOSED = (*states.ENDED, "void")


@dataclass(frozen=True)
class ConsultationDesk:
    """What every verb of a consultation needs."""

    store: Store
    session: Session
    profiles: Profiles
    numbers: Numbers
    statutes: Statutes

    @contextmanager
    def writing(self, verb: str = "write") -> Iterator[tuple[Act, Reader]]:
        """Open a block for who may do `verb` on consultations. Raises AccessProblem.

        One flush at the end makes one op per row, so nothing is flushed in between unasked.
        """
        self.session.require(verb, "consultation")
        profile = self.profiles.current()
        with self.store.write(self.session.user.id) as session, session.no_autoflush:
            yield Act(session, self.session.user, clock.now(), profile), access.reader_of(self.session)

    @contextmanager
    def changing(self, consultation_id: str, verb: str = "write") -> Iterator[tuple[Act, Reader, Row]]:
        """Open a block on one consultation the user may see. Raises InputProblem, AccessProblem."""
        with self.writing(verb) as (act, reader):
            row = rows.found(act.rows, consultation_id)
            access.require_read(reader, row)
            yield act, reader, row

    def save(
        self, act: Act, row: Row, form: ConsultationForm, base: ConsultationForm | None
    ) -> ConsultationForm:
        """Write a form that was read as `base` onto a consultation not ended; return it cleaned.

        The check lapses when people or adviser change (FL-11); an answer is taken only while it was open.
        Raises InputProblem, Overtaken.
        """
        state = state_of(row)
        if state in _CLOSED:
            raise InputProblem(
                _("这次咨询已经结束，不能直接修改。"),
                way_out=_("需要更正时，请先写明理由重新打开。"),
                field="state",
            )
        before = rows.form_of(act.rows, row, clear=True)
        typed = rows.as_shown(form, before)
        laid = overtaken.over(act.rows, "consultation", base, typed, rows.starred(before))
        laid = rows.unstarred(laid, typed, before)
        ready = self._cited(intake.cleaned(laid, *rows.stored_of(act.rows, row)))
        ready = licensed(act, ready, before)
        states.step("", "open", missing=states.missing_to("open", intake.record_of(ready, row.conflict)))
        refuse_early_answer(state, row.conflict, before.answer, ready.answer)
        rows.put(act, row, ready)
        if concerned(ready) != concerned(before) and row.conflict not in ("", "unchecked"):
            row.conflict = "unchecked"
            if state in ("checked", "answered"):
                state = states.step(state, "change")
        elif state == "checked" and ready.answer and ready.question:
            state = states.step(state, "answer", missing=self.gaps(act, row, ready, "answer"))
        row.state = state
        return ready

    def fill(self, act: Act, row: Row, form: ConsultationForm) -> ConsultationForm:
        """Write the first form of a new consultation; nothing is answered yet. Raises InputProblem."""
        ready = licensed(act, self._cited(intake.cleaned(form)), form)
        gaps = states.missing_to("open", intake.record_of(ready, "unchecked"))
        row.state, row.conflict = states.step("", "open", missing=gaps), "unchecked"
        refuse_early_answer(row.state, row.conflict, "", ready.answer)
        act.rows.add(row)
        rows.put(act, row, ready)
        return ready

    @staticmethod
    def gaps(act: Act, row: Row, ready: ConsultationForm, verb: states.Verb) -> tuple[Missing, ...]:
        """Return what form F-40 still needs before a step; days that cannot be keep it from its end."""
        told = rows.notice_told(act.rows, row)
        missing = states.missing_to(verb, intake.record_of(ready, row.conflict, told=told))
        return (*missing, *day_gaps(ready, verb, act.at))

    def done(self, act: Act, reader: Reader, row: Row, *touched: str) -> Done[Consultation]:
        """Index the consultation anew, and return its card and what changed."""
        shown = cards.card(act.rows, row, reader)
        index(act, row)
        return Done(shown, _CHANGED | set(touched))

    def _cited(self, form: ConsultationForm) -> ConsultationForm:
        """Fill in name and version of articles cited from the library. Raises InputProblem."""
        found = []
        for cited in form.citations:
            if not cited.law or cited.title:
                found.append(cited)
                continue
            law = self.statutes.law(cited.law)
            self.statutes.cite(cited.law, cited.article)
            found.append(replace(cited, title=law.name, version_on=law.version_on))
        return replace(form, citations=tuple(found))


def licensed(act: Act, form: ConsultationForm, before: ConsultationForm) -> ConsultationForm:
    """Return the form with the licence number kept for its adviser, unless another one was typed."""
    changed = form.adviser_id != before.adviser_id and form.licence_no == before.licence_no
    if form.licence_no and not changed:
        return form
    user = act.rows.get(User, form.adviser_id) if form.adviser_id else None
    return replace(form, licence_no=user.licence_no if user is not None else form.licence_no)


def day_gaps(form: ConsultationForm, verb: states.Verb, now: datetime) -> tuple[Missing, ...]:
    """Return the days of a form that keep it from a step: impossible ones, an appointment that is over."""
    wrong = intake.wrong_days(form, now.date()) if verb in ("finish", "refer") else ()
    again = verb == "appoint" or (verb == "finish" and form.disposition == "appointed")
    return (*wrong, *(intake.past_appointment(form, now) if again else ()))


def concerned(form: ConsultationForm) -> tuple[object, ...]:
    """Return what the check depends on: the client, the other side and the adviser."""
    client = (form.name, form.id_no, form.uscc, form.phone)
    return (client, form.opponents, form.no_opponent, form.adviser_id)


def refuse_early_answer(state: str, conflict: str, before: str, answer: str) -> None:
    """Refuse an answer while its field is closed (FL-11). Raises InputProblem."""
    if answer != before and not states.may_write_answer(state, Record(conflict=conflict)):
        hit = conflict == "hit"
        raise InputProblem(_(CHANGE_ADVISER) if hit else _("解答前请先做利益冲突检查。"), field="answer")


def index(act: Act, row: Row) -> None:
    """Put the consultation into the search, under the time it was registered; only readers look there."""
    at = row.consulted_at or act.at
    search_index.put(act.rows, "consultation", row.record_id, at, terms.terms(act.rows, row))
