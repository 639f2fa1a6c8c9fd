"""What one push must know of a scope, loaded at once, and what its ops have changed so far.

Every change is noted with what stood there before, so that a group of ops that stand or fall together can be
taken back.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Final, NamedTuple, TypeVar

from desk.hub.ledger import Accepted, Asked, Batch, HeadRow, Held, Key, Seen, Turn
from desk.hub.merge import UNIQUE_NUMBERS, Past
from desk.wire.op import Op, SetChange
from desk.wire.revision import Conflict

K = TypeVar("K")
V = TypeVar("V")
_NOTHING: Final = object()
_NUMBERS: Final[Mapping[str, tuple[str, ...]]] = {
    noun: tuple(sorted(name for owner, name in UNIQUE_NUMBERS if owner == noun))
    for noun, _name in UNIQUE_NUMBERS
}


USER: Final = "user"
"""The noun of who acts."""

_NO_PAST: Final = Past()
_MOVED: Final = Past(moved=True)


class Mark(NamedTuple):
    """A moment of a view to go back to: how many changes it had noted, how long its batch's lists were."""

    noted: int
    lengths: tuple[int, ...]


@dataclass
class View:
    """The scope as an op finds it: stored state with what earlier ops of the batch made of it.

    All changes of its maps go through `put`; lists of the batch only grow.
    """

    batch: Batch
    seen: dict[str, Seen | Accepted]
    known: Collection[str]
    held: dict[str, list[Held]]
    heads: dict[Key, HeadRow]
    sets: dict[Key, list[tuple[str, str, SetChange]]]
    numbers: dict[tuple[str, str, str], Key]
    conflicts: dict[Key, dict[str, tuple[str, str]]]
    stored: Mapping[Key, HeadRow]
    noted: list[tuple[dict[Any, Any], Any, Any]] = field(default_factory=list)

    def put(self, into: dict[K, V], key: K, value: V) -> None:
        """Change one of the maps."""
        self.noted.append((into, key, into.get(key, _NOTHING)))
        into[key] = value

    def mark(self) -> Mark:
        """Return this moment."""
        return Mark(len(self.noted), tuple(map(len, self._lists())))

    def back_to(self, mark: Mark) -> None:
        """Take back whatever was changed since."""
        while len(self.noted) > mark.noted:
            changed, key, before = self.noted.pop()
            if before is _NOTHING:
                del changed[key]
            else:
                changed[key] = before
        for each, length in zip(self._lists(), mark.lengths, strict=True):
            del each[length:]

    def _lists(self) -> tuple[list[Any], ...]:
        batch = self.batch
        return batch.accepted, batch.opened, batch.closed, batch.kept

    @property
    def next_ord(self) -> int:
        """The place of the next revision within this batch's version."""
        return len(self.batch.accepted)

    def is_known(self, op: str) -> bool:
        """Whether this op is a revision, or became one in this batch."""
        return op in self.known or op in self.seen

    def past(self, op: Op, cursor: int) -> Past:
        """Return what the rules must know of the record's past."""
        key = (op.type, op.rec)
        row = self.heads.get(key)
        moved = row is not None and row.head.version > cursor and row.device != op.device
        if op.type not in _NUMBERS and key not in self.sets and key not in self.conflicts:
            return _MOVED if moved else _NO_PAST
        held = {
            name: self.numbers[number][1]
            for name, number in unique_numbers(op)
            if self.numbers.get(number, (op.rec, ""))[0] != op.rec
        }
        return Past(
            sets=tuple(self.sets.get(key, ())),
            numbers=held,
            conflicts=self.conflicts.get(key, {}),
            moved=moved,
        )

    def remember(self, op: Op, conflicts: Sequence[Conflict], closed: Sequence[str]) -> None:
        """Keep what later ops of the batch must know of this one."""
        key = (op.type, op.rec)
        if self.batch.joins and dict in map(type, op.set.values()):
            changed = [(op.op, name, each) for name, each in op.set.items() if isinstance(each, dict)]
            self.put(self.sets, key, [*self.sets.get(key, ()), *changed])
        if conflicts or closed:
            opened = {each.id: (each.field, each.mine_op) for each in conflicts}
            gone = set(closed)
            open_now = self.conflicts.get(key, {}).items()
            self.put(
                self.conflicts, key, {each: what for each, what in open_now if each not in gone} | opened
            )
        for _name, number in unique_numbers(op):
            if number not in self.numbers:
                self.put(self.numbers, number, (op.rec, op.op))
                self.put(self.batch.numbers, number, (op.rec, op.op))


def load(turn: Turn, ops: Iterable[Op], ids: Collection[str], version: int, at: str) -> View:
    """Read what these ops touch, set-wise, and begin a batch."""
    named = list(ops)
    # Who acts is asked of the records of users, as they stand in this scope.
    keys = {(op.type, op.rec) for op in named} | {(USER, op.user) for op in named if op.user}
    bases = {base for op in named if op.base for base in op.base.values() if base}
    joins = dict in set(map(type, chain.from_iterable(op.set.values() for op in named)))
    joined = {(op.type, op.rec) for op in named if dict in map(type, op.set.values())} if joins else set()
    wanted = {number for op in named if op.type in _NUMBERS for _name, number in unique_numbers(op)}
    closing = {(op.type, op.rec) for op in named if op.kind == "close"}
    there = turn.stands(Asked(ids, bases, keys, joined, wanted, closing))
    return View(
        batch=Batch(version, at, turn.scope.digest, joins=joins),
        seen=there.seen,
        known=there.known,
        held=there.held,
        heads=dict(there.heads),
        sets=there.sets,
        numbers=there.numbers,
        conflicts=there.conflicts,
        stored=there.heads,
    )


def unique_numbers(op: Op) -> list[tuple[str, tuple[str, str, str]]]:
    """Return the unique numbers an op gives: the field, and (noun, field, value)."""
    if op.type not in _NUMBERS:
        return []
    found = ((name, op.set.get(name)) for name in _NUMBERS[op.type])
    return [(name, (op.type, name, value)) for name, value in found if isinstance(value, str) and value]
