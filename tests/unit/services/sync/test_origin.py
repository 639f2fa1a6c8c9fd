"""Where the values of a conflict came from."""

from typing import Any

import pytest

from desk.models import plain
from desk.models.person import Person
from desk.models.store import Store
from desk.services.sync import origin
from tests import factories
from tests.fake_hub import FakeHub
from tests.unit.services.sync.round_stage import change, count, go, save

KEPT = "SELECT before, mine_user, theirs_user, mine_at IS NOT NULL, theirs_at IS NOT NULL FROM conflict"


def both(store: Store, other: Store, hub: FakeHub, **person: Any) -> str:
    made = factories.person(name="王某某", **person)
    save(store, made)
    go(store, hub)
    go(other, hub)
    change(store, Person, made.record_id, phone="1")
    change(other, Person, made.record_id, phone="2")
    for each in (store, other, store):
        go(each, hub)
    return str(made.record_id)


@pytest.mark.parametrize(("phone", "before"), [("138", '"138"'), ("", "null")])
def test_who_wrote_when_and_what_both_began_from_is_kept_on_both(
    store: Store, other: Store, hub: FakeHub, phone: str, before: str
) -> None:
    both(store, other, hub, phone=phone)
    for each in (store, other):
        with each.read() as rows:
            assert plain.ask(rows, KEPT) == [(before, "u1", "u1", 1, 1)]


def test_it_is_still_known_after_the_revisions_were_pruned(store: Store, other: Store, hub: FakeHub) -> None:
    both(store, other, hub, phone="138")
    held = count(store, "revision_log")
    hub.durable = hub.version
    save(other, factories.person(name="赵某某"))
    go(other, hub)
    go(store, hub)
    assert count(store, "revision_log") < held
    with store.read() as rows:
        assert plain.ask(rows, KEPT) == [('"138"', "u1", "u1", 1, 1)]


def test_an_op_is_told_while_it_waits_and_once_it_is_accepted(store: Store, hub: FakeHub) -> None:
    save(store, factories.person(name="王某某"))
    with store.read() as rows:
        (name,) = (row[0] for row in plain.ask(rows, "SELECT op_id FROM outbox"))
        assert origin.told_by_op(rows, name)["user"] == "u1"
    go(store, hub)
    with store.read() as rows:
        assert origin.told_by_op(rows, name)["type"] == "person"
        assert origin.told_by_op(rows, "nobody") == origin.told_by_op(rows, "") == {}
