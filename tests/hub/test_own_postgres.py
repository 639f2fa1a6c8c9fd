"""A PostgreSQL of the hub's own."""

import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from desk.errors import StoreProblem
from desk.hub.own_postgres import KEY, UNFINISHED, OwnPostgres


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="hub-own-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


def test_it_is_made_started_again_and_keeps_what_was_committed(folder: Path) -> None:
    own = OwnPostgres(folder)
    conninfo = own.start()
    with psycopg.connect(conninfo) as connection:
        connection.execute("CREATE TABLE kept (n int)")
    # Whoever comes while it runs uses it, and does not stop it.
    other = OwnPostgres(folder)
    assert other.start() == conninfo
    assert (own.is_ours, other.is_ours) == (True, False)
    own.stop()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(conninfo)
    again = OwnPostgres(folder)
    with psycopg.connect(again.start()) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)
        assert connection.execute("SHOW synchronous_commit").fetchone() == ("on",)
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
    again.stop()


def test_nobody_gets_in_without_its_password(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = OwnPostgres(folder)
    conninfo = own.start()
    try:
        assert len(str(conninfo_to_dict(conninfo)["password"])) >= 43
        assert stat.S_IMODE((folder / "postgres.key").stat().st_mode) == 0o600
        assert stat.S_IMODE((folder / "postgres").stat().st_mode) == 0o700
        assert not (folder / "postgres.password").exists()
        with psycopg.connect(conninfo) as connection:
            assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(make_conninfo(conninfo, password="wrong"))
    finally:
        own.stop()


def test_a_folder_that_is_no_database_is_told(folder: Path) -> None:
    (folder / "postgres").mkdir()
    (folder / "postgres" / "PG_VERSION").write_text("18", encoding="ascii")
    with pytest.raises(StoreProblem) as told:
        OwnPostgres(folder).start()
    assert told.value.way_out


@pytest.mark.parametrize("left", ["postgres.new", "postgres.20261126-213000", UNFINISHED])
def test_nothing_begins_anew_where_a_restore_was_not_finished(folder: Path, left: str) -> None:
    """The data may lie under another name, and the password beside it is still the only one."""
    (folder / KEY).write_text("kept", encoding="ascii")
    if left == UNFINISHED:
        (folder / left).touch()
    else:
        (folder / left).mkdir()
    with pytest.raises(StoreProblem, match="没有做完") as told:
        OwnPostgres(folder).start()
    assert "desk-hub restore" in told.value.way_out
    assert not (folder / "postgres" / "PG_VERSION").exists()
    assert (folder / KEY).read_text(encoding="ascii") == "kept"
