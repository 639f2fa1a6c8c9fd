"""What one push must know of a scope, loaded at once, and what its ops have changed so far.

A group of ops that stand or fall together works on a view of its own, which is laid over the first or thrown
away.
"""

from collections import ChainMap
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from desk.hub.ledger import Batch, HeadRow, Held, Key, Seen, Turn
from desk.hub.merge import UNIQUE_NUMBERS, Past
from desk.wire.op import Op, SetChange
from desk.wire.revision import Conflict


@dataclass
class View:
    """The scope as an op finds it: stored state with what earlier ops of the batch made of it."""

    batch: Batch
    seen: ChainMap[str, Seen]
    known: Collection[str]
    held: ChainMap[str, list[Held]]
    heads: ChainMap[Key, HeadRow]
    sets: ChainMap[Key, list[tuple[str, str, SetChange]]]
    numbers: ChainMap[tuple[str, str, str], Key]
    conflicts: ChainMap[Key, dict[str, tuple[str, str]]]
    stored: Mapping[Key, HeadRow]
    taken: int = 0

    def fork(self) -> "View":
        """Return a view for one group; what it writes leaves this one untouched."""
        batch = self.batch
        return View(
            batch=Batch(batch.version, batch.at, batch.digest),
            seen=self.seen.new_child(),
            known=self.known,
            held=self.held.new_child(),
            heads=self.heads.new_child(),
            sets=self.sets.new_child(),
            numbers=self.numbers.new_child(),
            conflicts=self.conflicts.new_child(),
            stored=self.stored,
            taken=self.next_ord,
        )

    def take_over(self, group: "View") -> None:
        """Lay what a group wrote over this view."""
        self.seen.update(group.seen.maps[0])
        self.held.update(group.held.maps[0])
        self.heads.update(group.heads.maps[0])
        self.sets.update(group.sets.maps[0])
        self.numbers.update(group.numbers.maps[0])
        self.conflicts.update(group.conflicts.maps[0])
        batch, new = self.batch, group.batch
        batch.accepted += new.accepted
        batch.heads |= new.heads
        batch.opened += new.opened
        batch.closed += new.closed
        batch.numbers |= new.numbers
        batch.kept += new.kept

    @property
    def next_ord(self) -> int:
        """The place of the next revision within this batch's version."""
        return self.taken + len(self.batch.accepted)

    def is_known(self, op: str) -> bool:
        """Whether this op is a revision, or became one in this batch."""
        return op in self.known or op in self.seen

    def past(self, op: Op, cursor: int) -> Past:
        """Return what the rules must know of the record's past."""
        key = (op.type, op.rec)
        row = self.heads.get(key)
        held = {
            name: self.numbers[number][1]
            for name, number in unique_numbers(op)
            if self.numbers.get(number, (op.rec, ""))[0] != op.rec
        }
        return Past(
            sets=tuple(self.sets.get(key, ())),
            numbers=held,
            conflicts=self.conflicts.get(key, {}),
            moved=row is not None and row.head.version > cursor and row.device != op.device,
        )

    def remember(self, op: Op, conflicts: Iterable[Conflict], closed: Iterable[str]) -> None:
        """Keep what later ops of the batch must know of this one."""
        key = (op.type, op.rec)
        changed = [(op.op, name, each) for name, each in op.set.items() if isinstance(each, Mapping)]
        self.sets[key] = [*self.sets.get(key, ()), *changed]
        still = {each: what for each, what in self.conflicts.get(key, {}).items() if each not in set(closed)}
        self.conflicts[key] = still | {each.id: (each.field, each.mine_op) for each in conflicts}
        for _name, number in unique_numbers(op):
            if number not in self.numbers:
                self.numbers[number] = self.batch.numbers[number] = (op.rec, op.op)


def load(turn: Turn, ops: Iterable[Op], ids: Collection[str], version: int, at: str) -> View:
    """Read what these ops touch, set-wise, and begin a batch."""
    named = list(ops)
    keys = {(op.type, op.rec) for op in named}
    bases = {base for op in named for base in op.base.values() if base}
    joined = {(op.type, op.rec) for op in named if any(isinstance(each, Mapping) for each in op.set.values())}
    wanted = {number for op in named for _name, number in unique_numbers(op)}
    closing = {(op.type, op.rec) for op in named if op.kind == "close"}
    stored = turn.heads(keys)
    return View(
        batch=Batch(version, at, turn.scope.digest),
        seen=ChainMap(dict(turn.seen(ids))),
        known=frozenset(turn.known(bases)),
        held=ChainMap({op: list(each) for op, each in turn.held({*ids, *bases}).items()}),
        heads=ChainMap(dict(stored)),
        sets=ChainMap({key: list(each) for key, each in turn.sets(joined).items()} if joined else {}),
        numbers=ChainMap(dict(turn.numbers(wanted)) if wanted else {}),
        conflicts=ChainMap(
            {key: dict(each) for key, each in turn.conflicts(closing).items()} if closing else {}
        ),
        stored=stored,
    )


def unique_numbers(op: Op) -> list[tuple[str, tuple[str, str, str]]]:
    """Return the unique numbers an op gives: the field, and (noun, field, value)."""
    return [
        (name, (op.type, name, value))
        for name, value in op.set.items()
        if (op.type, name) in UNIQUE_NUMBERS and isinstance(value, str) and value
    ]
