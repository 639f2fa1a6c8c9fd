"""Every insert, change and tombstone leaves exactly one op; none slips past (house.md 2.3, sync.md 2.5)."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.orm import Session

import desk
from desk import clock
from desk.models.outbox import Outbox, ShadowHead
from desk.models.reply import Reply
from desk.models.store import Store
from desk.models.tables import SYNCED
from desk.models.visit import Visit
from desk.wire.op import digest
from desk.wire.records import RECORDS, SCHEMA
from tests import factories
from tests.fakes import FakeClock

NOUNS = sorted(SYNCED)


def ops(store: Store) -> list[dict[str, Any]]:
    with store.read() as session:
        rows = session.scalars(select(Outbox).order_by(Outbox.position)).all()
    assert all(digest(row.body) == row.sha256 for row in rows)
    return [json.loads(row.body) for row in rows]


def _added(store: Store, noun: str) -> str:
    row = factories.ALL[noun]()
    with store.write("u1") as session:
        session.add(row)
    return row.record_id


@pytest.mark.parametrize("noun", NOUNS)
def test_an_insert_leaves_one_op_with_what_is_not_at_its_default(store: Store, noun: str) -> None:
    record_id = _added(store, noun)
    (op,) = ops(store)
    assert (op["kind"], op["type"], op["rec"], op["user"], op["scope"]) == (
        *("insert", noun, record_id, "u1"),
        store.scope_id,
    )
    with store.read() as session:
        row = session.get_one(SYNCED[noun], record_id)
        touched = {field.name for field in RECORDS[noun] if getattr(row, field.name) != field.default}
    assert op["set"].keys() == touched
    assert op["base"] == {}
    with store.read() as session:
        assert session.get_one(SYNCED[noun], record_id).field_op == {"*": op["op"]}


@pytest.mark.parametrize("noun", NOUNS)
def test_a_tombstone_leaves_one_op_with_its_reason(store: Store, noun: str) -> None:
    record_id = _added(store, noun)
    with store.write("u1") as session:
        session.get_one(SYNCED[noun], record_id).tombstone("误录")
    born, died = ops(store)
    assert (died["kind"], died["set"]) == ("void", {"void": True, "void_reason": "误录"})
    assert died["base"] == {"*": born["op"]}


def test_a_change_leaves_what_changed_and_what_it_stood_on(store: Store) -> None:
    record_id = _added(store, "visit")
    for state, contact in (("received", "儿子"), ("finished", "儿子")):
        with store.write("u2") as session:
            visit = session.get_one(Visit, record_id)
            visit.state, visit.safe_contact = state, contact
    with store.write("u2") as session:
        session.get_one(Visit, record_id).number = "LF2026-A0001"
    born, first, second = ops(store)
    assert first["set"] == {"safe_contact": "儿子"}
    assert second["set"] == {"state": "finished"}
    assert first["base"] == {"safe_contact": born["op"]}
    assert second["from"] == {"state": "received"}
    with store.read() as session:
        by = session.get_one(Visit, record_id).field_op
    assert by == {"*": born["op"], "safe_contact": first["op"], "state": second["op"]}


def test_an_instant_that_fits_no_more_can_be_mended(store: Store) -> None:
    """As when 26-11-12 was once read as a day of the year 26."""
    record_id = _added(store, "visit")
    with store.write("u1") as session:
        session.execute(text("UPDATE visit SET arrived_at = '0026-11-12T01:00:00+00:00'"))
    with store.write("u1") as session:
        session.get_one(Visit, record_id).arrived_at = clock.now()
    assert ops(store)[-1]["set"].keys() == {"arrived_at"}


def test_one_op_per_row_and_flush(store: Store) -> None:
    with store.write("u1") as session:
        visit = factories.visit(state="waiting")
        session.add(visit)
        session.flush()
        visit.state = "received"
        visit.headcount = 3
    assert [op["kind"] for op in ops(store)] == ["insert", "patch"]
    assert len({op["tx"] for op in ops(store)}) == 1


def test_numbers_have_no_hole_and_blocks_their_own_tx(store: Store) -> None:
    for _ in range(2):
        with store.write("u1") as session:
            session.add_all([factories.visit(), factories.matter()])
        with pytest.raises(ZeroDivisionError), store.write("u1") as session:
            _fail_after_flush(session)
    assert [op["seq"] for op in ops(store)] == [1, 2, 3, 4]
    assert len({op["tx"] for op in ops(store)}) == 2


def _fail_after_flush(session: Session) -> None:
    session.add(factories.visit())
    session.flush()
    _ = 1 / 0


def test_an_op_says_when_by_both_clocks(store: Store, fake_clock: FakeClock) -> None:
    _added(store, "visit")
    (op,) = ops(store)
    assert op["at"][-6] in "+-"
    assert op["mono"] > 0
    assert (op["run"], op["offset"], op["schema"], op["device"]) == (1, None, SCHEMA, store.device_id)


def test_local_tables_leave_no_op(store: Store) -> None:
    with store.write("u1") as session:
        session.execute(text("INSERT INTO setting VALUES ('a', 'b')"))
    assert ops(store) == []


def test_confirmed_rows_leave_a_shadow_and_no_op(store: Store) -> None:
    visit = factories.visit(number="LF2026-A0009")
    with store.write_confirmed() as session:
        session.add(visit)
    with store.write_confirmed() as session:
        session.get_one(Visit, visit.record_id).state = "finished"
    with store.read() as session:
        shadow = session.scalars(select(ShadowHead)).one()
    assert (shadow.version, shadow.fields["number"], shadow.fields["state"]) == (
        2,
        "LF2026-A0009",
        "finished",
    )
    assert "pad_no" not in shadow.fields
    assert ops(store) == []


_BULK: list[Callable[[Session], object]] = [
    lambda session: session.execute(update(Visit).values(number="x")),
    lambda session: session.execute(delete(Visit)),
    lambda session: session.execute(insert(Visit), [{"record_id": "x"}]),
    lambda session: session.execute(update(Visit.__table__).values(number="x")),
    lambda session: session.connection().execute(delete(Visit.__table__)),
    lambda session: session.connection().execute(insert(Visit.__table__), [{"record_id": "x"}]),
    lambda session: session.bulk_insert_mappings(Visit, [{"record_id": "x"}]),
    lambda session: session.bulk_update_mappings(Visit, [{"record_id": "x", "number": "x"}]),
    lambda session: session.query(Visit).delete(),
]


@pytest.mark.parametrize("statement", _BULK)
def test_bulk_statements_on_synced_tables_are_refused(
    store: Store, statement: Callable[[Session], object]
) -> None:
    with pytest.raises(RuntimeError, match="bulk statement on"), store.write("u1") as session:
        statement(session)


def test_no_plain_sql_in_the_program_changes_a_synced_table() -> None:
    """What the run-time guard cannot see: SQL written as text."""
    written = re.compile(r"(?i)\b(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+\"?(\w+)")
    floor = Path(desk.__file__).parent
    # The hub has tables of its own in another database.
    for path in sorted(set(floor.rglob("*.py")) - set((floor / "hub").rglob("*.py"))):
        named = {name.lower() for name in written.findall(path.read_text(encoding="utf-8"))}
        assert not named & SYNCED.keys(), path


def test_a_bulk_statement_is_refused_after_a_failed_flush_too(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.write("u1") as session:
        _fail_after_flush(session)
    with pytest.raises(RuntimeError, match="bulk statement on"), store.write("u1") as session:
        session.connection().execute(delete(Visit.__table__))


def _refused(store: Store, change: Callable[[Visit], None], said: str) -> None:
    record_id = _added(store, "visit")
    with pytest.raises(RuntimeError, match=said), store.write("u1") as session:
        change(session.get_one(Visit, record_id))


def test_a_row_is_never_deleted(store: Store) -> None:
    record_id = _added(store, "visit")
    with pytest.raises(RuntimeError, match="never deleted"), store.write("u1") as session:
        session.delete(session.get_one(Visit, record_id))


def test_a_tombstone_needs_a_reason(store: Store) -> None:
    _refused(store, lambda visit: visit.tombstone(" "), "says why")


def test_a_tombstone_stays(store: Store) -> None:
    record_id = _added(store, "visit")
    with store.write("u1") as session:
        session.get_one(Visit, record_id).tombstone("误录")
    with pytest.raises(RuntimeError, match="a tombstone stays"), store.write("u1") as session:
        session.get_one(Visit, record_id).void = False
    with pytest.raises(RuntimeError, match="is closed"), store.write("u1") as session:
        session.get_one(Visit, record_id).number = "x"


def test_no_record_is_born_void(store: Store) -> None:
    with pytest.raises(RuntimeError, match="born void"), store.write("u1") as session:
        session.add(factories.visit(void=True))


def test_a_fact_is_corrected_by_a_new_row(store: Store) -> None:
    """Class A: insert only (sync.md 2.7)."""
    record_id = _added(store, "reply")
    with pytest.raises(RuntimeError, match="is a fact"), store.write("u1") as session:
        session.get_one(Reply, record_id).text = "另有答复"


@pytest.mark.parametrize("block", ["read", "write_local"])
def test_other_blocks_may_not_change_synced_rows(store: Store, block: str) -> None:
    with pytest.raises(RuntimeError, match="may not change"), getattr(store, block)() as session:
        session.add(factories.visit())
