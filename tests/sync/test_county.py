"""A desk of the county beside two stations: real stores, the real client, the real hub on PostgreSQL."""

import random
from pathlib import Path
from typing import Any

import psycopg
import pytest

from desk.errors import AccessProblem, HubProblem
from desk.hub import admin, enrolment, listing, register
from desk.models.recorder import RecordedSession
from desk.models.station import Station
from desk.models.visit import Visit
from desk.services import kit, verify
from desk.services.login import Login
from desk.services.search import Search
from desk.services.station import Stations
from desk.services.sync import cursor
from desk.services.sync.client import HubClient
from desk.services.sync.enrolment import Enrolment
from desk.services.sync.rounds import Rounds
from desk.services.visit_values import VisitForm
from desk.ui.register import page_specs
from tests.hub.desks import code_for, county_of
from tests.sign_on import CHEAP, PASSWORD, SETUP, MemorySecrets, close
from tests.sync.bridge import Line
from tests.sync.county_stage import EAST, SOUTH, WEST, WHERE, Pc, county, line, make, stations

__all__ = ["county", "line", "make", "stations"]


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
        assert {each.code for each in listing.kept(connection, EAST)} == {"no_field_right"}
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
        # A round that did not come to its end leaves no digest; its state says what was in its way.
        state = each.go()
        assert state.light == "synced", state
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
