"""Values of an understood roster."""

from desk.services.roster.values import RosterRow
from desk.services.sheets.findings import Doubt


def test_doubts_are_asked_for_by_field() -> None:
    row = RosterRow(
        line=4, name="王某", doubts=(Doubt("phone", "甲"), Doubt("name", "乙"), Doubt("phone", "丙"))
    )
    assert row.doubts_about("phone") == ("甲", "丙")
    assert row.doubts_about("post") == ()
