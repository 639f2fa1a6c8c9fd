"""Rows as values, and copies of rows."""

from desk.models.attachment import Attachment as Row
from desk.models.store import Store
from desk.services.attachments.rows import copied, hanging_on, row_of, value
from desk.services.attachments.values import PHOTO, Prepared
from tests.fakes import FakeClock

READY = Prepared(b"12345", PHOTO, "image/jpeg", "积水.jpg", 30, 40, 1, b"")


def test_a_new_row_waits_for_the_hub(fake_clock: FakeClock) -> None:
    """sync.md 2.10: `state: pending` until the hub has the bytes."""
    row = row_of(READY, "ab" * 32, 3)
    assert (row.state, row.size, row.n, row.pages) == ("pending", 5, 3, 1)
    assert row.added_at == fake_clock.moment
    shown = value(row)
    assert (shown.name, shown.sha256, shown.protected) == ("积水.jpg", "ab" * 32, False)


def test_a_copy_says_the_same_under_another_id(fake_clock: FakeClock) -> None:
    row = row_of(READY, "ab" * 32, 3)
    row.noun, row.target_id, row.note, row.turn = "visit", "v1", "门口", 90
    again = copied(row)
    assert again.record_id != row.record_id
    assert {**vars(value(again)), "id": ""} == {**vars(value(row)), "id": ""}


def test_what_hangs_on_a_record_comes_in_order(store: Store) -> None:
    with store.write("u1") as rows:
        for n, (noun, target) in enumerate(
            [("visit", "v1"), ("visit", "v2"), ("mediation", "v1"), ("visit", "v1")]
        ):
            rows.add(Row(noun=noun, target_id=target, n=9 - n, name=str(n)))
    with store.write("u1") as rows:
        assert [row.name for row in hanging_on(rows, "visit", "v1")] == ["3", "0"]
        hanging_on(rows, "visit", "v1")[0].tombstone("误加")
        assert [row.name for row in hanging_on(rows, "visit", "v1")] == ["0"]
