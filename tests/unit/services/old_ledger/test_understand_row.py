"""One line of an old ledger as one matter."""

from desk.services.old_ledger import columns
from desk.services.old_ledger.understand_row import Sheet, understand_row
from desk.services.old_ledger.values import LedgerRow
from desk.services.sheets.headers import Column
from desk.services.sheets.table import Line
from tests.unit.services.old_ledger.ledger_stage import KNOWN, at_line


def row(**cells: str) -> LedgerRow:
    found = {"day": "2026-3-5", "name": "王某", "statement": "积水"} | cells
    sheet = Sheet(tuple(Column(at, meaning, meaning) for at, meaning in enumerate(found)), KNOWN)
    return understand_row(Line(5, tuple(found.values())), sheet, before=None, year=2026)


def test_a_full_line() -> None:
    found = at_line(4)
    assert (found.name, found.phone, found.headcount, found.kind) == ("王某某", "13800006621", 1, "station")
    assert (found.category, found.unit, found.level) == ("urban", "示例县住建局", "county")
    assert found.receiver_ids == ("d1",)
    assert found.doubts == ()
    assert found.statement == "小区3幢楼道路灯坏了半年，晚上老人上下楼看不见。"


def test_who_is_not_in_the_roster_goes_into_the_note() -> None:
    found = at_line(6)
    assert (found.receivers, found.receiver_ids) == (("郑勇欣", "钱某"), ("d1",))
    assert "接待代表：钱某" in found.note
    assert "钱某" in found.doubts_about(columns.RECEIVER)[0]


def test_what_no_field_holds_goes_with_the_matter() -> None:
    assert at_line(10).note == (
        "旧台账记载\n处理情况：报镇政府\n期限：5月底前\n结果：未办结\n接待代表：孙某某\n备注：5月又催过一次"
    )


def test_a_counted_term_is_noted_with_its_day() -> None:
    assert "期限：30天（2026-04-11）" in at_line(6).note
    assert "期限：2026-04-05\n" in at_line(4).note


def test_the_greater_head_count_holds() -> None:
    assert row(headcount="2", name="王某、李某、张某").headcount == 3
    assert row(headcount="9", name="王某等3人").headcount == 9
    assert row(name="王某").headcount == 1


def test_no_more_than_five_speak_for_a_group() -> None:
    """XF-03."""
    found = row(name="王某、李某、张某、赵某、钱某、孙某")
    assert found.companions == ("李某", "张某", "赵某", "钱某")
    assert found.headcount == 6
    assert "同来：孙某" in found.note


def test_a_category_the_profile_lacks_is_told_and_kept() -> None:
    found = row(category="水产")
    assert found.category == ""
    assert found.doubts_about(columns.CATEGORY)
    assert "类别：水产" in found.note
