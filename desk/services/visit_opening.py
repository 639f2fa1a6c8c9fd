"""How a visit begins: greeted and waiting, or received with its number, spoken number and receipt at once."""

from typing import Protocol

from sqlalchemy.orm import Session as Rows

from desk.errors import InputProblem
from desk.models.matter import Matter
from desk.models.visit import Visit
from desk.rules import visit_states
from desk.services import pads, visit_input
from desk.services.numbers import Numbers
from desk.services.visit_rows import Act, put_form
from desk.services.visit_values import VisitForm
from desk.text import _


class IssuesReceipts(Protocol):
    """What a visit needs of the receipts."""

    def issue(self, session: Rows, visit: Visit) -> object:
        """Give the visit its receipt inside the caller's block; a second call gives the same one."""


def begin(act: Act, form: VisitForm, verb: visit_states.Verb) -> tuple[Visit, Matter]:
    """Make the rows of a visit from a cleaned form: `wait` or `open`.

    A 补录 keeps the true reception time besides the time of entry. Raises InputProblem for times that cannot
    be, or without what a receipt needs.
    """
    state = visit_states.step("", verb)
    visit_input.require_receipt(form, visit_input.limits(act.profile, act.at))
    if form.backfilled and form.received_at is None:
        raise InputProblem(_("补录要填写真实的接待时间。"), field="received_at")
    received = (form.received_at or act.at) if state == "received" else None
    arrived = form.arrived_at or received or act.at
    visit_input.check_times(arrived, received, act.at)
    visit = Visit(
        state=state,
        arrived_at=arrived,
        received_at=received,
        entered_at=act.at,
        backfilled=form.backfilled,
        registrar_id=act.user.id,
        profile_version=act.profile.version,
    )
    act.rows.add(visit)
    return visit, put_form(act, visit, form)


def give_number(act: Act, visit: Visit, numbers: Numbers, receipts: IssuesReceipts, pad_no: str = "") -> None:
    """Spend the visit's number, or use the one reserved on the pad its form came from; issue the receipt.

    Raises ClockProblem; InputProblem for a pad number that is not ours or used.
    """
    if pad_no:
        pad = pads.take(act.rows, pad_no, visit.record_id)
        visit.number, visit.spoken, visit.pad_no = pad.number, pad.spoken, pad.number
    else:
        visit.number = numbers.next(act.rows, "visit")
        visit.spoken = numbers.spoken(act.rows)
    act.rows.flush()
    receipts.issue(act.rows, visit)
