"""Takes an import of an old ledger back, but only while nobody has worked on what it wrote."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session as Rows

from desk.errors import InputProblem
from desk.models.matter import Matter
from desk.models.person import Person
from desk.models.print_job import PrintJob
from desk.models.rating import Rating
from desk.models.receipt import Receipt
from desk.models.reply import Reply
from desk.models.visit import Visit
from desk.services import search_index
from desk.services.visit_voiding import void_visit
from desk.text import _

_SHOWN = 5


def noted(visit: Visit, matter: Matter, mark: str) -> dict[str, Any]:
    """Return what a batch keeps of one matter, after the flush: ids, mark and the ops that wrote it."""
    return {
        "visit": visit.record_id,
        "matter": matter.record_id,
        "mark": mark,
        "ops": [dict(visit.field_op), dict(matter.field_op)],
    }


def take_back(rows: Rows, changes: Mapping[str, Any]) -> int:
    """Make the visits of a batch void, and the people it made whom nobody else came as; return how many.

    A visit made void by hand since stays so. Raises InputProblem that names the visits worked on since; then
    nothing is undone.
    """
    pairs = [
        (rows.get_one(Visit, each["visit"]), rows.get_one(Matter, each["matter"]), each)
        for each in changes["matters"]
    ]
    standing = [(visit, matter, each) for visit, matter, each in pairs if not visit.void]
    touched = [
        visit.number for visit, matter, each in standing if _is_touched(rows, visit, matter, each["ops"])
    ]
    if touched:
        raise _refusal(touched)
    reason = _("撤销旧台账导入")
    for visit, _matter, _each in standing:
        void_visit(rows, visit, reason)
    rows.flush()
    for person_id in changes["people"]:
        person = rows.get_one(Person, person_id)
        came = rows.scalar(
            select(Visit.record_id).where(Visit.person_id == person_id, Visit.void.is_(False)).limit(1)
        )
        if came is None and not person.void:
            person.tombstone(reason)
            search_index.drop(rows, "person", person_id)
    return len(standing)


def _is_touched(rows: Rows, visit: Visit, matter: Matter, ops: Sequence[Mapping[str, str]]) -> bool:
    """Say whether the visit or its matter was changed, answered, rated, printed or given a receipt since."""
    if [dict(visit.field_op), dict(matter.field_op)] != [dict(each) for each in ops]:
        return True
    followed = (
        (Reply.matter_id, matter.record_id),
        (Rating.visit_id, visit.record_id),
        (Receipt.visit_id, visit.record_id),
        (PrintJob.target_id, visit.record_id),
    )
    return any(rows.scalar(select(column).where(column == value).limit(1)) for column, value in followed)


def _refusal(numbers: Sequence[str]) -> InputProblem:
    shown = "、".join(numbers[:_SHOWN])
    if len(numbers) > _SHOWN:
        shown += _("等 {n} 件").format(n=len(numbers))
    return InputProblem(
        _("导入以后，{numbers} 又办理或修改过，不能整批撤销。").format(numbers=shown),
        way_out=_("请在来访列表里逐件作废不要的。"),
    )
