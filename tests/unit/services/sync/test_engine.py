"""A round over a real store and a hub one can read: offline, replay, crash, conflict, restore, clone."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desk import ids
from desk.models import plain
from desk.models.attachment import Attachment
from desk.models.matter import Matter
from desk.models.person import Person
from desk.models.store import Store
from desk.services import search_index, verify
from desk.services.sync import cursor
from desk.services.sync.engine import run_round
from desk.services.sync.keeper import StoreKeeper
from desk.services.sync.report import RoundReport
from desk.wire.messages import Answer, Push
from tests import factories
from tests.fake_hub import FakeHub, foreign, patch
from tests.stores import KEY, SCOPE


@pytest.fixture
def hub() -> FakeHub:
    return FakeHub(SCOPE)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    """A second PC of the same station."""
    made = Store.create(tmp_path / "other", KEY, scope_id=SCOPE)
    yield made
    made.close()


def go(store: Store, hub: FakeHub, *, whole: bool = True) -> RoundReport:
    """Run one round; the store must be sound after every one, whatever it met."""
    report = run_round(StoreKeeper(store), hub)
    found = verify.run(store)
    assert found.ok, found.lines
    if whole:
        assert report.reached, report
        assert not report.trouble, report
    return report


def save(store: Store, *rows: Any) -> None:
    with store.write("u1") as session:
        session.add_all(rows)


def change(store: Store, table: Any, record_id: str, **values: Any) -> None:
    with store.write("u1") as session:
        row = session.get_one(table, record_id)
        for name, value in values.items():
            setattr(row, name, value)


def value(store: Store, table: Any, record_id: str, name: str) -> Any:
    with store.read() as session:
        return getattr(session.get_one(table, record_id), name)


def count(store: Store, table: str) -> int:
    with store.read() as session:
        return int(plain.ask(session, f"SELECT count(*) FROM {table}")[0][0])


def found(store: Store, typed: str, shelf: Any = "visit") -> tuple[str, ...]:
    with store.read() as session:
        return search_index.newest(session, typed, shelf, 10)


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
        raise RuntimeError("power cut")

    keeper = StoreKeeper(store)
    keeper.join(hub.epoch, hub.history)
    with monkeypatch.context() as cut:
        cut.setattr(cursor, "keep", die)
        with pytest.raises(RuntimeError, match="power cut"):
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


def test_an_announced_restore_brings_everything_back(store: Store, other: Store, hub: FakeHub) -> None:
    """Client rule 6, I1: own and foreign revisions are offered again under their own ids."""
    save(store, factories.person(name="甲某"))
    go(store, hub)
    kept = hub.backup()
    hub.durable = 1
    hub.write([foreign("web", "person", "w1", name="网某")])
    lost = factories.person(name="乙某")
    save(store, lost)
    go(store, hub)
    go(other, hub)
    before = dict(hub.heads)
    hub.restore(kept, "e2")
    report = go(store, hub)
    assert report.offered == 2
    assert {each.op.op for each in hub.revisions} >= {"web"}
    assert {key: head.fields for key, head in hub.heads.items()} == {
        key: head.fields for key, head in before.items()
    }
    go(other, hub)
    go(store, hub)
    for each in (store, other):
        assert (count(each, "person"), count(each, "outbox")) == (3, 0)


def test_an_unannounced_restore_is_told_to_the_hub(store: Store, hub: FakeHub) -> None:
    kept = hub.backup()
    save(store, factories.person())
    go(store, hub)
    hub.restore(kept)
    report = go(store, hub, whole=False)
    assert report.trouble == "cursor_ahead"
    assert hub.halted
    assert count(store, "person") == 1


def test_a_halted_scope_gives_but_takes_nothing(store: Store, hub: FakeHub) -> None:
    hub.write([foreign("f1", "person", "p1", name="赵某某")])
    hub.halted = True
    save(store, factories.person())
    report = go(store, hub, whole=False)
    assert (report.reached, report.trouble, report.pulled) == (True, "halted", 1)
    assert count(store, "outbox") == 1


def test_a_pc_from_a_backup_is_a_new_writer_and_catches_up(
    store: Store, hub: FakeHub, tmp_path: Path
) -> None:
    """sync.md 2.6: detected by the session, made safe by the op ids."""
    save(store, factories.person(name="甲某"))
    store.copy_to(tmp_path / "copy.db")
    go(store, hub)
    save(store, factories.person(name="乙某"))
    go(store, hub)
    folder = tmp_path / "clone"
    folder.mkdir()
    (tmp_path / "copy.db").rename(folder / "desk.db")
    clone = Store.open(folder, KEY)
    save(clone, factories.person(name="丙某"))
    report = go(clone, hub)
    assert report.sent == {"duplicate": 1, "applied": 1}
    go(store, hub)
    assert count(clone, "person") == count(store, "person") == 3
    with clone.read() as session:
        assert plain.ask(session, "SELECT incarnation FROM meta")[0][0] in hub.sessions
    clone.close()


def test_a_clone_is_noticed(store: Store, hub: FakeHub, tmp_path: Path) -> None:
    go(store, hub)
    store.copy_to(tmp_path / "copy.db")
    go(store, hub)
    folder = tmp_path / "clone"
    folder.mkdir()
    (tmp_path / "copy.db").rename(folder / "desk.db")
    clone = Store.open(folder, KEY)
    go(clone, hub)
    assert len(hub.sessions) == 2
    clone.close()


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


def test_a_base_the_hub_lacks_is_offered_first(store: Store, hub: FakeHub) -> None:
    person = factories.person()
    save(store, person)
    go(store, hub)
    change(store, Person, person.record_id, phone="13800000009")
    # The hub lost the insert without a word and stands at the same version.
    hub.revisions.clear()
    hub.heads.clear()
    report = run_round(StoreKeeper(store), hub)
    assert report.sent["deferred"] == 1
    assert hub.heads["person", person.record_id].fields["phone"] == "13800000009"
    assert count(store, "outbox") == 0


def test_an_empty_desk_takes_heads_and_then_the_tail(store: Store, hub: FakeHub) -> None:
    for n in range(6):
        hub.write([foreign(f"f{n}", "person", f"p{n}", name=f"赵某{n}")])
    hub.write([patch("g1", "person", "p5", "f5", phone="13800000005")])
    hub.oldest, hub.durable, hub.most_heads = 4, 5, 4
    report = go(store, hub)
    assert hub.asked == ["hello", "snapshot", "snapshot", "pull"]
    assert report.pulled == 6 + 2
    assert value(store, Person, "p5", "phone") == "13800000005"
    assert found(store, "赵某5", "person") == ("p5",)
    change(store, Person, "p5", phone="13800000006")
    assert go(store, hub).sent == {"applied": 1}


def test_a_snapshot_goes_on_where_it_stopped(store: Store, hub: FakeHub) -> None:
    for n in range(6):
        hub.write([foreign(f"f{n}", "person", f"p{n}", name=f"赵某{n}")])
    hub.oldest, hub.durable, hub.most_heads = 4, 5, 2
    original, served = hub.snapshot, []

    def cut(scope: str, after: str) -> Any:
        if len(served) == 2:
            hub.lose_answers = 1
        served.append(after)
        return original(scope, after)

    hub.snapshot = cut  # type: ignore[method-assign]
    assert not go(store, hub, whole=False).reached
    hub.snapshot = original  # type: ignore[method-assign]
    hub.asked.clear()
    go(store, hub)
    assert hub.asked == ["hello", "snapshot", "pull"]
    assert count(store, "person") == 6


def test_digests_that_differ_are_mended_by_a_snapshot(store: Store, hub: FakeHub) -> None:
    """I5, I11."""
    hub.write([foreign("f1", "person", "p1", name="赵某某")])
    go(store, hub)
    with store.write_confirmed() as rows:
        plain.write(rows, 'UPDATE shadow_head SET fields = \'{"name":"错"}\'')
        plain.write(rows, "UPDATE person SET name = '错'")
        plain.write(rows, "UPDATE cursor SET digest = ?", ("00" * 16,))
    hub.write([foreign("f2", "person", "p2", name="钱某某")])
    run_round(StoreKeeper(store), hub)
    assert value(store, Person, "p1", "name") == "赵某某"


def test_pruned_is_only_what_is_durable(store: Store, hub: FakeHub) -> None:
    for n in range(4):
        hub.write([foreign(f"f{n}", "person", f"p{n}", name=f"赵某{n}")])
    hub.durable = 2
    go(store, hub)
    with store.read() as session:
        assert [row[0] for row in plain.ask(session, "SELECT version FROM revision_log")] == [3, 4]


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
