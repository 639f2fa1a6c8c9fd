"""The storage port in memory, for the simulation: what PostgreSQL does, as far as decisions can tell.

`state` is the whole of it, so that a backup is a copy and a restore puts one back.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from desk.hub.ledger import Asked, Batch, HeadRow, Held, Key, RowRefused, Scope, Seen, Stands
from desk.wire.epochs import Epoch
from desk.wire.heads import EMPTY_DIGEST, Head, add_digests, bucket_of, digest_of
from desk.wire.history import FIRST, Place
from desk.wire.op import SetChange
from desk.wire.revision import Revision


@dataclass
class State:
    """One scope with all its rows."""

    scope: Scope
    revisions: list[Revision] = field(default_factory=list)
    seen: dict[str, Seen] = field(default_factory=dict)
    keys: dict[str, Key] = field(default_factory=dict)
    heads: dict[Key, HeadRow] = field(default_factory=dict)
    held: dict[str, list[Held]] = field(default_factory=dict)
    sets: dict[Key, list[tuple[str, str, SetChange]]] = field(default_factory=dict)
    numbers: dict[tuple[str, str, str], Key] = field(default_factory=dict)
    conflicts: dict[str, tuple[Key, str, str]] = field(default_factory=dict)
    closed: dict[str, str] = field(default_factory=dict)
    trails: dict[int, bytes] = field(default_factory=dict)

    def copy(self) -> "State":
        """Return a backup: later writes do not reach it."""
        return State(
            self.scope,
            list(self.revisions),
            dict(self.seen),
            dict(self.keys),
            dict(self.heads),
            {op: list(each) for op, each in self.held.items()},
            {key: list(each) for key, each in self.sets.items()},
            dict(self.numbers),
            dict(self.conflicts),
            dict(self.closed),
            dict(self.trails),
        )


class MemoryLedger:
    """A `Ledger` of one scope. `refuses` names records whose rows it will not take."""

    def __init__(self, scope: str, epoch: str) -> None:
        self.state = State(Scope(scope, epoch, 0, 0, 0, EMPTY_DIGEST, (Epoch(epoch, 0),)))
        self.refuses: set[str] = set()

    def scope(self, scope: str) -> Scope | None:
        if scope != self.state.scope.scope:
            return None
        return self.state.scope

    @contextmanager
    def turn(self, scope: str) -> Iterator["MemoryTurn"]:
        if scope != self.state.scope.scope:
            raise KeyError(scope)
        yield MemoryTurn(self)

    def page(self, scope: str, above: int, most: int) -> tuple[Scope, bytes, list[Revision]] | None:
        if self.scope(scope) is None:
            return None
        rows = [each for each in self.state.revisions if each.version > above]
        if len(rows) > most:
            last = rows[most - 1].version
            rows = [each for each in rows if each.version <= last]
        return self.state.scope, self.state.trails.get(above, b""), rows

    def halt(self, scope: str, epoch: str) -> None:
        if self.state.scope.epoch == epoch:
            self.state.scope = replace(self.state.scope, halted=True)

    def snapshot(self, scope: str, after: Key, most: int) -> tuple[Scope, list[tuple[Key, Head]]] | None:
        if self.scope(scope) is None:
            return None
        keys = sorted(key for key in self.state.heads if key > after)[:most]
        return self.state.scope, [(key, self.state.heads[key].head) for key in keys]

    def parts(self, scope: str, prefix: str) -> tuple[Scope, dict[str, bytes]] | None:
        if self.scope(scope) is None:
            return None
        parts: dict[str, bytes] = {}
        for key, row in self.state.heads.items():
            bucket = bucket_of(*key)
            if bucket.startswith(prefix):
                name = bucket[: len(prefix) + 2]
                parts[name] = add_digests(parts.get(name, EMPTY_DIGEST), [digest_of(*key, row.head)])
        return self.state.scope, parts

    def revisions(self, scope: str, record_id: str, after: Place = FIRST, most: int = 0) -> list[Revision]:
        keys = self.state.keys
        found = [each for each in self.state.revisions if keys[each.op.op][1] == record_id]
        behind = [each for each in found if (each.version, each.ord) > after]
        return behind[:most] if most else behind

    def backup(self) -> State:
        """Return a copy that later writes do not reach."""
        return self.state.copy()

    def restore(self, backup: State, epoch: str = "") -> None:
        """Put a backup back; with an epoch the restore is announced, without one nobody knows."""
        self.state = backup.copy()
        if epoch:
            self.declare(epoch, backup.scope.version)

    def declare(self, epoch: str, restored_to: int) -> None:
        """Begin a new life of the scope, as an operator does after a restore."""
        scope = self.state.scope
        history = (*scope.history, Epoch(epoch, restored_to))
        durable = min(scope.durable, restored_to)
        self.state.scope = replace(scope, epoch=epoch, history=history, halted=False, durable=durable)

    def set_durable(self, version: int) -> None:
        """Say up to which version every kept backup reaches."""
        self.state.scope = replace(self.state.scope, durable=version)


class MemoryTurn:
    """A `Turn`; nothing else runs meanwhile, so it writes through."""

    def __init__(self, ledger: MemoryLedger) -> None:
        self._ledger = ledger
        self._began = ledger.state.scope

    @property
    def scope(self) -> Scope:
        return self._began

    def stands(self, asked: Asked) -> Stands:
        state = self._ledger.state
        heads = {key: state.heads[key] for key in asked.records if key in state.heads}
        numbers = {number: state.numbers[number] for number in asked.numbers if number in state.numbers}
        return Stands(
            seen={op: state.seen[op] for op in asked.ops if op in state.seen},
            known=frozenset(op for op in asked.bases if op in state.keys),
            held={op: list(state.held[op]) for op in {*asked.ops, *asked.bases} if op in state.held},
            heads=heads,
            sets={key: list(state.sets.get(key, [])) for key in asked.joined},
            numbers=numbers,
            conflicts=self._open_conflicts(asked.closing),
        )

    def _open_conflicts(self, keys: Collection[Key]) -> dict[Key, dict[str, tuple[str, str]]]:
        state = self._ledger.state
        found: dict[Key, dict[str, tuple[str, str]]] = {key: {} for key in keys}
        for each, (key, name, mine_op) in state.conflicts.items():
            if key in found and each not in state.closed:
                found[key][each] = (name, mine_op)
        return found

    @contextmanager
    def trial(self) -> Iterator[None]:
        before = self._ledger.state.copy()
        try:
            yield
        finally:
            self._ledger.state = before

    def write(self, batch: Batch) -> None:
        if any(key[1] in self._ledger.refuses for key in batch.heads):
            raise RowRefused
        state = self._ledger.state
        for each in batch.accepted:
            op = each.revision.op.op
            key = each.key
            state.revisions.append(each.revision)
            state.seen[op] = Seen(each.sha256, each.revision)
            state.keys[op] = key
            changed = [(op, name, change) for name, change in _set_changes(each.revision)]
            state.sets[key] = [*state.sets.get(key, []), *changed]
        state.heads |= batch.heads
        for kept in batch.kept:
            state.held[kept.op] = [*state.held.get(kept.op, []), Held(kept.sha256, kept.code)]
        state.numbers |= batch.numbers
        state.conflicts |= {each.id: (key, each.field, each.mine_op) for key, each in batch.opened}
        state.closed |= dict(batch.closed)
        if batch.accepted:
            state.scope = replace(state.scope, version=batch.version, digest=batch.digest, trail=batch.trail)
            state.trails[batch.version] = batch.trail


def _set_changes(revision: Revision) -> list[tuple[str, SetChange]]:
    changes = revision.op.read().set
    return [(name, change) for name, change in changes.items() if isinstance(change, Mapping)]
