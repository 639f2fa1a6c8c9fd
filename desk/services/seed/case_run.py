"""Fills a store with three years of mediations that came straight to the room, not from a visit."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from desk import clock
from desk.models import confirmed
from desk.models.device import Device
from desk.models.local import NumberCounter
from desk.models.store import Store
from desk.rules.numbers import Number, NumberPattern
from desk.rules.profile import Profile
from desk.services import conflicts, search_index
from desk.services.seed.batch import Batch
from desk.services.seed.cases import Room
from desk.services.seed.dice import Dice
from desk.services.seed.matters import Rules

_YEARS = 3
_AT_ONCE = 1000
_OPENS = time(9, 0)
_SECONDS_OPEN = int(7.5 * 3600)
_KIND = "mediation"
_FIRST_SLOT = 2048  # visits of the same moments stand below


@dataclass(frozen=True)
class CasePlan:
    """How many cases, which invented ones, and the last day they may fall on."""

    cases: int
    seed: int
    until: date


def fill(
    store: Store,
    user_id: str,
    profile: Profile,
    plan: CasePlan,
    progress: Callable[[int], None] = lambda _n: None,
) -> int:
    """Write the cases of a plan into a store; return how many there are. `progress` is told how many are.

    The same plan gives the same cases but for the ids of PC and user.
    """
    dice = Dice(plan.seed)
    zone = clock.now().tzinfo
    first = datetime.combine(plan.until - timedelta(days=365 * _YEARS), _OPENS, tzinfo=zone)
    query = select(NumberCounter).where(NumberCounter.kind == _KIND)
    with store.read() as rows:
        letter = rows.get_one(Device, store.device_id).letter
        spent = {row.year: row.last for row in rows.scalars(query)}
    room = Room(Rules(profile, plan.until), dice, store.device_id, user_id, first)
    pattern = NumberPattern(profile.text("number.mediation", plan.until))
    batch = Batch(_FIRST_SLOT)
    room.open(batch)
    written = 0
    for at in _times(dice, plan, first):
        spent[at.year] = spent.get(at.year, 0) + 1
        number = pattern.format(Number(at.year, spent[at.year], letter))
        room.case(batch, at, number)
        written += 1
        if written % _AT_ONCE == 0:
            _write(store, batch)
            batch = Batch(_FIRST_SLOT)
            progress(written)
    _write(store, batch)
    with store.write_local() as rows:
        for year, last in spent.items():
            rows.merge(NumberCounter(kind=_KIND, letter=letter, year=year, last=last))
        rows.add_all(room.counters())
    return written


def _times(dice: Dice, plan: CasePlan, first: datetime) -> list[datetime]:
    """Return when each case was registered, in order; no two in one second."""
    days = 365 * _YEARS
    seconds = dice.some(range(days * _SECONDS_OPEN), plan.cases)
    found = [
        first + timedelta(days=1 + second // _SECONDS_OPEN, seconds=second % _SECONDS_OPEN)
        for second in sorted(seconds)
    ]
    return [at for at in found if at.date() <= plan.until]


def _write(store: Store, batch: Batch) -> None:
    with store.write_confirmed() as rows:
        for noun, made in batch.rows.items():
            confirmed.add_many(rows, noun, made)
        if batch.entries:
            search_index.put_new(rows, sorted(batch.entries))
        conflicts.file_new(rows, batch.people)
