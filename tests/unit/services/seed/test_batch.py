from datetime import UTC, datetime, timedelta

from desk.services import search_index
from desk.services.seed.batch import Batch


def test_rows_are_heaped_by_noun() -> None:
    batch = Batch()
    batch.add("visit", {"record_id": "v1"})
    batch.add_all({"visit": [{"record_id": "v2"}], "duty": [{"record_id": "d1"}]})
    assert {noun: [row["record_id"] for row in rows] for noun, rows in batch.rows.items()} == {
        "visit": ["v1", "v2"],
        "duty": ["d1"],
    }


def test_records_of_one_moment_are_found_under_numbers_of_their_own() -> None:
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    batch = Batch(first_slot=8)
    batch.find_by(at, "visit", "v1", ["王", "某"])
    batch.find_by(at, "mediation", "m1", ["钱"])
    batch.find_by(at, "mediation", "m2", ["冯"])
    batch.find_by(at + timedelta(milliseconds=1), "visit", "v2", ["褚"])
    first, later = search_index.first_row(at), search_index.first_row(at + timedelta(milliseconds=1))
    assert batch.entries == [
        (first + 8, "visit", "v1", "王 某"),
        (first + 9, "mediation", "m1", "钱"),
        (first + 10, "mediation", "m2", "冯"),
        (later + 8, "visit", "v2", "褚"),
    ]
