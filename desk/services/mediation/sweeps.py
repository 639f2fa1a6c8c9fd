"""排查: the searches for disputes before they break out, which the statistics count (§3.8)."""

from dataclasses import fields
from datetime import date
from typing import Final

from sqlalchemy.orm import Session as Rows

from desk import clock
from desk.errors import InputProblem
from desk.models.base import alive
from desk.models.committee import Committee
from desk.models.sweep import Sweep
from desk.services import overtaken
from desk.services.mediation.access import reader_of
from desk.services.mediation.case_desk import CaseDesk
from desk.services.mediation.forms import SweepForm
from desk.services.mediation.statistics_values import SweepRow
from desk.services.outcome import Done
from desk.text import _

_SWEEP: Final = frozenset({"sweep"})
_COUNTS: Final = {"found": "发现纠纷", "prevented": "预防纠纷", "handled": "已化解"}
_MOST: Final = 9999


class Sweeps:
    """Keeps the searches; they name no party, so whoever may write cases may read them."""

    def __init__(self, desk: CaseDesk) -> None:
        self._desk = desk

    def list(self, year: int) -> tuple[SweepRow, ...]:
        """Return the searches of a year, newest first. Raises AccessProblem."""
        reader_of(self._desk.session)
        query = (
            alive(Sweep)
            .where(Sweep.swept_on >= date(year, 1, 1), Sweep.swept_on <= date(year, 12, 31))
            .order_by(Sweep.swept_on.desc(), Sweep.record_id.desc())
        )
        with self._desk.store.read() as rows:
            return tuple(_shown(rows, row) for row in rows.scalars(query))

    def save(self, form: SweepForm, sweep_id: str = "", base: SweepForm | None = None) -> Done[SweepRow]:
        """Write a search down or correct one that was read as `base`.

        Raises InputProblem for numbers that cannot be, Overtaken.
        """
        with self._desk.writing() as (act, _reader):
            row = _found(act.rows, sweep_id) if sweep_id else Sweep()
            names = [each.name for each in fields(SweepForm)]
            if sweep_id:
                standing = SweepForm(**{name: getattr(row, name) for name in names})
                form = overtaken.over(act.rows, "sweep", base, form, standing)
            _check(form)
            committee = act.rows.get(Committee, form.committee_id) if form.committee_id else None
            if committee is None or committee.void:
                raise InputProblem(_("请选择组织排查的调委会。"), field="committee_id")
            for name in names:
                setattr(row, name, getattr(form, name))
            act.rows.add(row)
            return Done(_shown(act.rows, row), _SWEEP)

    def drop(self, sweep_id: str, reason: str) -> Done[None]:
        """Make a search void. Raises InputProblem without a reason."""
        if not reason.strip():
            raise InputProblem(_("作废要写明理由。"), field="reason")
        with self._desk.writing() as (act, _reader):
            _found(act.rows, sweep_id).tombstone(reason.strip())
        return Done(None, _SWEEP)


def _check(form: SweepForm) -> None:
    if form.swept_on is None or form.swept_on > clock.today():
        raise InputProblem(_("请填写排查的日期，不能晚于今天。"), field="swept_on")
    for name, label in _COUNTS.items():
        if not 0 <= getattr(form, name) <= _MOST:
            raise InputProblem(_("“{what}”的件数不对，请核对。").format(what=_(label)), field=name)
    if form.prevented > form.found or form.handled > form.found:
        raise InputProblem(_("预防和化解的件数不能多于发现的件数。"), field="found")


def _found(rows: Rows, sweep_id: str) -> Sweep:
    row = rows.get(Sweep, sweep_id)
    if row is None or row.void:
        raise InputProblem(_("没有找到这次排查。"), field="sweep")
    return row


def _shown(rows: Rows, row: Sweep) -> SweepRow:
    committee = rows.get(Committee, row.committee_id)
    return SweepRow(
        id=row.record_id,
        committee_id=row.committee_id,
        committee_name=committee.name if committee is not None else "",
        swept_on=row.swept_on,
        place=row.place,
        found=row.found,
        prevented=row.prevented,
        handled=row.handled,
        by_names=row.by_names,
        note=row.note,
    )
