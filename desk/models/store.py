"""The only way to the local file: one SQLCipher store, opened with its raw key, used in blocks."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from desk import clock, ids
from desk.errors import StoreProblem
from desk.models import cipher, copies, places, problems, sealed_files, search, tables, upgrade
from desk.models.connections import Connections
from desk.models.meta import ROW, Meta
from desk.models.recorder import Block, Identity, Mode, RecordedSession
from desk.models.sealed_files import SealedFiles
from desk.text import _
from desk.wire.records import SCHEMA

FILE = "desk.db"
_CHECK_EVERY = timedelta(days=7)
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
        self._connections = Connections(self.path, key)
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
        return self._block(Mode.READ, "")

    def write(self, user_id: str) -> AbstractContextManager[Session]:
        """Open a block that commits at its end and leaves one op per changed synced row and flush.

        Raises:
            StoreProblem: when the block ends, if the disk is full or fails; then nothing was saved.
        """
        return self._block(Mode.OPS, user_id)

    def write_local(self) -> AbstractContextManager[Session]:
        """Open a block for local tables (drafts, settings); it may not touch synced rows."""
        return self._block(Mode.LOCAL, "")

    def write_confirmed(self) -> AbstractContextManager[Session]:
        """Open a block whose rows count as confirmed by the hub: they leave a shadow and no ops."""
        return self._block(Mode.CONFIRMED, "")

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
        self._connections.close()

    @contextmanager
    def _block(self, mode: Mode, user_id: str) -> Iterator[Session]:
        writes = mode is not Mode.READ
        if self._disk_failed and writes:
            raise problems.disk_failed()
        block = Block(mode, user_id, self._identity, ids.new_id())
        try:
            with (
                problems.explained(),
                self._connections.begun(writes=writes) as connection,
                RecordedSession(connection, block) as session,
            ):
                yield session
                session.flush()
        except StoreProblem as problem:
            # After a failed write or fsync nobody knows what reached the disk (sync.md 3, fault 9).
            self._disk_failed = self._disk_failed or problem.field == "disk"
            raise

    def _begin_run(self) -> tuple[Identity, bool]:
        with self._connections.begun(writes=True) as connection, Session(connection) as session:
            if connection.exec_driver_sql(search.JOINS_BY_ITSELF).scalar():
                connection.exec_driver_sql(search.JOIN_LATER)
            meta = session.get_one(Meta, ROW)
            unclean = bool(meta.open_runs)
            meta.run += 1
            meta.open_runs = ",".join(filter(None, [meta.open_runs, str(meta.run)]))
            identity = Identity(
                meta.scope_id, meta.device_id, meta.incarnation, meta.run, meta.clock_offset_ms
            )
            session.flush()
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


def _fill(path: Path, key: bytes, scope_id: str, device_id: str) -> None:
    connections = Connections(path, key, "rwc")
    try:
        with problems.explained(), connections.begun(writes=True) as connection:
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
        connections.close()
    cipher.sync_file(path)
