"""After the agreement: what became of it, the follow-up visits (F-09), and 司法确认 (F-10).

The committee urges performance (MED-14); both parties together may ask a court within 30 days (MED-16).
"""

from dataclasses import fields, replace
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session as Rows

from desk.errors import InputProblem
from desk.models.base import alive
from desk.models.confirmation import Confirmation
from desk.models.follow_up import FollowUp
from desk.models.matter import Matter
from desk.models.party import Party
from desk.models.visit import Visit
from desk.rules import agreement, confirmation, local_rules, mediation_rules, mediation_states
from desk.rules.dispute_codes import PERFORMANCE
from desk.rules.mediation_guards import performance_of
from desk.rules.mediation_labels import FOLLOW_UP_MODE, LITIGATION, SATISFACTION
from desk.rules.visit_states import Missing, refuse
from desk.services.mediation import local_lines, seen, visit_link
from desk.services.mediation.case_desk import CaseDesk, audited
from desk.services.mediation.case_terms import called, title
from desk.services.mediation.forms import ConfirmationForm, FollowUpForm
from desk.services.mediation.sheet import Sheet
from desk.services.mediation.values import CaseCard
from desk.services.outcome import Done
from desk.services.visit_rows import Act
from desk.text import _

_VERB: Final[dict[str, mediation_states.Verb]] = {
    "performed": "perform_all",
    "partly": "perform_partly",
    "not_performed": "not_perform",
}
_DECISION: Final[dict[str, confirmation.Verb]] = {
    "confirmed_valid": "confirm",
    "confirmed_invalid": "invalidate",
    "rejected": "reject",
    "withdrawn": "withdraw",
}
_FOLLOWED: Final = tuple(each.name for each in fields(FollowUpForm) if each.name not in {"party_id", "local"})


class Aftercare:
    """Looks after what was agreed."""

    def __init__(self, desk: CaseDesk) -> None:
        self._desk = desk

    def conclude(self, case_id: str) -> Done[CaseCard]:
        """Sum up the performance from its terms: 已履行, 部分履行 or 未履行 (MED-14).

        All performed closes the matter of the visit. Raises InputProblem.
        """
        with self._desk.changing(case_id, deciding=True) as (act, case):
            row = case.case
            known = seen.case(case, act.profile, act.at.date())
            found = performance_of(known.agreement)
            row.state = mediation_states.step(row.state, _VERB[found], known)
            words = _("矛盾调解：协议{how}（{number}）。").format(how=PERFORMANCE[found], number=called(row))
            touched = visit_link.tell(act, case, words, close=found == "performed")
            return self._desk.done(act, case, *touched)

    def follow_up(self, case_id: str, form: FollowUpForm) -> Done[CaseCard]:
        """Write down a follow-up visit (F-09); after the performance was summed up it ends the case's watch.

        `matter_id` links a new matter that came of a relapse: its id, or the number of its visit. Raises
        InputProblem that lists what is missing, ValueError for a code the form does not offer.
        """
        with self._desk.changing(case_id, deciding=True) as (act, case):
            row = case.case
            if row.state not in mediation_states.STANDING:
                raise InputProblem(_("协议还没有生效，不用回访。"), field="state")
            refuse(_visit_gaps(form, act))
            if form.litigation not in {"", *LITIGATION}:
                raise ValueError(f"unknown litigation: {form.litigation}")
            party = case.one(Party, form.party_id, _("当事人"))
            if form.matter_id.strip():
                form = replace(form, matter_id=_matter(act.rows, form.matter_id.strip()))
            agreed = case.agreement
            assert agreed is not None, "an agreement stands in these states"
            visited = case.add(
                FollowUp(mediation_id=case_id, agreement_id=agreed.record_id, party_id=party.record_id)
            )
            for name in _FOLLOWED:
                setattr(visited, name, getattr(form, name))
            local_lines.put(act, case, "follow_up", visited.record_id, form.local)
            visited.party_name = party.name
            visited.subject = title(row, case.of(Party))
            visited.visitor = form.visitor.strip() or act.user.name
            if row.state in {"performed", "partly", "not_performed"}:
                known = seen.case(case, act.profile, act.at.date())
                row.state = mediation_states.step(row.state, "follow_up", known)
            return self._desk.done(act, case, "follow_up")

    def apply(self, case_id: str, form: ConfirmationForm) -> Done[CaseCard]:
        """Write down that both parties asked the court to confirm the agreement (F-10).

        Raises InputProblem that lists why not: not in force, over time (SQ-01), oral (SQ-03), not eligible
        (SQ-04), not jointly (MED-16), no ID, phone or address (SQ-03), no court with jurisdiction (SQ-02).
        """
        with self._desk.changing(case_id, deciding=True) as (act, case):
            day = form.applied_on or act.at.date()
            if day > act.at.date():
                raise InputProblem(_("申请日期还没有到，请核对。"), field="applied_on")
            gaps = self._gaps(act, case, form, day)
            row = case.confirmation
            state = confirmation.step(row.state if row is not None else "none", "apply", gaps)
            agreed, committee = case.agreement, case.committee
            assert agreed is not None, "nothing is confirmed without one"
            court = form.court.strip() or (committee.court if committee is not None else "")
            if not court:
                raise InputProblem(_("请填写法院的名称。"), field="court")
            case.add(
                Confirmation(
                    mediation_id=case_id,
                    agreement_id=agreed.record_id,
                    court=court,
                    applied_on=day,
                    applied_way=form.applied_way or "written",
                    state=state,
                    facts=form.facts.strip(),
                )
            )
            audited(act, case, "mediation_confirm")
            return self._desk.done(act, case, "confirmation")

    def decide(
        self,
        case_id: str,
        state: str,
        on: date | None = None,
        *,
        decision_no: str = "",
        reason: str = "",
    ) -> Done[CaseCard]:
        """Write down the court's word: confirmed_valid, confirmed_invalid, rejected; or withdrawn.

        Raises InputProblem for a day before the application or to come.
        """
        with self._desk.changing(case_id, deciding=True) as (act, case):
            row = case.confirmation
            new = confirmation.step(row.state if row is not None else "none", _DECISION[state])
            assert row is not None, "the table asks for an application"
            day = on or act.at.date()
            if not (row.applied_on or day) <= day <= act.at.date():
                raise InputProblem(_("日期早于申请日期或者还没有到，请核对。"), field="decided_on")
            row.state, row.decided_on = new, day
            row.decision_no, row.reason = decision_no.strip(), reason.strip()
            return self._desk.done(act, case, "confirmation")

    def missing_to_apply(self, case_id: str, form: ConfirmationForm) -> tuple[Missing, ...]:
        """Return all that keeps the parties from applying now (SQ-01…04), in the form's order."""
        with self._desk.reading(case_id) as (rows, case):
            act = self._desk.looking(rows)
            return self._gaps(act, case, form, form.applied_on or act.at.date())

    @staticmethod
    def _gaps(act: Act, case: Sheet, form: ConfirmationForm, day: date) -> tuple[Missing, ...]:
        known = seen.agreement(case)
        agreed = case.agreement is not None and case.agreement.state == "in_force"
        parties = seen.parties(case)
        application = confirmation.Application(
            effective_on=agreement.effective_date(known) if known is not None and agreed else None,
            source=case.case.source,
            parties=parties,
            joint=tuple(party.key in form.joint for party in parties),
            court=form.ground,
            reasons=form.reasons,
            form=known.form if known is not None else "written",
        )
        rules = mediation_rules.confirmation_rules(act.profile, day)
        calendar = local_rules.calendar(act.profile, day)
        return confirmation.missing_to_apply(application, day, calendar, rules)


def _visit_gaps(form: FollowUpForm, act: Act) -> list[Missing]:
    """Return what F-09 still lacks."""
    acted = bool(form.measures.strip()) or not form.relapse_risk
    asked = (
        ("party_id", bool(form.party_id), _("请选择回访的当事人。")),
        ("visited_at", form.visited_at is not None, _("请填写回访的时间。")),
        ("mode", form.mode in FOLLOW_UP_MODE, _("请选择回访的方式。")),
        ("performance", form.performance in PERFORMANCE, _("请选择履行情况。")),
        ("satisfaction", form.satisfaction in SATISFACTION, _("请选择满意程度。")),
        ("measures", acted, _("有反复激化迹象的，请写明采取的措施。")),
    )
    gaps = [Missing(field, sentence) for field, there, sentence in asked if not there]
    if form.visited_at is not None and form.visited_at > act.at:
        gaps.append(Missing("visited_at", _("回访时间还没有到，请核对。")))
    return gaps


def _matter(rows: Rows, typed: str) -> str:
    """Return the id of a matter by its own id or by the number of its visit; raises InputProblem."""
    matter = rows.get(Matter, typed)
    if matter is None:
        visits = select(Visit.record_id).where(Visit.number == typed.upper(), Visit.void.is_(False))
        of_visit = alive(Matter).where(Matter.visit_id.in_(visits)).order_by(Matter.record_id)
        matter = rows.scalars(of_visit.limit(1)).first()
    if matter is None or matter.void:
        raise InputProblem(
            _("没有找到要关联的事项。"),
            way_out=_("请填来访的编号，如 LF2026-A0312。"),
            field="matter_id",
        )
    return matter.record_id
