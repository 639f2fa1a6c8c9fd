"""Pads (product.md, Paper and back): blank forms with reserved numbers, and how a filled one comes back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session as Rows

from desk import clock
from desk.errors import InputProblem
from desk.models.local import Pad
from desk.models.store import Store
from desk.services import audit
from desk.services.numbers import Numbers
from desk.services.outcome import Done
from desk.services.session import Session
from desk.text import _

MOST = 200
"""Blank forms in one go."""


@dataclass(frozen=True)
class PadNumber:
    """The number of one blank form, its spoken number, and when it was reserved."""

    number: str
    spoken: str
    reserved_at: datetime | None


class Pads:
    """Reserves numbers for blank forms of this PC."""

    def __init__(self, store: Store, session: Session, numbers: Numbers) -> None:
        self._store = store
        self._session = session
        self._numbers = numbers

    def reserve(self, count: int) -> Done[tuple[PadNumber, ...]]:
        """Spend `count` visit numbers on blank forms. Raises InputProblem unless 1…200, ClockProblem."""
        self._session.require("write", "visit")
        if not 1 <= count <= MOST:
            raise InputProblem(_("一次可以预留 1 到 {most} 张空白表。").format(most=MOST), field="count")
        user_id = self._session.user.id
        with self._store.write(user_id) as rows:
            made = tuple(self._one(rows) for _each in range(count))
            audit.append(rows, "pad_reserve", user_id=user_id, noun="visit", fields=str(count))
        return Done(made, frozenset({"pad"}))

    def open(self) -> tuple[PadNumber, ...]:
        """Return the reserved numbers whose form has not come back, oldest first."""
        self._session.require("read", "visit")
        with self._store.read() as rows:
            found = rows.scalars(select(Pad).where(Pad.visit_id == "").order_by(Pad.number))
            return tuple(PadNumber(row.number, row.spoken, row.reserved_at) for row in found)

    def _one(self, rows: Rows) -> PadNumber:
        pad = Pad(
            number=self._numbers.next(rows, "visit"),
            spoken=self._numbers.spoken(rows),
            reserved_at=clock.now(),
        )
        rows.add(pad)
        rows.flush()
        return PadNumber(pad.number, pad.spoken, pad.reserved_at)


def take(rows: Rows, typed: str, visit_id: str) -> PadNumber:
    """Use a reserved number for the visit written on its form.

    Raises InputProblem if this PC never reserved it, or its form came back already.
    """
    pad = rows.get(Pad, "".join(typed.split()).upper())
    if pad is None:
        raise InputProblem(
            _("本机没有预留过编号 {number}。").format(number=typed.strip()),
            way_out=_("请核对纸上的编号；别的电脑预留的，请在那台电脑上补录。"),
            field="pad_no",
        )
    if pad.visit_id:
        raise InputProblem(_("编号 {number} 的表已经补录过了。").format(number=pad.number), field="pad_no")
    pad.visit_id = visit_id
    return PadNumber(pad.number, pad.spoken, pad.reserved_at)
