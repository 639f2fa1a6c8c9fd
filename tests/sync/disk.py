"""A desk's own tables in an SQLite without a file: the store of the simulation, as far as a round needs one.

The words of `desk/services/sync` run on it unchanged, past SQLAlchemy as everywhere on that way; what needs a
session, the search index, is left out here and is there in one schedule of a hundred (`sealed.py`).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Final

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from desk.models import plain
from desk.models.base import Base
from desk.models.tables import LOCAL
from desk.services import verify
from desk.services.sync import view
from desk.wire.op import Op, digest
from tests.sync.drawing import NOUNS

Image = Any
"""A copy of a disk; each disk reads only its own kind."""

_TABLES: Final = frozenset(
    {"meta", "outbox", "shadow_head", "cursor", "revision_log", "conflict", "merge_news", "attention", "hub"}
)
_NEW = "INSERT INTO meta (row, scope_id, device_id, incarnation, seq, run) VALUES (1, ?, ?, ?, 0, 1)"
_NUMBERS = "UPDATE meta SET seq = seq + ? RETURNING seq, incarnation"
_KEEP = (
    "INSERT INTO outbox (op_id, noun, record_id, incarnation, seq, body, sha256, scope_id)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)


class PowerCut(BaseException):
    """The PC stopped between two steps: what was not committed is gone. No code of the desk catches it."""


class Power:
    """Counts the statements of a PC and cuts it off before one of them."""

    def __init__(self) -> None:
        self._left: int | None = None

    def cut_after(self, steps: int) -> None:
        """Let so many more statements pass."""
        self._left = steps

    def restore(self) -> None:
        """Let all pass again."""
        self._left = None

    def step(self) -> None:
        """Pass one more. Raises PowerCut."""
        if self._left is not None:
            self._left -= 1
            if self._left < 0:
                raise PowerCut


class Driver:
    """A connection whose statements can be cut off."""

    def __init__(self, connection: Any, power: Power) -> None:
        self._connection, self._power = connection, power

    @property
    def in_transaction(self) -> bool:
        """Whether what is written now is undone with its block."""
        return bool(self._connection.in_transaction)

    def execute(self, words: str, values: Any = ()) -> Any:
        self._power.step()
        return self._connection.execute(words, values)

    def executemany(self, words: str, values: Sequence[Any]) -> Any:
        self._power.step()
        return self._connection.executemany(words, values)


class Rows:
    """What `desk/models/plain.py` asks of a session."""

    def __init__(self, connection: Any, power: Power) -> None:
        self.info = {"plain_driver": Driver(connection, power)}
        self._connection = connection

    def commit_here(self) -> None:
        """End the transaction in the middle of its block, as only a mutant does."""
        self._connection.execute("COMMIT")
        self._connection.execute("BEGIN IMMEDIATE")


class Disk:
    """The store of one PC, with the verbs of `Store` that `StoreKeeper` uses."""

    def __init__(self, scope: str, device: str, incarnation: str, image: Image = None) -> None:
        self.scope_id, self.device_id = scope, device
        self.power = Power()
        self._connection = _copy(image or _empty())
        if image is None:
            self._connection.execute(_NEW, (scope, device, incarnation))

    @contextmanager
    def read(self) -> Iterator[Any]:
        """Open a block that changes nothing."""
        self._connection.execute("BEGIN")
        try:
            yield Rows(self._connection, self.power)
        finally:
            self._connection.rollback()

    @contextmanager
    def write_confirmed(self) -> Iterator[Any]:
        """Open a block that is there as a whole or not at all."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield Rows(self._connection, self.power)
            self.power.step()
        except BaseException:
            self._connection.rollback()
            raise
        self._connection.commit()

    def save(self, ops: Sequence[Op]) -> list[Op]:
        """Keep what a user did as the recorder keeps it, numbered; return the ops as they are kept."""
        with self.write_confirmed() as rows:
            kept = number(rows, ops)
            keep(rows, kept)
        return kept

    def faults(self) -> list[str]:
        """Say what `desk verify` would of the numbers; here is no file to look at."""
        return list(verify.holes(self._connection))

    def image(self) -> Image:
        """Return what a backup of the disk would hold."""
        return _copy(self._connection)

    def put_back(self, image: Image) -> None:
        """Set the disk back to a backup."""
        self._connection.close()
        self._connection = _copy(image)

    def close(self) -> None:
        """Let go of it."""
        self._connection.close()


def number(rows: Any, ops: Sequence[Op]) -> list[Op]:
    """Give ops the next numbers of this writer, in the caller's block."""
    last, incarnation = plain.write(rows, _NUMBERS, (len(ops),))[0]
    return [_numbered(op, last - len(ops) + n, incarnation) for n, op in enumerate(ops, 1)]


def keep(rows: Any, ops: Sequence[Op]) -> None:
    """Put ops into the outbox and their values into the typed rows, in the caller's block."""
    for op in ops:
        body = op.to_bytes()
        line = (op.op, op.type, op.rec, op.incarnation, op.seq, body, digest(body), op.scope)
        plain.write(rows, _KEEP, line)
    view.rebuild_keys(rows, ops[0].scope, {(op.type, op.rec) for op in ops})


def _numbered(op: Op, seq: int, incarnation: str) -> Op:
    return Op(**{**vars(op), "seq": seq, "incarnation": incarnation})


def _copy(source: Any) -> Any:
    made = sqlcipher.connect(":memory:", isolation_level=None, check_same_thread=False)
    source.backup(made)
    return made


@lru_cache(maxsize=1)
def _empty() -> Any:
    made = sqlcipher.connect(":memory:", isolation_level=None, check_same_thread=False)
    engine = create_engine("sqlite://", creator=lambda: made, module=sqlcipher, poolclass=StaticPool)
    local = {table.__tablename__ for table in LOCAL} & _TABLES
    assert local == _TABLES
    tables = [Base.metadata.tables[name] for name in sorted(local | NOUNS)]
    with engine.begin() as connection:
        Base.metadata.create_all(connection, tables)
    return made
