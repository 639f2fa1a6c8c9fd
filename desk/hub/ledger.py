"""The port to storage: what the hub's decisions need of it, and nothing of how it is done.

`postgres.py` is the real one; the simulation of the tests has one in memory.

What is made for every op is a named tuple: a frozen dataclass takes three times as long to make.
"""

from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from desk.wire.epochs import Epoch
from desk.wire.heads import EMPTY_DIGEST, Head, Spelled
from desk.wire.history import FIRST, Place
from desk.wire.op import Op, SetChange
from desk.wire.revision import Conflict, Revision

Key = tuple[str, str]
"""Noun and record id."""


class RowRefused(Exception):
    """The database would not take what was written; nothing of the batch is there."""


@dataclass(frozen=True)
class Scope:
    """One scope as it stands. halted: a restore nobody announced was noticed, pushes wait for an operator.

    trail: over the ids of all ops up to the newest version, by which two pasts are told apart (`trail.py`).
    """

    scope: str
    epoch: str
    version: int
    durable: int
    oldest: int
    digest: bytes
    history: tuple[Epoch, ...]
    halted: bool = False
    trail: bytes = EMPTY_DIGEST


class Seen(NamedTuple):
    """An op that is a revision already."""

    sha256: bytes
    revision: Revision


@dataclass(frozen=True)
class Held:
    """An op in quarantine: kept for good, applied never, until a person decides."""

    sha256: bytes
    code: str


class HeadRow(NamedTuple):
    """A head, the device whose op moved it last, and its digest where that is stored beside it."""

    head: Head
    device: str
    digest: bytes = b""


class Accepted(NamedTuple):
    """One new revision with the op it came from, the op's hash, and the result as it is answered."""

    revision: Revision
    op: Op
    sha256: bytes
    result: Mapping[str, Any]

    @property
    def key(self) -> Key:
        """The record it is about."""
        return self.op.type, self.op.rec


@dataclass(frozen=True)
class Kept:
    """One op put into quarantine. `op` may be empty where the body had no usable id."""

    op: str
    sha256: bytes
    body: bytes
    code: str


@dataclass
class Batch:
    """What one push changes; written as a whole or not at all.

    digest, trail: the scope's afterwards; spelled, digests: of `heads`. joins: whether some op changes a set
    by elements. device: who handed it in, whoever wrote it.
    """

    version: int
    at: str
    digest: bytes
    accepted: list[Accepted] = field(default_factory=list)
    heads: dict[Key, HeadRow] = field(default_factory=dict)
    spelled: dict[Key, Spelled] = field(default_factory=dict)
    digests: dict[Key, bytes] = field(default_factory=dict)
    opened: list[tuple[Key, Conflict]] = field(default_factory=list)
    closed: list[tuple[str, str]] = field(default_factory=list)
    numbers: dict[tuple[str, str, str], Key] = field(default_factory=dict)
    kept: list[Kept] = field(default_factory=list)
    device: str = ""
    joins: bool = False
    trail: bytes = EMPTY_DIGEST


Number = tuple[str, str, str]
"""Noun, field and value of a number that stands once."""


@dataclass(frozen=True)
class Asked:
    """What a push must know of its scope.

    ops: its ids. bases: ids its ops name as bases. records: whom they are about. joined: of these, whose
    class E fields they change. numbers: those they give. closing: records of which they close conflicts.
    """

    ops: Collection[str] = ()
    bases: Collection[str] = ()
    records: Collection[Key] = ()
    joined: Collection[Key] = ()
    numbers: Collection[Number] = ()
    closing: Collection[Key] = ()


@dataclass(frozen=True)
class Stands:
    """What is there of it.

    seen: ops that are revisions. known: bases that are. held: ops and bases in quarantine; a reused id may be
    there twice. heads: of the records that are there. sets: per record its changes of class E fields in their
    order, as (op id, field, change). numbers: who holds them, as (record id, op id). conflicts: per record
    the open ones, id → (field, mine_op).
    """

    seen: dict[str, Seen | Accepted]
    known: frozenset[str]
    held: dict[str, list[Held]]
    heads: Mapping[Key, HeadRow]
    sets: dict[Key, list[tuple[str, str, SetChange]]]
    numbers: dict[Number, Key]
    conflicts: dict[Key, dict[str, tuple[str, str]]]


class Turn(Protocol):
    """One write transaction on one scope, whose row it holds until it ends."""

    @property
    def scope(self) -> Scope:
        """The scope as it stood when the turn began."""

    def stands(self, asked: Asked) -> Stands:
        """Return what is there of what was asked."""

    def trial(self) -> AbstractContextManager[None]:
        """Undo at the end of the block whatever was written in it."""

    def write(self, batch: Batch) -> None:
        """Write the batch.

        Raises:
            RowRefused: the database refuses a row; the turn goes on as if nothing had been written.
        """


class Ledger(Protocol):
    """All scopes. Every method is one transaction; a `turn` commits at its end, on an error not at all."""

    def scope(self, scope: str) -> Scope | None:
        """Return a scope as it stands, None if there is none."""

    def turn(self, scope: str) -> AbstractContextManager[Turn]:
        """Begin a write transaction that holds the scope's row. Raises KeyError if there is no such scope."""

    def page(self, scope: str, above: int, most: int) -> tuple[Scope, bytes, list[Revision]] | None:
        """Read one state: the scope, its trail at the version `above` (empty where that is not there), and
        the revisions above it, some `most`, whole versions only."""

    def halt(self, scope: str, epoch: str) -> None:
        """Stop accepting pushes in this life of the scope."""

    def snapshot(self, scope: str, after: Key, most: int) -> tuple[Scope, list[tuple[Key, Head]]] | None:
        """Read heads behind a key, in order of the keys, with the scope as it stands at that moment."""

    def parts(self, scope: str, prefix: str) -> tuple[Scope, dict[str, bytes]] | None:
        """Sum up the digests of the heads by the next two places of their bucket below the prefix."""

    def revisions(self, scope: str, record_id: str, after: Place = FIRST, most: int = 0) -> list[Revision]:
        """Read the revisions of one record behind a place in their order; `most` of them, 0 for all."""
