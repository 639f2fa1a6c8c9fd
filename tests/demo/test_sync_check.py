"""What differs between two stores is found; the good case is played in tests/e2e/test_demo.py."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desk.demo import sync_check
from desk.models import plain
from desk.models.person import Person
from desk.models.store import Store
from desk.services.opening import Opened
from desk.services.pins import Pins
from desk.services.session import Session, User
from tests import factories
from tests.stores import KEY, SCOPE

HEAD = User("u1", "周某", frozenset({"head"}))


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    store = Store.create(tmp_path / "data", KEY, scope_id=SCOPE)
    with store.write("u1") as rows:
        rows.add(factories.person(record_id="p1", name="王某某"))
    yield Opened(store, Session(HEAD, KEY), Pins(store, ()))
    store.close()


def test_one_value_makes_a_table_another(opened: Opened) -> None:
    before = sync_check._tables(opened, SCOPE)
    assert sync_check._tables(opened, SCOPE) == before
    with opened.store.write("u1") as rows:
        rows.get_one(Person, "p1").phone = "13800000001"
    after = sync_check._tables(opened, SCOPE)
    assert {name for name in before if before[name] != after[name]} == {"person"}


def test_the_order_of_a_map_is_nothing(opened: Opened) -> None:
    before = sync_check._tables(opened, SCOPE)
    with opened.store.write_confirmed() as rows:
        told = plain.ask(rows, "SELECT field_op FROM person")[0][0]
        plain.write(rows, "UPDATE person SET field_op = ?", (f" {told}",))
    assert sync_check._tables(opened, SCOPE) == before


def test_every_synced_table_and_the_conflicts_are_held_against_each_other(opened: Opened) -> None:
    assert {"station", "visit", "audit", "conflict"} <= sync_check._tables(opened, SCOPE).keys()


def test_a_desk_that_is_not_through_is_told(opened: Opened) -> None:
    with pytest.raises(sync_check.DemoProblem, match="没有同步完"):
        sync_check._catch_up(replace(opened), "data")
