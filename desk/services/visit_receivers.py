"""接待代表 of a visit: picked from the deputies on duty; the registrar is recorded apart."""

from collections.abc import Iterable

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session as Rows

from desk.errors import InputProblem
from desk.models.base import alive
from desk.models.deputy import Deputy
from desk.models.duty import Duty
from desk.models.visit import Receiver, Visit
from desk.services.deputies import levels_of
from desk.text import _


def put(rows: Rows, visit: Visit, deputy_ids: Iterable[str]) -> None:
    """Make these deputies the receivers. Who is added was on duty during the visit; a 补录 names whom it was.

    Raises InputProblem for a deputy who is unknown or was not on duty.
    """
    kept = {row.deputy_id: row for row in rows.scalars(_of(visit.record_id))}
    wanted = tuple(dict.fromkeys(deputy_ids))
    for deputy_id, row in kept.items():
        if deputy_id not in wanted:
            row.tombstone(_("登记更正"))
    new = [deputy_id for deputy_id in wanted if deputy_id not in kept]
    if not new:
        return
    deputies = {row.record_id: row for row in rows.scalars(alive(Deputy).where(Deputy.record_id.in_(new)))}
    on_duty = set(new) if visit.backfilled else _on_duty(rows, visit, new)
    for deputy_id in new:
        deputy = deputies.get(deputy_id)
        if deputy is None:
            raise InputProblem(_("没有找到所选的接待代表，请重新选择。"), field="receiver_ids")
        if deputy_id not in on_duty:
            raise InputProblem(
                _("{name}没有上岗，不能作为接待代表。").format(name=deputy.name),
                way_out=_("请先在代表值班里上岗，再选择接待代表。"),
                field="receiver_ids",
            )
        rows.add(
            Receiver(
                visit_id=visit.record_id,
                deputy_id=deputy_id,
                name=deputy.name,
                levels_text=levels_of(rows, deputy),
            )
        )


def ids_of(rows: Rows, visit_id: str) -> tuple[str, ...]:
    """Return the deputies who receive the visit."""
    return tuple(row.deputy_id for row in rows.scalars(_of(visit_id)))


def shown(name: str, levels_text: str) -> str:
    """Return 王某某（市、县）."""
    return f"{name}（{levels_text}）" if levels_text else name


def _of(visit_id: str) -> Select[Receiver]:
    return alive(Receiver).where(Receiver.visit_id == visit_id)


def _on_duty(rows: Rows, visit: Visit, deputy_ids: list[str]) -> set[str]:
    still_there = or_(Duty.ended_at.is_(None), Duty.ended_at >= visit.arrived_at)
    query = select(Duty.deputy_id).where(Duty.deputy_id.in_(deputy_ids), Duty.void.is_(False), still_there)
    return set(rows.scalars(query))
