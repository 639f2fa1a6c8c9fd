"""Push, pull, snapshot and digest as a whole (sync.md 2.4)."""

import pytest

from desk.hub import sync
from desk.wire.epochs import Epoch
from desk.wire.heads import EMPTY_DIGEST, Head, add_digests, digest_of
from desk.wire.messages import Page, Pull, Pulled, Pushed, Want
from desk.wire.records import SCHEMA
from desk.wire.troubles import CursorAhead, EpochChanged, Trouble
from tests.hub.hub_ops import SCOPE, op, push
from tests.sync.memory import MemoryLedger


@pytest.fixture
def ledger() -> MemoryLedger:
    """Give a scope of four versions: three records, the first changed once."""
    made = MemoryLedger(SCOPE, "e1")
    for n in (1, 2, 3):
        sync.push(made, push(op(f"o{n}", rec=f"r{n}", set={"subject": f"s{n}"})))
    sync.push(made, push(op("o4", "patch", set={"subject": "s4"}, base={"subject": "o1"})))
    return made


def pulled(
    ledger: MemoryLedger, cursor: int, *, epoch: str = "e1", most: int = 100, highest: int = 0
) -> object:
    answer = sync.pull(ledger, Pull(SCHEMA, (Want(SCOPE, epoch, cursor, highest),), most))
    assert isinstance(answer, Pulled)
    return answer.parts[0]


def test_each_push_is_one_version(ledger: MemoryLedger) -> None:
    assert ledger.state.scope.version == 4
    answered = sync.push(ledger, push(op("o5", rec="r5"), op("o6", rec="r6")))
    assert isinstance(answered, Pushed)
    assert (answered.version, ledger.state.scope.version) == (5, 5)


def test_only_known_ops_burn_no_version(ledger: MemoryLedger) -> None:
    answered = sync.push(ledger, push(op("o2", rec="r2", set={"subject": "s2"})))
    assert isinstance(answered, Pushed)
    assert (answered.answers[0].verdict, answered.version, ledger.state.scope.version) == ("duplicate", 4, 4)


def test_pages_end_between_versions_and_join_up(ledger: MemoryLedger) -> None:
    """I3 and I4."""
    sync.push(ledger, push(op("o5", rec="r5"), op("o6", rec="r6")))
    cursor, found = 0, []
    while cursor < 5:
        page = pulled(ledger, cursor, most=2)
        assert isinstance(page, Page)
        assert page.start == cursor
        assert bool(page.digest) == (page.end == 5)
        found += [each.op.op for each in page.revisions]
        cursor = page.end
    assert found == ["o1", "o2", "o3", "o4", "o5", "o6"]
    empty = pulled(ledger, 5)
    assert isinstance(empty, Page)
    assert (empty.revisions, empty.end, empty.digest) == ((), 5, ledger.state.scope.digest.hex())


def test_the_digest_is_that_of_all_heads(ledger: MemoryLedger) -> None:
    """I11."""
    heads = {key: row.head for key, row in ledger.state.heads.items()}
    assert ledger.state.scope.digest == add_digests(
        EMPTY_DIGEST, [digest_of(*key, each) for key, each in heads.items()]
    )
    told = sync.digest(ledger, SCOPE, "")
    assert not isinstance(told, Trouble)
    assert add_digests(EMPTY_DIGEST, map(bytes.fromhex, told.parts.values())).hex() == told.digest
    name = next(iter(told.parts))
    below = sync.digest(ledger, SCOPE, name)
    assert not isinstance(below, Trouble)
    assert all(each.startswith(name) and len(each) == 4 for each in below.parts)


def test_another_epoch_is_told_with_its_history(ledger: MemoryLedger) -> None:
    ledger.declare("e2", 3)
    changed = EpochChanged(SCOPE, (Epoch("e1", 0), Epoch("e2", 3)))
    assert sync.push(ledger, push(op("o9", rec="r9"))) == changed
    assert pulled(ledger, 4) == changed


def test_a_desk_that_is_ahead_stops_the_scope_until_somebody_speaks(ledger: MemoryLedger) -> None:
    """sync.md 2.4: a restore that nobody announced."""
    backup = ledger.state.copy()
    sync.push(ledger, push(op("o5", rec="r5")))
    ledger.restore(backup)
    assert pulled(ledger, 5) == CursorAhead(SCOPE, "e1", 4)
    stopped = sync.push(ledger, push(op("o6", rec="r6")))
    assert isinstance(stopped, Trouble)
    assert (stopped.error, stopped.wait_s) == ("halted", 300)
    assert isinstance(pulled(ledger, 4), Page)
    ledger.declare("e2", 0)
    assert isinstance(sync.push(ledger, push(op("o6", rec="r6"), epoch="e2")), Pushed)


@pytest.mark.parametrize("cursor", [0, 5])
def test_a_push_can_tell_it_too(ledger: MemoryLedger, cursor: int) -> None:
    """An answer may have told a version no page has brought yet."""
    answer = sync.push(ledger, push(op("o6", rec="r6"), cursor=cursor, highest=5))
    assert answer == CursorAhead(SCOPE, "e1", 4)
    assert ledger.state.scope.halted
    assert "o6" not in ledger.state.seen


@pytest.mark.parametrize("role", ["county", "auditor"])
def test_whoever_only_looks_is_told_it_is_ahead_and_stops_nobody(ledger: MemoryLedger, role: str) -> None:
    """A broken PC of the county would else stop all its stations."""
    told = sync.pull(ledger, Pull(SCHEMA, (Want(SCOPE, "e1", 9),)), role)
    assert isinstance(told, Pulled)
    assert told.parts == (CursorAhead(SCOPE, "e1", 4),)
    assert sync.push(ledger, push(op("o6", rec="r6"), highest=9), role) == CursorAhead(SCOPE, "e1", 4)
    assert isinstance(sync.push(ledger, push(op("o6", rec="r6"))), Pushed)


def test_an_unknown_scope_is_told_alike(ledger: MemoryLedger) -> None:
    assert sync.push(ledger, push(op("o9"), scope="S:other")).error == "no_such"
    answer = sync.pull(ledger, Pull(SCHEMA, (Want("S:other", "e1", 0), Want(SCOPE, "e1", 4))))
    assert isinstance(answer, Pulled)
    assert isinstance(answer.parts[0], Trouble)
    assert isinstance(answer.parts[1], Page)
    for told in (sync.snapshot(ledger, "S:other", ("", ""), 5), sync.digest(ledger, "S:other", "")):
        assert isinstance(told, Trouble)


def test_a_desk_too_old_pulls_no_more(ledger: MemoryLedger) -> None:
    assert sync.pull(ledger, Pull(0, (Want(SCOPE, "e1", 0),))).error == "too_old"


def test_a_snapshot_comes_in_pages_and_ends_at_the_durable_version(ledger: MemoryLedger) -> None:
    ledger.set_durable(2)
    after, found = ("", ""), []
    while True:
        page = sync.snapshot(ledger, SCOPE, after, 2)
        assert not isinstance(page, Trouble)
        assert page.tail == 2
        found += [(each.rec, each.head.version) for each in page.heads]
        if not page.after:
            break
        noun, rec = page.after.split("|")
        after = (noun, rec)
    assert found == [("r1", 4), ("r2", 2), ("r3", 3)]
    assert page.heads[0].head == Head(3, {"subject": "s3"}, {"*": "o3"})


def test_a_record_the_database_refuses_does_not_stop_the_others(ledger: MemoryLedger) -> None:
    ledger.refuses = {"r8"}
    answered = sync.push(ledger, push(op("o7", rec="r7"), op("o8", rec="r8"), op("o9", rec="r9")))
    assert isinstance(answered, Pushed)
    assert [each.verdict for each in answered.answers] == ["applied", "quarantined", "applied"]
    assert answered.answers[1].code == "refused_by_store"
    assert ledger.state.scope.version == 5


def test_what_hello_says_of_a_scope(ledger: MemoryLedger) -> None:
    said = sync.state_of(ledger.state.scope)
    assert (said.scope, said.version, said.halted, said.history) == (SCOPE, 4, False, (Epoch("e1", 0),))
