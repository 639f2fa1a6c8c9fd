"""A round over a real store and a hub one can read: offline, replay, crash, conflict, restore, clone."""

import json
from typing import Any

import pytest

from desk import ids
from desk.models import plain
from desk.models.attachment import Attachment
from desk.models.matter import Matter
from desk.models.person import Person
from desk.models.store import Store
from desk.services import verify
from desk.services.sync import cursor
from desk.services.sync.engine import run_round
from desk.services.sync.keeper import StoreKeeper
from desk.services.sync.report import RoundReport
from desk.wire.messages import Answer, Push
from tests import factories
from tests.fake_hub import FakeHub, foreign, patch
from tests.sync.disk import PowerCut
from tests.unit.services.sync.round_stage import change, count, found, go, save, value


def test_what_was_saved_reaches_the_hub_and_the_next_round_is_one_request(store: Store, hub: FakeHub) -> None:
    person = factories.person()
    save(store, person)
    report = go(store, hub)
    assert report.sent == {"applied": 1}
    assert hub.heads["person", person.record_id].fields["name"] == "王某某"
    # Nobody else wrote: the answers were the page.
    assert hub.asked == ["hello", "push"]
    assert count(store, "outbox") == 0
    hub.asked.clear()
    assert go(store, hub) == RoundReport()
    assert hub.asked == ["hello"]


def test_two_pcs_of_a_station_become_one(store: Store, other: Store, hub: FakeHub) -> None:
    visit = factories.visit()
    matter = factories.matter(visit_id=visit.record_id)
    save(store, visit, matter)
    go(store, hub)
    report = go(other, hub)
    assert report.changed == {"visit", "matter"}
    assert value(other, Matter, matter.record_id, "statement").startswith("楼下的路灯")
    # What came is found at once, by its words too.
    assert found(other, "路灯") == (visit.record_id,)
    change(other, Matter, matter.record_id, request="请在年底前修好")
    go(other, hub)
    go(store, hub)
    assert value(store, Matter, matter.record_id, "request") == "请在年底前修好"


def test_offline_everything_waits_and_nothing_is_lost(store: Store, hub: FakeHub) -> None:
    hub.down = True
    person = factories.person()
    save(store, person)
    report = go(store, hub, whole=False)
    assert (report.reached, report.trouble) == (False, "no_line")
    change(store, Person, person.record_id, phone="13800000009")
    hub.down = False
    assert go(store, hub).sent == {"applied": 2}


def test_an_answer_that_is_lost_makes_no_second_record(store: Store, hub: FakeHub) -> None:
    person = factories.person()
    save(store, person)
    go(store, hub)
    change(store, Person, person.record_id, phone="13800000009")
    original = hub.push

    def cut(message: Push) -> Any:
        hub.lose_answers = 1
        return original(message)

    hub.push = cut  # type: ignore[method-assign]
    assert not go(store, hub, whole=False).reached
    hub.push = original  # type: ignore[method-assign]
    assert count(store, "outbox") == 1
    assert go(store, hub).sent == {"duplicate": 1}
    assert len({each.op.op for each in hub.revisions}) == len(hub.revisions) == 2
    assert count(store, "outbox") == 0


def test_a_crash_in_the_middle_leaves_the_step_before(
    store: Store, hub: FakeHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """I9, I10: page, cursor, shadow, view and index stand or fall together."""
    hub.write([foreign("f1", "person", "p1", name="赵某某")])

    def die(*_values: object) -> None:
        raise PowerCut

    keeper = StoreKeeper(store)
    keeper.join(hub.epoch, hub.history)
    with monkeypatch.context() as cut:
        cut.setattr(cursor, "keep", die)
        with pytest.raises(PowerCut):
            run_round(keeper, hub)
    assert verify.run(store).ok
    assert (count(store, "person"), count(store, "shadow_head"), count(store, "revision_log")) == (0, 0, 0)
    assert go(store, hub).pulled == 1
    assert found(store, "赵某某", "person") == ("p1",)


def test_a_conflict_is_kept_with_both_values(store: Store, other: Store, hub: FakeHub) -> None:
    person = factories.person()
    save(store, person)
    go(store, hub)
    go(other, hub)
    change(store, Person, person.record_id, phone="13800000001")
    change(other, Person, person.record_id, phone="13800000002")
    go(store, hub)
    assert go(other, hub).sent == {"conflict": 1}
    go(store, hub)
    for each in (store, other):
        assert value(each, Person, person.record_id, "phone") == "13800000001"
        with each.read() as session:
            asked = plain.ask(session, "SELECT field, mine, theirs, state FROM conflict")
        assert asked == [("phone", '"13800000002"', '"13800000001"', "open")]


def test_a_tombstone_travels_and_the_record_is_no_longer_found(
    store: Store, other: Store, hub: FakeHub
) -> None:
    person = factories.person(name="欧阳某")
    save(store, person)
    go(store, hub)
    go(other, hub)
    assert found(other, "欧阳", "person") == (person.record_id,)
    with store.write("u1") as session:
        session.get_one(Person, person.record_id).tombstone("录错了")
    go(store, hub)
    go(other, hub)
    assert value(other, Person, person.record_id, "void_reason") == "录错了"
    assert found(other, "欧阳", "person") == ()


def test_many_pages_and_whole_versions(store: Store, hub: FakeHub) -> None:
    for n in range(7):
        hub.write([foreign(f"f{n}-{m}", "person", f"p{n}-{m}", name=f"赵某{n}") for m in range(3)])
    hub.versions_a_page = 2
    assert go(store, hub).pulled == 21
    assert hub.asked == ["hello", *["pull"] * 4]
    assert count(store, "person") == 21


def test_a_field_of_a_newer_desk_is_kept_and_survives_our_change(store: Store, hub: FakeHub) -> None:
    """sync.md 2.11."""
    hub.write([foreign("f1", "person", "p1", name="赵某某", mood="good")])
    hub.write([foreign("f2", "planet", "x1", name="火星")])
    go(store, hub)
    assert value(store, Person, "p1", "extra") == {"mood": "good"}
    change(store, Person, "p1", phone="13800000003")
    go(store, hub)
    assert hub.heads["person", "p1"].fields["mood"] == "good"
    assert value(store, Person, "p1", "extra") == {"mood": "good"}
    assert count(store, "shadow_head") == 2


def test_a_refused_change_leaves_the_view_but_not_the_desk(store: Store, hub: FakeHub) -> None:
    """Client rule 7."""
    person = factories.person()
    save(store, person)
    go(store, hub)
    hub.refuse = lambda op: Answer(op["op"], "rejected", code="no_right", sentence="没有权限")
    change(store, Person, person.record_id, phone="13800000009")
    assert go(store, hub).sent == {"rejected": 1}
    assert value(store, Person, person.record_id, "phone") == "13800006621"
    with store.read() as session:
        (body, sentence), *_ = plain.ask(session, "SELECT body, sentence FROM attention")
    assert json.loads(body)["set"] == {"phone": "13800000009"}
    assert sentence == "没有权限"


def test_what_is_in_custody_stays_in_view_and_stops_only_its_record(store: Store, hub: FakeHub) -> None:
    """I8."""
    bad, good = factories.person(name="坏某"), factories.person(name="好某")
    save(store, bad, good)
    hub.refuse = lambda op: (
        Answer(op["op"], "quarantined", code="bad_value", sentence="已保管")
        if op["rec"] == bad.record_id
        else None
    )
    assert go(store, hub).sent == {"quarantined": 1, "applied": 1}
    assert value(store, Person, bad.record_id, "name") == "坏某"
    assert (count(store, "outbox"), count(store, "attention")) == (1, 1)
    # It is not sent again and again.
    hub.asked.clear()
    go(store, hub)
    assert hub.asked == ["hello"]
    # The county lets it go: it comes back as a revision and leaves both lists.
    hub.refuse = lambda _op: None
    with store.read() as session:
        body = plain.ask(session, "SELECT body FROM outbox")[0][0]
    hub.write([json.loads(body)])
    go(store, hub)
    assert (count(store, "outbox"), count(store, "attention"), count(store, "person")) == (0, 0, 2)


def test_a_round_beside_a_save_keeps_the_unsent_change_in_view(store: Store, hub: FakeHub) -> None:
    """Replicache's rebase: pending ops are folded over what came."""
    hub.write([foreign("f1", "person", "p1", name="赵某某", phone="13800000001")])
    go(store, hub)
    change(store, Person, "p1", phone="13800000002")
    hub.write([patch("f2", "person", "p1", "f1", address="示例路 9 号")])
    with store.write_confirmed() as rows:
        plain.write(rows, "UPDATE outbox SET held = 1")
    go(store, hub)
    assert value(store, Person, "p1", "phone") == "13800000002"
    assert value(store, Person, "p1", "address") == "示例路 9 号"


def test_an_attachment_is_a_record_like_any_other(store: Store, other: Store, hub: FakeHub) -> None:
    row = factories.ALL["attachment"](record_id=ids.new_id(), size=0, sha256="")
    save(store, row)
    go(store, hub)
    go(other, hub)
    assert value(other, Attachment, row.record_id, "state") == row.state
