from desk.services.seed.batch import Batch


def test_rows_are_heaped_by_noun() -> None:
    batch = Batch()
    batch.add("visit", {"record_id": "v1"})
    batch.add_all({"visit": [{"record_id": "v2"}], "duty": [{"record_id": "d1"}]})
    assert {noun: [row["record_id"] for row in rows] for noun, rows in batch.rows.items()} == {
        "visit": ["v1", "v2"],
        "duty": ["d1"],
    }
