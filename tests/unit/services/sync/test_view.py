"""The typed rows are the shadow with the pending ops folded over it."""

import pytest

from desk.models.person import Person
from desk.models.store import Store
from desk.models.visit import Visit
from desk.services import verify
from desk.services.sync import shadow, view
from desk.wire.heads import Head
from desk.wire.records import ALL
from tests import factories
from tests.stores import SCOPE


@pytest.mark.parametrize("noun", [record.noun for record in ALL])
def test_every_noun_is_written_as_a_save_writes_it(store: Store, noun: str) -> None:
    """What comes from the hub stands in the file to the byte as if it had been saved here."""
    row = factories.ALL[noun]()
    with store.write("u1") as rows:
        rows.add(row)
    key = (noun, row.record_id)
    words = f"SELECT * FROM {noun} WHERE record_id = ?"
    with store.write_confirmed() as rows:
        saved = rows.connection().exec_driver_sql(words, (row.record_id,)).one()
        (op,) = shadow.pending(rows, {key})[key]
        rows.connection().exec_driver_sql(f"DELETE FROM {noun}")
        view.rebuild_keys(rows, SCOPE, {key})
        assert rows.connection().exec_driver_sql(words, (row.record_id,)).one() == saved
        assert op.read().rec == row.record_id
    assert "逐条核对：正常" in verify.run(store).lines


def test_a_pending_change_lies_over_what_came(store: Store) -> None:
    key = ("person", "p1")
    head = Head(1, {"name": "赵某某", "phone": "1"}, {"*": "f1"})
    with store.write_confirmed() as rows:
        shadow.put(rows, SCOPE, {key: head})
        view.rebuild(rows, SCOPE, {key: head})
    with store.write("u1") as rows:
        rows.get_one(Person, "p1").phone = "2"
    newer = Head(2, {"name": "赵某", "phone": "1", "mood": "good"}, {"*": "f1", "name": "f2"})
    with store.write_confirmed() as rows:
        shadow.put(rows, SCOPE, {key: newer})
        view.rebuild(rows, SCOPE, {key: newer})
    with store.read() as rows:
        row = rows.get_one(Person, "p1")
        assert (row.name, row.phone, row.version, row.extra) == ("赵某", "2", 2, {"mood": "good"})
    assert verify.run(store).ok


def test_a_record_of_neither_is_taken_out_and_a_newer_noun_waits(store: Store) -> None:
    key, planet = ("visit", "v1"), ("planet", "x1")
    with store.write_confirmed() as rows:
        shadow.put(rows, SCOPE, {key: Head(1), planet: Head(1, {"name": "火星"})})
        view.rebuild_keys(rows, SCOPE, {key, planet})
        assert rows.get(Visit, "v1") is not None
        shadow.put(rows, SCOPE, {key: None})
        rows.expunge_all()
        view.rebuild_keys(rows, SCOPE, {key})
        assert rows.get(Visit, "v1") is None
