"""One PC of the simulation: the real round on a store of the tests, and what is looked up there."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from desk.models import plain
from desk.models.fold import fold
from desk.services.sync import aside, cursor, shadow
from desk.services.sync.cursor import Mark
from desk.services.sync.engine import run_round
from desk.services.sync.keeper import StoreKeeper
from desk.services.sync.ports import Hub
from desk.services.sync.report import RoundReport
from desk.wire.heads import Head
from desk.wire.op import Op
from desk.wire.records import RECORDS
from tests.sync.disk import Image, Power
from tests.sync.drawing import NOUNS

Key = tuple[str, str]

_OUTBOX = "SELECT op_id, body, acked, held FROM outbox ORDER BY position"
_LIVING = "SELECT record_id FROM {noun} WHERE void = 0 ORDER BY record_id"


class Store(Protocol):
    """The store of a PC: in memory (`disk.py`) or sealed in a file (`sealed.py`)."""

    scope_id: str
    device_id: str
    power: Power

    def read(self) -> Any:
        """Open a block that changes nothing."""

    def write_confirmed(self) -> Any:
        """Open a block that is there as a whole or not at all."""

    def save(self, ops: Sequence[Op]) -> list[Op]:
        """Keep what a user did, and return the ops as they are kept."""

    def faults(self) -> list[str]:
        """Say what is wrong with the file, beside what the invariants find."""

    def image(self) -> Image:
        """Return what a backup of the disk would hold."""

    def put_back(self, image: Image) -> None:
        """Set the disk back to a backup."""

    def close(self) -> None:
        """Let go of it."""


@dataclass(frozen=True)
class Waiting:
    """One op that lies over the shadow."""

    op: str
    body: bytes
    acked: int
    held: bool


class Pc:
    """A PC with its disk. scope: the one that is looked at; role: what the PC is to the hub."""

    def __init__(self, disk: Store, scope: str, role: str) -> None:
        self.disk, self.scope, self.role = disk, scope, role
        self._keeper = StoreKeeper(disk)  # type: ignore[arg-type]

    def round(self, hub: Hub) -> RoundReport:
        """Run one round of the program itself."""
        return run_round(self._keeper, hub)

    @property
    def mark(self) -> Mark:
        """Where it stands."""
        with self.disk.read() as rows:
            return cursor.read(rows, self.scope)

    @property
    def outbox(self) -> list[Waiting]:
        """What lies over the shadow, in its order."""
        return [Waiting(op, body, acked, bool(held)) for op, body, acked, held in self.ask(_OUTBOX)]

    @property
    def log(self) -> set[str]:
        """The ops whose revisions it could offer again."""
        return {row[0] for row in self.ask("SELECT op_id FROM revision_log")}

    @property
    def attention(self) -> set[str]:
        """The ops it was refused."""
        # A line about values that are kept aside is of no op.
        return {row[0] for row in self.ask("SELECT op_id FROM attention WHERE code != ?", (aside.CODE,))}

    def ask(self, words: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Look something up."""
        with self.disk.read() as rows:
            return plain.ask(rows, words, values)

    def held(self) -> set[str]:
        """Return every op that it still has in some way."""
        return {each.op for each in self.outbox} | self.log | self.attention

    def heads(self) -> dict[Key, Head]:
        """Return the shadow."""
        words = "SELECT noun, record_id, version, fields, field_op FROM shadow_head"
        return {
            (noun, rec): Head(version, json.loads(fields), json.loads(by))
            for noun, rec, version, fields, by in self.ask(words)
        }

    def digest(self) -> str:
        """Add up the digest of its shadow anew."""
        with self.disk.read() as rows:
            return shadow.digest(rows, self.scope)

    def living(self, nouns: Sequence[str]) -> list[Key]:
        """Return the records of these kinds that a user sees."""
        with self.disk.read() as rows:
            return [(noun, row[0]) for noun in nouns for row in plain.ask(rows, _LIVING.format(noun=noun))]

    def shown(self, key: Key) -> Head:
        """Return the typed row of a record, as a page of the window would read it."""
        noun, record_id = key
        names = list(RECORDS[noun].by_name)
        words = f"SELECT version, field_op, {', '.join(names)} FROM {noun} WHERE record_id = ?"
        ((version, by, *values),) = self.ask(words, (record_id,))
        return Head(version, dict(zip(names, values, strict=True)), json.loads(by))

    def torn(self) -> Iterator[Key]:
        """Walk over the records whose row is not their shadow with the ops that wait (I9)."""
        # What the log has is in the shadow, also where it is offered again for others to build on.
        heads, log = self.heads(), self.log
        waiting = [each for each in self.outbox if each.op not in log]
        ops: dict[Key, list[Op]] = {}
        for each in waiting:
            op = Op.from_bytes(each.body)
            ops.setdefault((op.type, op.rec), []).append(op)
        rows = {(noun, row[0]) for noun in NOUNS for row in self.ask(f"SELECT record_id FROM {noun}")}
        wanted = {key for key in {*heads, *ops} if key[0] in RECORDS}
        yield from sorted(rows ^ wanted)
        for key in sorted(rows & wanted):
            record = RECORDS[key[0]]
            expected, there = fold(record, heads.get(key), ops.get(key, ())), self.shown(key)
            known, _extra = record.parted(expected.fields, record.unfit(expected.fields))
            if (there.version, dict(there.fields), there.field_op) != (
                expected.version,
                known,
                expected.field_op,
            ):
                yield key
