"""What finishing makes of a matter: closed at once or open with its clock, linked records, the reply."""

from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session as Rows

from desk.models import row_writer
from desk.models.base import alive
from desk.models.consultation import Consultation
from desk.models.matter import Matter
from desk.models.mediation import Mediation
from desk.models.proposal import Proposal
from desk.models.reply import Reply
from desk.models.visit import Receiver, Visit
from desk.rules.labels import OUTCOME
from desk.services import conflicts
from desk.services.consultation import visit_link as consultation_link
from desk.services.mediation import visit_link
from desk.services.numbers import Numbers
from desk.services.visit_rows import Act, set_changed, start_clock
from desk.text import _

CLOSED_LEVELS: Final = {"answered": "onsite", "guided": "guided"}
"""Outcomes that close the matter at once, and the level it is closed at (product.md, Words)."""

Linked = Proposal | Mediation | Consultation
_LINKED: Final[dict[str, type[Proposal] | type[Mediation] | type[Consultation]]] = {
    "proposed": Proposal,
    "mediation": Mediation,
    "consultation": Consultation,
}


def conclude(act: Act, visit: Visit, matter: Matter, numbers: Numbers) -> frozenset[str]:
    """Give the matter of a visit just finished its end or its way on; return the nouns touched."""
    closed = matter.outcome in CLOSED_LEVELS
    proposed = matter.outcome == "proposed"
    if closed:
        level, state = CLOSED_LEVELS[matter.outcome], "closed"
        matter.closed_at = visit.finished_at
        matter.tell_by = None
        matter.tell_by_rule = ""
    else:
        level, state = matter.level if proposed else "", "open"
        _run_clock(act, visit, matter)
    set_changed(matter, {"state": state, "level": level})
    if not proposed:
        set_changed(matter, {"proposed_unit": "", "fast_track": False})
    touched = {"matter"} | _link(act, visit, matter, numbers)
    conflicts.file_visit(act.rows, visit, matter.outcome)
    if closed and _reply_on_the_spot(act, visit, matter):
        touched.add("reply")
    return frozenset(touched)


def reopen(act: Act, visit: Visit, matter: Matter) -> None:
    """Open the matter of a reopened visit again, with its clock; finishing decides anew."""
    matter.state = "open"
    matter.closed_at = None
    _run_clock(act, visit, matter)


def linked_rows(rows: Rows, matter: Matter) -> list[Linked]:
    """Return the proposal, mediation or consultation of a matter that stands."""
    found: list[Linked] = []
    for table in _LINKED.values():
        found.extend(rows.scalars(alive(table).where(table.matter_id == matter.record_id)))
    return found


def take_back(rows: Rows, linked: Linked, reason: str) -> None:
    """Make a linked record void.

    Raises InputProblem for a mediation that a committee has taken (LZ-04), or advice that was given.
    """
    if isinstance(linked, Mediation):
        visit_link.void_case(rows, linked, reason)
    elif isinstance(linked, Consultation):
        consultation_link.void_consultation(rows, linked, reason)
    else:
        linked.tombstone(reason)


def _run_clock(act: Act, visit: Visit, matter: Matter) -> None:
    if matter.tell_by is None and visit.received_at is not None:
        start_clock(act.profile, matter, visit.received_at.date())


def _link(act: Act, visit: Visit, matter: Matter, numbers: Numbers) -> set[str]:
    """Make the linked record of the outcome with its number; one of another outcome becomes void."""
    wanted = _LINKED.get(matter.outcome)
    touched: set[str] = set()
    row: Linked | None = None
    # Only a visit that was finished before has one.
    standing = linked_rows(act.rows, matter) if visit.reopen_reason else []
    for old in standing:
        if wanted is not None and isinstance(old, wanted):
            row = old
        elif not (wanted is Consultation and consultation_link.is_referral(standing, old)):
            take_back(act.rows, old, _("处理方式改为{outcome}").format(outcome=OUTCOME[matter.outcome]))
            touched.add(old.__tablename__)
    if wanted is None:
        return touched
    if row is None:
        row = _new_linked(act, matter, numbers)
        act.rows.add(row)
    if isinstance(row, Mediation):
        visit_link.carry_over(act, row, visit, matter)
    if isinstance(row, Consultation):
        consultation_link.carry_over(act, row, visit, matter)
    if isinstance(row, Proposal):
        set_changed(row, _proposed(matter))
    return touched | {row.__tablename__}


def _new_linked(act: Act, matter: Matter, numbers: Numbers) -> Linked:
    if matter.outcome == "proposed":
        number = numbers.next(act.rows, "proposal")
        return row_writer.new(Proposal, matter_id=matter.record_id, number=number, **_proposed(matter))
    if matter.outcome == "mediation":
        number = numbers.next(act.rows, "mediation")
        return row_writer.new(Mediation, matter_id=matter.record_id, number=number, state="registered")
    number = numbers.next(act.rows, "consultation")
    return row_writer.new(Consultation, matter_id=matter.record_id, number=number, state="opened")


def _proposed(matter: Matter) -> dict[str, Any]:
    return {"level": matter.level, "unit": matter.proposed_unit, "fast_track": matter.fast_track}


def _reply_on_the_spot(act: Act, visit: Visit, matter: Matter) -> bool:
    """Write down the answer given, or where the visitor was shown to, as the reply, unless it stands."""
    if matter.outcome == "answered":
        words = matter.answer_text
    else:
        words = _("引导到{where}：{why}").format(where=matter.guide_to, why=matter.guide_reason)
    query = select(Reply.text).where(Reply.matter_id == matter.record_id)
    if act.rows.scalars(query.order_by(Reply.replied_at.desc()).limit(1)).first() == words:
        return False
    query_names = alive(Receiver).where(Receiver.visit_id == visit.record_id)
    names = [row.name for row in act.rows.scalars(query_names)]
    names += [row.name for row in act.rows.new if isinstance(row, Receiver)]
    act.rows.add(
        Reply(
            matter_id=matter.record_id,
            replied_at=visit.finished_at,
            way="onsite",
            text=words,
            by_name="、".join(names) or act.user.name,
        )
    )
    return True
