"""Rounds with a hub that was restored without a word and moved on: another past under the same epoch."""

from typing import Any

import pytest

from desk.models.person import Person
from desk.models.store import Store
from desk.wire.greeting import HelloAsk
from tests import factories
from tests.fake_hub import FakeHub, foreign, patch
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
