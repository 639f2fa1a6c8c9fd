"""Only what nobody has worked on is taken back."""

import pytest

from desk.errors import InputProblem
from desk.models.store import Store
from desk.services.old_ledger import undoing
from tests import factories


def test_a_person_somebody_else_came_as_stays(store: Store) -> None:
    person, visit = factories.person(), factories.visit()
    visit.person_id = person.record_id
    other = factories.visit(person_id=person.record_id)
    matter = factories.matter(visit_id=visit.record_id)
    with store.write("u1") as rows:
        rows.add_all([person, visit, other, matter])
        rows.flush()
        noted = undoing.noted(visit, matter, "m")
    with store.write("u1") as rows:
        assert undoing.take_back(rows, {"matters": [noted], "people": [person.record_id]}) == 1
    with store.read() as rows:
        assert not rows.get_one(type(person), person.record_id).void
        assert rows.get_one(type(visit), visit.record_id).void


def test_a_receipt_given_since_keeps_it(store: Store) -> None:
    visit = factories.visit(number="LF2026-A0007")
    matter = factories.matter(visit_id=visit.record_id)
    with store.write("u1") as rows:
        rows.add_all([visit, matter])
        rows.flush()
        noted = undoing.noted(visit, matter, "m")
    with store.write("u1") as rows:
        rows.add(factories.receipt(visit_id=visit.record_id))
    with store.write("u1") as rows, pytest.raises(InputProblem, match="LF2026-A0007"):
        undoing.take_back(rows, {"matters": [noted], "people": []})
