import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desk.errors import StoreProblem
from desk.models import copies
from desk.models.meta import ROW, Meta
from desk.models.store import FILE, Store
from desk.models.visit import Visit
from tests import factories
from tests.stores import KEY

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def _add(store: Store) -> None:
    with store.write("u1") as session:
        session.add(factories.visit())


def test_a_copy_is_one_state_while_others_write(store: Store, tmp_path: Path) -> None:
    """tech.md §4: a stepwise backup would start again at every write."""
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            _add(store)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        counts = [store.copy_to(tmp_path / "copy.db") for _ in range(2)]
        while counts[0]["visit"] == counts[-1]["visit"] and writer.is_alive():
            counts.append(store.copy_to(tmp_path / "copy.db"))
    finally:
        stop.set()
        writer.join()
    assert all(each["visit"] == each["outbox"] for each in counts)
    assert counts[0]["visit"] < counts[-1]["visit"]
    assert [path.name for path in tmp_path.glob("copy*")] == ["copy.db"]


def test_a_copy_that_lost_something_is_refused(store: Store, tmp_path: Path) -> None:
    counts = store.copy_to(tmp_path / "copy.db")
    with pytest.raises(StoreProblem) as caught:
        copies.prove(tmp_path / "copy.db", KEY, counts | {"visit": 1})
    assert caught.value.field == "damaged"


def test_a_damaged_page_is_found(store: Store, tmp_path: Path) -> None:
    counts = store.copy_to(tmp_path / "copy.db")
    body = bytearray((tmp_path / "copy.db").read_bytes())
    body[len(body) // 2] ^= 1
    (tmp_path / "copy.db").write_bytes(body)
    with pytest.raises(StoreProblem):
        copies.prove(tmp_path / "copy.db", KEY, counts)


def test_settle_brings_the_log_home(store: Store) -> None:
    _add(store)
    store.close()
    copies.settle(store.path, KEY)
    assert not store.path.with_name(f"{FILE}-wal").exists()


def test_settle_refuses_a_store_in_use(store: Store) -> None:
    _add(store)
    with store.read() as session:
        session.get(Visit, "x")
        _add(store)
        with pytest.raises(StoreProblem) as caught:
            copies.settle(store.path, KEY)
    assert caught.value.field == "busy"


def test_a_new_incarnation_counts_from_one(store: Store) -> None:
    _add(store)
    store.close()
    with_old = Store.open(store.folder, KEY)
    with with_old.read() as session:
        old = session.get_one(Meta, ROW).incarnation
    with_old.close()
    copies.draw_incarnation(store.path, KEY)
    opened = Store.open(store.folder, KEY)
    with opened.read() as session:
        meta = session.get_one(Meta, ROW)
        assert (meta.incarnation == old, meta.seq) == (False, 0)
    opened.close()
