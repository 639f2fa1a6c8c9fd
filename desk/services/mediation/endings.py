"""How a case ends without an agreement, goes on again, or is filed: refusal, termination, referral, archive.

No case is ended without telling the parties of the other ways (MED-08); no dossier is filed while a mandatory
paper is missing (§3.6).
"""

from datetime import date, timedelta
from typing import Final

from desk.errors import InputProblem
from desk.models.committee import Mediator
from desk.models.mediation import CaseMediator, Extension
from desk.models.party import Party
from desk.rules import dossier, mediation_states
from desk.rules.dispute_codes import END_CAUSE, KEEPING, PREVENTED, SOURCE, source_group
from desk.rules.dossier_grade import GRADE
from desk.rules.mediation_labels import REMEDY
from desk.services.mediation import dossier_list, seen, visit_link
from desk.services.mediation.case_desk import CaseDesk, audited
from desk.services.mediation.case_terms import called
from desk.services.mediation.forms import ArchiveForm, EndForm
from desk.services.mediation.sheet import Sheet
from desk.services.mediation.values import CaseCard
from desk.services.outcome import Done
from desk.services.visit_rows import Act
from desk.text import _

_MOST_PEOPLE: Final = 9999


class Endings:
    """Ends, files and reopens cases."""

    def __init__(self, desk: CaseDesk) -> None:
        self._desk = desk

    def refuse(self, case_id: str, form: EndForm) -> Done[CaseCard]:
        """End the case because a party clearly refuses (MED-02); once it had begun, with the notice (MED-08).

        Raises InputProblem that lists what is missing.
        """
        with self._desk.changing(case_id, deciding=True) as (act, case):
            row, day = case.case, self._day(form.on, case, act)
            if form.party_id:
                party = case.one(Party, form.party_id, _("当事人"))
                party.refused_on, party.agreed_on = day, None
            _put_remedies(case, form.remedies, form.remedies_note)
            _told_remedies(case, form, day)
            self._step(act, case, "refuse")
            names = [party.name for party in case.of(Party) if party.refused_on is not None]
            row.refused_on, row.refused_by, row.ended_on = day, "、".join(names), day
            row.end_reason = form.reason.strip()
            words = _("矛盾调解：一方不同意调解，调解结束（{number}）；已告知其他途径。")
            if row.remedies_told_on is None:
                words = _("矛盾调解：一方不同意调解，未能调解（{number}）。")
            return self._ended(act, case, words.format(number=called(row)))

    def terminate(self, case_id: str, form: EndForm) -> Done[CaseCard]:
        """End a mediation that reached nothing, with cause (MED-26) and notice of other ways (MED-08, F-12).

        Raises InputProblem that lists what is missing.
        """
        if form.cause and form.cause not in END_CAUSE:
            raise ValueError(f"unknown cause: {form.cause}")
        with self._desk.changing(case_id, deciding=True) as (act, case):
            row, day = case.case, self._day(form.on, case, act)
            row.end_cause = form.cause
            _put_remedies(case, form.remedies, form.remedies_note)
            _told_remedies(case, form, day)
            self._step(act, case, "terminate")
            row.ended_on, row.end_reason = day, form.reason.strip()
            words = _("矛盾调解：未达成协议，调解终止（{number}）；已告知其他途径。")
            return self._ended(act, case, words.format(number=called(row)))

    def refer_out(self, case_id: str, form: EndForm) -> Done[CaseCard]:
        """Hand the case to the organ in charge, with the reason. Raises InputProblem without either."""
        with self._desk.changing(case_id, deciding=True) as (act, case):
            row, day = case.case, self._day(form.on, case, act)
            row.referred_to = form.referred_to.strip()
            _told_remedies(case, form, day)
            self._step(act, case, "refer_out", form.reason)
            row.ended_on, row.end_reason = day, form.reason.strip()
            words = _("矛盾调解：已移送{organ}（{number}）。")
            return self._ended(act, case, words.format(organ=row.referred_to, number=called(row)))

    def report_back(self, case_id: str, on: date | None = None) -> Done[CaseCard]:
        """Write down that the referring organ was told the result (MED-29). Raises InputProblem."""
        with self._desk.changing(case_id, deciding=True) as (act, case):
            row = case.case
            if row.source not in SOURCE or source_group(row.source) != "referred":
                raise InputProblem(_("本案不是委托移送的，不用反馈。"), field="referred_back_on")
            row.referred_back_on = self._day(on, case, act)
            return self._desk.done(act, case)

    def tell_remedies(self, case_id: str, on: date | None = None) -> Done[CaseCard]:
        """Write down that the parties of an ended case were told of the other ways (MED-08, F-12).

        Raises InputProblem for a case that has not ended.
        """
        with self._desk.changing(case_id, deciding=True) as (act, case):
            _refuse_going_on(case)
            case.case.remedies_told_on = self._day(on, case, act)
            return self._desk.done(act, case)

    def word_remedies(self, case_id: str, codes: tuple[str, ...], note: str) -> Done[CaseCard]:
        """Say which other ways the notice of the end names (MED-08), and that of this very case in words.

        Raises InputProblem for a case that has not ended, and where no way is left.
        """
        with self._desk.changing(case_id, deciding=True) as (act, case):
            _refuse_going_on(case)
            _put_remedies(case, codes, note)
            return self._desk.done(act, case)

    def remediate(self, case_id: str, reason: str) -> Done[CaseCard]:
        """Mediate again after an agreement that did not hold (MED-16); the old agreement stays, replaced.

        Why stands with that agreement. The term of the mediation goes on where it stood when that agreement
        was reached. Raises InputProblem without a reason.
        """
        with self._desk.changing(case_id, deciding=True) as (act, case):
            self._step(act, case, "remediate", reason)
            agreement = case.agreement
            if agreement is not None:
                agreement.state = "replaced"
                agreement.replaced_on, agreement.replaced_why = act.at.date(), reason.strip()
                _leave_out(case, agreement.reached_on, act.at.date())
            audited(act, case, "mediation_remediate")
            return self._desk.done(act, case, "agreement", *visit_link.open_again(case))

    def grade(self, case_id: str, grade: str) -> Done[CaseCard]:
        """Give the dossier its grade, which the yearly list goes by (以案定补).

        A head who mediated the case may be the only one; then it is told beside the grade and in the list.
        Raises InputProblem, AccessProblem: no other mediator grades what they are paid by.
        """
        self._desk.session.require("approve", "mediation")
        if grade not in GRADE:
            raise InputProblem(_("请选择案卷等次。"), field="grade")
        with self._desk.changing(case_id, deciding=True, filed=True) as (act, case):
            if case.case.state != "archived":
                raise InputProblem(_("归档以后才能评定案卷等次。"), field="state")
            row = case.case
            row.grade, row.graded_by, row.graded_on = grade, _named(act, case), act.at.date()
            return self._desk.done(act, case)

    def prevent(self, case_id: str, prevented: tuple[str, ...], people: int) -> Done[CaseCard]:
        """Write down what was kept from happening, to how many people (§3.8). Raises InputProblem."""
        unknown = set(prevented) - set(PREVENTED)
        if unknown:
            raise ValueError(f"unknown: {sorted(unknown)}")
        if not 0 <= people <= _MOST_PEOPLE or (people and not prevented):
            raise InputProblem(_("请核对防止激化的情形和人数。"), field="prevented_people")
        with self._desk.changing(case_id, deciding=True) as (act, case):
            case.case.prevented, case.case.prevented_people = seen.stored(prevented), people
            return self._desk.done(act, case)

    def archive(self, case_id: str, form: ArchiveForm) -> Done[CaseCard]:
        """File the dossier: one case, one dossier, complete.

        Raises InputProblem that lists the mandatory papers missing (§3.6), reports not made (MED-07, LZ-11)
        and the word owed to a referring organ (MED-29).
        """
        if form.keeping and form.keeping not in KEEPING:
            raise ValueError(f"unknown keeping: {form.keeping}")
        with self._desk.changing(case_id, deciding=True) as (act, case):
            row, today = case.case, act.at.date()
            if not form.keeping:
                raise InputProblem(_("请选择保管期限。"), field="keeping")
            row.keeping = form.keeping
            row.filed_by = form.filed_by.strip() or dossier_list.filed_by_default(case) or act.user.name
            row.checked_by, row.dossier_note = form.checked_by.strip(), form.note.strip()
            papers = dossier.missing_papers(dossier_list.listed(case, act.profile, today))
            before = row.state
            known = seen.case(case, act.profile, today, papers)
            row.state = mediation_states.step(before, "archive", known)
            row.archived_from, row.archived_on, row.filed_on = before, today, today
            row.first_archived_on = row.first_archived_on or today
            audited(act, case, "mediation_archive")
            touched: frozenset[str] = frozenset()
            matter = case.matter
            if matter is not None and matter.state == "open":
                words = _("矛盾调解：已办结归档（{number}）。").format(number=called(row))
                touched = visit_link.tell(act, case, words, close=True)
            return self._desk.done(act, case, *touched)

    def reopen(self, case_id: str, reason: str) -> Done[CaseCard]:
        """Open a filed dossier again to mend it; it goes back to where it was filed from.

        Raises InputProblem without a reason.
        """
        with self._desk.changing(case_id, deciding=True, filed=True) as (act, case):
            row = case.case
            self._step(act, case, "reopen", reason)
            row.archived_on, row.archived_from = None, ""
            row.dossier_note = "\n".join(filter(None, (row.dossier_note, reason.strip())))
            row.grade, row.graded_by, row.graded_on = "", "", None
            audited(act, case, "mediation_reopen")
            return self._desk.done(act, case)

    def _ended(self, act: Act, case: Sheet, words: str) -> Done[CaseCard]:
        audited(act, case, "mediation_end")
        return self._desk.done(act, case, *visit_link.tell(act, case, words, close=True))

    @staticmethod
    def _step(act: Act, case: Sheet, verb: mediation_states.Verb, reason: str = "") -> None:
        known = seen.case(case, act.profile, act.at.date())
        case.case.state = mediation_states.step(case.case.state, verb, known, reason=reason)

    @staticmethod
    def _day(on: date | None, case: Sheet, act: Act) -> date:
        day = on or act.at.date()
        if day > act.at.date():
            raise InputProblem(_("日期还没有到，请核对。"), field="on")
        if case.case.accepted_on is not None and day < case.case.accepted_on:
            raise InputProblem(_("日期早于受理日期，请核对。"), field="on")
        return day


def _named(act: Act, case: Sheet) -> str:
    """Return the user's name; of a mediator of the case as the case has it: the yearly list goes by it."""
    for each in case.of(CaseMediator):
        mediator = case.rows.get(Mediator, each.mediator_id) if each.mediator_id else None
        if each.role == "mediator" and mediator is not None and mediator.user_id == act.user.id:
            return each.name
    return act.user.name


def _refuse_going_on(case: Sheet) -> None:
    if case.case.state not in {"refused", "terminated", "referred_out"}:
        raise InputProblem(_("本案没有终止，不用告知其他途径。"), field="remedies_told")


def _told_remedies(case: Sheet, form: EndForm, day: date) -> None:
    if form.remedies_told:
        case.case.remedies_told_on = case.case.remedies_told_on or day


def _put_remedies(case: Sheet, codes: tuple[str, ...], note: str) -> None:
    unknown = set(codes) - set(REMEDY)
    if unknown:
        raise ValueError(f"unknown remedies: {sorted(unknown)}")
    if not codes:
        raise InputProblem(_("告知的途径请至少选一条（人民调解法第二十六条）。"), field="remedies")
    case.case.remedies = seen.stored(codes)
    case.case.remedies_note = note.strip()


def _leave_out(case: Sheet, reached: date | None, today: date) -> None:
    """Let the days an agreement stood not count in the term of the mediation (DL-07)."""
    running = seen.open_pause(case)
    if running is not None and running.from_on is not None:
        running.until_on, running.days = today, (today - running.from_on).days + 1
    if reached is not None and reached < today:
        first = reached + timedelta(days=1)
        reason = _("达成协议到再次调解的日子不计入调解期限")
        case.add(
            Extension(
                mediation_id=case.case.record_id,
                kind="pause",
                from_on=first,
                until_on=today,
                days=(today - first).days + 1,
                reason=reason,
            )
        )
