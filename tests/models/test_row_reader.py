"""Rows read by plain words are those SQLAlchemy would have read, and leave ops like them."""

import pytest
from sqlalchemy import inspect, select

from desk.models import row_reader
from desk.models.outbox import Outbox
from desk.models.store import Store
from desk.models.tables import SYNCED
from desk.models.visit import Visit
from desk.wire.op import Op
from tests import factories

NOUNS = sorted(SYNCED)


@pytest.mark.parametrize("noun", NOUNS)
def test_read_as_sqlalchemy_reads_it(store: Store, noun: str) -> None:
    table, row = SYNCED[noun], factories.ALL[noun]()
    record_id = row.record_id
    with store.write("u1") as rows:
        rows.add(row)
    with store.read() as rows:
        theirs = rows.get_one(table, record_id)
        told = {column.key: getattr(theirs, column.key) for column in inspect(table).column_attrs}
    with store.read() as rows:
        ours = row_reader.get(rows, table, record_id)
        assert ours is not None
        assert {name: value for name, value in vars(ours).items() if name in told} == told
        assert inspect(ours).persistent


def test_none_where_there_is_none(store: Store) -> None:
    with store.read() as rows:
        assert row_reader.get(rows, Visit, "nobody") is None


def test_a_row_is_there_once_and_keeps_what_the_block_changed(store: Store) -> None:
    with store.write("u1") as rows:
        rows.add(factories.visit(record_id="v1", headcount=1))
    with store.write("u1") as rows:
        visit = row_reader.get(rows, Visit, "v1")
        assert visit is not None
        visit.headcount = 7
        assert row_reader.get(rows, Visit, "v1") is visit
        assert rows.get(Visit, "v1") is visit
        assert visit.headcount == 7


def test_the_first_of_several(store: Store) -> None:
    with store.write("u1") as rows:
        rows.add_all([factories.visit(number=number, headcount=2) for number in ("b", "a", "c")])
    with store.read() as rows:
        found = row_reader.first(rows, Visit, "headcount = ? ORDER BY number", (2,))
    assert found is not None
    assert found.number == "a"


def test_a_change_leaves_an_op_with_what_it_stood_on(store: Store) -> None:
    with store.write("u1") as rows:
        rows.add(factories.visit(record_id="v1", state="waiting"))
    with store.write("u1") as rows:
        visit = row_reader.get(rows, Visit, "v1")
        assert visit is not None
        visit.state = "received"
    with store.read() as rows:
        born, changed = (Op.from_bytes(body) for body in rows.scalars(select(Outbox.body)))
    assert (changed.kind, changed.set, changed.was) == ("patch", {"state": "received"}, {"state": "waiting"})
    assert changed.base == {"state": born.op}
