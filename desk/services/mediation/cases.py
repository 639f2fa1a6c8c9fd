"""矛盾调解: registering a dispute, correcting it, the small oral case on one page, reading and listing."""

from dataclasses import replace
from datetime import date
from typing import Final

from desk import clock
from desk.errors import InputProblem
from desk.models.mediation import Mediation, Participant
from desk.models.party import Agent, Party
from desk.models.person import Person
from desk.rules import mediation_states
from desk.rules.dispute_codes import SOURCE, source_group
from desk.services import overtaken
from desk.services.mediation import (
    access,
    case_due,
    case_input,
    case_list,
    case_numbers,
    case_reading,
    frame,
    local_lines,
    mediator_check,
    put_agreement,
    put_case,
    seen,
    sheet,
    visit_link,
)
from desk.services.mediation.case_desk import CaseDesk, audited
from desk.services.mediation.case_terms import called
from desk.services.mediation.forms import CaseForm, SmallCaseForm
from desk.services.mediation.sheet import Sheet
from desk.services.mediation.values import CaseCard, CaseFilter, CaseFrame, CasePage, GroupCount
from desk.services.outcome import Done
from desk.services.visit_rows import Act
from desk.services.visit_values import DueItem
from desk.text import _

_ALL: Final = CaseFilter()
_CLOSED: Final = ("rejected", "refused", "terminated", "referred_out", "archived")


class Cases:
    """Keeps the cases themselves; steps, records, agreements and what follows have services of their own."""

    def __init__(self, desk: CaseDesk) -> None:
        self._desk = desk

    def register(self, form: CaseForm) -> Done[CaseCard]:
        """Write a dispute down directly at the page; its registration number is given at once.

        Raises InputProblem without an applicant or a word of what it is about, ClockProblem.
        """
        with self._desk.writing() as (act, _reader):
            case = self._new(act)
            self._put(act, case, form)
            return self._desk.done(act, case, "party", "report")

    def save(self, case_id: str, form: CaseForm, base: CaseForm | None = None) -> Done[CaseCard]:
        """Save words and corrections of a case that has not ended; `base` is the form as it was read.

        Once accepted on an application, the day of it stays, and no later than the acceptance (F-01, F-02).
        Raises InputProblem, Overtaken.
        """
        with self._desk.changing(case_id) as (act, case):
            if case.case.state in _CLOSED:
                raise InputProblem(
                    _("本案已经办结，不能再修改登记的内容。"),
                    way_out=_("归档的案卷需要更正时，请写明理由重新打开。"),
                    field="state",
                )
            form = _over(act, case, base, form)
            _check_applied(case.case, form)
            self._put(act, case, form)
            return self._desk.done(act, case, "party", "report")

    def settle(self, form: SmallCaseForm, case_id: str = "", base: CaseForm | None = None) -> Done[CaseCard]:
        """Do a small oral case on one page (F-08): registered, accepted, agreed, numbered, in one block.

        `case_id` names a case that is registered already, as one that came from a visit, and `base` its form
        as it was read. Raises InputProblem that lists what is missing (`field` is the first), Overtaken,
        ClockProblem.
        """
        self._desk.session.require("read", "mediation")
        if case_id:
            with self._desk.changing(case_id, deciding=True) as (act, case):
                mine = _over(act, case, base, form.case)
                return self._settle(act, case, replace(form, case=mine))
        with self._desk.writing() as (act, _reader):
            return self._settle(act, self._new(act), form)

    def give_number(self, case_id: str) -> Done[CaseCard]:
        """Give an accepted case its number, on the PC that gives them (CL-5). Raises InputProblem."""
        with self._desk.changing(case_id, deciding=True, filed=True) as (act, case):
            case_numbers.require_here(case.committee, self._desk.store.device_id)
            if not case_numbers.give(act, case, self._desk.numbers, self._desk.store.device_id):
                raise InputProblem(_("本案还没有受理，不编案号。"), field="case_no")
            return self._desk.done(act, case)

    def void(self, case_id: str, reason: str) -> Done[None]:
        """Make a case void that no committee has taken; its number is never given again.

        Raises InputProblem without a reason or for a case accepted or ended, AccessProblem without the right.
        """
        with self._desk.changing(case_id) as (act, case):
            if case.case.registrar_id != act.user.id:
                self._desk.session.require("void", "mediation")
            known = seen.case(case, act.profile, act.at.date())
            mediation_states.step(case.case.state, "void", known, reason=reason)
            visit_link.void_case(act.rows, case.case, reason.strip())
            audited(act, case, "mediation_void")
        return Done(None, frozenset({"mediation", "party"}))

    def get(self, case_id: str) -> CaseCard:
        """Return one case. Raises InputProblem if there is none, AccessProblem by right."""
        with self._desk.reading(case_id) as (_rows, case):
            return self._desk.card(case)

    def form(self, case_id: str) -> CaseForm:
        """Return what was typed, for the editor, phones and numbers starred. Raises as `get` does."""
        with self._desk.reading(case_id) as (_rows, case):
            return case_reading.form_of(case)

    def for_paper(self, case_id: str) -> CaseCard:
        """Return one case with phones and numbers in clear, to be printed. Raises AccessProblem by right."""
        self._desk.session.require("print", "mediation")
        with self._desk.reading(case_id) as (_rows, case):
            return self._desk.card(case, clear=True)

    def reveal(self, case_id: str, row_id: str, field: str, reason: str) -> str:
        """Return a `phone` or `id_no` of a party, agent or participant in clear; written down (SEC-05).

        Raises InputProblem without a reason, AccessProblem without the right.
        """
        self._desk.session.require("reveal", "mediation")
        if not reason.strip():
            raise InputProblem(_("请写明为什么要看。"), field="reason")
        with self._desk.changing(case_id, verb="reveal") as (act, case):
            found = case_reading.clear_text(case, row_id, field)
            audited(act, case, "reveal", fields=field)
            return found

    def page(self, narrow: CaseFilter = _ALL, after: str | None = None, limit: int = 50) -> CasePage:
        """Return one page of cases, newest first; `after` is the `next_key` of the page before."""
        reader = access.reader_of(self._desk.session)
        profile = self._desk.profiles.current()
        with self._desk.store.read() as rows:
            return case_list.page(rows, reader, case_list.Asked(narrow, after, limit, profile))

    def counts(self) -> tuple[GroupCount, ...]:
        """Return how many cases stand under each chip of the list."""
        reader = access.reader_of(self._desk.session)
        with self._desk.store.read() as rows:
            return case_list.counts(rows, reader)

    def due(self) -> tuple[DueItem, ...]:
        """Return what falls due in the cases, most urgent first; () for who may not read them."""
        if not self._desk.session.may("read", "mediation"):
            return ()
        with self._desk.store.read() as rows:
            profile = self._desk.profiles.current()
            return case_due.items(rows, profile, case_due.look(rows, profile, self._desk.store.device_id))

    def badge(self) -> int:
        """Return the number for the rail: how many things are due or overdue; 0 by right."""
        if not self._desk.session.may("read", "mediation"):
            return 0
        with self._desk.store.read() as rows:
            return case_due.look(rows, self._desk.profiles.current(), self._desk.store.device_id).count

    def frame(self) -> CaseFrame:
        """Return what the forms offer today."""
        may = self._desk.session.may
        with self._desk.store.read() as rows:
            return frame.frame(
                rows,
                self._desk.store.device_id,
                local_lines.offered(self._desk.profiles.current(), clock.today()),
                may_decide=may("read", "mediation"),
                may_sum=may("read", "statistics"),
                may_report=may("print", "statistics"),
                may_grade=may("approve", "mediation"),
            )

    def _new(self, act: Act) -> Sheet:
        case = Mediation(
            number=self._desk.numbers.next(act.rows, "mediation"),
            state="registered",
            registered_at=act.at,
            registrar_id=act.user.id,
            registrar_name=act.user.name,
            profile_version=act.profile.version,
        )
        return sheet.fresh(act.rows, case)

    def _put(self, act: Act, case: Sheet, form: CaseForm) -> None:
        people = [act.rows.get(Person, each.person_id) for each in form.parties if each.person_id]
        known = replace(_known(case), people=[person for person in people if person is not None])
        ready = case_input.cleaned(form, known, act.at.date())
        if not any(party.side == "applicant" for party in ready.parties) and ready.source != "initiative":
            raise InputProblem(_("请登记申请人。"), field="parties")
        if not ready.parties:
            raise InputProblem(_("请至少登记一方当事人。"), field="parties")
        if not ready.title and not ready.summary:
            raise InputProblem(_("请写明纠纷简要情况。"), field="summary")
        put_case.put(act, case, ready)
        mediator_check.look(act, case)

    def _settle(self, act: Act, case: Sheet, form: SmallCaseForm) -> Done[CaseCard]:
        row, today = case.case, act.at.date()
        state = row.state
        # A case accepted weeks ago is settled today, unless the page says when.
        day, settled = form.accepted_on or row.accepted_on or today, form.accepted_on or today
        self._put(act, case, _asked(form, day))
        row.small = True
        row.accepted_on = row.accepted_on or day
        for party in case.of(Party):
            if form.agreed and seen.consent_of(row, party) == "unasked":
                party.agreed_on = settled
            if form.told and party.told_on is None:
                party.told_on, party.told_by, party.told_way = settled, act.user.name, "oral"
        agreement = put_agreement.put(case, replace(form.agreement, form="oral"))
        local_lines.put(act, case, "agreement", agreement.record_id, form.agreement.local)
        agreement.reached_on = agreement.reached_on or settled
        mediator_check.refuse(case)
        known = seen.case(case, act.profile, today)
        row.state = mediation_states.step(state, "settle", known)
        agreement.state = "in_force"
        case_numbers.give(act, case, self._desk.numbers, self._desk.store.device_id)
        audited(act, case, "mediation_settle")
        words = _("矛盾调解：双方达成口头协议（{number}）。").format(number=called(row))
        if form.performed:
            for term in case.terms(agreement):
                term.state, term.performed_on = "performed", agreement.reached_on
                term.performed_amount = term.amount
            known = seen.case(case, act.profile, today)
            row.state = mediation_states.step(row.state, "perform_all", known)
            words = _("矛盾调解：双方达成口头协议并已履行（{number}）。").format(number=called(row))
        touched = visit_link.tell(act, case, words, close=form.performed)
        return self._desk.done(act, case, "party", "agreement", *touched)


def _over(act: Act, case: Sheet, base: CaseForm | None, form: CaseForm) -> CaseForm:
    """Return what is to be written of a form that was read as `base`. Raises Overtaken."""
    typed = case_input.as_shown(form, _known(case)) if base is not None else form
    return overtaken.over(act.rows, "mediation", base, typed, case_reading.form_of(case))


def _known(case: Sheet) -> case_input.Known:
    return case_input.Known(case.of(Party), case.of(Agent), case.of(Participant))


def _check_applied(row: Mediation, form: CaseForm) -> None:
    if row.accepted_on is None:
        return
    if form.applied_on is not None and form.applied_on > row.accepted_on:
        raise InputProblem(_("申请日期晚于受理日期，请核对。"), field="applied_on")
    applies = form.source not in SOURCE or source_group(form.source) == "application"
    if form.applied_on is None and row.applied_on is not None and applies:
        raise InputProblem(_("本案已经受理，申请日期不能空着。"), field="applied_on")


def _asked(form: SmallCaseForm, day: date) -> CaseForm:
    """Return the case of the one page with what its ticks say: who came applied by word of mouth that day.

    Who was told the rights and agrees to mediate was told the rules and asks of his own will (F-01).
    """
    case = form.case
    made = replace(case, difficulty=case.difficulty if case.difficulty == "hard" else "simple")
    if case.source != "application":
        return made
    made = replace(made, informed_ack=case.informed_ack or (form.told and form.agreed))
    return replace(made, applied_on=day, oral_application=True) if case.applied_on is None else made
