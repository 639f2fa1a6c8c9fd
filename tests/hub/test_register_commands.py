"""The commands about who belongs to the county."""

import json

import pytest

from desk.hub import cli
from desk.wire import codes
from tests.hub.desks import code_for


def run(capsys: pytest.CaptureFixture[str], database: str, *words: str) -> list[str]:
    assert cli.main(["--database", database, *words]) == 0
    return capsys.readouterr().out.splitlines()


def test_from_county_to_code(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    (county,) = run(capsys, database, "county", "create", "新县")
    (station,) = run(capsys, database, "station", "create", "新站", "--county", county, "--code", "330106")
    (user,) = run(capsys, database, "user", "create", "王某某", "--county", county, "--role", "auditor")
    for words in (("--station", station), ("--user", user, "--days", "2")):
        (code,) = run(capsys, database, "code", "create", *words)
        assert codes.clean(code, codes.ONE_TIME) == code.replace("-", "")
    assert "0" in run(capsys, database, "user", "disable", user)[0]
    assert run(capsys, database, "device", "list") == []
    stations = run(capsys, database, "station", "list")
    assert [line.split()[0] for line in stations if "新县" in line] == [station]
    assert any("还没有电脑登记" in line for line in stations)
    assert "已停用" in run(capsys, database, "user", "list")[0]
    (counties,) = run(capsys, database, "county", "list", "--json")
    assert {"county": county, "name": "新县", "stations": 1} in json.loads(counties)
    (made,) = run(capsys, database, "--json", "code", "create", "--station", station)
    assert json.loads(made)["whom"] == "新站"


def test_a_code_is_for_somebody(database: str) -> None:
    code_for(database)
    with pytest.raises(SystemExit):
        cli.main(["--database", database, "code", "create"])
