"""The place of one schedule in a hundred: PCs on SQLCipher, written by the recorder, and PostgreSQL."""

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import psycopg

from desk.hub import admin
from desk.hub.ledger import HeadRow, Held, Scope, Seen
from desk.hub.postgres import PostgresLedger, open_pool
from desk.models import plain, recorder
from desk.models.store import Store
from desk.models.tables import SYNCED
from desk.services import verify
from desk.wire import changes
from desk.wire.codecs import WireError
from desk.wire.heads import Head
from desk.wire.incoming import OpIn
from desk.wire.op import Op
from desk.wire.records import RECORDS
from desk.wire.revision import result_from_json
from tests.stores import KEY
from tests.sync.disk import Driver, Image, Power, keep, number
from tests.sync.memory import State
from tests.sync.world import Place

_TABLES: Final = ("epoch_history", "revision", "head", "conflict", "quarantine", "number")
_SINCE = "SELECT body FROM outbox WHERE position > ? ORDER BY position"
_LAST = "SELECT coalesce(max(position), 0) FROM outbox"
_PUT_SCOPE = """
UPDATE scope s SET epoch = k.epoch, version = k.version, durable_version = k.durable_version,
       min_version = k.min_version, digest = k.digest, halted = k.halted, trail = k.trail
  FROM json_populate_recordset(null::scope, %s::json) k WHERE s.scope_id = k.scope_id"""


class SealedPlace(Place):
    """A folder and a database; every schedule has a scope of its own there."""

    searches = True

    def __init__(self, folder: Path, database: str) -> None:
        self._folder = folder
        self._pool = open_pool(database, 2)
        self._count = 0

    def ledger(self, scope: str, epoch: str) -> "SealedLedger":
        with self._pool.connection() as connection:
            connection.execute("INSERT INTO scope (scope_id, epoch) VALUES (%s, %s)", (scope, epoch))
            first = (
                "INSERT INTO epoch_history (scope_id, n, epoch, restored_to, at) VALUES (%s, 1, %s, 0, '')"
            )
            connection.execute(first, (scope, epoch))
        return SealedLedger(self._pool, scope)

    def disk(self, scope: str, device: str, image: Image = None) -> "SealedDisk":
        self._count += 1
        return SealedDisk(self._folder / str(self._count), scope, device, image)

    def close(self) -> None:
        """Let go of the database and remove the files."""
        self._pool.close()
        shutil.rmtree(self._folder)


class SealedDisk:
    """The store of the program, whose blocks can be cut off."""

    def __init__(self, folder: Path, scope: str, device: str, image: Image = None) -> None:
        self._folder = folder
        self.scope_id, self.device_id = scope, device
        self.power = Power()
        self._images = 0
        if image is None:
            self._store = Store.create(folder, KEY, scope_id=scope, device_id=device)
        else:
            shutil.copytree(image, folder)
            self._store = Store.open(folder, KEY)

    def read(self) -> Any:
        """Open a block that changes nothing."""
        return self._store.read()

    @contextmanager
    def write_confirmed(self) -> Iterator[Any]:
        """Open a block that is there as a whole or not at all."""
        with self._store.write_confirmed() as rows:
            driver = rows.connection().connection.driver_connection
            rows.info["plain_driver"] = Driver(driver, self.power)
            yield rows
            self.power.step()

    def save(self, ops: Sequence[Op]) -> list[Op]:
        """Do what the ops say on typed rows; the ops kept are the recorder's, but those of a bug."""
        if not all(map(_is_sound, ops)):
            with self.write_confirmed() as rows:
                kept = number(rows, ops)
                keep(rows, kept)
            return kept
        with self.read() as rows:
            last = plain.ask(rows, _LAST)[0][0]
        with patch.object(recorder, "SCHEMA", ops[0].schema), self._store.write("u1") as rows:
            for op in ops:
                _do(rows, op)
        with self.read() as rows:
            return [Op.from_bytes(row[0]) for row in plain.ask(rows, _SINCE, (last,))]

    def faults(self) -> list[str]:
        """Let the program itself look whether the store is sound."""
        found = verify.run(self._store)
        return [] if found.ok else list(found.lines)

    def image(self) -> Image:
        """Return what a backup of the disk would hold."""
        self._images += 1
        copy = self._folder.with_name(f"{self._folder.name}-{self._images}")
        self._store.close()
        shutil.copytree(self._folder, copy)
        self._store = Store.open(self._folder, KEY)
        return copy

    def put_back(self, image: Image) -> None:
        """Set the disk back to a backup."""
        self._store.close()
        shutil.rmtree(self._folder)
        shutil.copytree(image, self._folder)
        self._store = Store.open(self._folder, KEY)

    def close(self) -> None:
        """Let go of it."""
        self._store.close()


@dataclass(frozen=True)
class Dump:
    """All rows of one scope, by table."""

    scope: Scope
    rows: dict[str, str]


class SealedLedger(PostgresLedger):
    """The hub's own ledger, with what an operator and a backup do to it."""

    def __init__(self, pool: Any, scope: str) -> None:
        super().__init__(pool, [scope])
        self._name = scope

    @property
    def state(self) -> State:
        """The scope as the invariants look at it."""
        scope = self.scope(self._name)
        assert scope is not None
        state = State(scope)
        with self._begun() as connection:
            ask = connection.execute
            for row in ask(
                "SELECT op_id, body, result, body_hash, noun, record_id FROM revision WHERE scope_id = %s"
                " ORDER BY version, ord",
                (self._name,),
            ):
                revision = result_from_json(json.loads(row[2]), OpIn(row[0], row[1].encode()))
                state.revisions.append(revision)
                state.seen[row[0]] = Seen(row[3], revision)
                state.keys[row[0]] = row[4], row[5]
            for row in ask(
                "SELECT noun, record_id, version, fields, field_op, device_id FROM head WHERE scope_id = %s",
                (self._name,),
            ):
                state.heads[row[0], row[1]] = HeadRow(Head(*row[2:5]), row[5])
            for row in ask(
                "SELECT op_id, body_hash, reason FROM quarantine WHERE scope_id = %s", (self._name,)
            ):
                state.held.setdefault(row[0], []).append(Held(row[1], row[2]))
        return state

    def backup(self) -> Dump:
        """Return every row of the scope."""
        scope = self.scope(self._name)
        assert scope is not None
        with self._begun() as connection:
            rows = {table: _dumped(connection, table, self._name) for table in ("scope", *_TABLES)}
        return Dump(scope, rows)

    def restore(self, backup: Dump, epoch: str = "") -> None:
        """Put a backup back; with an epoch it is announced."""
        with self._begun() as connection:
            for table in reversed(_TABLES):
                connection.execute(f"DELETE FROM {table} WHERE scope_id = %s", (self._name,))
            connection.execute(_PUT_SCOPE, (backup.rows["scope"],))
            for table in _TABLES:
                words = f"INSERT INTO {table} SELECT * FROM json_populate_recordset(null::{table}, %s::json)"
                connection.execute(words, (backup.rows[table],))
        if epoch:
            self.declare(epoch, backup.scope.version)

    def declare(self, _epoch: str, restored_to: int) -> None:
        """Begin a new life of the scope by the operator's own command."""
        with self._begun() as connection:
            admin.declare_restore(connection, self._name, restored_to, "演练")

    def set_durable(self, version: int) -> None:
        """Say up to which version every kept backup reaches."""
        with self._begun() as connection:
            connection.execute(
                "UPDATE scope SET durable_version = %s WHERE scope_id = %s", (version, self._name)
            )


def _dumped(connection: "psycopg.Connection[Any]", table: str, scope: str) -> str:
    words = f"SELECT coalesce(json_agg(t), '[]')::text FROM {table} t WHERE scope_id = %s"
    ((rows,),) = connection.execute(words, (scope,)).fetchall()
    return str(rows)


def _is_sound(op: Op) -> bool:
    record = RECORDS.get(op.type)
    if record is None or "\0" in "".join(map(str, op.set.values())):
        return False
    try:
        record.from_json({name: changes.apply("", change) for name, change in op.set.items()})
    except WireError:
        return False
    return True


def _do(rows: Any, op: Op) -> None:
    """Do what an op says as a service would, on the typed row."""
    record, table = RECORDS[op.type], SYNCED[op.type]
    if op.kind == "insert":
        rows.add(table(record_id=op.rec, scope_id=op.scope, **record.from_json(dict(op.set))))
        return
    row = rows.get_one(table, op.rec)
    if op.kind == "void":
        row.tombstone(op.set["void_reason"])
        return
    for name, change in op.set.items():
        field = record.by_name[name]
        setattr(row, name, field.from_json(changes.apply(field.to_json(getattr(row, name)), change)))
