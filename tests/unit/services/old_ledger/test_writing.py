"""Who is known by name and phone."""

from desk.models.store import Store
from desk.services.old_ledger.values import LedgerRow
from desk.services.old_ledger.writing import people_of
from tests import factories


def test_only_name_and_phone_together_are_somebody(store: Store) -> None:
    person = factories.person(name="王某某", phone="13800006621")
    with store.write("u1") as rows:
        rows.add(person)
        rows.add(factories.person(name="李某", phone=""))
    ledger = [LedgerRow(1, name="王某某", phone="13800006621"), LedgerRow(2, name="李某")]
    with store.read() as rows:
        assert people_of(rows, ledger) == {("王某某", "13800006621"): person.record_id}
