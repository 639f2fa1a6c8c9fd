"""What a desk of the county may say for a station, and that one which is ahead stops nobody."""

from dataclasses import replace

import psycopg

from desk.hub import admin, listing
from desk.models import plain
from desk.wire.heads import EMPTY_DIGEST
from desk.wire.op import Op, digest
from tests.sync.county_stage import EAST, Pc, county, line, make, stations

_NOTHING = "UPDATE scope SET digest = %s, trail = %s WHERE scope_id = %s"

__all__ = ["county", "line", "make", "stations"]


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
        connection.execute(_NOTHING, (EMPTY_DIGEST, EMPTY_DIGEST, EAST))
        admin.declare_restore(connection, EAST, 0, "演练")
    county.go()
    with psycopg.connect(database) as connection:
        found = connection.execute("SELECT count(*) FROM head WHERE noun = 'visit'").fetchone()
    assert found == (1,)
    assert east.go().light == county.go().light == "synced"
    assert east.visits() == {(EAST, "甲某")}


def test_a_restore_opens_no_door_for_words_put_into_a_stations_mouth(
    county: Pc, stations: tuple[Pc, Pc], database: str
) -> None:
    """Neither a new op in the station's name nor another body under the id of a true one."""
    east, _west = stations
    record_id = east.save(name_told="甲某")
    east.go()
    county.go()
    told = county.ask("SELECT op_id, incarnation, body FROM revision_log WHERE record_id = ?", record_id)
    op_id, incarnation, body = told[0]
    true = Op.from_bytes(body)
    forged = [
        replace(true, set={**true.set, "name_told": "冒某"}),
        replace(true, op="forged", rec="v-forged", seq=true.seq + 1, set={**true.set, "name_told": "假某"}),
    ]
    with psycopg.connect(database) as connection:
        for table in ("revision", "head", "number"):
            connection.execute(f"DELETE FROM {table} WHERE scope_id = %s", (EAST,))
        connection.execute(_NOTHING, (EMPTY_DIGEST, EMPTY_DIGEST, EAST))
        admin.declare_restore(connection, EAST, 0, "演练")
    with county.store.write_confirmed() as rows:
        plain.write(rows, "UPDATE revision_log SET body = ? WHERE op_id = ?", (forged[0].to_bytes(), op_id))
        plain.write(
            rows,
            "INSERT INTO outbox (position, op_id, noun, incarnation, seq, sha256, record_id, body, scope_id,"
            " voucher) SELECT -1, 'forged', 'visit', ?, ?, ?, 'v-forged', ?, ?, voucher FROM revision_log"
            " WHERE op_id = ?",
            (incarnation, true.seq + 1, digest(forged[1].to_bytes()), forged[1].to_bytes(), EAST, op_id),
        )
    county.rounds.run()
    with psycopg.connect(database) as connection:
        found = connection.execute("SELECT fields->>'name_told' FROM head WHERE noun = 'visit'").fetchall()
        assert found == []
        assert listing.kept(connection, EAST) == ()
    assert east.go().light == "synced"
    assert east.visits() == {(EAST, "甲某")}


def test_a_desk_of_the_county_that_is_ahead_stops_no_station(
    county: Pc, stations: tuple[Pc, Pc], database: str
) -> None:
    east, _west = stations
    county.go()
    with county.store.write_confirmed() as rows:
        plain.write(rows, "UPDATE cursor SET version = 99 WHERE scope_id = ?", (EAST,))
    report = county.rounds.run().value.report
    assert (report.trouble, report.scope) == ("cursor_ahead", EAST)
    assert report.sentence.startswith("东站：")
    east.save(name_told="甲某")
    assert east.go().light == "synced"


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
        assert listing.kept(connection, EAST) == ()
        found = connection.execute("SELECT count(*) FROM head WHERE noun = 'visit'").fetchone()
    assert found == (0,)
    assert east.go().light == "synced"
    county.rounds.run()
    assert county.ask("SELECT count(*) FROM outbox") == [(0,)]
