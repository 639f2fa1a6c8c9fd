"""Two real stores, the real client and the real hub on PostgreSQL, in one process."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from desk.hub import admin
from desk.models import plain
from desk.models.person import Person
from desk.models.store import Store
from desk.services import search_index, verify
from desk.services.session import Session, User
from desk.services.sync import cursor
from desk.services.sync.client import HubClient
from desk.services.sync.enrolment import Enrolment
from desk.services.sync.rounds import Rounds, SyncState
from tests import factories
from tests.hub.desks import code_for
from tests.stores import KEY, SCOPE
from tests.sync.bridge import Line, hub_on

HEAD = User("u1", "周某某", frozenset({"head"}))
ROWS = "SELECT record_id, version, void, name, phone, address, field_op, extra FROM person ORDER BY record_id"


class Pc:
    """One PC of the station, known to the hub."""

    def __init__(self, folder: Path, line: Line, database: str) -> None:
        self.store = Store.create(folder, KEY, scope_id=SCOPE)
        session = Session(HEAD, bytes(32))
        self.rounds = Rounds(self.store, session, lambda gate: HubClient(gate, line))
        self.enrolment = Enrolment(self.store, session, lambda gate: HubClient(gate, line))
        self.enrolment.enrol("https://hub.example", code_for(database))

    def go(self) -> SyncState:
        """Run a round; the store must be sound after it."""
        state = self.rounds.run().value.state
        found = verify.run(self.store)
        assert found.ok, found.lines
        return state

    def save(self, **values: Any) -> str:
        person = factories.person(**values)
        with self.store.write("u1") as rows:
            rows.add(person)
        return person.record_id

    def change(self, record_id: str, **values: Any) -> None:
        with self.store.write("u1") as rows:
            row = rows.get_one(Person, record_id)
            for name, value in values.items():
                setattr(row, name, value)

    def people(self) -> list[tuple[Any, ...]]:
        with self.store.read() as rows:
            return plain.ask(rows, ROWS)

    def ask(self, words: str) -> list[tuple[Any, ...]]:
        with self.store.read() as rows:
            return plain.ask(rows, words)


@pytest.fixture
def line(database: str) -> Iterator[Line]:
    with hub_on(database) as made:
        yield made


@pytest.fixture
def pcs(tmp_path: Path, line: Line, database: str) -> Iterator[tuple[Pc, Pc]]:
    made = Pc(tmp_path / "a", line, database), Pc(tmp_path / "b", line, database)
    yield made
    for each in made:
        each.store.close()


def test_what_is_saved_on_one_is_found_on_the_other(pcs: tuple[Pc, Pc], line: Line) -> None:
    first, second = pcs
    record_id = first.save(name="欧阳某")
    assert first.go().light == "synced"
    assert second.go().light == "synced"
    with second.store.read() as rows:
        assert search_index.newest(rows, "欧阳", "person", 5) == (record_id,)
    # Nothing new is one request, and nothing is left in between.
    line.asked = 0
    first.go()
    second.go()
    assert line.asked <= 3
    line.asked = 0
    assert first.go().light == second.go().light == "synced"
    assert line.asked == 2
    assert first.people() == second.people()


def test_both_changed_one_field_and_nothing_is_dropped(pcs: tuple[Pc, Pc]) -> None:
    first, second = pcs
    record_id = first.save(name="王某某", phone="1", address="")
    first.go()
    second.go()
    first.change(record_id, phone="13800000001")
    second.change(record_id, phone="13800000002", address="示例路 9 号")
    first.go()
    assert second.go().conflicts == 1
    assert first.go().light == "attention"
    assert first.people() == second.people()
    (person,) = first.people()
    assert (person[4], person[5]) == ("13800000001", "示例路 9 号")
    for each in pcs:
        asked = each.ask("SELECT field, mine, theirs, state FROM conflict")
        assert asked == [("phone", '"13800000002"', '"13800000001"', "open")]


def test_a_pc_that_was_revoked_is_told_so_and_keeps_everything(pcs: tuple[Pc, Pc], database: str) -> None:
    first, _second = pcs
    with psycopg.connect(database) as connection:
        admin.revoke(connection, first.store.device_id)
    first.save(name="王某某")
    state = first.go()
    assert state.light == "attention"
    assert "已停用这台电脑" in state.sentence
    assert first.ask("SELECT count(*) FROM person") == [(1,)]
    # The way out: a new code, and everything that waited goes up.
    first.enrolment.enrol("https://hub.example", code_for(database))
    assert first.go().light == "synced"
    assert first.ask("SELECT count(*) FROM outbox") == [(0,)]


def test_a_clone_becomes_a_writer_of_its_own(pcs: tuple[Pc, Pc], tmp_path: Path, line: Line) -> None:
    """sync.md 2.6: the key is cloned too; whose session number is old draws a new incarnation."""
    first, _second = pcs
    first.save(name="甲某")
    first.go()
    with first.store.read() as rows:
        before = plain.ask(rows, "SELECT session, nonce FROM hub")
    first.save(name="乙某")
    first.go()
    mine = first.ask("SELECT incarnation FROM meta")
    with first.store.write_confirmed() as rows:
        plain.write(rows, "UPDATE hub SET session = ?, nonce = ?", before[0])
    first.save(name="丙某")
    assert first.go().light == "synced"
    assert first.ask("SELECT incarnation FROM meta") != mine
    assert first.ask("SELECT count(*) FROM person") == [(3,)]


def test_a_hub_that_was_restored_gets_everything_back(pcs: tuple[Pc, Pc], database: str) -> None:
    """The county says so; what each PC held is there again, its own and the other's."""
    first, second = pcs
    first.save(name="甲某")
    first.go()
    second.save(name="乙某")
    second.go()
    first.go()
    with psycopg.connect(database) as connection:
        # As if a backup from before both had been put back.
        connection.execute("DELETE FROM revision")
        connection.execute("DELETE FROM head")
        connection.execute("DELETE FROM number")
        admin.declare_restore(connection, SCOPE, 0, "演练")
    for each in (first, second, first):
        each.go()
    assert [row[3] for row in first.people()] == [row[3] for row in second.people()] == ["甲某", "乙某"]
    assert first.ask("SELECT count(*) FROM outbox") == [(0,)]


@pytest.mark.parametrize("seed", range(6))
def test_any_week_ends_the_same_on_both(seed: int, pcs: tuple[Pc, Pc], line: Line) -> None:
    """Saves, changes, tombstones and rounds in any order over a line that breaks in any place."""
    dice = random.Random(seed)
    line.cut = lambda _place: dice.random() < 0.25
    known: list[str] = []
    for n in range(40):
        pc = dice.choice(pcs)
        here = [row[0] for row in pc.people() if not row[2]]
        done = dice.choice(["save", "change", "change", "void", "round", "round"])
        if done == "round":
            pc.go()
        elif done == "save" or not here:
            known.append(pc.save(name=f"甲{n}"))
        elif done == "change":
            pc.change(dice.choice(here), **{dice.choice(["phone", "address", "name"]): f"{n}"})
        else:
            with pc.store.write("u1") as rows:
                rows.get_one(Person, dice.choice(here)).tombstone(f"录错了{n}")
    line.cut = lambda _place: False
    for each in (*pcs, *pcs):
        each.go()
    first, second = pcs
    assert first.people() == second.people()
    assert {row[0] for row in first.people()} == set(known)
    marks = []
    for each in pcs:
        assert each.ask("SELECT count(*) FROM outbox") == [(0,)]
        with each.store.read() as rows:
            marks.append(cursor.read(rows, SCOPE))
    assert marks[0].digest == marks[1].digest
    assert first.ask("SELECT count(*) FROM conflict") == second.ask("SELECT count(*) FROM conflict")
