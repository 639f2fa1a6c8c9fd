"""One file, blocks that read or write, a clean stop or a check (issue A §3)."""

import os
import threading
from contextlib import suppress
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from desk.errors import StoreProblem
from desk.models import plain
from desk.models.local import SettingValue
from desk.models.meta import ROW, Meta
from desk.models.store import FILE, Store
from desk.models.visit import Visit
from desk.services import search_index
from tests import factories
from tests.fakes import FakeClock
from tests.stores import KEY, SCOPE


def _numbers(store: Store) -> list[str]:
    with store.read() as session:
        return list(session.scalars(select(Visit.number).order_by(Visit.number)))


def test_what_was_written_is_there_after_opening_again(store: Store) -> None:
    with store.write("u1") as session:
        session.add(factories.visit(number="LF2026-A0001"))
    store.close()
    again = Store.open(store.folder, KEY)
    assert _numbers(again) == ["LF2026-A0001"]
    assert (again.scope_id, again.device_id) == (SCOPE, store.device_id)
    again.close()


def test_a_block_that_fails_leaves_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.write("u1") as session:
        session.add(factories.visit(number=str(1 / 0)))
    assert _numbers(store) == []


@pytest.mark.parametrize("lost", ["a failed flush", "by SQLite"])
def test_a_block_whose_transaction_is_gone_never_ends_as_if_it_had_saved(store: Store, lost: str) -> None:
    """SQLite takes one back by itself where the disk is full; a flush that failed takes it back too."""
    with pytest.raises(RuntimeError, match="transaction is gone"), store.write("u1") as session:
        _lose(session, lost)
    assert _numbers(store) == []


@pytest.mark.parametrize("lost", ["a failed flush", "by SQLite"])
@pytest.mark.parametrize("by_sqlalchemy", [False, True])
def test_nothing_more_is_written_once_the_transaction_is_gone(
    store: Store, lost: str, *, by_sqlalchemy: bool
) -> None:
    def write_more(session: Session) -> None:
        _lose(session, lost)
        if by_sqlalchemy:
            session.execute(text("UPDATE meta SET seq = 99"))
        session.add(factories.visit(number="LF2026-A0002"))
        session.flush()

    with pytest.raises(Exception, match="transaction"), store.write("u1") as session:
        write_more(session)
    assert _numbers(store) == []
    with store.read() as session:
        assert session.get_one(Meta, ROW).seq == 0


def _lose(session: Session, how: str) -> None:
    session.add(factories.visit(number="LF2026-A0001"))
    session.flush()
    if how == "by SQLite":
        session.info[plain.DRIVER].execute("ROLLBACK")
        return
    session.execute(text("INSERT INTO setting VALUES ('a', 'b')"))
    session.add(SettingValue(key="a", value="c"))
    with suppress(IntegrityError):
        session.flush()


def test_a_read_block_sees_one_state_and_changes_nothing(store: Store) -> None:
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Visit)) == 0
        with store.write("u1") as other:
            other.add(factories.visit())
        assert session.scalar(select(func.count()).select_from(Visit)) == 0
    with pytest.raises(RuntimeError, match="read block"), store.read() as session:
        session.add(SettingValue(key="a", value="b"))
    with store.read() as session:
        assert session.get(SettingValue, "a") is None


def test_the_block_knows_who_writes(store: Store) -> None:
    with store.write("u1") as session:
        assert session.info["user_id"] == "u1"


def test_two_threads_racing_lose_nothing(store: Store) -> None:
    """Read then write from two threads: BEGIN IMMEDIATE, so none finds the store locked (house.md 4.3)."""
    # So few that all of them are done within the five seconds each waits for its turn, on any machine.
    rounds, failed = 10, list[BaseException]()
    both = threading.Barrier(2, timeout=120)

    def count_up() -> None:
        try:
            both.wait()
            for _ in range(rounds):
                with store.write("u1") as session:
                    meta = session.get_one(Meta, ROW)
                    session.add(factories.visit(headcount=meta.seq))
        except BaseException as error:  # noqa: BLE001 - handed to the test
            failed.append(error)

    threads = [threading.Thread(target=count_up) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with store.read() as session:
        counted = session.scalars(select(Visit.headcount).order_by(Visit.headcount)).all()
    assert list(counted) == list(range(2 * rounds))


def test_there_is_one_store_in_a_folder(store: Store) -> None:
    with pytest.raises(StoreProblem) as caught:
        Store.create(store.folder, KEY, scope_id=SCOPE)
    assert caught.value.field == "exists"


def test_a_missing_store_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreProblem) as caught:
        Store.open(tmp_path, KEY)
    assert caught.value.field == "missing"


def test_the_wrong_key_does_not_open(store: Store) -> None:
    store.close()
    with pytest.raises(StoreProblem) as caught:
        Store.open(store.folder, bytes(32))
    assert caught.value.field == "key"
    assert _numbers(Store.open(store.folder, KEY)) == []


def test_only_the_owner_may_read_the_file(store: Store) -> None:
    if os.name == "posix":
        assert store.path.stat().st_mode & 0o077 == 0


def test_a_half_made_store_is_never_found(tmp_path: Path) -> None:
    (tmp_path / f"{FILE}.new").write_bytes(b"left by a power cut")
    store = Store.create(tmp_path, KEY, scope_id=SCOPE)
    store.close()
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_a_clean_stop_needs_no_check(store: Store) -> None:
    assert not store.check_due
    store.close()
    again = Store.open(store.folder, KEY)
    assert not again.check_due
    again.close()


def test_an_unclean_stop_asks_for_a_check(store: Store) -> None:
    crashed = Store.open(store.folder, KEY)  # While `store` has not said good-bye.
    assert crashed.check_due
    assert crashed.quick_check()
    assert not crashed.check_due
    crashed.close()


@pytest.mark.parametrize("days", [8, -8])
def test_a_check_is_due_weekly_and_after_one_from_the_future(
    store: Store, fake_clock: FakeClock, days: int
) -> None:
    assert store.quick_check()
    store.close()
    fake_clock.forward(days=days)
    again = Store.open(store.folder, KEY)
    assert again.check_due
    again.close()


def test_a_damaged_file_is_found_by_the_check(store: Store) -> None:
    with store.write("u1") as session:
        session.add_all(factories.matter(statement="很长的话" * 500) for _ in range(200))
    store.close()
    body = bytearray(store.path.read_bytes())
    for page in range(len(body) * 3 // 4, len(body), 4096):
        body[page + 100] ^= 1
    store.path.write_bytes(body)
    damaged = Store.open(store.folder, KEY)
    assert not damaged.quick_check()
    damaged.close()


def test_a_wrong_table_name_is_a_bug_not_a_problem(store: Store) -> None:
    with pytest.raises(OperationalError), store.read() as session:
        session.connection().exec_driver_sql("SELECT * FROM nowhere")


def test_after_a_disk_failure_nothing_more_is_written(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fault 9: after a failed write or fsync nobody knows what reached the disk."""
    # The failure itself is played with a real kernel error in test_bad_days.
    monkeypatch.setattr(store, "_disk_failed", True)
    with pytest.raises(StoreProblem, match="磁盘读写出错"), store.write("u1"):
        pass
    assert _numbers(store) == []
    monkeypatch.undo()


def test_what_was_saved_moves_into_the_main_file(store: Store) -> None:
    with store.write("u1") as session:
        session.add_all(factories.visit() for _n in range(40))
    before = store.path.stat().st_size
    with store.read() as session:
        session.connection()
        store.tidy()
    assert store.path.stat().st_size > before


def test_a_move_that_cannot_be_made_waits_for_the_next(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing() -> None:
        raise sqlcipher.OperationalError("disk I/O error")

    monkeypatch.setattr(store, "connect", failing)
    assert not store.tidy()


def test_tidying_says_whether_there_is_more_to_join(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desk.models.store._MOST_JOINS", 1)
    for n in range(7):
        with store.write("u1") as rows:
            search_index.put(rows, "visit", f"v{n}", factories.MORNING, [f"v{n}", "v路灯"])
    assert store.tidy()
    assert not store.tidy()


def _pieces(store: Store) -> int:
    with store.read() as rows:
        return plain.ask(rows, "SELECT count(DISTINCT segid) FROM search_idx")[0][0]


def test_pieces_of_the_index_are_joined_by_tidying_not_by_saving(store: Store) -> None:
    for n in range(7):
        with store.write("u1") as rows:
            search_index.put(rows, "visit", f"v{n}", factories.MORNING, [f"v{n}", "v路灯"])
    assert _pieces(store) == 7
    assert not store.tidy()
    assert _pieces(store) < 7
    with store.read() as rows:
        assert len(search_index.newest(rows, "路灯", "visit", 20)) == 7
