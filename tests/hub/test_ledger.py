"""Storage does alike what decisions need of it."""

from collections.abc import Iterator

import pytest

from desk.hub import checking, sync
from desk.hub.ledger import Asked, Ledger
from desk.hub.postgres import PostgresLedger, open_pool
from desk.wire import trail
from desk.wire.greeting import ScopeState
from desk.wire.heads import EMPTY_DIGEST, add_digests, advance, digest_of
from desk.wire.messages import Pushed
from desk.wire.troubles import Trouble
from tests.hub.hub_ops import SCOPE, op, push
from tests.hub.ledger_checks import EXPECTED, fields, page, story, tell
from tests.sync.memory import MemoryLedger

AFTER_A = trail.after(trail.START, [(1, f"a{n}") for n in range(3)])
AFTER_B = trail.after(AFTER_A, [(2, f"b{n}") for n in range(2)])


@pytest.fixture(params=["memory", "postgres"])
def ledger(request: pytest.FixtureRequest) -> Iterator[Ledger]:
    if request.param == "memory":
        yield MemoryLedger(SCOPE, "e1")
        return
    with open_pool(request.getfixturevalue("database"), 4) as pool:
        yield PostgresLedger(pool)


def told(ledger: Ledger) -> ScopeState:
    """Return what a hello says of the scope."""
    scope = ledger.scope(SCOPE)
    assert scope is not None
    return sync.state_of(scope)


def test_a_story_through_every_table(ledger: Ledger) -> None:
    assert story(ledger) == EXPECTED
    assert fields(ledger, "matter", "r1")["subject"] == "树"
    assert fields(ledger, "user", "u9")["roles"] == "clerk"
    assert fields(ledger, "matter", "r2")["void"] is False
    assert fields(ledger, "matter", "r17") == {"mood": "good 😀 \\u0000 \"'"}


def test_what_is_pulled_makes_the_heads_again(ledger: Ledger) -> None:
    """I4, I5 and I11: revisions alone, laid one over the other, are the heads and the digest."""
    story(ledger)
    heads, cursor = {}, 0
    while True:
        part = page(ledger, cursor, most=3)
        for revision in part.revisions:
            read = revision.op.read()
            key = (read.type, read.rec)
            heads[key] = advance(heads.get(key), revision, read.op, inserts=read.kind == "insert")
        cursor = part.end
        if part.digest:
            break
    read_heads = ledger.snapshot(SCOPE, ("", ""), 1000)
    assert read_heads is not None
    assert heads == dict(read_heads[1])
    total = add_digests(EMPTY_DIGEST, [digest_of(*key, head) for key, head in heads.items()])
    assert part.digest == total.hex()
    told = sync.digest(ledger, SCOPE, "")
    assert not isinstance(told, Trouble)
    assert add_digests(EMPTY_DIGEST, map(bytes.fromhex, told.parts.values())) == total


def test_a_page_is_whole_versions(ledger: Ledger) -> None:
    """I3."""
    tell(ledger, *(op(f"a{n}", rec=f"a{n}") for n in range(3)))
    tell(ledger, *(op(f"b{n}", rec=f"b{n}") for n in range(2)))
    first = page(ledger, 0, most=2)
    assert ([each.op.op for each in first.revisions], first.end) == (["a0", "a1", "a2"], 1)
    assert [each.op.op for each in page(ledger, 1, most=2).revisions] == ["b0", "b1"]
    assert page(ledger, 2).revisions == ()
    assert [page(ledger, cursor).trail for cursor in range(3)] == ["", AFTER_A, AFTER_B]
    scope = ledger.scope(SCOPE)
    assert scope is not None
    assert scope.trail.hex() == AFTER_B


def test_hello_tells_the_trail_of_its_version(ledger: Ledger) -> None:
    """A desk that came to this version by other ops knows that the hub was set back."""
    assert told(ledger).trail == trail.START
    tell(ledger, *(op(name, rec=name) for name in ("a0", "a1", "a2")))
    assert (told(ledger).version, told(ledger).trail) == (1, AFTER_A)
    tell(ledger, op("b0", rec="b0"), op("b1", rec="b1"))
    tell(ledger, op("a1", rec="a1"))
    assert (told(ledger).version, told(ledger).trail) == (2, AFTER_B)


def test_what_is_kept_aside_leaves_the_trail(ledger: Ledger) -> None:
    assert tell(ledger, op("q0", rec="q0", type="nobody_knows"))[0].verdict == "quarantined"
    assert told(ledger).trail == trail.START


def test_an_answer_tells_the_trail_of_the_version_before(ledger: Ledger) -> None:
    """A desk lays its answers as the next page only where the hub's version below them is its own."""
    pushes = (["a0", "a1", "a2"], ["b0", "b1"], ["b0"], ["a1", "c0"], ["a0", "c0"])
    epoch = told(ledger).epoch
    answers = []
    for names in pushes:
        answered = sync.push(ledger, push(*(op(name, rec=name) for name in names), epoch=epoch))
        assert isinstance(answered, Pushed)
        answers.append((answered.version, answered.trail))
    assert answers == [(1, trail.START), (2, AFTER_A), (2, ""), (3, AFTER_B), (3, "")]


def test_the_history_of_one_record(ledger: Ledger) -> None:
    story(ledger)
    assert [each.op.op for each in ledger.revisions(SCOPE, "r1")] == ["o1", "o3", "o4"]
    assert [each.op.op for each in ledger.revisions(SCOPE, "r1", most=2)] == ["o1", "o3"]
    second = ledger.revisions(SCOPE, "r1")[1]
    assert [each.op.op for each in ledger.revisions(SCOPE, "r1", (second.version, second.ord))] == ["o4"]
    assert ledger.revisions(SCOPE, "nobody") == []


def test_a_trial_leaves_nothing(ledger: Ledger) -> None:
    with ledger.turn(SCOPE) as turn:
        with turn.trial():
            view, _answers = sync.decided(turn, push(op("o1")), checking.read_all(push(op("o1"))))
            sync.write(turn, view)
        assert not turn.stands(Asked(records=[("matter", "r1")])).heads
    assert page(ledger, 0).revisions == ()


def test_a_halted_life(ledger: Ledger) -> None:
    before = ledger.scope(SCOPE)
    assert before is not None
    ledger.halt(SCOPE, "another")
    assert ledger.scope(SCOPE) == before
    ledger.halt(SCOPE, before.epoch)
    after = ledger.scope(SCOPE)
    assert after is not None
    assert after.halted


def test_there_is_no_other_scope(ledger: Ledger) -> None:
    assert ledger.scope("S:other") is None
    assert ledger.page("S:other", 0, 1) is None
    assert ledger.snapshot("S:other", ("", ""), 1) is None
    assert ledger.parts("S:other", "") is None
    with pytest.raises(KeyError), ledger.turn("S:other"):
        pass
