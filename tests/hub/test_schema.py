"""The hub's tables, up and down."""

import psycopg
import pytest

from desk.hub import schema


def test_a_second_run_changes_nothing(database: str) -> None:
    schema.migrate(database)
    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (schema.newest(),)


def test_every_table_begins_with_its_scope(database: str) -> None:
    """It is what the tables can be spread by (sync.md 2.14)."""
    with psycopg.connect(database) as connection:
        rows = connection.execute(
            "SELECT tc.table_name, kcu.column_name FROM information_schema.table_constraints tc"
            " JOIN information_schema.key_column_usage kcu USING (constraint_name, table_name)"
            " WHERE tc.constraint_type = 'PRIMARY KEY' AND kcu.ordinal_position = 1"
            " AND tc.table_schema = 'public'"
        ).fetchall()
    first = dict(rows)
    of_devices = {"device", "scope_grant", "incarnation"}
    assert {table for table, column in first.items() if column == "device_id"} == of_devices
    assert {table for table, column in first.items() if column == "scope_id"} == {
        *("scope", "epoch_history", "revision", "head", "conflict", "quarantine", "number")
    }


def test_no_database_is_told() -> None:
    with pytest.raises(psycopg.OperationalError):
        schema.migrate("host=127.0.0.1 port=1 connect_timeout=2")
