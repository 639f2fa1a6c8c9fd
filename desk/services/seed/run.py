"""Fills a fresh store with three years of visits: rows and shadow, as a hub would have confirmed them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session as Rows

from desk import clock, ids
from desk.models import confirmed
from desk.models.device import Device
from desk.models.local import NumberCounter, ReceiptSecret
from desk.models.store import Store
from desk.rules.profile import Profile
from desk.services import conflicts, receipts, search_index
from desk.services.seed import deputies
from desk.services.seed.batch import Batch
from desk.services.seed.cases import Room
from desk.services.seed.dice import Dice
from desk.services.seed.matters import Rules
from desk.services.seed.visits import Desk, Reception

_YEARS = 3
_AT_ONCE = 2000
_OPENS, _CLOSES = time(9, 0), time(16, 30)
_SECONDS_OPEN = int(7.5 * 3600)


@dataclass(frozen=True)
class Plan:
    """How many visits, which invented ones, the last day they may fall on, and how many cases besides."""

    visits: int
    seed: int
    until: date
    cases: int = 0


def fill(
    store: Store,
    user_id: str,
    profile: Profile,
    plan: Plan,
    progress: Callable[[int], None] = lambda _n: None,
) -> int:
    """Write the visits of a plan into a store that has just been set up, and return how many there are.

    The same plan gives the same records but for the ids of station, PC and user. `progress` is told how many
    visits are written. About 1,000 visits a second; memory does not grow with their number.
    """
    dice = Dice(plan.seed)
    with store.read() as rows:
        device = rows.get_one(Device, store.device_id)
        signing_key = receipts.signing_key(rows)
    rules = Rules(profile, plan.until)
    first = datetime.combine(plan.until - timedelta(days=365 * _YEARS), _OPENS, tzinfo=clock.now().tzinfo)
    room = Room(rules, dice, store.device_id, user_id, first)
    reception = Reception(Desk(device.letter, device.key_id, signing_key, user_id, rules), dice, room)
    written = 0
    with _repeatable_ids(dice, plan.until):
        for batch in _batches(reception, plan):
            with store.write_confirmed() as rows:
                written += _write(rows, batch)
            progress(written)
        with store.write_local() as rows:
            rows.add_all(_counter(reception, kind, year) for kind, year in reception.spent)
            rows.add_all(room.counters())
    return written


def _batches(reception: Reception, plan: Plan) -> Iterator[Batch]:
    """Yield the records in heaps, day by day; on each working day two deputies are on duty."""
    dice, days = reception.dice, _working_days(reception.desk.rules, plan.until)
    zone = clock.now().tzinfo
    roster = deputies.roster(dice, datetime.combine(days[0], _OPENS, tzinfo=zone))
    batch = Batch()
    batch.add_all(roster.rows)
    reception.room.open(batch)
    for place, day in enumerate(days):
        opens = datetime.combine(day, _OPENS, tzinfo=zone)
        on_duty = dice.some(roster.deputies, 2)
        for deputy in on_duty:
            batch.add("duty", deputies.duty(dice, deputy, opens, datetime.combine(day, _CLOSES, tzinfo=zone)))
        today = plan.visits * (place + 1) // len(days) - plan.visits * place // len(days)
        for second in sorted(dice.some(range(_SECONDS_OPEN), today)):
            receivers = on_duty if dice.happens(15) else [dice.one(on_duty)]
            reception.receive(batch, opens + timedelta(seconds=second), receivers)
        if len(batch.rows.get("visit", ())) >= _AT_ONCE:
            yield batch
            batch = Batch()
    yield batch


def _working_days(rules: Rules, until: date) -> list[date]:
    first = until - timedelta(days=365 * _YEARS)
    days = (first + timedelta(days=n) for n in range(1, 365 * _YEARS + 1))
    return [day for day in days if rules.calendar.is_working(day)]


def _write(rows: Rows, batch: Batch) -> int:
    for noun, made in batch.rows.items():
        confirmed.add_many(rows, noun, made)
    if batch.entries:
        search_index.put_new(rows, sorted(batch.entries))
        secrets = [{"receipt_id": each[0], "token": each[1], "code_text": each[2]} for each in batch.secrets]
        rows.execute(insert(ReceiptSecret), secrets)
    conflicts.file_new(rows, batch.people)
    return len(batch.rows.get("visit", ()))


def _counter(reception: Reception, kind: str, year: int) -> Any:
    last = reception.spent[kind, year]
    return NumberCounter(kind=kind, letter=reception.desk.letter, year=year, last=last)


@contextmanager
def _repeatable_ids(dice: Dice, until: date) -> Iterator[None]:
    """Let ids that the store draws itself repeat as well."""
    at = datetime.combine(until, _CLOSES, tzinfo=clock.now().tzinfo)
    ids.set_source(lambda: dice.id_at(at))
    try:
        yield
    finally:
        ids.set_source(None)
