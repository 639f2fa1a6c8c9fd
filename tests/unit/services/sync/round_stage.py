"""Verbs for tests of the round: save, change, go, and look what stands where."""

from typing import Any

from desk.models import plain
from desk.models.store import Store
from desk.services import search_index, verify
from desk.services.sync.engine import run_round
from desk.services.sync.keeper import StoreKeeper
from desk.services.sync.report import RoundReport
from tests.fake_hub import FakeHub


def go(store: Store, hub: FakeHub, *, whole: bool = True) -> RoundReport:
    """Run one round; the store must be sound after every one, whatever it met."""
    report = run_round(StoreKeeper(store), hub)
    found = verify.run(store)
    assert found.ok, found.lines
    if whole:
        assert report.reached, report
        assert not report.trouble, report
    return report


def save(store: Store, *rows: Any) -> None:
    with store.write("u1") as session:
        session.add_all(rows)


def change(store: Store, table: Any, record_id: str, **values: Any) -> None:
    with store.write("u1") as session:
        row = session.get_one(table, record_id)
        for name, value in values.items():
            setattr(row, name, value)


def value(store: Store, table: Any, record_id: str, name: str) -> Any:
    with store.read() as session:
        return getattr(session.get_one(table, record_id), name)


def count(store: Store, table: str) -> int:
    with store.read() as session:
        return int(plain.ask(session, f"SELECT count(*) FROM {table}")[0][0])


def found(store: Store, typed: str, shelf: Any = "visit") -> tuple[str, ...]:
    with store.read() as session:
        return search_index.newest(session, typed, shelf, 10)
