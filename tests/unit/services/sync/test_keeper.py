"""The store's side of a round, verb by verb."""

from dataclasses import replace

import pytest

from desk.models import plain
from desk.models.store import Store
from desk.services.sync.keeper import StoreKeeper
from desk.services.sync.ports import Place
from desk.wire.epochs import Epoch
from desk.wire.greeting import SERVED, Hello, Limits, ScopeState
from tests import factories
from tests.stores import SCOPE

HELLO = Hello(*SERVED, "2026-11-23T09:00:00.000+08:00", 4, 2, Limits(), ())


@pytest.fixture
def keeper(store: Store) -> StoreKeeper:
    return StoreKeeper(store)


def test_it_starts_nowhere_and_joins(store: Store, keeper: StoreKeeper) -> None:
    place = keeper.place()
    assert place == Place(SCOPE, store.device_id, place.incarnation)
    keeper.join("e1", (Epoch("e1", 0),))
    assert keeper.place() == Place(SCOPE, store.device_id, place.incarnation, "e1", history=(Epoch("e1", 0),))


def test_a_nonce_is_kept_until_the_answer_came(keeper: StoreKeeper) -> None:
    """A lost answer must not look like a clone (sync.md 2.6)."""
    first = keeper.ask()
    assert keeper.ask() == first
    keeper.greeted(HELLO, 1500)
    second = keeper.ask()
    assert second.session == 4
    assert second.nonce != first.nonce


def test_the_offset_of_the_clock_goes_into_the_next_ops(store: Store, keeper: StoreKeeper) -> None:
    keeper.ask()
    keeper.greeted(HELLO, -7000)
    with store.write("u1") as rows:
        rows.add(factories.person())
    assert keeper.waiting(None, 10, 1 << 20)[0].op.read().offset == -7000


def test_a_fork_is_another_writer_from_the_next_op_on(store: Store, keeper: StoreKeeper) -> None:
    with store.write("u1") as rows:
        rows.add(factories.person())
    keeper.ask()
    keeper.greeted(HELLO, 0)
    before = keeper.place().incarnation
    keeper.fork()
    with store.write("u1") as rows:
        rows.add(factories.person())
    first, second = (each.op.read() for each in keeper.waiting(None, 10, 1 << 20))
    assert (first.incarnation, first.seq) == (before, 1)
    assert (second.incarnation, second.seq) == (keeper.place().incarnation, 1)
    assert second.incarnation != before
    assert keeper.ask().session == 0


def test_what_waits_comes_by_number_size_and_place(store: Store, keeper: StoreKeeper) -> None:
    with store.write("u1") as rows:
        rows.add_all([factories.person() for _n in range(5)])
    everything = keeper.waiting(None, 10, 1 << 20)
    assert len(everything) == 5
    assert keeper.waiting(None, 2, 1 << 20) == everything[:2]
    assert keeper.waiting(everything[1].position, 10, 1 << 20) == everything[2:]
    assert len(keeper.waiting(None, 10, 2 * len(everything[0].op.body) + 5)) == 2
    # One that is too large alone is sent alone: the hub must see it to say so.
    assert keeper.waiting(None, 10, 1) == everything[:1]
    with store.write_confirmed() as rows:
        plain.write(rows, "UPDATE outbox SET acked = 3 WHERE position = ?", (everything[0].position,))
        plain.write(rows, "UPDATE outbox SET held = 1 WHERE position = ?", (everything[1].position,))
    assert keeper.waiting(None, 10, 1 << 20) == everything[2:]
    assert keeper.place().highest == 3


def test_what_is_left_as_it_is_is_left_for_one_scope_and_one_state(store: Store, keeper: StoreKeeper) -> None:
    state = ScopeState("S:east", "e1", 4, 0, 0, (), digest="d", trail="o")
    east = keeper.of("S:east")
    assert not east.leaves(state)
    east.leave(state)
    assert keeper.of("S:east").leaves(state)
    assert not StoreKeeper(store).leaves(state)
    for other in ({"scope": "S:west"}, {"epoch": "e2"}, {"version": 5}, {"digest": "e"}, {"trail": "p"}):
        assert not east.leaves(replace(state, **other))
    assert east.leaves(replace(state, durable=3, halted=True))
