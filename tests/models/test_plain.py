"""Plain questions: of the caller's own block, with values as SQLite keeps them."""

import pytest
from sqlalchemy import bindparam, select
from sqlcipher3.dbapi2 import DatabaseError

from desk.models import plain
from desk.models.store import Store
from desk.models.visit import Visit
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
    with store.write("u1") as rows:
        rows.add(factories.visit())
    with pytest.raises(RuntimeError, match="read block"), store.read() as rows:
        plain.write(rows, "DELETE FROM visit")
    with store.read() as rows:
        assert plain.ask(rows, "SELECT count(*) FROM visit") == [(1,)]


def test_a_slip_of_ours_flies(store: Store) -> None:
    with pytest.raises(DatabaseError), store.read() as rows:
        plain.ask(rows, "SELECT nothing FROM nowhere")


def test_a_question_put_into_words_once_is_asked_with_other_values(store: Store) -> None:
    query = (
        select(Visit.number, Visit.anonymous, Visit.received_at)
        .where(Visit.kind.in_(["walk_in", "letter"]), Visit.headcount >= bindparam("least"))
        .order_by(Visit.number)
    )
    asked = plain.question(query, "least")
    with store.write("u1") as rows:
        for number, headcount in (("a", 1), ("b", 2), ("c", 3)):
            rows.add(factories.visit(number=number, headcount=headcount, kind="letter", anonymous=True))
        rows.flush()
        (two, three), (last,) = (plain.answer(rows, asked, least=least) for least in (2, 3))
    assert (two.number, three.number, last.number) == ("b", "c", "c")
    assert (last.anonymous, last.received_at) == (1, factories.MORNING.isoformat(timespec="milliseconds"))


def test_rows_that_nobody_takes_hold_nothing_back(store: Store) -> None:
    with store.write("u1") as rows:
        rows.add_all([factories.visit(number=number) for number in "abc"])
    asked = plain.question(select(Visit.number).order_by(Visit.number))
    with store.read() as rows:
        left = plain.answers(rows, asked)
        assert next(left).number == "a"
    with store.write("u1") as rows:
        rows.add(factories.visit(number="d"))
    # A block that still read would keep SQLite from moving what was saved into the main file.
    connection = store.connect()
    assert connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    connection.close()
    with store.read() as rows:
        assert [line.number for line in plain.answers(rows, asked)] == ["a", "b", "c", "d"]


def test_lists_of_ids_may_be_empty(store: Store) -> None:
    words = "SELECT number FROM visit WHERE number IN ({some}) OR number IN ({none}) ORDER BY number"
    with store.write("u1") as rows:
        rows.add_all([factories.visit(number=number) for number in "abc"])
        rows.flush()
        assert plain.ask_lists(rows, words, {"some": ["a", "c"], "none": []}) == [("a",), ("c",)]


def test_a_statement_gives_back_what_it_returns(store: Store) -> None:
    with store.write("u1") as rows:
        plain.write_many(rows, "INSERT INTO setting (key, value) VALUES (?, ?)", [("a", "1"), ("b", "2")])
        told = plain.write(rows, "UPDATE setting SET value = value + 1 RETURNING key, value + 0")
    assert sorted(told) == [("a", 2), ("b", 3)]
    with store.read() as rows:
        assert plain.ask(rows, "SELECT count(*) FROM setting") == [(2,)]
