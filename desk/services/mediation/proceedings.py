"""What is done in a case: inquiries by two or more (F-05) and sittings with their record (F-06).

A record is saved as it stands, so that nothing typed is lost; what it still lacks is told by `missing_…`. The
first sitting needs both sides' consent, a mediator and the rights told (MED-02, 03, 05).
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from desk import clock
from desk.errors import InputProblem
from desk.models.mediation import Participant
from desk.models.party import Agent, Party
from desk.models.sitting import Inquiry, Presence, Sitting
from desk.rules import mediation_states, sittings
from desk.rules.mediation_labels import OPENNESS, SESSION_RESULT
from desk.rules.mediation_parties import SIDES
from desk.rules.profile import Profile
from desk.rules.visit_states import Missing, refuse
from desk.services import overtaken
from desk.services.mediation import case_cards, local_lines, mediator_check, record_forms, seen
from desk.services.mediation.case_desk import CaseDesk
from desk.services.mediation.forms import InquiryForm, PresenceForm, SittingForm
from desk.services.mediation.sheet import Sheet
from desk.services.mediation.values import CaseCard
from desk.services.outcome import Done
from desk.services.visit_rows import Act
from desk.text import _

_SLACK: Final = timedelta(minutes=5)
_AVOIDANCE: Final = ("", "none", "asked")


class Proceedings:
    """Keeps the records of a mediation on its way."""

    def __init__(self, desk: CaseDesk) -> None:
        self._desk = desk

    def save_inquiry(
        self, case_id: str, form: InquiryForm, inquiry_id: str = "", base: InquiryForm | None = None
    ) -> Done[CaseCard]:
        """Save the record of an inquiry; the first one takes an accepted case to 调查中.

        `base` is the record as it was read. Raises InputProblem for fewer investigators than the profile asks
        (MED-28), or a time that cannot be; Overtaken.
        """
        with self._desk.changing(case_id, deciding=True) as (act, case):
            if inquiry_id:
                standing = record_forms.inquiry(act, case, case.one(Inquiry, inquiry_id, _("调查")))
                form = overtaken.over(act.rows, "inquiry", base, form, standing)
            gaps = [gap for gap in _inquiry_gaps(form, act) if gap.field == "investigators"]
            refuse(gaps)
            _check_times(case, form, act)
            if inquiry_id:
                row = case.one(Inquiry, inquiry_id, _("调查"))
            else:
                _require_open(case)
                if case.case.state == "accepted":
                    _step(act, case, "investigate")
                row = case.add(Inquiry(mediation_id=case_id, n=len(case.of(Inquiry)) + 1))
            for name in record_forms.INQUIRY:
                setattr(row, name, getattr(form, name))
            row.investigators = record_forms.BETWEEN.join(name.strip() for name in form.investigators)
            local_lines.put(act, case, "inquiry", row.record_id, form.local)
            return self._desk.done(act, case, "inquiry")

    def drop_inquiry(self, case_id: str, inquiry_id: str, reason: str) -> Done[CaseCard]:
        """Make a record void that was written by mistake. Raises InputProblem without a reason."""
        with self._desk.changing(case_id, deciding=True) as (act, case):
            case.one(Inquiry, inquiry_id, _("调查")).tombstone(_reason(reason))
            for n, row in enumerate(case.of(Inquiry), start=1):
                row.n = n
            return self._desk.done(act, case, "inquiry")

    def save_sitting(
        self, case_id: str, form: SittingForm, sitting_id: str = "", base: SittingForm | None = None
    ) -> Done[CaseCard]:
        """Save the record of a sitting; the first one takes the case to 调解中.

        `base` is the record as it was read. Raises InputProblem before the other side agreed (MED-02), for a
        record that says it ended and lacks what F-06 must say, or a time that cannot be; Overtaken.
        """
        _check_codes(form)
        with self._desk.changing(case_id, deciding=True) as (act, case):
            if sitting_id:
                standing = record_forms.sitting(act, case, case.one(Sitting, sitting_id, _("调解记录")))
                form = overtaken.over(act.rows, "sitting", base, form, standing)
            _check_times(case, form, act)
            if form.result:
                refuse(_sitting_gaps(form, case))
            if sitting_id:
                row = case.one(Sitting, sitting_id, _("调解记录"))
            else:
                _require_open(case)
                known = seen.case(case, act.profile, act.at.date())
                mediator_check.look(act, case)
                mediator_check.refuse(case)
                # The guards of the first sitting hold for every later one: consent may be taken back.
                refuse(mediation_states.missing_for("accepted", "mediate", known))
                if case.case.state != "mediating":
                    _step(act, case, "mediate")
                row = case.add(Sitting(mediation_id=case_id, n=len(case.of(Sitting)) + 1))
            for name in record_forms.SITTING:
                setattr(row, name, getattr(form, name))
            _put_presence(case, row, form.present)
            local_lines.put(act, case, "sitting", row.record_id, form.local)
            return self._desk.done(act, case, "sitting", "presence")

    def drop_sitting(self, case_id: str, sitting_id: str, reason: str) -> Done[CaseCard]:
        """Make a record void that was written by mistake. Raises InputProblem without a reason."""
        with self._desk.changing(case_id, deciding=True) as (act, case):
            row = case.one(Sitting, sitting_id, _("调解记录"))
            row.tombstone(_reason(reason))
            for each in case.of(Presence):
                if each.sitting_id == sitting_id:
                    each.tombstone(_reason(reason))
            for n, left in enumerate(case.of(Sitting), start=1):
                left.n = n
            return self._desk.done(act, case, "sitting", "presence")

    def missing_inquiry(self, case_id: str, form: InquiryForm) -> tuple[Missing, ...]:
        """Return what the record of an inquiry lacks (F-05), in the form's order."""
        with self._desk.reading(case_id):
            profile = self._desk.profiles.current()
        return sittings.missing_in_inquiry(_inquiry(form), least=_least(profile))

    def missing_sitting(self, case_id: str, form: SittingForm) -> tuple[Missing, ...]:
        """Return what the record of a sitting lacks (F-06), in the form's order."""
        with self._desk.reading(case_id) as (_rows, case):
            return tuple(_sitting_gaps(form, case))


def _inquiry(form: InquiryForm) -> sittings.InquiryRecord:
    return sittings.InquiryRecord(
        held_at=form.held_at,
        place=form.place,
        investigators=len({name.strip() for name in form.investigators if name.strip()}),
        recorder=form.recorder,
        respondent=form.respondent,
        subject=form.subject,
        qa_text=form.text,
    )


def _inquiry_gaps(form: InquiryForm, act: Act) -> tuple[Missing, ...]:
    return sittings.missing_in_inquiry(_inquiry(form), least=_least(act.profile))


def _least(profile: Profile) -> int:
    return profile.number("mediation.min_investigators", clock.today())


def _sitting_gaps(form: SittingForm, case: Sheet) -> tuple[Missing, ...]:
    """Look at the record as F-06 must be: both sides, a mediator, the helpers with consent (MED-04)."""
    party_of = {row.record_id: row.party_id for row in case.of(Agent)}
    side_of = {row.record_id: row.side for row in case.of(Party)}
    sides = {side_of.get(party_of.get(each.who_id, each.who_id), "") for each in form.present}
    helpers = {each.who_id for each in form.present if each.role == "participant"}
    record = sittings.SittingRecord(
        held_at=form.held_at,
        place=form.place,
        subject=form.subject,
        openness=form.openness,
        sides_present=frozenset(sides & set(SIDES)),
        participants=tuple(
            sittings.Participant(row.name, row.consented_on is not None)
            for row in case.of(Participant)
            if row.record_id in helpers
        ),
        mediators=sum(each.role == "mediator" for each in form.present),
        recorder=form.recorder,
        informed=form.informed,
        avoidance_asked=bool(form.avoidance),
        statements=form.talk,
        verification=form.verification,
        result=form.result,
        fail_reason=form.fail_reason,
        remedies_told=form.remedies_told,
    )
    return sittings.missing_in_sitting(record)


def _put_presence(case: Sheet, sitting: Sitting, present: Sequence[PresenceForm]) -> None:
    """Keep who was there: those no longer named become void, new ones are added."""
    wanted = list(present)
    for row in case.of(Presence):
        if row.sitting_id != sitting.record_id:
            continue
        same = PresenceForm(name=row.name, role=row.role, who_id=row.who_id)
        if same in wanted:
            wanted.remove(same)
        else:
            row.tombstone(_("登记更正"))
    for each in wanted:
        case.add(
            Presence(
                mediation_id=case.case.record_id,
                sitting_id=sitting.record_id,
                who_id=each.who_id,
                name=each.name.strip(),
                role=each.role,
            )
        )


def _check_codes(form: SittingForm) -> None:
    wrong = [each.role for each in form.present if each.role not in case_cards.ROLE_LABEL]
    known = form.openness in {"", *OPENNESS} and form.result in {"", *SESSION_RESULT}
    if wrong or not known or form.avoidance not in _AVOIDANCE:
        raise ValueError(f"unknown code: {form.openness} {form.result} {form.avoidance} {wrong}")


def _check_times(case: Sheet, form: InquiryForm | SittingForm, act: Act) -> None:
    """Refuse a time to come, before the acceptance, or an end before its beginning."""
    if form.held_at is None:
        return
    if form.held_at > act.at + _SLACK:
        raise InputProblem(_("时间还没有到，请核对。"), field="held_at")
    if case.case.accepted_on is not None and form.held_at.date() < case.case.accepted_on:
        raise InputProblem(_("时间早于受理日期，请核对。"), field="held_at")
    if form.ended_at is not None and form.ended_at < form.held_at:
        raise InputProblem(_("结束时间早于开始时间，请核对。"), field="ended_at")


def _require_open(case: Sheet) -> None:
    if case.case.state not in mediation_states.TAKEN:
        raise InputProblem(_("本案还没有受理或者调解已经结束，不能再添记录。"), field="state")


def _step(act: Act, case: Sheet, verb: mediation_states.Verb) -> None:
    known = seen.case(case, act.profile, act.at.date())
    case.case.state = mediation_states.step(case.case.state, verb, known)


def _reason(reason: str) -> str:
    if not reason.strip():
        raise InputProblem(_("作废要写明理由。"), field="reason")
    return reason.strip()
