"""What must hold when all is quiet (sync.md 2.12), as sentences; none means that all of it holds."""

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from desk.hub.ledger import Key
from desk.wire import trail
from desk.wire.heads import EMPTY_DIGEST, Head, add_digests, digest_of
from desk.wire.op import Op
from tests.sync.drawing import TOKENS
from tests.sync.memory import State
from tests.sync.pc import Pc

if TYPE_CHECKING:
    from tests.sync.world import World


def wanted(world: "World") -> set[str]:
    """Return the ops that somebody still holds: none of these may be missing at the end."""
    state = world.ledger.state
    return set(state.seen).union(state.held, *(desk.held() for desk in world.desks))


def broken(world: "World") -> list[str]:
    """Return what does not hold, each as its number and a word."""
    look = _Look(world)
    looks = look.kept, look.once, look.same, look.no_drop, look.one_past, look.progress
    return sorted({each for found in looks for each in found()})


def torn(world: "World", desk: Pc) -> Iterator[str]:
    """Look at one PC that was just cut off: I9 and I10 hold after any crash, without a round to mend them."""
    if any(desk.torn()):
        yield "I9 torn"
    mark, state = desk.mark, world.ledger.state
    if mark.digest and mark.digest != desk.digest():
        yield "I9 digest"
    # What the hub holds now says something only while it is the same hub.
    if mark.epoch == state.scope.epoch and not mark.after and "silent_restore" not in world.happened:
        owed = {each.op.op for each in state.revisions if mark.durable < each.version <= mark.version}
        if owed - desk.log:
            yield "I10 page and cursor"


class _Look:
    """One look at a county at rest."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self._state: State = world.ledger.state
        self._there = set(self._state.seen) | set(self._state.held)
        self._waiting = {each.op: Op.from_bytes(each.body) for desk in world.desks for each in desk.outbox}
        self._orphans = self._without_base()

    def kept(self) -> Iterator[str]:
        """I1: what somebody held when the faults stopped is on the hub, applied or in custody."""
        world, there = self._world, self._there | self._orphans
        if "silent_restore" in world.happened:
            # Custody has no version: while nobody knows of a restore, a desk may hold alone what was kept.
            there = there.union(*(desk.attention for desk in world.desks))
        if world.want - there:
            yield "I1 lost"
        # No disk was set back, so nothing that was ever saved may be missing.
        made = {op for op, each in world.ops.items() if each.device != "web"}
        if "pc_restore" not in world.happened and made - there:
            yield "I1 lost though every disk was kept"

    def _without_base(self) -> set[str]:
        """Find ops that wait for a base nobody holds any more: it was seen only as the head of a snapshot.

        What was saved with one of them (`tx`) stands or falls with it, so it waits as well (2.3).
        """
        if "snapshot" not in self._world.happened:
            return set()
        held = self._there.union(*(desk.log for desk in self._world.desks), self._waiting)
        orphans: set[str] = set()
        while True:
            saves = {self._waiting[name].tx for name in orphans}
            more = {
                name
                for name, op in self._waiting.items()
                if op.tx in saves
                or any(base and (base in orphans or base not in held) for base in op.base.values())
            }
            if more <= orphans:
                return orphans
            orphans |= more

    def one_past(self) -> Iterator[str]:
        """I11: while the hub is never set back, nothing a desk stores makes digests differ, though beginning
        again would mend it."""
        if self._world.begun_again and not self._world.happened & {"restore", "silent_restore"}:
            yield "I11 begun again"

    def once(self) -> Iterator[str]:
        """I2 no op twice, I3 no hole."""
        revisions = self._state.revisions
        ids = [each.op.op for each in revisions]
        if len(ids) != len(set(ids)):
            yield "I2 twice"
        places = [(each.version, each.ord) for each in revisions]
        versions = sorted({version for version, _ord in places})
        if versions != list(range(1, len(versions) + 1)) or self._state.scope.version != len(versions):
            yield "I3 hole"
        if places != sorted(places):
            yield "I3 order"

    def same(self) -> Iterator[str]:
        """I4, I5, I9, I10, I11: each desk holds what the hub holds, and shows it."""
        state = self._state
        heads = {key: row.head for key, row in state.heads.items()}
        versions = {each.op.op: each.version for each in state.revisions}
        for desk in self._world.desks:
            mark, log = desk.mark, desk.log
            if (mark.epoch, mark.version) != (state.scope.epoch, state.scope.version):
                yield "I10 cursor"
            # Below the durable version a desk may have pruned, or begun with heads.
            owed = {op for op, version in versions.items() if version > mark.durable}
            if not log <= versions.keys():
                yield "I4 more than there is"
            if owed - log:
                yield "I4 gap"
            if desk.heads() != heads:
                yield "I5 apart"
            if any(desk.torn()) or desk.disk.faults():
                yield "I9 torn"
            yield from self._asked(desk)
        yield from self._sums(heads)

    def _sums(self, heads: Mapping[Key, Head]) -> Iterator[str]:
        """I11: the hub's digest and trail are those of what it holds, and every desk has the same."""
        state = self._state
        total = add_digests(EMPTY_DIGEST, (digest_of(*key, head) for key, head in heads.items()))
        if total != state.scope.digest:
            yield "I11 digest of the hub"
        ops = [(each.version, each.op.op) for each in state.revisions]
        if trail.after(trail.START, ops) != state.scope.trail.hex():
            yield "I11 trail of the hub"
        for desk in self._world.desks:
            mark = desk.mark
            # Before anything was there, none was added up.
            if not (mark.digest or EMPTY_DIGEST.hex()) == desk.digest() == total.hex():
                yield "I11 digest of a desk"
            # Not known where no page came above a snapshot.
            if mark.trail not in ("", state.scope.trail.hex()):
                yield "I11 trail of a desk"

    def _asked(self, desk: Pc) -> Iterator[str]:
        """I6: an open question of the hub is one at every desk that was there when it came up."""
        world, state = self._world, self._state
        if "snapshot" in world.happened:
            return
        there = {row[0]: row[1] for row in desk.ask("SELECT conflict_id, state FROM conflict")}
        opened = {each.id for revision in state.revisions for each in revision.conflicts}
        closed = {each for revision in state.revisions for each in revision.closed}
        if there != {each: "closed" if each in closed else "open" for each in opened}:
            yield "I6 a question is not told"

    def no_drop(self) -> Iterator[str]:
        """I6: each value is a head, or was replaced by an op whose base it was, or is in a conflict."""
        state, ops = self._state, self._world.ops
        disputed = {(c.mine_op, c.field) for each in state.revisions for c in each.conflicts}
        disputed |= {(c.theirs_op, c.field) for each in state.revisions for c in each.conflicts}
        replaced = {
            (base, ops[op].type, ops[op].rec, name)
            for op in state.seen
            for name, base in ops[op].base.items()
        }
        for op_id in state.seen:
            op = ops[op_id]
            row = state.heads.get((op.type, op.rec))
            for name, value in op.set.items():
                if name in TOKENS and not (
                    (row is not None and row.head.fields.get(name) == value)
                    or (op_id, name) in disputed
                    or (op_id, op.type, op.rec, name) in replaced
                ):
                    yield "I6 dropped"
        if self._tombstone_ignored():
            yield "I6 tombstone"

    def _tombstone_ignored(self) -> bool:
        state, ops = self._state, self._world.ops
        disputed = {c.mine_op for each in state.revisions for c in each.conflicts}
        for op_id in state.seen:
            op = ops[op_id]
            row = state.heads.get((op.type, op.rec))
            if op.kind == "void" and op_id not in disputed and not (row and row.head.fields.get("void")):
                return True
        return False

    def progress(self) -> Iterator[str]:
        """I8: a bad op delays only its own record."""
        for desk in self._world.desks:
            waiting = [each for each in desk.outbox if not each.held]
            if {each.op for each in waiting} - self._orphans or any(each.acked for each in waiting):
                yield "I8 stuck"
            if self._world.poisoned & desk.log:
                yield "I8 poison applied"
            if {each.op for each in desk.outbox if each.held} - desk.attention:
                yield "I8 held and not told"


def shown(world: "World") -> str:
    """Tell the whole state of a world, to compare two of one seed."""
    desks = [(desk.mark, desk.outbox, sorted(desk.log), sorted(desk.heads().items())) for desk in world.desks]
    return json.dumps([repr(world.ledger.state), repr(desks)])
