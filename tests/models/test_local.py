from desk.models.local import Draft, ImportBatch, NumberCounter, Pad, Recent
from desk.models.store import Store
from tests.factories import MORNING


def test_local_rows_come_back(store: Store) -> None:
    draft = Draft(kind="visit", fields={"name": "王"}, cursor_field="subject", saved_at=MORNING)
    batch = ImportBatch(source="名单.xlsx", counts={"new": 3}, changes={"deputy": ["d1"]})
    with store.write_local() as session:
        session.add_all([draft, batch, NumberCounter(kind="LF", letter="A", year=2026, last=312)])
        session.add_all([Recent(noun="visit", record_id="v1", opened_at=MORNING), Pad(number="LF2026-A0400")])
    with store.read() as session:
        back = session.get_one(Draft, draft.draft_id)
        assert (back.fields, back.cursor_field, back.saved_at) == ({"name": "王"}, "subject", MORNING)
        assert session.get_one(NumberCounter, ("LF", "A", 2026)).last == 312
        assert session.get_one(ImportBatch, batch.batch_id).counts == {"new": 3}
        assert session.get_one(Pad, "LF2026-A0400").visit_id == ""
