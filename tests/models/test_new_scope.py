"""A store that holds its first start only goes into another scope, whole; any other keeps its own."""

from contextlib import AbstractContextManager

import pytest
from sqlalchemy import Connection

from desk.models import new_scope, plain
from desk.models.store import Store
from desk.services import audit, verify
from desk.wire.op import Op
from tests import factories

COUNTY = "C:county"


def _begin(store: Store) -> None:
    with store.write("u1") as rows:
        rows.add_all([factories.station(), factories.device(), factories.user()])
        audit.append(rows, "first_start", user_id="u1", noun="station")


def test_a_fresh_store_moves_with_all_its_ops(store: Store) -> None:
    _begin(store)
    with store.read() as rows:
        before = plain.ask(rows, "SELECT op_id, seq FROM outbox ORDER BY position")
    with store.write_local() as rows:
        assert new_scope.is_fresh(rows)
        new_scope.take_on(rows, COUNTY)
    store.follow()
    assert store.scope_id == COUNTY
    with store.read() as rows:
        assert plain.ask(rows, "SELECT op_id, seq FROM outbox ORDER BY position") == before
        bodies = plain.ask(rows, "SELECT body, scope_id FROM outbox")
        for noun in new_scope.FIRST:
            assert {row[0] for row in plain.ask(rows, f"SELECT scope_id FROM {noun}")} <= {COUNTY}
    assert {(Op.from_bytes(body).scope, scope) for body, scope in bodies} == {(COUNTY, COUNTY)}
    assert verify.run(store).ok
    with store.write("u1") as rows:
        rows.add(factories.user(name="孙某某"))
    with store.read() as rows:
        assert plain.ask(rows, "SELECT DISTINCT scope_id FROM user") == [(COUNTY,)]


def test_a_block_begun_before_the_move_writes_into_the_new_scope(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was begun under the old scope and waited for the file while the store was moved."""
    _begin(store)
    hold = store._connections.begun

    def late(*, writes: bool) -> AbstractContextManager[Connection]:
        monkeypatch.undo()
        with store.write_local() as rows:
            new_scope.take_on(rows, COUNTY)
        return hold(writes=writes)

    monkeypatch.setattr(store._connections, "begun", late)
    with store.write("u1") as rows:
        rows.add(factories.user(name="孙某某"))
    store.follow()
    with store.read() as rows:
        assert plain.ask(rows, "SELECT DISTINCT scope_id FROM user") == [(COUNTY,)]
        bodies = plain.ask(rows, "SELECT body, scope_id FROM outbox")
    assert {(Op.from_bytes(body).scope, scope) for body, scope in bodies} == {(COUNTY, COUNTY)}
    assert verify.run(store).ok


def test_a_store_somebody_worked_with_keeps_its_scope(store: Store) -> None:
    _begin(store)
    with store.write("u1") as rows:
        rows.add(factories.visit())
    with store.write_local() as rows:
        assert not new_scope.is_fresh(rows)
        with pytest.raises(ValueError, match="keeps its scope"):
            new_scope.take_on(rows, COUNTY)


def test_what_a_hub_has_confirmed_is_not_fresh(store: Store) -> None:
    with store.write_confirmed() as rows:
        rows.add(factories.user())
    with store.read() as rows:
        assert not new_scope.is_fresh(rows)
