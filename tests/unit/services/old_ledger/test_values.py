"""Doubts by field."""

from desk.services.old_ledger.values import LedgerRow
from desk.services.sheets.findings import Doubt


def test_doubts_about_a_field() -> None:
    row = LedgerRow(4, doubts=(Doubt("day", "一"), Doubt("name", "二")))
    assert row.doubts_about("day") == ("一",)
