"""Each synced table has exactly the columns its record declares, and nothing a pulled row could break."""

import pytest
from sqlalchemy import BigInteger, Boolean, Integer, Text, inspect

from desk.models.base import Base, Synced
from desk.models.columns import Day, Instant
from desk.models.store import Store
from desk.models.tables import LOCAL, SYNCED
from desk.rules import rights
from desk.wire.records import RECORDS
from tests import factories

_TYPES = {
    **dict.fromkeys(("text", "code", "codes", "id"), Text),
    **dict.fromkeys(("int", "fen"), Integer),
    "bool": Boolean,
    "date": Day,
    "instant": Instant,
}
_MIXIN = {"record_id", "scope_id", "version", "field_op", "extra", "void", "void_reason"}
NOUNS = sorted(SYNCED)


def test_every_record_has_its_table_and_every_table_is_known() -> None:
    assert SYNCED.keys() == RECORDS.keys()
    named = {inspect(table).local_table.description for table in (*SYNCED.values(), *LOCAL)}
    assert named == Base.metadata.tables.keys()


@pytest.mark.parametrize("noun", NOUNS)
def test_a_column_is_a_field(noun: str) -> None:
    columns = {column.name: column.type for column in inspect(SYNCED[noun]).columns}
    declared = {field.name: _TYPES[field.codec.name] for field in RECORDS[noun].fields}
    assert columns.keys() == declared.keys() | _MIXIN
    assert {name: type(columns[name]) for name in declared} == declared


@pytest.mark.parametrize("noun", NOUNS)
def test_nothing_could_refuse_a_pulled_row(noun: str) -> None:
    table = Base.metadata.tables[noun]
    assert not [column.name for column in table.columns if not column.nullable and not column.primary_key]
    assert not table.foreign_keys
    assert not [index.name for index in table.indexes if index.unique]


@pytest.mark.parametrize("noun", NOUNS)
def test_a_new_row_stands_at_the_declared_defaults(noun: str) -> None:
    row = SYNCED[noun]()
    assert {f.name: getattr(row, f.name) for f in RECORDS[noun]} == {f.name: f.default for f in RECORDS[noun]}


@pytest.mark.parametrize("noun", NOUNS)
def test_a_row_comes_back_as_it_was(store: Store, noun: str) -> None:
    made: Synced = factories.ALL[noun]()
    with store.write("u1") as session:
        session.add(made)
    before = {field.name: getattr(made, field.name) for field in RECORDS[noun]}
    with store.read() as session:
        row = session.get_one(SYNCED[noun], made.record_id)
        assert {field.name: getattr(row, field.name) for field in RECORDS[noun]} == before


def test_every_field_group_is_in_the_table_of_rights() -> None:
    groups = {field.group for record in RECORDS.values() for field in record.fields}
    assert groups <= rights.GROUPS


def test_no_number_outgrows_json() -> None:
    assert not [
        c for table in SYNCED.values() for c in inspect(table).columns if isinstance(c.type, BigInteger)
    ]
