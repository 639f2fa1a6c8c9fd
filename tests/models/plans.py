"""How SQLite would answer a query: for tests that hold an index to its use."""

from typing import Any

from sqlalchemy import Select
from sqlalchemy.dialects import sqlite

from desk.models.store import Store


def plan(store: Store, query: Select[Any]) -> str:
    """Return the query plan as one line; `SCAN` without an index means reading a whole table."""
    words = str(query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
    with store.read() as session:
        rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {words}")
        return " | ".join(row[3] for row in rows)
