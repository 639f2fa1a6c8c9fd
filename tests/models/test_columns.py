from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import literal, select, text, tuple_

from desk.models import columns
from desk.models.store import Store
from desk.models.visit import Visit
from desk.wire.codecs import WireError
from tests import factories


def test_a_moment_and_a_day_are_stored_as_they_cross_the_wire(store: Store) -> None:
    with store.write("u1") as session:
        session.add(factories.visit())
        session.add(factories.matter(tell_by=date(2026, 3, 9)))
    with store.read() as session:
        at = session.execute(text("SELECT received_at FROM visit")).scalar_one()
        day = session.execute(text("SELECT tell_by FROM matter")).scalar_one()
    assert (at, day) == ("2026-03-02T09:00:00.000+08:00", "2026-03-09")


def test_a_moment_compares_the_same_without_its_columns_type(store: Store) -> None:
    """The keyset of a list: (time, id) < (time, id)."""
    with store.write("u1") as session:
        session.add_all(factories.visit(received_at=factories.MORNING + timedelta(hours=n)) for n in range(5))
    middle = tuple_(factories.MORNING + timedelta(hours=2), "")
    with store.read() as session:
        found = session.scalars(
            select(Visit).where(tuple_(Visit.received_at, Visit.record_id) < middle)
        ).all()
        days = session.scalars(select(literal(date(2026, 3, 2)))).all()
    assert len(found) == 2
    assert days == [date(2026, 3, 2)]


def test_a_moment_without_offset_is_refused(store: Store) -> None:
    naive = datetime(2026, 3, 2, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(WireError), store.write("u1") as session:
        session.add(Visit(received_at=naive))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({}, "{}"),
        ({"b": "王某某", "a": [1, True, None]}, '{"b":"王某某","a":[1,true,null]}'),
        ({"large": 2**70, "half": "\ud800"}, '{"large":1180591620717411303424,"half":"\ud800"}'),
    ],
)
def test_json_is_compact_and_its_words_stand_as_they_are(value: dict[str, object], written: str) -> None:
    assert columns.json_text(value) == written


def test_a_moment_inside_json_is_a_slip() -> None:
    with pytest.raises(TypeError):
        columns.json_text({"at": factories.MORNING})


@pytest.mark.parametrize(
    ("name", "kept", "value"),
    [
        ("received_at", "2026-03-02T09:00:00.000+08:00", factories.MORNING),
        ("void", 1, True),
        ("extra", "{}", {}),
        ("field_op", '{"*":"o1"}', {"*": "o1"}),
    ],
)
def test_a_reader_makes_what_sqlalchemy_would(
    store: Store, name: str, kept: str | int, value: object
) -> None:
    column = Visit.__table__.columns[name]
    with store.read() as rows:
        dialect = rows.connection().dialect
    read = columns.reader(column, dialect)
    theirs = column.type.dialect_impl(dialect).result_processor(dialect, None)
    assert read is not None
    assert theirs is not None
    assert read(kept) == theirs(kept) == value


def test_words_need_no_reader(store: Store) -> None:
    with store.read() as rows:
        assert columns.reader(Visit.__table__.columns["number"], rows.connection().dialect) is None
