"""The only way to the local file: one SQLCipher store, opened with its raw key, used in blocks."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from desk import clock, ids
from desk.errors import StoreProblem
from desk.models import (
    cipher,
    columns,
    copies,
    places,
    problems,
    recorder,
    sealed_files,
    search,
    tables,
    upgrade,
)
from desk.models.meta import ROW, Meta
from desk.models.recorder import Block, Identity, Mode, RecordedSession
from desk.models.sealed_files import SealedFiles
from desk.text import _
from desk.wire.records import SCHEMA

FILE = "desk.db"
_CHECK_EVERY = timedelta(days=7)
_WRITES = "desk_writes"
_CHANGES = "changes_before"
# Each round holds the store for some milliseconds; fewer than two changes mean that nothing was left to join.
_MOST_JOINS, _JOINED = 50, 2

Check = Callable[[Path, bytes], bool | None]
"""Tells whether the file of this key is sound; None if that was not found out."""


class Store:
    """One open store. A session lives as long as its block, on the thread that opened it."""

    def __init__(self, folder: Path, key: bytes) -> None:
        """Use `create` or `open` instead."""
        self.folder = folder
        self.path = folder / FILE
        self._key = key
        self._engine = _engine(self.path, key)
        self._writer = self._engine.execution_options(**{_WRITES: True})
        self._disk_failed = False
        with problems.explained():
            self._identity, self._check_due = self._begin_run()

    @staticmethod
    def create(folder: Path, key: bytes, *, scope_id: str, device_id: str = "") -> "Store":
        """Make a new store with a device id and an incarnation of its own, and open it.

        Args:
            folder: data folder; made if missing.
            key: 32 random bytes.
            scope_id: `S:` and the station's id.
            device_id: where the hub knows this PC by one already.

        Raises:
            StoreProblem: there is a store already, the disk is full, or the folder is a network share.
        """
        folder.mkdir(parents=True, exist_ok=True)
        places.refuse_network_share(folder)
        path = folder / FILE
        if path.exists():
            raise StoreProblem(
                _("这个文件夹里已有数据文件"), way_out=_("请直接登录，或另选文件夹。"), field="exists"
            )
        # A store that was only half made is never found under the real name.
        half = folder / f"{FILE}.new"
        half.unlink(missing_ok=True)
        half.touch(mode=0o600)
        _fill(half, key, scope_id, device_id or ids.new_id())
        half.replace(path)
        cipher.sync_folder(folder)
        return Store(folder, key)

    @staticmethod
    def open(folder: Path, key: bytes) -> "Store":
        """Open the store of a data folder, upgrading an older one on a verified copy.

        Raises:
            StoreProblem: missing, wrong key, not encrypted, damaged, newer, or on a network share.
        """
        places.refuse_network_share(folder)
        path = folder / FILE
        if not path.exists():
            raise problems.missing()
        upgrade.bring_up_to_date(path, key)
        return Store(folder, key)

    @property
    def scope_id(self) -> str:
        """The scope all records of this station belong to."""
        return self._identity.scope_id

    def follow(self) -> None:
        """Read again to which scope the store belongs, after a block that moved it (`new_scope`)."""
        with self.read() as session:
            self._identity = replace(self._identity, scope_id=session.get_one(Meta, ROW).scope_id)

    @property
    def device_id(self) -> str:
        """The record id of this PC."""
        return self._identity.device_id

    @property
    def check_due(self) -> bool:
        """Whether `quick_check` should run in the background: after an unclean stop, and weekly."""
        return self._check_due

    def read(self) -> AbstractContextManager[Session]:
        """Open a block that sees one state of the store and can change nothing."""
        return self._block(self._engine, Mode.READ, "")

    def write(self, user_id: str) -> AbstractContextManager[Session]:
        """Open a block that commits at its end and leaves one op per changed synced row and flush.

        Raises:
            StoreProblem: when the block ends, if the disk is full or fails; then nothing was saved.
        """
        return self._block(self._writer, Mode.OPS, user_id)

    def write_local(self) -> AbstractContextManager[Session]:
        """Open a block for local tables (drafts, settings); it may not touch synced rows."""
        return self._block(self._writer, Mode.LOCAL, "")

    def write_confirmed(self) -> AbstractContextManager[Session]:
        """Open a block whose rows count as confirmed by the hub: they leave a shadow and no ops."""
        return self._block(self._writer, Mode.CONFIRMED, "")

    def connect(self) -> Any:
        """Open a DB-API connection of one's own for backup and checks; the caller closes it."""
        return cipher.connect(self.path, self._key)

    def sealed_files(self, root: Path | None = None) -> SealedFiles:
        """Return the files beside the store, or those of its copy in another folder."""
        return SealedFiles(root or self.folder / sealed_files.FOLDER, self._key)

    def digests_of(self, copy: Path) -> frozenset[str]:
        """Return the SHA-256 of every attachment that a copy of this store names. Raises StoreProblem."""
        return copies.attachment_digests(copy, self._key)

    def copy_to(self, target: Path) -> dict[str, int]:
        """Write one consistent state to a new file with the same key, and prove that it opens and is whole.

        Other blocks may go on meanwhile.

        Returns:
            How many rows each table has.

        Raises:
            StoreProblem: the disk is full or fails, or the copy is not whole; the caller removes the file.
        """
        source = self.connect()
        try:
            with problems.explained():
                counts = copies.write_copy(source, target, self._key)
        finally:
            source.close()
        copies.prove(target, self._key, counts)
        return counts

    def tidy(self) -> bool:
        """Do what saves would have to do one day: join the index's pieces, move what was saved in place.

        Other blocks go on meanwhile. Where it fails nothing is lost: the next one or the last close does it.

        Returns:
            Whether there is more to join: it is left to the next time.
        """
        left = False
        with suppress(StoreProblem), problems.explained(), closing(self.connect()) as connection:
            left = all(_join_some(connection) for _round in range(_MOST_JOINS))
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        return left

    def quick_check(self, check: Check | None = None) -> bool:
        """Check the file and remember the day; a minute for a large store.

        Args:
            check: looks at the file with this key elsewhere; without one it is done here.

        Returns:
            False if the file is damaged.
        """
        sound = (check or _check_here)(self.path, self._key)
        if sound:
            with self.write_local() as session:
                meta = session.get_one(Meta, ROW)
                meta.checked_at = clock.now()
                meta.open_runs = str(self._identity.run)
            self._check_due = False
        return sound is not False

    def close(self) -> None:
        """Mark the clean stop and let go of the file; where the mark cannot be written, a check follows."""
        with suppress(StoreProblem), self.write_local() as session:
            meta = session.get_one(Meta, ROW)
            mine = str(self._identity.run)
            meta.open_runs = ",".join(run for run in meta.open_runs.split(",") if run not in {"", mine})
        self._engine.dispose()

    @contextmanager
    def _block(self, engine: Engine, mode: Mode, user_id: str) -> Iterator[Session]:
        if self._disk_failed and mode is not Mode.READ:
            raise problems.disk_failed()
        block = Block(mode, user_id, self._identity, ids.new_id())
        try:
            with problems.explained(), RecordedSession(engine, block) as session, session.begin():
                yield session
        except StoreProblem as problem:
            # After a failed write or fsync nobody knows what reached the disk (sync.md 3, fault 9).
            self._disk_failed = self._disk_failed or problem.field == "disk"
            raise

    def _begin_run(self) -> tuple[Identity, bool]:
        with Session(self._writer) as session, session.begin():
            if session.connection().exec_driver_sql(search.JOINS_BY_ITSELF).scalar():
                session.connection().exec_driver_sql(search.JOIN_LATER)
            meta = session.get_one(Meta, ROW)
            unclean = bool(meta.open_runs)
            meta.run += 1
            meta.open_runs = ",".join(filter(None, [meta.open_runs, str(meta.run)]))
            identity = Identity(
                meta.scope_id, meta.device_id, meta.incarnation, meta.run, meta.clock_offset_ms
            )
            return identity, unclean or _overdue(meta.checked_at)


def _join_some(connection: Any) -> bool:
    before: int = connection.total_changes
    connection.execute(search.JOIN_SOME)
    return bool(connection.total_changes - before >= _JOINED)


def _check_here(path: Path, key: bytes) -> bool:
    connection = cipher.connect(path, key)
    try:
        return cipher.is_sound(connection)
    finally:
        connection.close()


def _overdue(checked_at: datetime | None) -> bool:
    # A check in the future was dated by a wrong clock.
    return checked_at is None or abs(clock.now() - checked_at) > _CHECK_EVERY


def _engine(path: Path, key: bytes, mode: Literal["rw", "rwc"] = "rw") -> Engine:
    engine = create_engine(
        "sqlite://",
        creator=lambda: cipher.connect(path, key, mode=mode),
        module=sqlcipher,
        json_serializer=columns.json_text,
        poolclass=QueuePool,
        # The last used connection first: its page cache is warm, and few stay open.
        pool_use_lifo=True,
    )
    columns.teach(engine.dialect)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "commit", _end)
    recorder.guard(engine)
    return engine


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    # Past SQLAlchemy (docs/decisions/0008): every block begins here.
    driver: Any = connection.connection.driver_connection
    driver.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
    connection.info[_CHANGES] = driver.total_changes


def _end(connection: Connection) -> None:
    """Take back what a block wrote that only reads, and say so.

    SQLite's own `query_only` would forget every prepared statement each time it is switched, the index's
    too: that took as long as a save.
    """
    if connection.get_execution_options().get(_WRITES, False):
        return
    driver: Any = connection.connection.driver_connection
    driver.rollback()
    if driver.total_changes != connection.info[_CHANGES]:
        raise RuntimeError("a read block may change nothing")


def _fill(path: Path, key: bytes, scope_id: str, device_id: str) -> None:
    engine = _engine(path, key, "rwc")
    try:
        with problems.explained(), engine.execution_options(**{_WRITES: True}).begin() as connection:
            tables.create_all(connection)
            upgrade.stamp(connection)
            new = Meta(
                scope_id=scope_id,
                device_id=device_id,
                incarnation=ids.new_id(),
                checked_at=clock.now(),
                folded=SCHEMA,
            )
            with Session(connection) as session:
                session.add(new)
                session.flush()
    finally:
        engine.dispose()
    cipher.sync_file(path)
