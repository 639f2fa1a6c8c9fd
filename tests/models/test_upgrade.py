"""Older stores open today, on a copy first; newer ones are refused in words (sync.md 2.11, fault 33)."""

import contextlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.operations import Operations

from desk.errors import StoreProblem
from desk.models import cipher, upgrade
from desk.models.migrations.versions import v0014_trail
from desk.models.store import FILE, Store
from desk.models.upgrade import HEAD, Step
from desk.services import verify
from tests import factories
from tests.stores import KEY


def _add_mood(operations: Operations) -> None:
    operations.add_column("visit", sa.Column("mood", sa.Text))


def _lose_visits(operations: Operations) -> None:
    operations.execute("DELETE FROM " + "visit")


ROOT = Path(__file__).resolve().parent.parent.parent
CHAIN = (*upgrade.steps(), Step("9001", _add_mood))


def _schema(path: Path) -> dict[str, Any]:
    """Tables with their columns (type, not null, key) and indexes with their words; no constraint names."""
    connection = cipher.connect(path, KEY)
    found: dict[str, Any] = {}
    for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall():
        if kind == "table":
            columns = connection.execute(f'PRAGMA table_info("{name}")').fetchall()
            unique = [row[2] for row in connection.execute(f'PRAGMA index_list("{name}")') if row[2]]
            found[name] = ({column[1]: (column[2], column[3], column[5]) for column in columns}, len(unique))
        elif sql:
            found[name] = sql.replace('"', "")
    connection.close()
    return found


def test_the_migrations_lead_to_the_tables_of_today(store: Store, tmp_path: Path) -> None:
    migrated = tmp_path / "migrated.db"
    engine = sa.create_engine(
        "sqlite://",
        creator=lambda: cipher.connect(migrated, KEY, mode="rwc", wal=False),
        poolclass=sa.StaticPool,
    )
    with engine.begin() as connection:
        upgrade.stamp(connection, "0000")
    engine.dispose()
    upgrade.upgrade(migrated, KEY, (Step("0000", _add_mood), *upgrade.steps()))
    assert _schema(migrated) == _schema(store.path)


def test_the_chain_ends_at_head() -> None:
    assert upgrade.steps()[-1].revision == HEAD == v0014_trail.REVISION


def test_an_older_store_is_upgraded_on_a_copy(store: Store) -> None:
    with store.write("u1") as session:
        session.add(factories.visit(number="LF2026-A0001"))
    store.close()
    kept = upgrade.upgrade(store.path, KEY, CHAIN)
    connection = cipher.connect(store.path, KEY)
    assert connection.execute("SELECT number, mood FROM visit").fetchall() == [("LF2026-A0001", None)]
    connection.close()
    assert kept.name.startswith(f"{FILE}.before-9001-")
    kept.replace(store.path)
    again = Store.open(store.folder, KEY)
    assert verify.run(again).ok
    again.close()


def test_an_upgrade_that_loses_a_row_is_not_taken(store: Store) -> None:
    with store.write("u1") as session:
        session.add(factories.visit())
    store.close()
    with pytest.raises(StoreProblem):
        upgrade.upgrade(store.path, KEY, (*upgrade.steps(), Step("9001", _lose_visits)))
    again = Store.open(store.folder, KEY)
    assert verify.run(again).ok
    again.close()


def test_a_store_in_use_is_not_upgraded(store: Store) -> None:
    with store.write("u1") as session:
        session.add(factories.visit())
    with store.read() as session:
        session.connection().exec_driver_sql("SELECT count(*) FROM visit")
        with store.write("u1") as other:
            other.add(factories.visit())
        with pytest.raises(StoreProblem) as caught:
            upgrade.upgrade(store.path, KEY, CHAIN)
    assert caught.value.field == "busy"


def test_a_store_from_the_future_is_refused(store: Store) -> None:
    store.close()
    connection = cipher.connect(store.path, KEY)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(StoreProblem, match="更新版本") as caught:
        Store.open(store.folder, KEY)
    assert caught.value.field == "newer"
    connection = cipher.connect(store.path, KEY)
    connection.execute("UPDATE alembic_version SET version_num = ?", (HEAD,))
    connection.close()


def _revision(path: Path) -> str:
    connection = cipher.connect(path, KEY)
    found = str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    has_mood = "mood" in {row[1] for row in connection.execute("PRAGMA table_info(visit)")}
    assert has_mood == (found == "9001")
    assert connection.execute("SELECT count(*) FROM visit").fetchone() == (400,)
    assert cipher.is_sound(connection)
    connection.close()
    return found


@pytest.mark.parametrize("kills", [4, pytest.param(100, marks=pytest.mark.slow)])
@pytest.mark.timeout(900)
def test_killed_during_an_upgrade_the_store_is_old_or_new(store: Store, kills: int) -> None:
    """Fault 33: never between."""
    with store.write_confirmed() as session:
        session.add_all(factories.visit() for _ in range(400))
    store.close()
    whole, found = store.path.read_bytes(), set()
    command = [sys.executable, "-m", "tests.models.upgrader", str(store.folder)]
    for kill in range(kills):
        store.path.write_bytes(whole)
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as upgrader:
            assert upgrader.stdout is not None
            assert upgrader.stdout.readline() == "ready\n"
            with contextlib.suppress(subprocess.TimeoutExpired):
                # An upgrade of this store takes about a tenth of a second; the kills fall all over it.
                upgrader.wait(0.15 * kill / kills)
            upgrader.kill()
        found.add(_revision(store.path))
    store.path.write_bytes(whole)
    assert found <= {HEAD, "9001"}
