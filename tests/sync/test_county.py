"""A desk of the county beside two stations: real stores, the real client, the real hub on PostgreSQL."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from desk.errors import AccessProblem, HubProblem
from desk.hub import admin, enrolment, register
from desk.models import plain
from desk.models.recorder import RecordedSession
from desk.models.station import Station
from desk.models.store import Store
from desk.models.visit import Visit
from desk.services import audit, kit, verify
from desk.services.login import Login
from desk.services.search import Search
from desk.services.session import Session, User
from desk.services.station import Stations
from desk.services.sync import cursor
from desk.services.sync.client import HubClient
from desk.services.sync.enrolment import Enrolment
from desk.services.sync.rounds import Rounds, SyncState
from desk.services.visit_values import VisitForm
from desk.ui.register import page_specs
from desk.wire.heads import EMPTY_DIGEST
from tests import factories
from tests.hub.desks import code_for, county_of
from tests.sign_on import CHEAP, PASSWORD, SETUP, MemorySecrets, close
from tests.stores import KEY
from tests.sync.bridge import Line, hub_on

HEAD = User("u1", "周某某", frozenset({"head", "clerk"}))
WHERE = "https://hub.example"
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
        """Run a round; the store must be sound after it."""
        state = self.rounds.run().value.state
        found = verify.run(self.store)
        assert found.ok, found.lines
        return state

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


def test_a_fresh_desk_becomes_one_of_the_county(county: Pc, database: str) -> None:
    with psycopg.connect(database) as connection:
        own = f"C:{county_of(connection)}"
    assert county.store.scope_id == own
    assert county.enrolment.state().role == "county"
    assert county.go().light == "synced"
    # Its own few records are at the hub, in the county's scope and no station's.
    with psycopg.connect(database) as connection:
        told = connection.execute("SELECT DISTINCT scope_id FROM head WHERE noun = 'audit'").fetchall()
    assert {scope for (scope,) in told} == {own, EAST, WEST}
    assert county.ask("SELECT count(*) FROM outbox") == [(0,)]


def test_what_the_wizard_leaves_becomes_a_desk_of_the_county(
    tmp_path: Path, line: Line, database: str
) -> None:
    """First start, code, sign on again: from then on the desk looks and does not receive."""
    login = Login(tmp_path / "desk", secrets=MemorySecrets(), cost=CHEAP)
    opened = login.first_start(SETUP)
    kit.build(opened, login)
    enrolled = Enrolment(opened.store, opened.session, lambda gate: HubClient(gate, line))
    assert enrolled.enrol(WHERE, code_for(database, "county")).value.role == "county"
    user_id = close(login, opened)
    again = login.sign_on(user_id, PASSWORD)
    services = kit.build(again, login)
    rounds = Rounds(again.store, again.session, lambda gate: HubClient(gate, line))
    assert rounds.run().value.state.light == "synced"
    assert verify.run(again.store).ok
    assert [spec.key for spec in page_specs(again.session.may)] == ["today", "visits", "deputies", "settings"]
    assert services.today.get().open == ()
    assert services.papers.operation_card().pages == 1
    assert again.session.may("write", "user")
    with pytest.raises(AccessProblem, match="县里的电脑"):
        services.visits.open(VisitForm(name="王某某", subject="路灯"))
    again.store.close()


def test_what_stations_write_is_at_the_county_and_at_no_other_station(
    county: Pc, stations: tuple[Pc, Pc]
) -> None:
    east, west = stations
    east.save(name_told="甲某")
    west.save(name_told="乙某")
    for each in (east, west, county, east, west):
        assert each.go().light == "synced"
    assert county.visits() == {(EAST, "甲某"), (WEST, "乙某")}
    assert east.visits() == {(EAST, "甲某")}
    assert west.visits() == {(WEST, "乙某")}
    assert {row[0] for row in county.ask("SELECT name FROM station")} == {"东站", "西站", "示例县代工委"}
    # What came is found by words, and says where it is.
    (group, *_more) = Search(county.store, county.session).find("甲某")
    assert [hit.subtitle.split(" · ")[0] for hit in group.hits] == ["东站"]


def test_two_desks_of_the_county_share_its_scope_and_keep_their_own_cards(
    county: Pc, make: Any, stations: tuple[Pc, Pc], database: str
) -> None:
    county.go()
    second: Pc = make("S:second", "示例县人大办")
    second.enrolment.enrol(WHERE, code_for(database, "county"))
    second.change(Station, second.station(), phone="0571-1")
    stations[0].save(name_told="甲某")
    for each in (second, stations[0], county, second):
        assert each.go().light == "synced"
    assert county.visits() == second.visits() == {(EAST, "甲某")}
    names = {Stations(each.store, each.session).get().name for each in (county, second)}
    assert names == {"示例县代工委", "示例县人大办"}


def test_a_change_within_its_rights_flows_back(county: Pc, stations: tuple[Pc, Pc]) -> None:
    east, _west = stations
    county.go()
    county.change(Station, east.station(), phone="0571-2345678")
    assert county.go().light == "synced"
    east.go()
    assert east.ask("SELECT phone FROM station") == [("0571-2345678",)]


def test_a_forbidden_change_is_refused_here_and_by_the_hub(
    county: Pc, stations: tuple[Pc, Pc], database: str
) -> None:
    east, _west = stations
    record_id = east.save(name_told="甲某", place="站内")
    east.go()
    county.go()
    for group in ("visit", "person", "deputy"):
        with pytest.raises(AccessProblem, match="县里的电脑不能做这件事"):
            county.session.require("write", group)
    # Past the services: the hub keeps it in custody and changes nothing.
    county.change(Visit, record_id, place="别处")
    county.save(name_told="丙某", scope_id=EAST)
    assert county.go().refused == 2
    codes = county.ask("SELECT DISTINCT code, sentence FROM attention")
    assert codes == [("no_field_right", "这一项由站点填写，县里的电脑不能改动；这条改动县里已原样保管")]
    with psycopg.connect(database) as connection:
        assert {row[1] for row in admin.list_quarantine(connection, EAST)} == {"no_field_right"}
    east.go()
    assert east.ask("SELECT name_told, place FROM visit") == [("甲某", "站内")]


def test_a_new_station_appears_by_itself(county: Pc, make: Any, database: str) -> None:
    county.go()
    south = make(SOUTH, "南站")
    with psycopg.connect(database) as connection:
        station = register.add_station(connection, county_of(connection), "南站")
        code = enrolment.new_code(connection, station=station).code
    south.enrolment.enrol(WHERE, code)
    south.save(name_told="丁某")
    south.go()
    county.go()
    assert (SOUTH, "丁某") in county.visits()


def test_an_auditor_looks_and_writes_nothing(make: Any, stations: tuple[Pc, Pc], database: str) -> None:
    east, _west = stations
    east.save(name_told="甲某")
    east.go()
    auditor = make("S:eyes", "示例县审计")
    auditor.enrolment.enrol(WHERE, code_for(database, "auditor"))
    state = auditor.go()
    assert (state.light, state.waiting) == ("synced", 0)
    assert auditor.visits() == {(EAST, "甲某")}
    groups = ("station", "visit", "assignment", "user", "setting")
    assert not any(auditor.session.may_there("write", group) for group in groups)
    auditor.change(Station, east.station(), phone="1")
    assert auditor.go().light == "synced"
    with psycopg.connect(database) as connection:
        told = connection.execute(
            "SELECT count(*) FROM revision WHERE device_id = %s", (auditor.store.device_id,)
        ).fetchone()
    assert told == (0,)


def test_after_a_restore_the_county_brings_back_what_the_station_has_lost(
    county: Pc, stations: tuple[Pc, Pc], database: str
) -> None:
    """Client rule 6, I1: what any device holds comes back, also a station's whose PC is gone."""
    east, _west = stations
    east.save(name_told="甲某")
    east.go()
    county.go()
    with psycopg.connect(database) as connection:
        for table in ("revision", "head", "number"):
            connection.execute(f"DELETE FROM {table} WHERE scope_id = %s", (EAST,))
        connection.execute("UPDATE scope SET digest = %s WHERE scope_id = %s", (EMPTY_DIGEST, EAST))
        admin.declare_restore(connection, EAST, 0, "演练")
    county.go()
    with psycopg.connect(database) as connection:
        found = connection.execute("SELECT count(*) FROM head WHERE noun = 'visit'").fetchone()
    assert found == (1,)
    assert east.go().light == county.go().light == "synced"
    assert east.visits() == {(EAST, "甲某")}


def test_without_a_restore_the_county_hands_in_nothing_of_a_stations(
    county: Pc, stations: tuple[Pc, Pc], database: str
) -> None:
    """What looks like a station's op waits: only the station's PC may hand it in."""
    east, _west = stations
    record_id = east.save(name_told="甲某")
    (body,) = east.ask("SELECT body FROM outbox WHERE record_id = ?", record_id)[0]
    told = east.ask("SELECT op_id, noun, incarnation, seq, sha256 FROM outbox WHERE record_id = ?", record_id)
    county.go()
    with county.store.write_confirmed() as rows:
        plain.write(
            rows,
            "INSERT INTO outbox (position, op_id, noun, incarnation, seq, sha256, record_id, body, scope_id)"
            " VALUES (-1, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*told[0], record_id, body, EAST),
        )
    county.rounds.run()
    with psycopg.connect(database) as connection:
        assert admin.list_quarantine(connection, EAST) == ()
        found = connection.execute("SELECT count(*) FROM head WHERE noun = 'visit'").fetchone()
    assert found == (0,)
    assert east.go().light == "synced"
    county.rounds.run()
    assert county.ask("SELECT count(*) FROM outbox") == [(0,)]


def test_a_desk_with_records_of_its_own_does_not_become_one_of_the_county(make: Any, database: str) -> None:
    pc = make("S:busy", "北站")
    pc.save(name_told="甲某")
    with pytest.raises(HubProblem, match="还没有登记过来访"):
        pc.enrolment.enrol(WHERE, code_for(database, "county"))
    assert pc.store.scope_id == "S:busy"
    assert pc.session.may("write", "visit")


def test_a_county_desk_that_was_revoked_comes_in_again(county: Pc, database: str) -> None:
    county.go()
    with psycopg.connect(database) as connection:
        admin.revoke(connection, county.store.device_id)
        user = connection.execute("SELECT user_id FROM hub_user").fetchone()
        assert user is not None
        code = enrolment.new_code(connection, user=user[0]).code
    assert county.go().light == "attention"
    county.enrolment.enrol(WHERE, code)
    assert county.go().light == "synced"
    with pytest.raises(HubProblem):
        county.enrolment.enrol(WHERE, code_for(database, scope="S:north"))


def test_digests_of_every_scope_agree(county: Pc, stations: tuple[Pc, Pc], database: str) -> None:
    stations[0].save(name_told="甲某")
    for each in (*stations, county):
        each.go()
    with county.store.read() as rows, psycopg.connect(database) as connection:
        assert isinstance(rows, RecordedSession)
        for scope, digest in connection.execute("SELECT scope_id, digest FROM scope WHERE version > 0"):
            assert cursor.read(rows, scope).digest == digest.hex()


SAME = (
    "SELECT record_id, version, name_told, place, field_op FROM visit WHERE scope_id = ? ORDER BY 1",
    "SELECT record_id, version, phone, area, field_op FROM station WHERE scope_id = ?",
    "SELECT conflict_id, field, mine, theirs, state FROM conflict WHERE scope_id = ? ORDER BY 1",
)
"""What must read the same at the county as at the station."""


def do_something(dice: random.Random, n: int, county: Pc, station: Pc) -> None:
    """Do one thing of a week, at the station or at the county."""
    done = dice.choice(["save", "change", "card", "county", "round", "round", "look", "look"])
    if done == "save":
        station.save(name_told=f"甲{n}")
    elif done == "change" and station.visits():
        record_id = dice.choice(station.ask("SELECT record_id FROM visit"))[0]
        station.change(Visit, record_id, place=f"{n}")
    elif done == "card":
        station.change(Station, station.station(), phone=f"站{n}")
    elif done == "county":
        county.change(Station, station.station(), **{dice.choice(["phone", "area"]): f"县{n}"})
    else:
        (county if done == "look" else station).go()


@pytest.mark.parametrize("seed", range(3))
def test_any_week_ends_the_same_at_the_county_and_its_stations(
    seed: int, county: Pc, stations: tuple[Pc, Pc], line: Line
) -> None:
    """Visits, both sides' changes of a card and rounds in any order over a line that breaks in any place."""
    dice = random.Random(seed)
    for each in (*stations, county):
        each.go()
    line.cut = lambda _place: dice.random() < 0.2
    for n in range(30):
        do_something(dice, n, county, dice.choice(stations))
    line.cut = lambda _place: False
    for each in (county, *stations) * 2:
        each.go()
    for station in stations:
        scope = station.store.scope_id
        assert [county.ask(words, scope) for words in SAME] == [station.ask(words, scope) for words in SAME]
    for each in (county, *stations):
        assert each.ask("SELECT count(*) FROM outbox") == [(0,)]
        assert each.ask("SELECT count(*) FROM attention") == [(0,)]
