"""The steps of a case before an agreement: consent, acceptance, rejection, longer and paused clocks.

Each step asks the table and its guards (`rules.mediation_states`); what is missing is told all at once.
"""

from datetime import date

from desk.errors import InputProblem
from desk.models.mediation import Extension
from desk.models.party import Party
from desk.rules import local_rules, mediation_clock, mediation_rules, mediation_states
from desk.rules.mediation_labels import TOLD_WAY
from desk.rules.visit_states import refuse
from desk.services.mediation import case_numbers, clocks, mediator_check, seen, visit_link
from desk.services.mediation.case_desk import CaseDesk, audited
from desk.services.mediation.case_terms import called
from desk.services.mediation.sheet import Sheet
from desk.services.mediation.values import CaseCard
from desk.services.outcome import Done
from desk.services.visit_rows import Act
from desk.text import _


class Steps:
    """Moves a case from registration to where it is mediated."""

    def __init__(self, desk: CaseDesk) -> None:
        self._desk = desk

    def ask(self, case_id: str) -> Done[CaseCard]:
        """Ask the other side whether it agrees to mediate. Raises InputProblem."""
        with self._desk.changing(case_id) as (act, case):
            known = seen.case(case, act.profile, act.at.date())
            case.case.state = mediation_states.step(case.case.state, "ask_consent", known)
            return self._desk.done(act, case)

    def answer(self, case_id: str, party_id: str, agreed: bool, on: date | None = None) -> Done[CaseCard]:
        """Write down that a party agrees to mediate or refuses (MED-02); a refusal blocks the mediation.

        The last answer counts. Raises InputProblem for a day to come or a case that has ended.
        """
        with self._desk.changing(case_id) as (act, case):
            self._require_open(case)
            party = case.one(Party, party_id, _("当事人"))
            day = _past(on, act, "consent")
            party.agreed_on, party.refused_on = (day, None) if agreed else (None, day)
            return self._desk.done(act, case, "party")

    def tell(self, case_id: str, party_id: str, way: str, on: date | None = None) -> Done[CaseCard]:
        """Write down that a party was told rights and duties (F-03; MED-05, 06). `way` is oral or written.

        Raises InputProblem for a day to come or a case that has ended.
        """
        if way not in TOLD_WAY:
            raise InputProblem(_("请选择告知的方式。"), field="told_way")
        with self._desk.changing(case_id) as (act, case):
            self._require_open(case)
            party = case.one(Party, party_id, _("当事人"))
            party.told_on, party.told_by, party.told_way = _past(on, act, "told"), act.user.name, way
            return self._desk.done(act, case, "party")

    def accept(self, case_id: str, on: date | None = None) -> Done[CaseCard]:
        """Let the committee take the case on a day (F-02); it gets its number (CL-5), or says who gives it.

        Raises InputProblem that lists what is missing (LZ-04, MED-02, 20…22, 27, 29), ClockProblem.
        """
        with self._desk.changing(case_id, deciding=True) as (act, case):
            row = case.case
            # Somebody may have been advised since the mediators were named.
            mediator_check.look(act, case)
            mediator_check.refuse(case)
            row.accepted_on = on or act.at.date()
            known = seen.case(case, act.profile, act.at.date())
            row.state = mediation_states.step(row.state, "accept", known)
            case_numbers.give(act, case, self._desk.numbers, self._desk.store.device_id)
            audited(act, case, "mediation_accept")
            return self._desk.done(act, case)

    def reject(self, case_id: str, reason: str) -> Done[CaseCard]:
        """Refuse to take the case, with the reason; the visitor is told. Raises InputProblem without one."""
        with self._desk.changing(case_id, deciding=True) as (act, case):
            row = case.case
            known = seen.case(case, act.profile, act.at.date())
            row.state = mediation_states.step(row.state, "reject", known, reason=reason)
            row.rejected_on, row.reject_reason = act.at.date(), reason.strip()
            row.accepted_on = None
            words = _("矛盾调解：调委会不予受理（{number}）。").format(number=called(row))
            touched = visit_link.tell(act, case, words, close=True)
            return self._desk.done(act, case, *touched)

    def extend(
        self, case_id: str, asked_by: str, consented: tuple[str, ...], reason: str = ""
    ) -> Done[CaseCard]:
        """Make the term longer once, with the request or consent of every party that speaks (MED-24).

        `consented` are their ids; `asked_by` who asked, in words. Raises InputProblem.
        """
        with self._desk.changing(case_id, deciding=True) as (act, case):
            today = act.at.date()
            clock = self._running(case, today)
            rules = mediation_rules.clock_rules(act.profile, clock.accepted_on)
            calendar = local_rules.calendar(act.profile, today)
            gaps = mediation_clock.missing_to_extend(
                clock,
                rules,
                calendar,
                today=today,
                consents=[party.record_id in consented for party in seen.speakers(case)],
            )
            refuse(gaps)
            last = clocks.mediation_due(case, clocks.Day(act.profile, today))
            assert last is not None, "a running case has its day"
            case.add(
                Extension(
                    mediation_id=case_id,
                    kind="extension",
                    from_on=last.date,
                    days=rules.extension.count,
                    asked_by=asked_by.strip() or _("双方"),
                    consented_on=today,
                    reason=reason.strip(),
                )
            )
            return self._desk.done(act, case, "extension")

    def pause(self, case_id: str, reason: str, from_on: date | None = None) -> Done[CaseCard]:
        """Stop the clock from a day on (DL-07), as while an expert looks. Raises InputProblem."""
        if not reason.strip():
            raise InputProblem(_("请写明中止的原因。"), field="reason")
        with self._desk.changing(case_id, deciding=True) as (act, case):
            clock = self._running(case, act.at.date())
            if seen.open_pause(case) is not None:
                raise InputProblem(_("本案已经中止。"), field="pause")
            day = _past(from_on, act, "from_on")
            if day < clock.accepted_on:
                raise InputProblem(_("中止的日期早于受理日期，请核对。"), field="from_on")
            case.add(Extension(mediation_id=case_id, kind="pause", from_on=day, reason=reason.strip()))
            return self._desk.done(act, case, "extension")

    def resume(self, case_id: str, until_on: date | None = None) -> Done[CaseCard]:
        """Let the clock run again; `until_on` is the last day that did not count. Raises InputProblem."""
        with self._desk.changing(case_id, deciding=True) as (act, case):
            pause = seen.open_pause(case)
            if pause is None or pause.from_on is None:
                raise InputProblem(_("本案没有中止。"), field="pause")
            day = _past(until_on, act, "until_on")
            if day < pause.from_on:
                raise InputProblem(_("恢复的日期早于中止的日期，请核对。"), field="until_on")
            pause.until_on = day
            pause.days = (day - pause.from_on).days + 1
            return self._desk.done(act, case, "extension")

    @staticmethod
    def _require_open(case: Sheet) -> None:
        if case.case.state not in mediation_states.UNDER_WAY:
            raise InputProblem(_("本案的调解已经结束，不再登记意见和告知。"), field="state")

    @staticmethod
    def _running(case: Sheet, today: date) -> mediation_clock.Clock:
        clock = seen.clock(case, today)
        if clock is None or case.case.state not in mediation_states.TAKEN:
            raise InputProblem(_("本案的调解期限没有在计算。"), field="state")
        return clock


def _past(on: date | None, act: Act, field: str) -> date:
    """Return the day told, today if none was. Raises InputProblem for one to come."""
    day = on or act.at.date()
    if day > act.at.date():
        raise InputProblem(_("日期还没有到，请核对。"), field=field)
    return day
