"""Wrong hubs and wrong desks, each with one rule of the protocol broken. The simulation must find every one.

Those of a desk are switches of `client.py` and `world.py`; those of the hub put a wrong rule in the place of
a real one while one schedule runs.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from unittest.mock import patch

from desk.hub import decide, merge, sync
from desk.hub.checking import Read
from desk.hub.ledger import Batch, Scope
from desk.hub.merge import Past, Result
from desk.hub.view import View
from desk.wire import changes
from desk.wire.fields import Record
from desk.wire.heads import Head
from desk.wire.messages import Answer
from desk.wire.op import Op
from desk.wire.revision import Revision, result_to_json
from tests.sync.invariants import broken
from tests.sync.memory import MemoryLedger, MemoryTurn
from tests.sync.world import Envelope, World

Break = Callable[[World], AbstractContextManager[None]]


@dataclass(frozen=True)
class Mutant:
    """One broken rule: what is wrong, what it must be found by, within how many schedules."""

    name: str
    says: str
    found_by: frozenset[str]
    within: int = 1000
    breaks: Break | None = None


def first_found(mutant: Mutant, seeds: range) -> int | None:
    """Return the first seed whose schedule finds the mutant."""
    for seed in seeds:
        world = World(seed, switches=frozenset({mutant.name}))
        if mutant.breaks is None:
            world.run()
        else:
            with mutant.breaks(world):
                world.run()
        if mutant.found_by & set(broken(world)):
            return seed
    return None


@contextmanager
def _no_dedupe(_world: World) -> Iterator[None]:
    """The same op is a new one each time it comes."""
    steps = [step for step in decide.STEPS if step.__name__ != "_repeated"]
    with patch.object(decide, "STEPS", steps):
        yield


@contextmanager
def _seq_dedupe(world: World) -> Iterator[None]:
    """A number of a device that was seen before is taken for the same op."""

    def repeated(view: View, each: Read) -> Answer | None:
        seen = view.seen.get(each.given.op)
        if seen is not None:
            return Answer(each.given.op, "duplicate", result_to_json(seen.revision))
        if each.op is None or each.op.device == "web":
            return None
        for revision in reversed(world.ledger.state.revisions):
            op = world.ops[revision.op.op]
            if (op.device, op.incarnation) == (each.op.device, each.op.incarnation) and op.seq >= each.op.seq:
                return Answer(each.given.op, "duplicate", result_to_json(revision))
        return None

    with patch.object(decide, "STEPS", [repeated, *decide.STEPS[1:]]):
        yield


@contextmanager
def _lww_clock(world: World) -> Iterator[None]:
    """The later clock wins, and the other is told nothing."""

    def later_wins(record: Record | None, head: Head | None, op: Op, past: Past) -> Result:
        if op.kind != "patch" or head is None:
            return _MERGE(record, head, op, past)
        taken = {
            name: changes.apply(head.fields.get(name), change)
            for name, change in op.set.items()
            if head.op_of(name) not in world.ops or op.at >= world.ops[head.op_of(name)].at
        }
        return Result("applied", taken)

    with patch.object(merge, "merge", later_wins):
        yield


@contextmanager
def _whole_record(_world: World) -> Iterator[None]:
    """Desks write whole records, and the hub believes them."""

    def believe(record: Record | None, head: Head | None, op: Op, past: Past) -> Result:
        if op.kind != "patch" or head is None:
            return _MERGE(record, head, op, past)
        values = {name: changes.apply(head.fields.get(name), change) for name, change in op.set.items()}
        return Result("applied", values)

    with patch.object(merge, "merge", believe):
        yield


@contextmanager
def _seq_cursor(world: World) -> Iterator[None]:
    """Versions come from a sequence before the commit, and transactions commit in another order."""
    ledger = _SequenceLedger(world.ledger)
    world.ledger = ledger
    real, open_pushes = world.route, []

    def route(envelope: Envelope) -> None:
        if envelope.kind != "push":
            real(envelope)
            return
        ledger.drawn += 1
        open_pushes.append((ledger.drawn, envelope))
        while open_pushes and (world.healing or len(open_pushes) > 2):
            place = world.draw.randrange(len(open_pushes))
            ledger.next, waiting = open_pushes.pop(place)
            # A hub of this kind cannot tell a desk that is ahead.
            real(replace(waiting, message=replace(waiting.message, cursor=0, highest=0)))

    with patch.object(world, "route", route), patch.object(sync, "_halted_by", lambda _ledger, it: it):
        yield


class _SequenceLedger(MemoryLedger):
    def __init__(self, ledger: MemoryLedger) -> None:
        self.state = ledger.state
        self.refuses = set()
        self.drawn = self.next = 0

    @contextmanager
    def turn(self, scope: str) -> Iterator["_SequenceTurn"]:
        if not self.next:
            self.drawn += 1
            self.next = self.drawn
        yield _SequenceTurn(self)
        self.next = 0

    def page(self, scope: str, above: int, most: int) -> tuple[Scope, list[Revision]] | None:
        self.state.revisions.sort(key=lambda each: (each.version, each.ord))
        return super().page(scope, above, most)


class _SequenceTurn(MemoryTurn):
    _ledger: _SequenceLedger

    @property
    def scope(self) -> Scope:
        return replace(self._ledger.state.scope, version=self._ledger.next - 1)

    def write(self, batch: Batch) -> None:
        before = self._ledger.state.scope.version
        super().write(batch)
        newest = max(before, self._ledger.state.scope.version)
        self._ledger.state.scope = replace(self._ledger.state.scope, version=newest)


_MERGE = merge.merge

MUTANTS = (
    Mutant("seq_cursor", "cursor over a sequence", frozenset({"I4 gap"}), breaks=_seq_cursor),
    Mutant("seq_dedupe", "dedupe by device sequence", frozenset({"I1 lost"}), breaks=_seq_dedupe),
    Mutant("clear_on_send", "outbox cleared when sent", frozenset({"I1 lost though every disk was kept"})),
    Mutant("lww_clock", "the later clock wins", frozenset({"I6 dropped"}), breaks=_lww_clock),
    Mutant("no_epoch", "restore without an epoch", frozenset({"I1 lost", "I4 gap", "I5 apart"})),
    Mutant(
        "prune_on_ack", "ops forgotten at their answer", frozenset({"I1 lost though every disk was kept"})
    ),
    Mutant("no_salvage", "foreign revisions not offered again", frozenset({"I1 lost"})),
    Mutant("no_dedupe", "no dedupe by op id", frozenset({"I2 twice"}), breaks=_no_dedupe),
    Mutant("cursor_first", "cursor saved before its rows", frozenset({"I4 gap"})),
    Mutant("whole_record", "whole records written", frozenset({"I6 dropped"}), breaks=_whole_record),
    Mutant("durable_latest", "durable is the newest backup", frozenset({"I1 lost"}), within=3000),
)
