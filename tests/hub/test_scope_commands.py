"""The commands about what the hub holds."""

import json
from pathlib import Path
from typing import Any

import psycopg
import pytest

from desk.hub import cli, enrolment
from desk.hub.postgres import PostgresLedger, open_pool
from tests.hub.desks import county_of
from tests.hub.hub_ops import SCOPE, op
from tests.hub.ledger_checks import tell

SECRET = "王某某的电话"


@pytest.fixture
def filled(database: str) -> str:
    with open_pool(database, 2) as pool:
        ledger = PostgresLedger(pool)
        tell(ledger, op("o1", set={"subject": SECRET}), op("o2", rec="r2", device="d7", set={"subject": 7}))
        tell(ledger, op("o3", "patch", set={"subject": "树"}, base={"subject": "o1"}))
        tell(ledger, op("o4", "patch", set={"subject": "井"}, base={"subject": "o1"}))
    return database


def run(capsys: pytest.CaptureFixture[str], database: str, *words: str) -> list[str]:
    assert cli.main(["--database", database, *words]) == 0
    return capsys.readouterr().out.splitlines()


def data(capsys: pytest.CaptureFixture[str], database: str, *words: str) -> Any:
    (line,) = run(capsys, database, *words, "--json")
    assert run(capsys, database, "--json", *words) == [line]
    return json.loads(line)


def test_what_waits_is_told_to_a_person_and_to_a_program(
    filled: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (line,) = run(capsys, filled, "scopes")
    assert "冲突 1  保管 1" in line
    (scope,) = data(capsys, filled, "scopes")
    assert (scope["scope"], scope["version"], scope["conflicts"], scope["halted"]) == (SCOPE, 3, 1, False)
    (line,) = run(capsys, filled, "quarantine")
    assert "电脑 d1" in line
    (kept,) = data(capsys, filled, "quarantine", SCOPE)
    assert (kept["op"], kept["device"], kept["code"]) == ("o2", "d1", "bad_value")
    (line,) = run(capsys, filled, "conflicts")
    assert "matter r1  subject" in line
    (question,) = data(capsys, filled, "conflicts", SCOPE, "--all")
    assert (question["mine_op"], question["closed_by"]) == ("o4", "")
    assert SECRET not in line


def test_records_are_written_out(filled: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    printed = run(capsys, filled, "export", SCOPE)
    assert [json.loads(each).get("noun", "") for each in printed] == ["", "matter"]
    with psycopg.connect(filled) as connection:
        county = county_of(connection)
    path = tmp_path / "out.jsonl"
    told = run(capsys, filled, "export", "--county", county, "--file", str(path))
    assert told == [f"已写出 1 条记录：{path}"]
    assert "树" in path.read_text(encoding="utf-8")
    assert cli.main(["--database", filled, "export", SCOPE, "--file", str(path)]) == 1
    assert "已有这个文件" in capsys.readouterr().err
    assert cli.main(["--database", filled, "--json", "export", "S:nobody"]) == 1
    # Among the lines of the log.
    assert {"error": "scope", "sentence": "没有这个范围：S:nobody", "way_out": ""} in [
        json.loads(line) for line in capsys.readouterr().err.splitlines()
    ]


def test_one_scope_or_one_county(filled: str) -> None:
    for words in (["export"], ["export", SCOPE, "--county", "x"], ["conflicts", "--nothing"]):
        with pytest.raises(SystemExit) as ended:
            cli.main(["--database", filled, *words])
        assert ended.value.code == 2


def test_restores_and_backups_are_declared(filled: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert data(capsys, filled, "durable", SCOPE, "2") == {"scope": SCOPE, "durable": 2}
    assert run(capsys, filled, "durable", SCOPE, "2") == []
    with psycopg.connect(filled) as connection:
        (station,) = connection.execute("SELECT station_id FROM station").fetchone() or ("",)
        enrolment.new_code(connection, station=station)
    line, codes, look = run(capsys, filled, "restored", SCOPE, "--to", "1", "--reason", "演练")
    assert "1 个" in codes
    assert "再停用一次" in look
    assert line.endswith("1")


def test_every_command_helps(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["scopes"], ["conflicts"], ["quarantine"], ["export"], ["restored"], ["durable"], []):
        with pytest.raises(SystemExit) as ended:
            cli.main([*words, "--help"])
        assert ended.value.code == 0
    assert "退出码" in capsys.readouterr().out
