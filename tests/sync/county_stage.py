"""A desk of the county beside two stations, each as the wizard leaves it, for tests that play with them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desk.models import plain
from desk.models.station import Station
from desk.models.store import Store
from desk.services import audit, verify
from desk.services.session import Session, User
from desk.services.sync.client import HubClient
from desk.services.sync.enrolment import Enrolment
from desk.services.sync.rounds import Rounds, SyncState
from tests import factories
from tests.hub.desks import code_for
from tests.stores import KEY
from tests.sync.bridge import Line, hub_on

HEAD = User("u1", "周某某", frozenset({"head", "clerk"}))
WHERE = "https://hub.example"
TIMES, NO_TIME = 5, frozenset({"busy", "unready"})
"""How often a round is begun anew that a hub without time, on a machine that is full, asked to come later."""

EAST, WEST, SOUTH = (f"S:{name}" for name in ("east", "west", "south"))


class Pc:
    """One PC as the wizard leaves it: its station, its user and nothing else."""

    def __init__(self, folder: Path, line: Line, scope: str, name: str) -> None:
        self.store = Store.create(folder, KEY, scope_id=scope)
        with self.store.write("u1") as rows:
            rows.add(Station(name=name, phone="0000-0000000"))
            rows.add(factories.user(name="周某某", roles="clerk,head"))
            audit.append(rows, "first_start", user_id="u1", noun="station")
        self.session = Session(HEAD, bytes(32))
        self.rounds = Rounds(self.store, self.session, lambda gate: HubClient(gate, line))
        self.enrolment = Enrolment(self.store, self.session, lambda gate: HubClient(gate, line))

    def go(self) -> SyncState:
        """Run a round, as a desk does another where the hub had no time; the store must be sound after."""
        for _time in range(TIMES):
            done = self.rounds.run().value
            if done.report.trouble not in NO_TIME:
                break
        found = verify.run(self.store)
        assert found.ok, found.lines
        return done.state

    def save(self, **values: Any) -> str:
        visit = factories.visit(**values)
        with self.store.write("u1") as rows:
            rows.add(visit)
        return visit.record_id

    def change(self, table: Any, record_id: str, **values: Any) -> None:
        """Change a record past the services, as a desk would that asked nobody."""
        with self.store.write("u1") as rows:
            row = rows.get_one(table, record_id)
            for name, value in values.items():
                setattr(row, name, value)

    def station(self) -> str:
        return str(self.ask("SELECT record_id FROM station WHERE scope_id = ?", self.store.scope_id)[0][0])

    def ask(self, words: str, *values: object) -> list[tuple[Any, ...]]:
        with self.store.read() as rows:
            return plain.ask(rows, words, values)

    def visits(self) -> set[tuple[str, str]]:
        return set(self.ask("SELECT scope_id, name_told FROM visit WHERE void = 0"))


@pytest.fixture
def line(database: str) -> Iterator[Line]:
    with hub_on(database) as made:
        yield made


@pytest.fixture
def make(tmp_path: Path, line: Line) -> Iterator[Any]:
    made: list[Pc] = []

    def one(scope: str, name: str) -> Pc:
        made.append(Pc(tmp_path / f"pc{len(made)}", line, scope, name))
        return made[-1]

    yield one
    for each in made:
        each.store.close()


@pytest.fixture
def stations(make: Any, database: str) -> tuple[Pc, Pc]:
    pcs = make(EAST, "东站"), make(WEST, "西站")
    for pc, scope in zip(pcs, (EAST, WEST), strict=True):
        pc.enrolment.enrol(WHERE, code_for(database, scope=scope))
        pc.go()
    return pcs


@pytest.fixture
def county(make: Any, database: str, stations: tuple[Pc, Pc]) -> Pc:
    pc: Pc = make("S:fresh", "示例县代工委")
    pc.enrolment.enrol(WHERE, code_for(database, "county"))
    return pc
