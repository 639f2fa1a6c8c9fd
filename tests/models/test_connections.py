"""Connections of a store: one a block, kept open between blocks, committed or rolled back at its end."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from desk.models.connections import Connections
from desk.models.store import FILE, Store
from tests.stores import KEY

_DAY = "UPDATE meta SET seq = seq + 1"
_SEQ = "SELECT seq FROM meta"


@pytest.fixture
def connections(store: Store) -> Iterator[Connections]:
    made = Connections(store.folder / FILE, KEY)
    yield made
    made.close()


def _seq(connections: Connections) -> int:
    with connections.begun(writes=False) as connection:
        return int(connection.execute(text(_SEQ)).scalar_one())


def _fail(connection: Connection) -> None:
    connection.execute(text(_DAY))
    raise KeyError


def test_what_a_block_wrote_stays_only_if_it_ended_well(connections: Connections) -> None:
    before = _seq(connections)
    with connections.begun(writes=True) as connection:
        connection.execute(text(_DAY))
    assert _seq(connections) == before + 1
    with pytest.raises(KeyError), connections.begun(writes=True) as connection:
        _fail(connection)
    assert _seq(connections) == before + 1


def test_the_last_used_connection_is_the_next_ones(connections: Connections) -> None:
    with connections.begun(writes=False) as first, connections.begun(writes=False) as second:
        assert first is not second
    with connections.begun(writes=True) as again:
        assert again is first
    with pytest.raises(KeyError), connections.begun(writes=True) as again:
        _fail(again)
    with connections.begun(writes=False) as again:
        assert again is first


def test_a_block_that_reads_changes_nothing(connections: Connections) -> None:
    before = _seq(connections)
    with (
        pytest.raises(RuntimeError, match="a read block may change nothing"),
        connections.begun(writes=False) as connection,
    ):
        connection.execute(text(_DAY))
    assert _seq(connections) == before


def test_each_thread_has_its_own(connections: Connections) -> None:
    met, apart = threading.Barrier(2, timeout=120), set()

    def read() -> None:
        with connections.begun(writes=False) as connection:
            connection.execute(text(_SEQ)).scalar_one()
            apart.add(id(connection))
            met.wait()

    threads = [threading.Thread(target=read) for _n in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(apart) == 2


def test_once_closed_a_block_closes_its_connection_at_its_end(connections: Connections, store: Store) -> None:
    with connections.begun(writes=False) as connection:
        connections.close()
        assert not connection.closed
    assert connection.closed


def test_a_connection_sees_no_half_block_of_another(store: Store, connections: Connections) -> None:
    before = _seq(connections)
    with connections.begun(writes=True) as connection:
        connection.execute(text(_DAY))
        assert _seq(connections) == before
    assert _seq(connections) == before + 1


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    made = Connections(tmp_path / FILE, KEY)
    with pytest.raises(Exception, match="没有找到数据文件"), made.begun(writes=False):
        pass
    made.close()
    assert not (tmp_path / FILE).exists()


def test_one_that_could_not_be_taken_back_is_used_no_more(
    connections: Connections, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a disk that failed twice, which none does when asked: the driver is still in it."""

    def fail(_connection: Connection, _driver: object) -> None:
        raise OSError("failed twice")

    monkeypatch.setattr("desk.models.connections._take_back", fail)
    with pytest.raises(OSError, match="failed twice"), connections.begun(writes=False) as connection:
        assert connection is not None
    monkeypatch.undo()
    assert connection.closed
    assert _seq(connections) >= 0


def test_a_block_of_plain_words_ends_like_one_that_sqlalchemy_joined(connections: Connections) -> None:
    before = _seq(connections)

    def written(connection: Connection, error: type[Exception] | None = None) -> None:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute(_DAY)
        assert connection.get_transaction() is None
        if error is not None:
            raise error

    with connections.begun(writes=True) as connection:
        written(connection)
    assert _seq(connections) == before + 1
    with pytest.raises(KeyError), connections.begun(writes=True) as connection:
        written(connection, KeyError)
    assert _seq(connections) == before + 1
    with pytest.raises(RuntimeError, match="may change nothing"), connections.begun(writes=False) as again:
        written(again)
    assert _seq(connections) == before + 1
