"""What the hub would not take is kept, told and sent again when somebody wants it."""

import pytest

from desk.models import plain
from desk.models.person import Person
from desk.models.store import Store
from desk.services import verify
from desk.services.sync import refusals, view
from desk.services.sync.engine import run_round
from desk.services.sync.keeper import StoreKeeper
from desk.wire.messages import Answer
from tests import factories
from tests.fake_hub import FakeHub
from tests.stores import SCOPE


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
