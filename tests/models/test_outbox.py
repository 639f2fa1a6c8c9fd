from sqlalchemy import select

from desk.models.outbox import Cursor, Outbox
from desk.models.store import Store
from tests import factories
from tests.models.plans import plan


def test_a_records_ops_come_in_order_from_an_index(store: Store) -> None:
    query = select(Outbox.body).where(Outbox.noun == "visit", Outbox.record_id == "v1")
    said = plan(store, query.order_by(Outbox.position))
    assert "ix_outbox_noun_record_id_position" in said
    assert "TEMP B-TREE" not in said


def test_ops_are_sent_in_the_order_they_were_made(store: Store) -> None:
    for _ in range(3):
        with store.write("u1") as session:
            session.add(factories.person())
    with store.read() as session:
        rows = session.scalars(select(Outbox).order_by(Outbox.position)).all()
    assert [row.seq for row in rows] == [1, 2, 3]


def test_a_cursor_is_kept_per_scope(store: Store) -> None:
    with store.write_local() as session:
        session.add(Cursor(scope_id=store.scope_id, epoch="e1", version=7))
    with store.read() as session:
        assert session.get_one(Cursor, store.scope_id).version == 7
