"""Records written out: all that are there, no secret, in a file of the operator's own."""

import io
import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from desk.errors import InputProblem
from desk.hub import export, register
from desk.hub.postgres import PostgresLedger, open_pool
from desk.wire.records import RECORDS, SCHEMA
from tests.hub.desks import county_of
from tests.hub.hub_ops import AT, SCOPE, op
from tests.hub.ledger_checks import tell

SECRET = "5" * 64


@pytest.fixture
def connection(database: str) -> Iterator[psycopg.Connection[Any]]:
    with open_pool(database, 2) as pool:
        ledger = PostgresLedger(pool)
        code = {"user_id": "u1", "digest": SECRET, "until": AT}
        tell(
            ledger,
            op("o1", set={"subject": "路灯"}),
            op("o2", type="entry_code", rec="e1", set=code),
            op("o3", type="receipt", rec="p1", set={"number": "LF2026-A0001", "token_sha256": SECRET}),
            op("o4", rec="r4", set={"subject": "井", "newer_secret": SECRET}, schema=SCHEMA + 1),
        )
    with psycopg.connect(database) as made:
        yield made


def written(connection: psycopg.Connection[Any], *scopes: str) -> list[dict[str, Any]]:
    out = io.StringIO()
    export.write(connection, scopes, out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_line_a_record_and_no_secret(connection: psycopg.Connection[Any]) -> None:
    head, *lines = written(connection, SCOPE)
    assert (head["scope"], head["name"], head["version"]) == (SCOPE, "示例站", 1)
    assert {(each["noun"], each["record"]) for each in lines} == {
        ("matter", "r1"),
        ("matter", "r4"),
        ("receipt", "p1"),
    }
    assert {each["record"]: each["fields"].get("subject") for each in lines}["r1"] == "路灯"
    assert SECRET not in json.dumps(lines)


def test_what_counts_as_a_secret_is_declared() -> None:
    assert RECORDS.keys() >= export.SECRET_NOUNS
    for noun, names in export.SECRET_FIELDS.items():
        assert names <= RECORDS[noun].by_name.keys()
    # Whoever declares a field of such a name decides here whether it may leave the hub.
    telling = ("digest", "token", "secret", "password", "pin_", "seed")
    found = {
        (noun, name)
        for noun, record in RECORDS.items()
        for name in record.by_name
        if any(word in name for word in telling)
    }
    assert found == {("entry_code", "digest"), ("receipt", "token_sha256")}


def test_a_county_is_its_stations_and_its_own(connection: psycopg.Connection[Any]) -> None:
    county = county_of(connection)
    assert export.scopes_of(connection, county) == (SCOPE,)
    own = register.county_scope(connection, county)
    elsewhere = register.add_county(connection, "邻县")
    register.add_station(connection, elsewhere, "邻站", scope=SCOPE[:-1] + "2")
    assert export.scopes_of(connection, county) == (own, SCOPE)
    with pytest.raises(InputProblem):
        export.scopes_of(connection, "nobody")
    with pytest.raises(InputProblem):
        written(connection, "S:nobody")


def test_a_file_is_its_owners_and_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    with export.file(path) as out:
        out.write("x")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(InputProblem, match="已有这个文件"), export.file(path):
        pass
    assert path.read_text(encoding="utf-8") == "x"
    with pytest.raises(InputProblem, match="写不了"), export.file(tmp_path / "nowhere" / "x"):
        pass
    half = tmp_path / "half"
    with pytest.raises(InputProblem, match="写不了"), export.file(half) as out:
        raise OSError(28, "No space left on device")
    with pytest.raises(KeyboardInterrupt), export.file(half) as out:
        raise KeyboardInterrupt
    assert not half.exists()
