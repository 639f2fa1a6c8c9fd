"""What is chosen if the clerk chooses nothing."""

from desk.services.old_ledger.plan_values import NEW, SKIP, Entry
from desk.services.old_ledger.values import LedgerRow


def test_only_new_matters_are_imported_unasked() -> None:
    row = LedgerRow(4)
    assert Entry(row, "new", "m").default == NEW
    assert Entry(row, "closed", "m").default == SKIP
    assert not Entry(row, "closed", "m").fixed
    assert Entry(row, "problem", "m").fixed
