"""What the hub would not take is kept, told and sent again when somebody wants it."""

from typing import Any

import pytest

from desk.models import plain
from desk.models.person import Person
from desk.models.store import Store
from desk.services import verify
from desk.services.sync import refusals, view
from desk.services.sync.engine import run_round
from desk.services.sync.keeper import StoreKeeper
from desk.wire.messages import Answer, Push
from tests import factories
from tests.fake_hub import FakeHub, foreign, patch
from tests.stores import SCOPE
from tests.unit.services.sync.round_stage import change, count, go, value


def refuse(verdict: str, code: str = "no_right") -> FakeHub:
    hub = FakeHub(SCOPE)
    hub.refuse = lambda op: Answer(op["op"], verdict, code=code, sentence="没有权限")  # type: ignore[arg-type]
    return hub


@pytest.mark.parametrize("verdict", ["rejected", "quarantined"])
def test_a_record_the_hub_never_took_stays_in_view(store: Store, verdict: str) -> None:
    person = factories.person()
    with store.write("u1") as rows:
        rows.add(person)
    run_round(StoreKeeper(store), refuse(verdict))
    with store.read() as rows:
        assert rows.get(Person, person.record_id) is not None
        assert refusals.waiting_for_person(rows) == 1
    assert StoreKeeper(store).waiting(None, 10, 1 << 20) == ()
    assert verify.run(store).ok


def test_a_refused_change_is_sent_again_on_demand(store: Store) -> None:
    person = factories.person()
    with store.write("u1") as rows:
        rows.add(person)
    hub = FakeHub(SCOPE)
    run_round(StoreKeeper(store), hub)
    with store.write("u1") as rows:
        rows.get_one(Person, person.record_id).phone = "13800000009"
    hub.refuse = refuse("rejected").refuse
    run_round(StoreKeeper(store), hub)
    hub.refuse = lambda _op: None
    with store.write_confirmed() as rows:
        op_id = plain.ask(rows, "SELECT op_id FROM attention")[0][0]
        key = refusals.send_again(rows, op_id)
        assert key == ("person", person.record_id)
        view.rebuild_keys(rows, SCOPE, {key})
        assert refusals.send_again(rows, op_id) is None
    assert verify.run(store).ok
    assert run_round(StoreKeeper(store), hub).sent == {"applied": 1}
    with store.read() as rows:
        assert rows.get_one(Person, person.record_id).phone == "13800000009"
        assert refusals.waiting_for_person(rows) == 0


def test_an_op_whose_base_nobody_has_is_told(store: Store) -> None:
    with store.write("u1") as rows:
        rows.add(factories.person())
    report = run_round(StoreKeeper(store), refuse("deferred", refusals.UNKNOWN_BASE))
    assert report.sent == {"deferred": 1}
    with store.read() as rows:
        assert refusals.waiting_for_person(rows) == 1
    # It is asked for again, since another desk may bring the base.
    assert len(StoreKeeper(store).waiting(None, 10, 1 << 20)) == 1


def test_what_waits_for_others_disturbs_nobody(store: Store) -> None:
    with store.write("u1") as rows:
        rows.add(factories.person())
    run_round(StoreKeeper(store), refuse("deferred", "waits_for_others"))
    with store.read() as rows:
        assert refusals.waiting_for_person(rows) == 0


def test_bases_are_offered_as_the_hub_once_took_them(store: Store) -> None:
    """Not by their ids; and the newer words stay on the page, also where the line breaks in between (I9)."""
    hub = FakeHub(SCOPE)
    hub.write([foreign("z1", "person", "p1", name="赵某某", phone="1")])
    hub.write([patch("y2", "person", "p1", "z1", phone="2")])
    go(store, hub)
    change(store, Person, "p1", name="赵某")
    change(store, Person, "p1", phone="3")
    hub.tells_digest = False
    hub.revisions.clear()
    hub.heads.clear()
    taken, hub.push = hub.push, lambda push: _once(hub, push)  # type: ignore[method-assign]
    go(store, hub, whole=False)
    with store.read() as rows:
        listed = [row[0] for row in plain.ask(rows, "SELECT op_id FROM outbox ORDER BY position")]
    assert listed[:2] == ["z1", "y2"]
    assert (value(store, Person, "p1", "name"), value(store, Person, "p1", "phone")) == ("赵某", "3")
    hub.push, hub.down = taken, False  # type: ignore[method-assign]
    go(store, hub, whole=False)
    assert [each.op.op for each in hub.revisions][:2] == ["z1", "y2"]
    assert hub.heads["person", "p1"].fields["phone"] == "3"
    assert count(store, "outbox") == count(store, "attention") == 0


def _once(hub: FakeHub, push: Push) -> Any:
    """Answer one push; then the line is dead."""
    answer = FakeHub.push(hub, push)
    hub.down = True
    return answer


def test_what_was_saved_with_one_that_nobody_can_help_is_told_with_it(store: Store) -> None:
    """It waits as long as its mate; what was saved by itself is not told."""
    lost, mate, alone = factories.person(), factories.person(), factories.person()
    with store.write("u1") as rows:
        rows.add_all([lost, mate])
    with store.write("u1") as rows:
        rows.add(alone)
    hub = FakeHub(SCOPE)

    def answer(op: dict[str, Any]) -> Answer:
        code = refusals.UNKNOWN_BASE if op["rec"] == lost.record_id else refusals.WAITS
        return Answer(op["op"], "deferred", code=code, sentence="等另一条", bases=("gone",))

    hub.refuse = answer
    run_round(StoreKeeper(store), hub)
    with store.read() as rows:
        told = plain.ask(rows, "SELECT record_id, code FROM attention ORDER BY code")
    assert told == [(lost.record_id, refusals.UNKNOWN_BASE), (mate.record_id, refusals.WAITS)]
    hub.refuse = lambda _op: None
    run_round(StoreKeeper(store), hub)
    with store.read() as rows:
        assert refusals.waiting_for_person(rows) == 0
    assert verify.run(store).ok
