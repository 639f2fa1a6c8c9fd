"""What an import remembers, and when it may be taken back."""

import pytest

from desk.errors import InputProblem
from desk.models.deputy import Deputy
from desk.models.store import Store
from desk.services.roster.undoing import Changes, take_back
from tests import factories


def test_new_rows_become_void_and_old_values_come_back(store: Store) -> None:
    old, new = factories.deputy(post="教师"), factories.deputy(name="张某")
    with store.write("u1") as rows:
        rows.add(old)
    changes = Changes()
    with store.write("u1") as rows:
        row = rows.get_one(Deputy, old.record_id)
        changes.note(row, ["post"], is_new=False)
        changes.note(new, ["name"], is_new=True)
        row.post = "校长"
        rows.add(new)
        rows.flush()
        kept = changes.as_json()
    with store.write("u1") as rows:
        take_back(rows, kept)
    with store.read() as rows:
        assert rows.get_one(Deputy, old.record_id).post == "教师"
        assert rows.get_one(Deputy, new.record_id).void


def test_another_field_changed_since_does_no_harm_but_the_same_one_does(store: Store) -> None:
    deputy = factories.deputy(post="教师")
    with store.write("u1") as rows:
        rows.add(deputy)
    changes = Changes()
    with store.write("u1") as rows:
        row = rows.get_one(Deputy, deputy.record_id)
        changes.note(row, ["post"], is_new=False)
        row.post = "校长"
        rows.flush()
        kept = changes.as_json()
    with store.write("u1") as rows:
        rows.get_one(Deputy, deputy.record_id).alias = "某"
    with store.write("u1") as rows:
        take_back(rows, kept)
    with store.write("u1") as rows:
        rows.get_one(Deputy, deputy.record_id).post = "退休"
    with pytest.raises(InputProblem, match="李某某"), store.write("u1") as rows:
        take_back(rows, kept)
