"""Wrong hubs and wrong desks, each with one rule of the protocol broken. The simulation must find every one.

A wrong rule stands in the place of the real one while one schedule runs; what a backup or a user does wrong
are switches of `world.py`.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import Any
from unittest.mock import patch

from desk.errors import HubProblem
from desk.hub import decide, merge, sync
from desk.hub.checking import Read
from desk.hub.ledger import Batch, Scope
from desk.hub.merge import Past, Result
from desk.hub.view import View
from desk.models import plain
from desk.services.sync import cursor, engine, log
from desk.services.sync import merge as desk_merge
from desk.services.sync.cursor import Mark
from desk.services.sync.keeper import StoreKeeper
from desk.services.sync.log import Logged
from desk.services.sync.ports import Taken, Waiting
from desk.wire import changes
from desk.wire.fields import Record
from desk.wire.heads import Head
from desk.wire.messages import Answer, Page, Push
from desk.wire.op import Op
from desk.wire.revision import Revision, result_to_json
from tests.sync import door
from tests.sync.line import Heads, Line, Question
from tests.sync.memory import MemoryLedger, MemoryTurn
from tests.sync.pc import Pc
from tests.sync.world import World

Break = Callable[[World], AbstractContextManager[None]]


@dataclass(frozen=True)
class Mutant:
    """One broken rule: what is wrong, what it must be found by, within how many schedules."""

    name: str
    says: str
    found_by: frozenset[str]
    within: int = 1000
    breaks: Break = lambda _world: nullcontext()


def first_found(mutant: Mutant, seeds: range) -> int | None:
    """Return the first seed whose schedule finds the mutant."""
    for seed in seeds:
        world = World(seed, switches=frozenset({mutant.name}))
        with mutant.breaks(world):
            world.run()
        world.close()
        if mutant.found_by & set(world.wrong):
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
    uncommitted: list[tuple[int, Pc, Push]] = []

    def commit(number: int, desk: Pc, message: Push) -> Any:
        ledger.next = number
        # A hub of this kind cannot tell a desk that is ahead.
        return door.pushed(world, desk, replace(message, cursor=0, highest=0))

    def take_push(desk: Pc, message: Push) -> Any:
        ledger.drawn += 1
        mine = ledger.drawn
        if len(world.busy) > 1 and not world.healing and world.draw.random() < 0.3:
            uncommitted.append((mine, desk, message))
            raise HubProblem("", field="no_line")
        answer = commit(mine, desk, message)
        while uncommitted and (world.healing or world.draw.random() < 0.3):
            commit(*uncommitted.pop(world.draw.randrange(len(uncommitted))))
        return answer

    with (
        patch.object(world, "take_push", take_push),
        patch.object(sync, "_halted_by", lambda _ledger, it: it),
    ):
        yield


class _SequenceLedger(MemoryLedger):
    def __init__(self, ledger: Any) -> None:
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

    def page(self, scope: str, above: int, most: int) -> tuple[Scope, bytes, list[Revision]] | None:
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


@contextmanager
def _clear_on_send(_world: World) -> Iterator[None]:
    """What was sent is forgotten before an answer came."""
    real = StoreKeeper.waiting

    def waiting(
        keeper: StoreKeeper, after: int | None, most_ops: int, most_bytes: int
    ) -> tuple[Waiting, ...]:
        found = real(keeper, after, most_ops, most_bytes)
        with keeper._store.write_confirmed() as rows:
            plain.write_many(rows, "DELETE FROM outbox WHERE op_id = ?", [(each.op.op,) for each in found])
        return found

    with patch.object(StoreKeeper, "waiting", waiting):
        yield


@contextmanager
def _prune_on_ack(_world: World) -> Iterator[None]:
    """An answered op is forgotten before its page came."""

    def mark(rows: Any, _mark: Mark, revisions: Sequence[Revision]) -> tuple[bool, set[Any]]:
        answered = [(each.op.op,) for each in revisions]
        plain.write_many(rows, "DELETE FROM outbox WHERE op_id = ?", answered)
        return True, set()

    with patch.object(desk_merge, "_mark", mark):
        yield


@contextmanager
def _no_salvage(_world: World) -> Iterator[None]:
    """What others wrote is not offered again after a restore."""
    real = log.offer_first

    def offer_own(rows: Any, scope: str, lost: Sequence[Logged]) -> None:
        ((device,),) = plain.ask(rows, "SELECT device_id FROM meta")
        real(rows, scope, [each for each in lost if Op.from_bytes(each.body).device == device])

    with patch.object(log, "offer_first", offer_own):
        yield


@contextmanager
def _cursor_first(_world: World) -> Iterator[None]:
    """The cursor is committed, and then the rows of the page."""
    real = desk_merge.take_page

    def take_page(rows: Any, page: Page) -> Taken:
        mark = cursor.read(rows, page.scope)
        if (page.epoch, page.start) == (mark.epoch, mark.version):
            cursor.keep(rows, replace(mark, version=page.end))
            rows.commit_here()
            cursor.keep(rows, mark)
        return real(rows, page)

    with patch.object(desk_merge, "take_page", take_page):
        yield


@contextmanager
def _heads_for_good(_world: World) -> Iterator[None]:
    """A head of a snapshot that a restore cut off stays, though the hub lost the record."""
    with patch.object(desk_merge, "_drop_doubted", lambda _rows, mark: mark.digest):
        yield


@contextmanager
def _words_left(_world: World) -> Iterator[None]:
    """What was offered again leaves the outbox, and its words stay in view."""
    real = desk_merge._mark

    def mark(rows: Any, stands: Mark, revisions: Sequence[Revision]) -> tuple[bool, set[Any]]:
        return real(rows, stands, revisions)[0], set()

    with patch.object(desk_merge, "_mark", mark):
        yield


@contextmanager
def _same_version(_world: World) -> Iterator[None]:
    """Nothing new is taken for nothing different."""
    with patch.object(engine._Round, "differs", lambda _round, _state: False):
        yield


@contextmanager
def _trail_unread(_world: World) -> Iterator[None]:
    """Where the heads are the same, so is the past: nobody looks at the ids of the ops."""
    real = StoreKeeper.place

    def place(keeper: StoreKeeper) -> Any:
        return replace(real(keeper), trail="")

    with (
        patch.object(StoreKeeper, "place", place),
        patch.object(desk_merge, "_is_other_past", lambda _mark, _told: False),
    ):
        yield


@contextmanager
def _seal_dropped(_world: World) -> Iterator[None]:
    """Answers that count as the page drop the seal with which an op was offered again."""
    with patch.object(log, "_CARRY", "SELECT value FROM json_each(?)"):
        yield


@contextmanager
def _stored_when_asked(world: World) -> Iterator[None]:
    """How far a snapshot has come is kept when its next page is asked for, not when this one is stored."""
    real = Line._heads

    def heads(line: Line, question: Question) -> Heads:
        disk, (scope, after) = world.desks[line._n].disk, question
        with disk.write_confirmed() as rows:
            mark = cursor.read(rows, scope)
            if mark.after:
                cursor.keep(rows, replace(mark, after=after))
        return real(line, question)

    with patch.object(Line, "_heads", heads):
        yield


@contextmanager
def _fails_for_good(_world: World) -> Iterator[None]:
    """A page that was asked for ahead and did not come is never asked for again."""
    real = Line._foreseen
    failed: dict[tuple[int, Question], Heads] = {}

    def foreseen(line: Line, question: Question) -> Heads | None:
        page = real(line, question)
        if isinstance(page, HubProblem):
            failed[line._n, question] = page
        return failed.get((line._n, question), page)

    with patch.object(Line, "_foreseen", foreseen):
        yield


_MERGE = merge.merge

_LOST = frozenset({"I1 lost", "I1 lost though every disk was kept"})
_APART = frozenset({"I4 gap", "I5 apart"})
_DROPPED = frozenset({"I6 dropped"})
_AGAIN = frozenset({"I11 begun again"})

MUTANTS = (
    Mutant("seq_cursor", "cursor over a sequence", _APART, breaks=_seq_cursor),
    Mutant("seq_dedupe", "dedupe by device sequence", _LOST, breaks=_seq_dedupe),
    Mutant("clear_on_send", "outbox cleared when sent", _LOST, breaks=_clear_on_send),
    Mutant("lww_clock", "the later clock wins", _DROPPED, breaks=_lww_clock),
    Mutant("no_epoch", "restore without an epoch", _LOST | _APART),
    Mutant("prune_on_ack", "ops forgotten at their answer", _LOST, breaks=_prune_on_ack),
    Mutant("no_salvage", "foreign revisions not offered again", frozenset({"I1 lost"}), breaks=_no_salvage),
    Mutant("no_dedupe", "no dedupe by op id", frozenset({"I2 twice"}), breaks=_no_dedupe),
    Mutant(
        "cursor_first",
        "cursor saved before its rows",
        frozenset({"I10 page and cursor"}),
        breaks=_cursor_first,
    ),
    Mutant("whole_record", "whole records written", _DROPPED, breaks=_whole_record),
    # What a desk pruned too early it no longer holds when the faults stop: that it was ever saved tells.
    Mutant("durable_latest", "durable is the newest backup", _LOST, within=3000),
)

FOUND = (
    Mutant("heads_for_good", "cut-off heads kept", frozenset({"I5 apart"}), breaks=_heads_for_good),
    Mutant("words_left", "old words left in view", frozenset({"I9 torn"}), breaks=_words_left),
    Mutant("same_version", "equal versions taken for one past", _APART, breaks=_same_version),
    Mutant("stored_when_asked", "a page ahead counted as stored", _AGAIN, breaks=_stored_when_asked),
    Mutant("fails_for_good", "a page lost ahead never had", _APART, breaks=_fails_for_good),
    Mutant("seal_dropped", "seal dropped at the answer", frozenset({"I1 no seal"}), breaks=_seal_dropped),
)
"""Faults that the simulation or a reader found, mended since, and such as a desk that asks ahead may have."""

TRAIL_UNREAD = Mutant("trail_unread", "same heads taken for one past", _LOST, breaks=_trail_unread)
"""Too seldom for a thousand schedules: the one that needed the trail is kept."""
