"""The rules of a desk (sync.md 2.5) in memory, for the simulation: no file, no socket, no Qt.

Every verb changes `self.state` at its end or not at all, as one transaction of the store would.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from desk.wire import changes
from desk.wire.epochs import Epoch, kept_version
from desk.wire.greeting import Snapshot
from desk.wire.heads import EMPTY_DIGEST, Head, add_digests, advance, digest_of
from desk.wire.incoming import OpIn
from desk.wire.messages import ACCEPTED, Page, Pushed
from desk.wire.op import INSERTED_BY, Op
from desk.wire.revision import Revision
from desk.wire.troubles import EpochChanged

Key = tuple[str, str]


@dataclass(frozen=True)
class Entry:
    """One op on this desk: as it travels, and read."""

    given: OpIn
    op: Op

    @property
    def key(self) -> Key:
        return self.op.type, self.op.rec


@dataclass
class State:
    """All a desk keeps on its disk."""

    epoch: str
    history: tuple[Epoch, ...]
    incarnation: str
    seq: int = 0
    cursor: int = 0
    durable: int = 0
    outbox: list[Entry] = field(default_factory=list)
    # Accepted, but its page has not come: still laid over the shadow.
    acked: dict[str, tuple[int, Entry]] = field(default_factory=dict)
    log: dict[str, tuple[Revision, Entry]] = field(default_factory=dict)
    # What pruned revisions had made of the heads, and their ids.
    floor: dict[Key, Head] = field(default_factory=dict)
    pruned: dict[str, int] = field(default_factory=dict)
    # Began with a snapshot: what its heads were made of was never here.
    from_heads: bool = False
    tail: int = 0
    shadow: dict[Key, Head] = field(default_factory=dict)
    digest: bytes = EMPTY_DIGEST
    attention: dict[str, Entry] = field(default_factory=dict)

    def copy(self) -> "State":
        """Return what a backup of the disk would hold."""
        return replace(
            self,
            outbox=list(self.outbox),
            acked=dict(self.acked),
            log=dict(self.log),
            floor=dict(self.floor),
            pruned=dict(self.pruned),
            shadow=dict(self.shadow),
            attention=dict(self.attention),
        )


class Client:
    """One desk. `switches` are the names of the mutants it is under."""

    def __init__(self, device: str, epoch: Epoch, switches: frozenset[str] = frozenset()) -> None:
        self.device = device
        self.switches = switches
        self.state = State(epoch.epoch, (epoch,), f"{device}-i1")

    @property
    def highest(self) -> int:
        """The highest version this desk knows of."""
        # A snapshot may have brought heads of a version no page has reached.
        heads = (head.version for head in self.state.shadow.values()) if self.state.from_heads else ()
        return max([self.state.cursor, *(version for version, _entry in self.state.acked.values()), *heads])

    def pending(self) -> Iterator[Entry]:
        """Walk over what is laid over the shadow: accepted but not yet pulled, then the outbox."""
        for _version, entry in sorted(self.state.acked.values(), key=lambda each: each[0]):
            yield entry
        yield from self.state.outbox

    def view(self, key: Key) -> Head | None:
        """Return the record as a page of the window shows it."""
        head = self.state.shadow.get(key)
        fields: dict[str, Any] = dict(head.fields) if head else {}
        field_op = dict(head.field_op) if head else {}
        found = head is not None
        for entry in self.pending():
            if entry.key != key:
                continue
            found = True
            for name, change in entry.op.set.items():
                fields[name] = changes.apply(fields.get(name), change)
            if entry.op.kind == "insert":
                field_op = {INSERTED_BY: entry.op.op}
            else:
                field_op |= dict.fromkeys(entry.op.set, entry.op.op)
        return Head(0, fields, field_op) if found else None

    def records(self) -> list[Key]:
        """Return all records of this desk."""
        return sorted({*self.state.shadow, *(entry.key for entry in self.pending())})

    def save(self, ops: list[Op]) -> None:
        """Keep what a user did: one transaction."""
        state = self.state.copy()
        for op in ops:
            state.seq += 1
            numbered = replace(op, seq=state.seq)
            state.outbox.append(Entry(OpIn(op.op, numbered.to_bytes()), numbered))
        self.state = state

    def sent(self, count: int) -> None:
        """Take note that the first ops were sent: nothing changes, since the answer may never come."""
        if "clear_on_send" in self.switches:
            self.state.outbox = self.state.outbox[count:]

    def on_pushed(self, answered: Pushed) -> None:
        """Take in the answers to a push."""
        if answered.epoch != self.state.epoch:
            return
        state = self.state.copy()
        held = {entry.given.op: entry for entry in state.outbox}
        missed = False
        for answer in answered.answers:
            entry = held.get(answer.op)
            if entry is None:
                continue
            if answer.verdict in ACCEPTED:
                version = answer.revision(entry.given.body).version
                told = entry.given.op in state.log or entry.given.op in state.pruned
                # The hub has it below our cursor, and no page of ours had it: it has another past.
                missed = missed or (version <= state.cursor and not told)
                self._acked(state, entry, version)
            elif answer.verdict == "quarantined":
                state.attention[answer.op] = entry
                state.outbox = [each for each in state.outbox if each.given.op != answer.op]
            elif answer.bases:
                self._offer(state, answer.bases)
        self.state = state
        if missed:
            self._begin_again(0, state.epoch, state.history)

    def _acked(self, state: State, entry: Entry, version: int) -> None:
        state.outbox = [each for each in state.outbox if each.given.op != entry.given.op]
        op = entry.given.op
        if op not in state.log and op not in state.pruned and "prune_on_ack" not in self.switches:
            state.acked[op] = (version, entry)

    def _offer(self, state: State, bases: tuple[str, ...]) -> None:
        """Put what the hub has lost in front of the outbox again."""
        waiting = {entry.given.op for entry in state.outbox}
        back = [state.log[base][1] for base in bases if base in state.log and base not in waiting]
        back += [state.acked[base][1] for base in bases if base in state.acked and base not in waiting]
        back += [state.attention[base] for base in bases if base in state.attention and base not in waiting]
        state.outbox = [*back, *state.outbox]

    def on_page(self, page: Page, *, crash: bool = False) -> None:
        """Take in a page, and the cursor with it (I10)."""
        if page.epoch != self.state.epoch or page.start != self.state.cursor:
            return
        if crash and "cursor_first" in self.switches:
            self.state.cursor = page.end
            return
        state = self.state.copy()
        for revision in page.revisions:
            entry = Entry(revision.op, revision.op.read())
            self._lay(state, revision, entry)
            state.log[revision.op.op] = (revision, entry)
            state.acked.pop(revision.op.op, None)
            state.attention.pop(revision.op.op, None)
        pulled = {revision.op.op for revision in page.revisions}
        state.outbox = [entry for entry in state.outbox if entry.given.op not in pulled]
        state.cursor = page.end
        # Accepted below the cursor and yet not in the feed: the hub has lost it.
        gone = [op for op, (version, _entry) in state.acked.items() if version <= state.cursor]
        waiting = {entry.given.op for entry in state.outbox}
        state.outbox = [*(state.acked.pop(op)[1] for op in gone if op not in waiting), *state.outbox]
        agrees = page.digest == state.digest.hex()
        if agrees:
            # Not before both sides agree: durable may be of another past, and the pruned is never offered.
            state.durable = max(state.durable, page.durable)
            self._prune(state)
        self.state = state
        if page.digest and not agrees:
            # The same epoch, and yet another past: as if nothing were shared.
            self._begin_again(0, state.epoch, state.history)

    def on_snapshot(self, pages: list[Snapshot], history: tuple[Epoch, ...]) -> None:
        """Begin with heads instead of all revisions; the cursor stands where the tail begins."""
        heads = {(each.type, each.rec): each.head for page in pages for each in page.heads}
        digest = add_digests(EMPTY_DIGEST, (digest_of(*key, head) for key, head in heads.items()))
        self.state = State(
            pages[0].epoch,
            history,
            self.state.incarnation,
            cursor=pages[0].tail,
            durable=pages[0].tail,
            shadow=heads,
            digest=digest,
            from_heads=True,
            tail=pages[0].tail,
        )

    def on_epoch(self, changed: EpochChanged) -> None:
        """Follow the scope into its new life; what the hub may have lost is offered again (rule 6)."""
        if changed.epoch != self.state.epoch:
            keep = kept_version(self.state.history, changed.history)
            self._begin_again(keep, changed.epoch, changed.history)

    def _begin_again(self, keep: int, epoch: str, history: tuple[Epoch, ...]) -> None:
        state = self.state.copy()
        keep = keep if keep >= state.durable and not state.from_heads else 0
        lost = sorted(
            (each for each in state.log.values() if each[0].version > keep),
            key=lambda each: (each[0].version, each[0].ord),
        )
        back = [
            entry
            for _revision, entry in lost
            if "no_salvage" not in self.switches or entry.op.device == self.device
        ]
        back += [entry for version, entry in sorted(state.acked.values(), key=_version) if version > keep]
        # Custody is not versioned: whatever the hub kept in quarantine it may have lost as well.
        back += [entry for op, entry in state.attention.items() if op not in state.log]
        offered = {entry.given.op for entry in back}
        state.outbox = [*back, *(entry for entry in state.outbox if entry.given.op not in offered)]
        state.acked = {op: each for op, each in state.acked.items() if each[0] <= keep}
        kept = [each for each in state.log.values() if each[0].version <= keep]
        if keep == 0:
            state.floor, state.pruned, state.from_heads = {}, {}, False
        state.log, state.shadow = {}, dict(state.floor)
        state.digest = add_digests(EMPTY_DIGEST, (digest_of(*key, head) for key, head in state.floor.items()))
        for revision, entry in sorted(kept, key=lambda each: (each[0].version, each[0].ord)):
            self._lay(state, revision, entry)
            state.log[entry.given.op] = (revision, entry)
        state.cursor, state.durable = min(state.cursor, keep), min(state.durable, keep)
        state.epoch, state.history = epoch, history
        self.state = state

    @staticmethod
    def _lay(state: State, revision: Revision, entry: Entry) -> None:
        before = state.shadow.get(entry.key)
        after = advance(before, revision, entry.given.op, inserts=entry.op.kind == "insert")
        state.shadow[entry.key] = after
        gone = [digest_of(*entry.key, before)] if before else []
        state.digest = add_digests(state.digest, [digest_of(*entry.key, after)], gone)

    @staticmethod
    def _prune(state: State) -> None:
        old = [each for each in state.log.values() if each[0].version <= state.durable]
        for revision, entry in sorted(old, key=lambda each: (each[0].version, each[0].ord)):
            before = state.floor.get(entry.key)
            inserts = entry.op.kind == "insert"
            state.floor[entry.key] = advance(before, revision, entry.given.op, inserts=inserts)
            state.pruned[entry.given.op] = revision.version
            del state.log[entry.given.op]


def _version(acked: tuple[int, Entry]) -> int:
    return acked[0]


def heads_of(client: Client) -> Mapping[Key, Head]:
    """Return the heads this desk believes in."""
    return client.state.shadow
