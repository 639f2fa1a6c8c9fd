"""Pages, answers and new lives laid over a store (client rules 3, 4 and 6)."""

from dataclasses import replace

import pytest

from desk.models import plain
from desk.models.person import Person
from desk.models.store import Store
from desk.services import verify
from desk.services.sync import cursor
from desk.services.sync.keeper import StoreKeeper
from desk.services.sync.ports import Taken
from desk.wire.codecs import WireError
from desk.wire.epochs import Epoch
from desk.wire.incoming import OpIn
from desk.wire.messages import Answer, Page, Pull, Pushed, Want
from tests import factories
from tests.fake_hub import FakeHub, foreign
from tests.stores import SCOPE
from tests.unit.services.sync.round_stage import change, save


@pytest.fixture
def keeper(store: Store) -> StoreKeeper:
    made = StoreKeeper(store)
    made.join("e1", (Epoch("e1", 0),))
    return made


def page(hub: FakeHub, start: int = 0) -> Page:
    part = hub.pull(Pull(2, (Want(SCOPE, hub.epoch, start),))).parts[0]  # type: ignore[union-attr]
    assert isinstance(part, Page)
    return part


def test_a_page_comes_in_once(keeper: StoreKeeper) -> None:
    hub = FakeHub(SCOPE)
    hub.write([foreign("f1", "person", "p1", name="赵某某")])
    assert keeper.take_page(page(hub)) == Taken(frozenset({"person"}), revisions=1, agrees=True)
    assert keeper.take_page(page(hub)) == Taken()
    assert keeper.place().version == 1


def test_a_page_that_begins_elsewhere_or_in_another_life_is_ignored(keeper: StoreKeeper) -> None:
    """Client rule 4."""
    hub = FakeHub(SCOPE)
    hub.write([foreign("f1", "person", "p1", name="赵某某")])
    hub.write([foreign("f2", "person", "p2", name="钱某某")])
    assert keeper.take_page(page(hub, 1)) == Taken()
    hub.history = (Epoch("e1", 0), Epoch("e2", 2))
    assert keeper.take_page(page(hub)) == Taken()
    assert keeper.place().version == 0


def test_a_page_may_end_in_the_middle_of_the_scope(keeper: StoreKeeper) -> None:
    hub = FakeHub(SCOPE, versions_a_page=1)
    hub.write([foreign("f1", "person", "p1", name="赵某某")])
    hub.write([foreign("f2", "person", "p2", name="钱某某")])
    assert keeper.take_page(page(hub)).agrees is None
    assert keeper.take_page(page(hub, 1)).agrees is True


def test_answers_beside_foreign_writes_wait_for_their_page(store: Store, keeper: StoreKeeper) -> None:
    """The shadow is never ahead of what came before: a foreign field could be passed over for good."""
    hub = FakeHub(SCOPE)
    hub.write([foreign("f1", "person", "p1", name="赵某某")])
    with store.write("u1") as rows:
        rows.add(factories.person())
    batch = keeper.waiting(None, 10, 1 << 20)
    answers = tuple(hub._take(each.op) for each in batch)
    hub.version += 1
    keeper.take_answers(batch, Pushed(SCOPE, "e1", 2, answers), frozenset())
    with store.read() as rows:
        assert plain.ask(rows, "SELECT acked FROM outbox") == [(2,)]
        assert plain.ask(rows, "SELECT count(*) FROM shadow_head") == [(0,)]
    assert (keeper.place().version, keeper.place().highest) == (0, 2)
    assert verify.run(store).ok
    keeper.take_page(page(hub))
    with store.read() as rows:
        assert plain.ask(rows, "SELECT count(*) FROM outbox") == [(0,)]
    assert verify.run(store).ok


def test_answers_are_laid_in_the_hubs_order(store: Store, keeper: StoreKeeper) -> None:
    """It settles save by save, so the order of the ops is not always its own; taken back in the wrong order
    the head would not be what it was."""
    hub, person = FakeHub(SCOPE), factories.person()

    def push(*, backwards: bool) -> None:
        batch = keeper.waiting(None, 10, 1 << 20)
        told = {each.op.op: hub._take(each.op) for each in (reversed(batch) if backwards else batch)}
        hub.version += 1
        answers = tuple(told[each.op.op] for each in batch)
        keeper.take_answers(batch, Pushed(SCOPE, "e1", hub.version, answers), frozenset())

    save(store, person)
    push(backwards=False)
    with store.read() as rows:
        before = cursor.read(rows, SCOPE)
    change(store, Person, person.record_id, name="赵某某")
    change(store, Person, person.record_id, phone="13800000009")
    push(backwards=True)
    keeper.offer_again((Epoch("e1", 0), Epoch("e2", 1)))
    with store.read() as rows:
        assert cursor.read(rows, SCOPE).digest == before.digest
    assert verify.run(store).ok


def test_a_word_of_the_hub_goes_with_what_is_offered_again(store: Store, keeper: StoreKeeper) -> None:
    """At the county: without it the hub takes no station's op from there."""
    hub = FakeHub(SCOPE)
    hub.write([foreign("f1", "person", "p1", name="赵某某")])
    hub.write([foreign("f2", "person", "p2", name="钱某某")])
    keeper.take_page(replace(page(hub), vouchers=("seal-1", "seal-2")))
    keeper.offer_again((Epoch("e1", 0), Epoch("e2", 1)))
    assert [(each.op.op, each.voucher) for each in keeper.waiting(None, 10, 1 << 20)] == [("f2", "seal-2")]


def test_a_word_of_the_hub_outlives_its_first_use(store: Store, keeper: StoreKeeper) -> None:
    """A second restore asks for it again, also where the answers counted as the page, which has none."""
    hub = FakeHub(SCOPE)
    hub.write([foreign("f1", "person", "p1", name="赵某某")])
    hub.write([foreign("f2", "person", "p2", name="钱某某")])
    keeper.take_page(replace(page(hub), vouchers=("seal-1", "seal-2")))
    history = [Epoch("e1", 0)]
    for life in ("e2", "e3"):
        history.append(Epoch(life, 1))
        keeper.offer_again(tuple(history))
        batch = keeper.waiting(None, 10, 1 << 20)
        assert [(each.op.op, each.voucher) for each in batch] == [("f2", "seal-2")]
        restored = FakeHub(SCOPE)
        restored.write([foreign("f1", "person", "p1", name="赵某某")])
        answers = tuple(restored._take(each.op) for each in batch)
        keeper.take_answers(batch, Pushed(SCOPE, life, 2, answers), frozenset())
        assert (keeper.place().version, keeper.waiting(None, 10, 1 << 20)) == (2, ())
    assert verify.run(store).ok


def test_answers_to_other_ops_are_refused(store: Store, keeper: StoreKeeper) -> None:
    with store.write("u1") as rows:
        rows.add(factories.person())
    batch = keeper.waiting(None, 10, 1 << 20)
    pushed = Pushed(SCOPE, "e1", 1, (Answer("somebody", "rejected"),))
    with pytest.raises(WireError):
        keeper.take_answers(batch, pushed, frozenset())


def test_answers_of_another_life_change_nothing(store: Store, keeper: StoreKeeper) -> None:
    with store.write("u1") as rows:
        rows.add(factories.person())
    batch = keeper.waiting(None, 10, 1 << 20)
    assert keeper.take_answers(batch, Pushed(SCOPE, "e9", 1, ()), frozenset()) == Taken()


def test_a_new_life_that_kept_everything_offers_nothing(store: Store, keeper: StoreKeeper) -> None:
    hub = FakeHub(SCOPE)
    hub.write([foreign("f1", "person", "p1", name="赵某某")])
    keeper.take_page(page(hub))
    history = (Epoch("e1", 0), Epoch("e2", 1))
    assert keeper.offer_again(history).offered == frozenset()
    with store.read() as rows:
        mark = cursor.read(rows, SCOPE)
    assert (mark.epoch, mark.version, mark.history) == ("e2", 1, history)
    assert keeper.offer_again(history) == Taken()


def test_an_unreadable_revision_keeps_nothing_of_its_page(store: Store, keeper: StoreKeeper) -> None:
    hub = FakeHub(SCOPE)
    hub.write([foreign("f1", "person", "p1", name="赵某某"), foreign("f2", "person", "p2")])
    hub.revisions[-1] = hub.revisions[-1]._replace(op=OpIn("f2", b"[]"))
    with pytest.raises(WireError):
        keeper.take_page(page(hub))
    assert keeper.place().version == 0
    assert verify.run(store).ok
