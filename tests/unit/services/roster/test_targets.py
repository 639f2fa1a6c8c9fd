"""What a row wants the store to hold."""

from dataclasses import replace
from datetime import date

from desk.services.roster.targets import deputy_fields, level_code, mandate_targets
from desk.services.roster.values import RosterMandate, RosterRow
from tests.unit.services.roster.known import KNOWN

ROW = RosterRow(line=4, name="王某", levels=("县",), mandates=(RosterMandate("县", "第1选区"),))


def test_a_new_deputy_is_in_office() -> None:
    assert deputy_fields(ROW, None) == {"name": "王某", "state": "active"}
    (target,) = mandate_targets(ROW, None)
    assert (target.known, target.level, target.fields) == (
        None,
        4,
        {"constituency": "第1选区", "state": "active"},
    )


def test_an_empty_cell_wants_nothing() -> None:
    assert deputy_fields(ROW, KNOWN) == {}
    assert mandate_targets(ROW, KNOWN) == ()


def test_departure_ends_the_mandates() -> None:
    """ZD-04."""
    gone = replace(ROW, departed=True, birth=date(1971, 1, 1))
    assert deputy_fields(gone, KNOWN) == {"birth_date": date(1971, 1, 1), "state": "departed"}
    (target,) = mandate_targets(gone, KNOWN)
    assert target.fields == {"state": "ended"}


def test_what_no_mandate_can_hold_stays_in_the_remark() -> None:
    """ZD-05."""
    street = replace(
        ROW, levels=("镇",), mandates=(), constituency="第3选区", consultative=True, remark="连任"
    )
    assert deputy_fields(street, None)["remark"] == "连任；名册写作镇级代表；第3选区"


def test_two_mandates_of_one_level_are_told_apart_by_place() -> None:
    row = replace(ROW, mandates=(RosterMandate("县", "第1选区"), RosterMandate("县", "第2选区")))
    (target,) = mandate_targets(row, KNOWN)
    assert (target.known, target.fields["constituency"]) == (None, "第2选区")


def test_level_codes() -> None:
    """ZD-01."""
    assert [level_code(word) for word in ("全国", "省", "市", "县", "镇")] == [1, 2, 3, 4, 5]
