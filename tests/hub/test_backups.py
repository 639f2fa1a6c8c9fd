"""A backup of the whole hub as a folder, and the way back; tests/sync/test_drill.py plays the drill."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from desk.errors import InputProblem, StoreProblem
from desk.hub import admin, backups, cli, enrolment, register, schema
from desk.hub.hold import Hold
from desk.hub.own_postgres import KEY, OwnPostgres
from desk.hub.postgres import PostgresLedger, open_pool
from tests.hub.hub_ops import SCOPE, op
from tests.hub.ledger_checks import tell


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="hub-backup-"))
    made.chmod(0o711)
    yield made
    own = OwnPostgres(made / "hub")
    if own.is_running:
        own.stop()
    shutil.rmtree(made)


def what_is_not_whole_changes_nothing(data: Path, copy: Path, conninfo: str) -> None:
    """Try a copy with one bit turned, then one whose log was cut."""
    found = sorted((copy / "postgres" / "base").rglob("*"))
    changed = next(each for each in found if each.is_file() and each.stat().st_size)
    whole = changed.read_bytes()
    changed.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(StoreProblem, match="不完整"):
        backups.put_back(data, copy)
    changed.write_bytes(whole)
    # Neither is one whose log was cut: it could not be opened.
    log = max((copy / "postgres" / "pg_wal").glob("0*"))
    whole = log.read_bytes()
    log.write_bytes(whole[:4096])
    with pytest.raises(StoreProblem, match="不完整"):
        backups.put_back(data, copy)
    with psycopg.connect(conninfo) as connection, pytest.raises(StoreProblem, match="不完整"):
        backups.declare_durable(connection, copy)
    log.write_bytes(whole)


def test_a_backup_is_whole_or_not_there_and_comes_back_as_a_new_life(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    data, copy = folder / "hub", folder / "copy"
    own = OwnPostgres(data)
    conninfo = own.start()
    schema.migrate(conninfo)
    with psycopg.connect(conninfo) as connection:
        county = register.add_county(connection, "示例县")
        station = register.add_station(connection, county, "示例站", scope=SCOPE)
        register.add_user(connection, county, "王某某", "auditor")
        enrolment.new_code(connection, station=station)
    with open_pool(conninfo, 2) as pool:
        tell(PostgresLedger(pool), op("o1"))
        with psycopg.connect(conninfo) as connection:
            assert backups.make(connection, data, copy) == {SCOPE: 1}
            with pytest.raises(InputProblem, match="已有这个文件夹"):
                backups.make(connection, data, copy)
            assert backups.declare_durable(connection, copy) == {SCOPE: 1}
            assert backups.declare_durable(connection, copy) == {}
        tell(PostgresLedger(pool), op("o2", rec="r2"))
    assert {each.name for each in copy.iterdir()} == {"postgres", KEY, "versions.json"}

    # A hub that serves is not restored under itself.
    hold = Hold(data)
    assert hold.take()
    assert cli.main(["--data", str(data), "restore", str(copy)]) == 1
    assert "还在运行" in capsys.readouterr().err
    hold.let_go()
    what_is_not_whole_changes_nothing(data, copy, conninfo)
    assert own.is_running

    # One that ends before its new life is declared lets nobody in, until it is said again.
    def ends(_connection: object, _reason: str) -> None:
        assert not Hold(data).take()
        raise StoreProblem("断电了")

    with monkeypatch.context() as cut:
        cut.setattr(backups, "declare", ends)
        assert cli.main(["--data", str(data), "restore", str(copy)]) == 1
    assert cli.main(["--data", str(data), "scopes"]) == 1
    assert "没有做完" in capsys.readouterr().err

    assert cli.main(["--data", str(data), "restore", str(copy)]) == 0
    said = capsys.readouterr().out
    assert f"{SCOPE}  与以前共有到版本 1" in said
    assert "王某某" in said
    assert "登记码全部作废" in said
    assert "原来的数据在" in said
    with psycopg.connect(own.start()) as connection:
        ops = connection.execute("SELECT op_id FROM revision").fetchall()
        (scope,) = admin.list_scopes(connection)
        lives = connection.execute("SELECT restored_to FROM epoch_history ORDER BY n").fetchall()
        assert connection.execute("SELECT count(*) FROM enrolment_code").fetchone() == (0,)
    assert (ops, scope.version, lives) == ([("o1",)], 1, [(0,), (1,)])
    own.stop()


def test_a_backup_of_another_life_counts_as_far_as_it_is_shared(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the copies only how far they reach matters here: none is made, none is looked through."""
    monkeypatch.setattr(OwnPostgres, "must_be_whole", lambda _own, _copy: None)
    with psycopg.connect(database) as connection:

        def at(version: int) -> None:
            connection.execute("UPDATE scope SET version = %s", (version,))

        def backup(name: str, told: object) -> Path:
            (tmp_path / name).mkdir()
            (tmp_path / name / "versions.json").write_text(json.dumps({SCOPE: told}), encoding="utf-8")
            return tmp_path / name

        ((first,),) = connection.execute("SELECT epoch FROM scope").fetchall()
        newer = backup("newer", {"epoch": first, "version": 100})
        # An older one was put back, and the new life has come past where the two part.
        at(50)
        backups.declare(connection, "恢复备份")
        at(80)
        for name, told in (("lost", {"epoch": "of-no-life", "version": 70}), ("before", 70)):
            assert backups.declare_durable(connection, backup(name, told)) == {}
        assert backups.declare_durable(connection, newer) == {SCOPE: 50}
        ((life,),) = connection.execute("SELECT epoch FROM scope").fetchall()
        own = backup("own", {"epoch": life, "version": 75})
        assert backups.declare_durable(connection, own) == {SCOPE: 75}


def test_what_is_no_backup_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "versions.json").write_text("[]", encoding="utf-8")
    lame = folder / "lame"
    lame.mkdir()
    (lame / "versions.json").write_text('{"S:1": {"version": 3}}', encoding="utf-8")
    for each in (folder, lame, folder / "nowhere"):
        with pytest.raises(InputProblem, match="没有备份"):
            backups.reach_of(each)
    for words in (["backup", "x"], ["restore", "x"]):
        assert cli.main(["--database", "host=nowhere", *words]) == 1
        assert "自带的数据库" in capsys.readouterr().err
