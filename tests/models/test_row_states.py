"""Rows a session takes in and over by itself are to SQLAlchemy what it would have made of them."""

import pytest
from sqlalchemy import Connection, inspect, select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session

from desk.models import plain, row_reader
from desk.models.outbox import Outbox
from desk.models.recorder import RecordedSession
from desk.models.row_states import key_of
from desk.models.store import Store
from desk.models.visit import Visit
from tests import factories


def test_a_new_row_is_pending_then_written_then_let_go(store: Store) -> None:
    visit = factories.visit(record_id="v1")
    with store.write("u1") as rows:
        rows.add(visit)
        rows.add(visit)
        assert inspect(visit).pending
        assert list(rows.new) == [visit]
        rows.flush()
        assert inspect(visit).persistent
        assert (list(rows.new), list(rows.dirty)) == ([], [])
        assert rows.get(Visit, "v1") is visit
    assert inspect(visit).detached


def test_a_row_that_was_read_and_changed_is_dirty_until_it_is_written(store: Store) -> None:
    with store.write("u1") as rows:
        rows.add(factories.visit(record_id="v1", headcount=1))
    with store.write("u1") as rows:
        visit = row_reader.get(rows, Visit, "v1")
        assert visit is not None
        visit.headcount = 2
        assert list(rows.dirty) == [visit]
        rows.flush()
        assert not rows.dirty
        visit.headcount = 3
        assert list(rows.dirty) == [visit]
    with store.read() as rows:
        assert rows.get_one(Visit, "v1").headcount == 3
        assert len(rows.scalars(select(Outbox.position)).all()) == 3


def test_the_row_of_another_block_is_refused(store: Store) -> None:
    visit = factories.visit()
    with store.write("u1") as rows:
        rows.add(visit)
        with store.read() as others, pytest.raises(InvalidRequestError, match="already attached"):
            others.add(visit)


def test_sqlalchemy_joins_where_it_is_asked(store: Store) -> None:
    """What it wrote and what plain words wrote before it stand and fall together."""
    with store.write("u1") as rows:
        assert isinstance(rows, RecordedSession)
        connection = rows.bind
        assert isinstance(connection, Connection)
        plain.write(rows, "UPDATE meta SET seq = seq + 1")
        assert not connection.in_transaction()
        rows.add(factories.visit(record_id="v1"))
        rows.flush()
        assert rows.scalars(select(Visit.record_id)).all() == ["v1"]
        assert connection.in_transaction()
    with store.read() as rows:
        assert rows.get(Visit, "v1") is not None

    def fail(rows: Session) -> None:
        plain.write(rows, "UPDATE meta SET seq = seq + 1")
        rows.add(factories.visit(record_id="v2"))
        rows.flush()
        assert rows.scalars(select(Visit.record_id)).all() == ["v1", "v2"]
        raise KeyError

    with store.read() as rows:
        before = plain.ask(rows, "SELECT seq FROM meta")
    with pytest.raises(KeyError), store.write("u1") as rows:
        fail(rows)
    with store.read() as rows:
        assert rows.scalars(select(Visit.record_id)).all() == ["v1"]
        assert plain.ask(rows, "SELECT seq FROM meta") == before


def test_a_key_is_sqlalchemys(store: Store) -> None:
    with store.write("u1") as rows:
        rows.add(factories.visit(record_id="v1"))
    with store.read() as rows:
        assert inspect(rows.get_one(Visit, "v1")).key == key_of(Visit)(("v1",))


def test_a_block_that_failed_lets_go_of_what_was_to_come(store: Store) -> None:
    visit = factories.visit()

    def fail(rows: Session) -> None:
        rows.add(visit)
        raise KeyError

    with pytest.raises(KeyError), store.write("u1") as rows:
        fail(rows)
    assert inspect(visit).transient
    with store.write("u1") as rows:
        rows.add(visit)
    assert inspect(visit).detached


def test_a_row_of_another_block_is_not_taken_for_one_of_this(store: Store) -> None:
    """It may never have been stored: what was flushed goes with its block."""
    visit = factories.visit(record_id="v1")

    def fail(rows: Session) -> None:
        rows.add(visit)
        rows.flush()
        raise KeyError

    with pytest.raises(KeyError), store.write("u1") as rows:
        fail(rows)
    with pytest.raises(RuntimeError, match="as long as its block"), store.write("u1") as rows:
        rows.add(visit)
    with store.read() as rows:
        assert rows.get(Visit, "v1") is None


@pytest.mark.parametrize("joined", [False, True])
def test_rows_are_let_go_whether_sqlalchemy_joined_or_not(store: Store, *, joined: bool) -> None:
    with store.write("u1") as rows:
        rows.add(factories.visit(record_id="v1"))
    with store.read() as rows:
        visit = row_reader.get(rows, Visit, "v1")
        assert visit is not None
        assert inspect(visit).persistent
        if joined:
            assert rows.get(Visit, "v1") is visit
            assert rows.scalars(select(Visit.record_id)).all() == ["v1"]
    assert inspect(visit).detached
    assert rows.identity_map.values() == []
