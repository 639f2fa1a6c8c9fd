"""Brings an older store up to date, on a proved copy; refuses a store from the future.

The steps are plain modules, so the frozen program carries them like any other code.
"""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import StaticPool

from desk import clock
from desk.errors import StoreProblem
from desk.models import cipher, copies, problems
from desk.text import _

if TYPE_CHECKING:
    from alembic.operations import Operations

HEAD = "0014"


@dataclass(frozen=True)
class Step:
    """One migration: the revision it leads to, and how. It never drops a row."""

    revision: str
    upgrade: "Callable[[Operations], None]"


def steps() -> tuple[Step, ...]:
    """Return all migrations in order; the last leads to HEAD."""
    # Alembic costs a third of a second to import: only a store that is older pays it.
    from desk.models.migrations.versions import (
        v0001_first,
        v0002_cases,
        v0003_sync,
        v0004_devices,
        v0006_county,
        v0007_entry,
        v0008_case_origins,
        v0011_vouchers,
        v0012_end_words,
        v0013_age,
        v0014_trail,
    )

    steps = (
        *(v0001_first, v0002_cases, v0003_sync, v0004_devices, v0006_county, v0007_entry),
        v0008_case_origins,
        v0011_vouchers,
        v0012_end_words,
        v0013_age,
        v0014_trail,
    )
    return tuple(Step(each.REVISION, each.upgrade) for each in steps)


def stamp(connection: Connection, revision: str = HEAD) -> None:
    """Write into an empty store which schema it has."""
    connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (revision,))


def bring_up_to_date(path: Path, key: bytes) -> None:
    """Leave the store as it is if its schema is the newest, else upgrade it.

    Raises:
        StoreProblem: wrong key, damaged, used by another program, no room for a copy, or of a newer version.
    """
    if _revision(path, key) != HEAD:
        upgrade(path, key, steps())


def upgrade(path: Path, key: bytes, chain: Sequence[Step]) -> Path:
    """Upgrade a copy step by step, prove it, put it in the store's place; return where the old file is kept.

    A kill at any moment leaves the old or the new store under its name, never anything between.

    Raises:
        StoreProblem: as `bring_up_to_date`.
    """
    revision = _revision(path, key)
    known = [step.revision for step in chain]
    if revision not in known:
        raise _newer()
    copies.settle(path, key)
    fresh = path.with_name(f"{path.name}.upgrading")
    before = _copy(path, fresh, key)
    _run(fresh, key, chain[known.index(revision) + 1 :])
    _prove(fresh, key, before)
    old = path.with_name(f"{path.name}.before-{known[-1]}-{clock.now():%Y%m%d-%H%M%S}")
    return _swap(path, fresh, old)


def _newer() -> StoreProblem:
    return StoreProblem(
        _("数据文件来自更新版本的接待台，这个版本打不开"),
        way_out=_("请安装新版本的接待台后再打开；数据没有改动。"),
        field="newer",
    )


def _revision(path: Path, key: bytes) -> str:
    connection = cipher.connect(path, key)
    try:
        with problems.explained():
            return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    finally:
        connection.close()


def _copy(path: Path, fresh: Path, key: bytes) -> dict[str, int]:
    source = cipher.connect(path, key)
    try:
        with problems.explained():
            return copies.write_copy(source, fresh, key)
    finally:
        source.close()


def _run(path: Path, key: bytes, chain: Sequence[Step]) -> None:
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    engine = create_engine(
        "sqlite://",
        creator=lambda: cipher.connect(path, key, wal=False),
        module=sqlcipher,
        poolclass=StaticPool,
    )
    try:
        with problems.explained(), engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            operations = Operations(MigrationContext.configure(connection))
            for step in chain:
                step.upgrade(operations)
                connection.exec_driver_sql("UPDATE alembic_version SET version_num = ?", (step.revision,))
            connection.exec_driver_sql("COMMIT")
    finally:
        engine.dispose()


def _prove(path: Path, key: bytes, before: dict[str, int]) -> None:
    connection = cipher.connect(path, key, wal=False)
    try:
        after = copies.count_rows(connection)
        kept = {table: count for table, count in after.items() if table in before}
        if not cipher.is_sound(connection) or kept != before:
            raise problems.damaged()
    finally:
        connection.close()


def _swap(path: Path, fresh: Path, old: Path) -> Path:
    cipher.sync_file(fresh)
    # The old file is kept as a copy, so that the store's own name is never free.
    shutil.copyfile(path, old)
    cipher.sync_file(old)
    fresh.replace(path)
    cipher.sync_folder(path.parent)
    return old
