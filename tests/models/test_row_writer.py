"""Rows written by plain statements are stored, and stand in the session, as SQLAlchemy would have it."""

from typing import Any

import pytest
from sqlalchemy import Connection, insert, inspect

from desk.models import plain, recorder, row_writer
from desk.models.store import Store
from desk.models.tables import SYNCED
from desk.models.visit import Visit
from tests import factories

NOUNS = sorted(SYNCED)


def _stored(rows: Any, noun: str) -> list[tuple[Any, ...]]:
    names = [
        column.name for column in inspect(SYNCED[noun]).local_table.columns if column.name != "record_id"
    ]
    kinds = ", ".join(f"typeof({name})" for name in names)
    return plain.ask(rows, f"SELECT {', '.join(names)}, {kinds} FROM {noun} ORDER BY rowid")


@pytest.mark.parametrize("noun", NOUNS)
def test_stored_to_the_byte_as_sqlalchemy_stores_it(store: Store, noun: str) -> None:
    row = factories.ALL[noun]()
    with store.write_confirmed() as rows:
        connection: Connection = rows.connection()
        row_writer.insert(rows, [row])
        values = {column.key: getattr(row, column.key) for column in inspect(SYNCED[noun]).column_attrs}
        with recorder.open_tables(connection):
            connection.execute(insert(SYNCED[noun]), values | {"record_id": "twin"})
        ours, theirs = _stored(rows, noun)
    assert ours == theirs


@pytest.mark.parametrize("noun", NOUNS)
def test_a_new_row_is_as_its_constructor_makes_it(noun: str) -> None:
    table, given = SYNCED[noun], {"record_id": "r1", "void_reason": "登记更正"}
    ours, theirs = row_writer.new(table, **given), table(**given)
    names = [column.key for column in inspect(table).column_attrs]
    assert {name: getattr(ours, name) for name in names} == {name: getattr(theirs, name) for name in names}
    assert ours.field_op is not row_writer.new(table).field_op
    assert row_writer.new(table).record_id != row_writer.new(table).record_id


def test_a_new_row_knows_its_columns_only() -> None:
    with pytest.raises(TypeError, match="Visit"):
        row_writer.new(Visit, name_tolled="王某某")


def test_several_of_one_table_keep_their_order(store: Store) -> None:
    with store.write("u1") as rows:
        rows.add_all([factories.visit(name_told=name) for name in "丙甲乙"])
    with store.read() as rows:
        assert plain.ask(rows, "SELECT name_told FROM visit ORDER BY rowid") == [("丙",), ("甲",), ("乙",)]


def test_a_written_row_is_the_sessions(store: Store) -> None:
    visit = factories.visit()
    with store.write("u1") as rows:
        rows.add(visit)
        rows.flush()
        assert inspect(visit).persistent
        assert rows.get(Visit, visit.record_id) is visit
        assert not rows.new
        assert not rows.dirty
        assert visit.reopen_reason == ""


def test_only_the_columns_named_change(store: Store) -> None:
    visit = factories.visit(name_told="王某某", headcount=1)
    with store.write("u1") as rows:
        rows.add(visit)
        rows.flush()
        visit.name_told, visit.headcount = "李某某", 3
        row_writer.update(rows, visit, ["headcount"])
        assert plain.ask(rows, "SELECT name_told, headcount FROM visit") == [("王某某", 3)]
