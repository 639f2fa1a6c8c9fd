from desk.wire import records
from desk.wire.codecs import CODES, ID
from desk.wire.fields import Conflict


def test_every_noun_is_declared_once() -> None:
    assert len(records.RECORDS) == len(records.ALL)


def test_no_field_is_newer_than_the_schema() -> None:
    assert all(field.since <= records.SCHEMA for record in records.ALL for field in record)


def test_no_field_hides_a_system_column() -> None:
    taken = {"record_id", "scope_id", "version", "field_op", "extra", "void", "void_reason"}
    assert not [field.name for record in records.ALL for field in record.fields if field.name in taken]


def test_sets_are_class_e_and_only_sets() -> None:
    for record in records.ALL:
        for field in record:
            assert (field.conflict is Conflict.SET) == (field.codec is CODES), field.name


def test_facts_are_whole_records() -> None:
    """Class A is insert only: a record is a fact in all its fields or in none (sync.md 2.7)."""
    for record in records.ALL:
        kinds = {field.conflict is Conflict.FACT for field in record.fields}
        assert len(kinds) == 1, record.noun


def test_states_and_numbers_have_their_class() -> None:
    for record in records.ALL:
        for field in record.fields:
            if field.name == "state":
                assert field.conflict is Conflict.STATE, record.noun
            if field.name in {"number", "spoken", "pad_no"}:
                assert field.conflict is Conflict.NUMBER, record.noun


def test_a_record_points_at_others_by_id() -> None:
    pointers = {
        f.codec for r in records.ALL for f in r.fields if f.name in {"visit_id", "matter_id", "deputy_id"}
    }
    assert pointers == {ID}
