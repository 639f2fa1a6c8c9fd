"""Rounds after the hub was restored or this PC was, and those of an empty desk."""

import json
from pathlib import Path
from typing import Any

from desk.models import plain
from desk.models.person import Person
from desk.models.store import Store
from desk.services import verify
from desk.services.sync import view
from desk.services.sync.engine import run_round
from desk.services.sync.keeper import StoreKeeper
from desk.wire.messages import Answer, Push, Pushed
from desk.wire.op import digest
from tests import factories
from tests.fake_hub import FakeHub, foreign, patch
from tests.stores import KEY, SCOPE
from tests.unit.services.sync.round_stage import change, count, found, go, save, value

PUT_BACK = (
    "INSERT INTO outbox (op_id, noun, record_id, incarnation, seq, body, sha256, scope_id)"
    " VALUES (?, 'person', ?, ?, ?, ?, ?, ?)"
)


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


def test_a_base_the_hub_lacks_is_offered_first(store: Store, hub: FakeHub) -> None:
    person = factories.person()
    save(store, person)
    go(store, hub)
    change(store, Person, person.record_id, phone="13800000009")
    # The hub, one that tells no digest, lost the insert without a word and stands at the same version.
    hub.tells_digest = False
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


def test_what_a_snapshot_holds_waits_for_no_page(store: Store, hub: FakeHub) -> None:
    """I8, I9: an op that was accepted below the tail left the outbox with the next page only, if one came."""
    hub.write([foreign("f1", "person", "p1", name="赵某某")])
    mine = factories.person(name="甲某")
    save(store, mine)
    taken, hub.pull = hub.pull, lambda _pull: _cut(hub)  # type: ignore[method-assign]
    go(store, hub, whole=False)
    assert count(store, "outbox") == 1
    hub.pull = taken  # type: ignore[method-assign]
    hub.write([foreign("f2", "person", "p2", name="钱某某")])
    hub.oldest = hub.durable = hub.version
    go(store, hub)
    assert count(store, "outbox") == 0
    assert value(store, Person, mine.record_id, "name") == "甲某"


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


def test_a_restore_below_what_was_pruned_takes_all_heads_anew(store: Store, hub: FakeHub) -> None:
    """No backup the county keeps is older than what is durable; one that was brought from elsewhere is."""
    hub.write([foreign("f1", "person", "p1", name="赵某某")])
    kept = hub.backup()
    hub.write([foreign("f2", "person", "p2", name="钱某某")])
    hub.write([foreign("f3", "person", "p3", name="孙某某")])
    hub.durable = 2
    go(store, hub)
    hub.restore(kept, "e2")
    hub.durable = 0
    report = run_round(StoreKeeper(store), hub)
    # What was pruned here cannot be offered again; it is not thrown away either, and the difference is told.
    assert ("person", "p3") in hub.heads
    assert report.trouble == "digest"
    assert count(store, "person") == 3
    assert verify.run(store).ok


def test_what_was_in_custody_is_offered_to_a_new_life(store: Store, hub: FakeHub) -> None:
    kept = hub.backup()
    save(store, factories.person(name="坏某"))
    hub.refuse = lambda op: Answer(op["op"], "quarantined", code="bad_value", sentence="已保管")
    go(store, hub)
    hub.refuse = lambda _op: None
    hub.restore(kept, "e2")
    assert go(store, hub).sent == {"applied": 1}
    assert (count(store, "outbox"), count(store, "attention")) == (0, 0)


def test_an_accepted_op_that_is_in_no_page_is_sent_again(store: Store, hub: FakeHub) -> None:
    """The hub answered, was restored without a word, and others wrote beyond the version it had answered."""
    hub.write([foreign("f0", "person", "p0", name="赵某某")])
    save(store, factories.person(name="甲某"))
    kept = hub.backup()
    keeper = StoreKeeper(store)
    keeper.join(hub.epoch, hub.history)
    batch = keeper.waiting(None, 10, 1 << 20)
    message = Push("d", "i", SCOPE, hub.epoch, 2, 0, tuple(each.op for each in batch))
    answered = hub.push(message)
    assert isinstance(answered, Pushed)
    keeper.take_answers(batch, answered, frozenset())
    hub.restore(kept)
    for n in range(3):
        hub.write([foreign(f"g{n}", "person", f"q{n}", name=f"钱{n}")])
    go(store, hub)
    assert count(store, "outbox") == 1
    assert go(store, hub).sent == {"applied": 1}


def test_an_op_the_hub_has_where_we_saw_none_tells_of_another_past(store: Store, hub: FakeHub) -> None:
    hub.write([foreign("f0", "person", "p0", name="赵某某")])
    save(store, factories.person(name="甲某"))
    go(store, hub)
    with store.write_confirmed() as rows:
        body = plain.ask(rows, "SELECT body FROM revision_log WHERE op_id != 'f0'")[0][0]
        # A PC restored to a moment when it had pulled a past that is no more.
        told = json.loads(body)
        plain.write(rows, "DELETE FROM revision_log WHERE op_id != 'f0'")
        plain.write(rows, "DELETE FROM shadow_head WHERE record_id != 'p0'")
        values = (told["op"], told["rec"], told["incarnation"], told["seq"], body, digest(body), SCOPE)
        plain.write(rows, PUT_BACK, values)
    report = go(store, hub)
    assert report.sent["duplicate"] >= 1
    assert (count(store, "outbox"), count(store, "person")) == (0, 2)


def test_pruned_is_only_what_is_durable(store: Store, hub: FakeHub) -> None:
    for n in range(4):
        hub.write([foreign(f"f{n}", "person", f"p{n}", name=f"赵某{n}")])
    hub.durable = 2
    go(store, hub)
    with store.read() as session:
        assert [row[0] for row in plain.ask(session, "SELECT version FROM revision_log")] == [3, 4]


def test_a_head_of_a_snapshot_cut_off_by_a_restore_goes_with_it(store: Store, hub: FakeHub) -> None:
    """I5: the hub lost the record, no revision of it was ever here, and nothing could offer it again."""
    hub.write(foreign(f"f{n}", "person", f"p{n}", name=f"赵{n}") for n in range(2))
    hub.oldest = 1
    kept = hub.backup()
    hub.write([foreign("f2", "person", "p2", name="钱某某")])
    hub.write([foreign("f3", "person", "p3", name="孙某某")])
    hub.most_heads = 3
    taken = hub.snapshot
    hub.snapshot = lambda scope, after: _cut(hub) if after else taken(scope, after)  # type: ignore[method-assign]
    go(store, hub, whole=False)
    assert value(store, Person, "p2", "name") == "钱某某"
    hub.snapshot = taken  # type: ignore[method-assign]
    hub.restore(kept, "e2")
    go(store, hub)
    go(store, hub)
    assert count(store, "person") == count(store, "shadow_head") == 2
    assert found(store, "钱某", "person") == ()


def test_what_waits_for_a_head_that_is_gone_stays_in_view(store: Store, hub: FakeHub) -> None:
    """I6: nobody's words leave the screen, whatever became of the record below them."""
    hub.write([foreign("f0", "person", "p0", name="赵某某")])
    hub.oldest = 1
    kept = hub.backup()
    hub.write([foreign("f1", "person", "p1", name="钱某某"), foreign("f2", "person", "p2", name="孙某某")])
    hub.most_heads = 2
    taken = hub.snapshot
    hub.snapshot = lambda scope, after: _cut(hub) if after else taken(scope, after)  # type: ignore[method-assign]
    go(store, hub, whole=False)
    change(store, Person, "p1", phone="13800000001")
    hub.snapshot = taken  # type: ignore[method-assign]
    hub.restore(kept, "e2")
    go(store, hub)
    assert value(store, Person, "p1", "phone") == "13800000001"
    assert count(store, "outbox") == count(store, "attention") == 1


def test_an_op_offered_again_leaves_the_page_as_the_hub_has_it(store: Store, hub: FakeHub) -> None:
    """I9: what the log has is in the shadow, and does not lie over what came after it another time."""
    mine = factories.person(name="甲某", phone="1")
    save(store, mine)
    go(store, hub)
    with store.read() as rows:
        line = plain.ask(rows, "SELECT op_id, record_id, incarnation, seq, body FROM revision_log")[0]
    hub.write([patch("f1", "person", mine.record_id, line[0], phone="2")])
    go(store, hub)
    with store.write_confirmed() as rows:
        plain.write(rows, PUT_BACK, (*line, digest(line[4]), SCOPE))
        view.rebuild_one(rows, ("person", mine.record_id))
    assert value(store, Person, mine.record_id, "phone") == "2"
    assert verify.run(store).ok
    # Where the log has pruned it nothing tells, until the hub has answered.
    with store.write_confirmed() as rows:
        plain.write(rows, "DELETE FROM revision_log WHERE op_id = ?", (line[0],))
        plain.write(rows, "UPDATE cursor SET durable = version")
        view.rebuild_one(rows, ("person", mine.record_id))
    assert value(store, Person, mine.record_id, "phone") == "1"
    go(store, hub)
    assert value(store, Person, mine.record_id, "phone") == "2"


def _cut(hub: FakeHub) -> Any:
    hub.lose_answers = 1
    return hub._leave(None)


def test_another_past_of_the_same_version_is_noticed(store: Store, other: Store, hub: FakeHub) -> None:
    """I5: the hub was set back without a word and moved on to where this PC stands; no page would tell."""
    kept = hub.backup()
    mine = factories.person(name="甲某")
    save(store, mine)
    go(store, hub)
    hub.restore(kept)
    theirs = factories.person(name="乙某")
    save(other, theirs)
    go(other, hub)
    go(store, hub)
    go(other, hub)
    for each in (store, other):
        assert count(each, "person") == 2
    assert {key[1] for key in hub.heads} == {mine.record_id, theirs.record_id}
