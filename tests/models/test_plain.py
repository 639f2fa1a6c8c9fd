"""Plain questions: of the caller's own block, with values as SQLite keeps them."""

import pytest
from sqlcipher3.dbapi2 import DatabaseError

from desk.errors import StoreProblem
from desk.models import plain
from desk.models.store import Store
from tests import factories


def test_a_question_sees_what_the_block_has_written_and_nothing_pending(store: Store) -> None:
    with store.write("u1") as rows:
        rows.add(factories.visit(number="LF2026-A0001"))
        assert plain.ask(rows, "SELECT number FROM visit") == []
        rows.flush()
        assert plain.ask(rows, "SELECT number, void FROM visit WHERE number = ?", ("LF2026-A0001",)) == [
            ("LF2026-A0001", 0)
        ]


def test_a_question_sees_one_state_only(store: Store) -> None:
    with store.read() as rows:
        assert plain.ask(rows, "SELECT count(*) FROM visit") == [(0,)]
        with store.write("u1") as others:
            others.add(factories.visit())
        assert plain.ask(rows, "SELECT count(*) FROM visit") == [(0,)]


def test_names_for_values(store: Store) -> None:
    with store.read() as rows:
        assert plain.ask(rows, "SELECT :one, :two", {"one": "王", "two": 2}) == [("王", 2)]


def test_a_reading_block_stays_one(store: Store) -> None:
    with pytest.raises(StoreProblem) as told, store.read() as rows:
        plain.ask(rows, "DELETE FROM visit")
    assert told.value.field == "readonly"


def test_a_slip_of_ours_flies(store: Store) -> None:
    with pytest.raises(DatabaseError), store.read() as rows:
        plain.ask(rows, "SELECT nothing FROM nowhere")
