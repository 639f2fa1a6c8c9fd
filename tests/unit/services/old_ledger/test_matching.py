"""The plan: what is new, what is there, what is passed over."""

from dataclasses import replace
from datetime import date

from desk.services.old_ledger.matching import lay_beside, mark_of
from desk.services.old_ledger.plan_values import NEW, SKIP
from tests.unit.services.old_ledger.ledger_stage import at_line, town


def test_what_would_happen_line_by_line() -> None:
    plan = lay_beside("台账.xlsx", town().rows, frozenset())
    actions = {entry.row.line: entry.action for entry in plan.entries}
    assert [line for line, action in actions.items() if action != "new"] == [5, 13, 14, 16, 19, 22, 23, 25]
    assert actions[25] == "doubtful"
    assert actions[16] == actions[23] == "apart"
    assert actions[14] == actions[22] == "problem"
    assert all((entry.default == NEW) == (entry.action == "new") for entry in plan.entries)
    assert all(entry.note for entry in plan.entries if entry.default == SKIP)


def test_what_is_stored_is_known() -> None:
    row = at_line(4)
    marks = frozenset({mark_of(row.day, row.name, row.statement)})
    (entry,) = lay_beside("台账.xlsx", [row], marks).entries
    assert (entry.action, entry.fixed) == ("known", True)
    (other,) = lay_beside("台账.xlsx", [replace(row, name="王某")], marks).entries
    assert other.action == "new"


def test_signs_and_blanks_make_no_other_matter() -> None:
    day = date(2026, 3, 5)
    assert mark_of(day, "王 某", "门口，积水。") == mark_of(day, "王某", "门口积水")
    assert mark_of(day, "王某", "积水") != mark_of(date(2026, 3, 6), "王某", "积水")
