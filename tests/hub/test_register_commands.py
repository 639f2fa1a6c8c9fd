"""The commands about who belongs to the county."""

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


def test_a_code_is_for_somebody(database: str) -> None:
    code_for(database)
    with pytest.raises(SystemExit):
        cli.main(["--database", database, "code", "create"])
