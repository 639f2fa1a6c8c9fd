"""Rounds with a hub that was restored without a word and moved on: another past under the same epoch."""

from typing import Any

import pytest

from desk.models import plain
from desk.models.person import Person
from desk.models.store import Store
from desk.services.sync import engine
from desk.services.sync.engine import run_round
from desk.services.sync.keeper import StoreKeeper
from desk.wire.greeting import HelloAsk
from tests import factories
from tests.fake_hub import FakeHub, foreign, patch
from tests.stores import SCOPE
from tests.unit.services.sync.round_stage import change, count, go, save


def test_another_past_under_the_same_epoch_loses_nothing(store: Store, other: Store, hub: FakeHub) -> None:
    """The hub was restored without a word, and another PC moved it beyond our cursor before we came."""
    kept = hub.backup()
    mine = factories.person(name="甲某")
    save(store, mine)
    go(store, hub)
    hub.restore(kept)
    theirs = [factories.person(name=f"乙{n}") for n in range(2)]
    for each in theirs:
        save(other, each)
        go(other, hub)
    go(store, hub)
    go(other, hub)
    for each in (store, other):
        assert count(each, "person") == 3
    assert {key[1] for key in hub.heads} == {mine.record_id, *(each.record_id for each in theirs)}


@pytest.mark.parametrize("seen_by", ["hello", "page", "push"])
def test_another_past_with_the_same_digest_loses_nothing(
    seen_by: str, store: Store, other: Store, hub: FakeHub
) -> None:
    """I1: two ops of one record at one version, all in conflicts, leave the same heads."""
    hub.write([foreign("f1", "person", "p1", name="赵某某")])
    for each in (store, other):
        go(each, hub)
        change(each, Person, "p1", phone=f"1380000000{len(hub.asked)}")
    hub.write([patch("g1", "person", "p1", "f1", phone="13800000000")])
    kept = hub.backup()
    assert go(store, hub).sent == {"conflict": 1}
    mine, digest = hub.revisions[-1].op.op, hub.digest
    moved_on: list[bool] = []

    def set_back() -> None:
        hub.restore(kept)
        go(other, hub)
        moved_on.append(hub.digest == digest and mine not in {each.op.op for each in hub.revisions})

    if seen_by == "push":
        change(store, Person, "p1", name="赵某")
        greeted = hub.hello

        def hello(ask: HelloAsk) -> Any:
            answer = greeted(ask)
            hub.hello = greeted  # type: ignore[method-assign]
            set_back()
            return answer

        hub.hello = hello  # type: ignore[method-assign]
    else:
        set_back()
    if seen_by == "page":
        hub.write([foreign("f2", "person", "p2", name="钱某某")])
    go(store, hub)
    assert moved_on == [True]
    assert mine in {each.op.op for each in hub.revisions}


def test_another_past_below_an_op_sent_again_loses_nothing(store: Store, other: Store, hub: FakeHub) -> None:
    """I1: as above, and the version where the desk stands begins with the same op in both pasts."""
    hub.write([foreign("f1", "person", "p1", name="赵某某")])
    for each in (store, other):
        go(each, hub)
        change(each, Person, "p1", phone=f"1380000000{len(hub.asked)}")
    hub.write([patch("g1", "person", "p1", "f1", phone="13800000000")])
    kept, sent_again = hub.backup(), foreign("x1", "person", "p2", name="钱某某")
    assert go(store, hub).sent == {"conflict": 1}
    mine = hub.revisions[-1].op.op
    hub.write([sent_again])
    go(store, hub)
    digest = hub.digest
    hub.restore(kept)
    assert go(other, hub).sent == {"conflict": 1}
    hub.write([sent_again])
    assert hub.digest == digest
    go(store, hub)
    go(other, hub)
    assert mine in {each.op.op for each in hub.revisions}
    assert count(store, "conflict") == count(other, "conflict") == 2


def test_the_trail_goes_back_to_what_both_lives_share(store: Store, other: Store, hub: FakeHub) -> None:
    """Below an announced restore nothing begins again: what was laid above comes off the sum."""
    hub.write([foreign("f1", "person", "p1", name="赵某某")])
    go(store, hub)
    kept = hub.backup()
    save(store, factories.person(name="甲某"))
    go(store, hub)
    hub.restore(kept, "e2")
    save(other, factories.person(name="乙某"))
    go(other, hub)
    hub.asked.clear()
    go(store, hub)
    assert "snapshot" not in hub.asked
    place = StoreKeeper(store).place()
    assert (place.version, place.trail) == (hub.version, hub.trail_at(hub.version))


def test_behind_a_snapshot_the_first_page_says_the_trail(store: Store, hub: FakeHub) -> None:
    hub.write([foreign("f1", "person", "p1", name="赵某某")])
    hub.write([foreign("f2", "person", "p2", name="钱某某")])
    hub.durable = 1
    StoreKeeper(store).join(hub.epoch, hub.history)
    with store.write_confirmed() as rows:
        plain.write(rows, "UPDATE cursor SET after = '|'")
    go(store, hub)
    assert "snapshot" in hub.asked
    assert StoreKeeper(store).place().trail == hub.trail_at(2)


def test_a_head_of_a_lost_past_goes_with_the_next_whole_snapshot(
    store: Store, hub: FakeHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """I5, I11: the hub was set back between two pages of a snapshot that began before anything was durable,
    and the round ended with it; the next one begins above a durable version."""
    monkeypatch.setattr(engine, "SNAPSHOT_ABOVE", 0)
    hub.write([foreign("f1", "person", "p1", name="赵某某")])
    kept = hub.backup()
    for n in (2, 3):
        hub.write([foreign(f"f{n}", "person", f"p{n}", name="钱某某")])
    hub.most_heads = 2
    original = hub.snapshot

    def snapshot(scope: str, after: str) -> Any:
        if after:
            hub.restore(kept)
            for n in (4, 5):
                hub.write([foreign(f"f{n}", "person", f"p{n}", name="孙某某")])
            page = original(scope, after)
            hub.down = True
            return page
        return original(scope, after)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(hub, "snapshot", snapshot)
        assert not go(store, hub, whole=False).reached
    assert count(store, "person") == 4
    hub.down, hub.durable = False, 2
    go(store, hub)
    with store.read() as rows:
        assert plain.ask(rows, "SELECT record_id FROM person ORDER BY 1") == [("p1",), ("p4",), ("p5",)]


def differ_for_good(store: Store, hub: FakeHub) -> None:
    """Let the shadow hold a head that no beginning again takes away."""
    hub.write([foreign("f1", "person", "p1", name="赵某某")])
    hub.durable = 1
    go(store, hub)
    with store.write_confirmed() as rows:
        plain.write(rows, "INSERT INTO shadow_head VALUES ('person', 'x', ?, 1, '{}', '{}')", (SCOPE,))
        plain.write(rows, "UPDATE cursor SET digest = ''")
    hub.write([foreign("f2", "person", "p2", name="钱某某")])


def test_a_lasting_difference_is_left_until_the_hub_stands_elsewhere(store: Store, hub: FakeHub) -> None:
    """A whole snapshot every minute would not help; what the hub has since may."""
    differ_for_good(store, hub)
    keeper = StoreKeeper(store)
    taken = []
    for moves in (False, False, False, True, False):
        if moves:
            hub.write([foreign("f3", "person", "p3", name="孙某某")])
        hub.asked.clear()
        assert run_round(keeper, hub).trouble == "digest"
        taken.append(hub.asked.count("snapshot"))
    assert taken == [1, 0, 0, 1, 0]
    hub.asked.clear()
    assert run_round(StoreKeeper(store), hub).trouble == "digest"
    assert hub.asked.count("snapshot") == 1, "who signs on anew tries once more"


def test_another_past_is_followed_where_a_difference_lasted(store: Store, other: Store, hub: FakeHub) -> None:
    """I1: the hub was set back without a word after a round had ended with both sides apart."""
    hub.write([foreign("f1", "person", "p1", name="赵某某")])
    keeper = StoreKeeper(store)
    run_round(keeper, hub)
    kept = hub.backup()
    mine = factories.person(name="甲某")
    save(store, mine)
    run_round(keeper, hub)
    op = hub.revisions[-1].op.op
    hub.wrong_digest = "00"
    assert [run_round(keeper, hub).trouble for _n in range(2)] == ["digest", "digest"]
    hub.wrong_digest = ""
    hub.restore(kept)
    theirs = factories.person(name="乙某")
    save(other, theirs)
    go(other, hub)
    assert not run_round(keeper, hub).trouble
    assert op in {each.op.op for each in hub.revisions}
