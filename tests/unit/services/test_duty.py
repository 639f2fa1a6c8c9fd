"""Coming on duty (上岗)."""

import pytest
from sqlalchemy import select

from desk.errors import AccessProblem, InputProblem
from desk.models.audit import Audit
from desk.models.deputy import Deputy
from desk.models.duty import Duty
from desk.models.store import Store
from desk.services.duty import Duties
from desk.services.pins import Pins
from desk.services.session import Session, User
from tests import factories
from tests.fakes import FakeClock
from tests.sign_on import STEPS

PIN = "274913"


def service(store: Store, role: str = "clerk") -> Duties:
    session = Session(User("u1", "钱某某", frozenset({role})), bytes(32))
    return Duties(store, session, Pins(store, STEPS))


def add(store: Store, **changes: str) -> Deputy:
    made = factories.deputy(**changes)
    with store.write("u1") as rows:
        rows.add(made)
        rows.add(factories.mandate(deputy_id=made.record_id, level=4))
    return made


def test_the_clerk_vouches_and_several_sit_at_once(store: Store, fake_clock: FakeClock) -> None:
    duties = service(store)
    first, second = add(store), add(store, name="王某某")
    done = duties.start(first.record_id, vouched=True)
    fake_clock.forward(minutes=5)
    duties.start(second.record_id, vouched=True)
    assert done.changed == {"duty"}
    assert [(on.name, on.levels_text) for on in duties.current()] == [("李某某", "县"), ("王某某", "县")]
    with store.read() as rows:
        kept = rows.get_one(Duty, done.value.duty_id)
    assert (kept.vouched_by, kept.by_pin, kept.name_told) == ("u1", False, "李某某")


def test_a_deputy_comes_by_pin(store: Store, fake_clock: FakeClock) -> None:
    deputy = add(store)
    service(store).set_pin(deputy.record_id, PIN)
    assert service(store).has_pin(deputy.record_id)
    duties = service(store, "deputy")
    with pytest.raises(AccessProblem, match="PIN 不对"):
        duties.start(deputy.record_id, pin="000001")
    with store.read() as rows:
        assert not rows.scalars(select(Duty)).all()
    duties.start(deputy.record_id, pin=PIN)
    with store.read() as rows:
        (kept,) = rows.scalars(select(Duty))
    assert (kept.vouched_by, kept.by_pin) == ("", True)


def test_a_deputy_may_not_vouch(store: Store, fake_clock: FakeClock) -> None:
    with pytest.raises(AccessProblem):
        service(store, "deputy").start(add(store).record_id, vouched=True)


def test_twice_on_duty_is_once(store: Store, fake_clock: FakeClock) -> None:
    duties, deputy = service(store), add(store)
    first = duties.start(deputy.record_id, vouched=True)
    second = duties.start(deputy.record_id, vouched=True)
    assert (second.value, second.changed) == (first.value, frozenset())


def test_who_left_does_not_come_on_duty(store: Store, fake_clock: FakeClock) -> None:
    """ZD-04."""
    with pytest.raises(InputProblem):
        service(store).start(add(store, state="departed").record_id, vouched=True)


def test_duty_ends_once(store: Store, fake_clock: FakeClock) -> None:
    duties = service(store)
    on = duties.start(add(store).record_id, vouched=True).value
    fake_clock.forward(hours=2)
    assert duties.end(on.duty_id).changed == {"duty"}
    assert duties.current() == ()
    assert duties.end(on.duty_id).changed == frozenset()


def test_a_forgotten_duty_closes_at_midnight_with_a_mark(store: Store, fake_clock: FakeClock) -> None:
    duties, deputy = service(store), add(store)
    yesterday = duties.start(deputy.record_id, vouched=True).value
    fake_clock.forward(days=1)
    assert duties.current() == ()
    today = duties.start(deputy.record_id, vouched=True).value
    assert today.duty_id != yesterday.duty_id
    with store.read() as rows:
        kept = rows.get_one(Duty, yesterday.duty_id)
        actions = list(rows.scalars(select(Audit.action)))
    assert kept.ended_at is not None
    assert kept.ended_at.isoformat() == "2026-11-23T23:59:59+08:00"
    assert actions == ["duty_forgotten"]
    fake_clock.forward(days=1)
    assert duties.close_forgotten().value == 1
    assert duties.close_forgotten().changed == frozenset()
