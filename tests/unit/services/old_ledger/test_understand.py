"""A whole ledger with the mess stations leave in it."""

from datetime import date

from desk.services.old_ledger import columns
from desk.services.old_ledger.understand import understand
from desk.services.sheets.table import Line, Table
from tests.unit.services.old_ledger.ledger_stage import KNOWN, at_line, town


def table(*lines: tuple[str, ...], sheet: str = "") -> Table:
    return Table("台账.xlsx", sheet, tuple(Line(at, cells) for at, cells in enumerate(lines, start=1)))


def test_every_line_is_a_matter_or_passed_over_with_a_reason() -> None:
    ledger = town()
    assert ledger.title == "示例镇人大代表联络站民情台账（2026年）"
    assert len(ledger.rows) == 21
    assert [(each.line, each.reason) for each in ledger.skipped] == [
        (18, "重复的表头"),
        (27, "没有写事由"),
        (28, "没有写事由"),
    ]
    assert "填表说明" in ledger.notes[0]


def test_dates_in_many_spellings_and_none() -> None:
    days = {row.line: row.day for row in town().rows}
    assert days[4] == days[5] == date(2026, 3, 5)
    assert days[6] == days[7] == date(2026, 3, 12)
    assert days[9] == days[10] == days[11] == days[13] == date(2026, 3, 20)
    assert days[19] == days[20] == days[21] == date(2026, 5, 7)
    assert "按上一行" in at_line(13).doubts_about(columns.DAY)[0]
    assert {line for line, day in days.items() if day is None} == {14, 22}
    assert at_line(14).problem == "日期“2026-4-31”看不懂。"


def test_done_and_open_and_kept_apart() -> None:
    rows = town().rows
    assert [row.line for row in rows if row.closed] == [5, 13, 19]
    assert [row.line for row in rows if row.apart] == [16, 23]
    assert at_line(17).doubts_about(columns.RESULT)


def test_the_ditto_mark_stands_for_the_line_above() -> None:
    assert at_line(11).phone == "13700006625"
    assert at_line(11).day == at_line(10).day


def test_without_a_column_of_matters_there_is_nothing_and_a_note() -> None:
    ledger = understand(table(("姓名", "电话"), ("王某", "1")), KNOWN)
    assert ledger.rows == ()
    assert "没有找到“事由”" in ledger.notes[0]
    corrected = understand(
        table(("姓名", "甲", "乙"), ("王某", "积水", "2026-3-1")),
        KNOWN,
        {0: columns.NAME, 1: columns.SUBJECT, 2: columns.DAY},
    )
    assert [(row.name, row.subject, row.day) for row in corrected.rows[1:]] == [
        ("王某", "积水", date(2026, 3, 1))
    ]


def test_without_a_column_of_days_nothing_can_be_imported() -> None:
    ledger = understand(table(("姓名", "事由"), ("王某", "积水")), KNOWN)
    assert "没有找到“日期”" in ledger.notes[0]
    assert ledger.rows[0].problem == "没有写日期，不能导入。"


def test_the_year_may_stand_on_the_sheet() -> None:
    ledger = understand(table(("日期", "事由"), ("3.5", "积水"), sheet="2025年"), KNOWN)
    assert ledger.rows[0].day == date(2025, 3, 5)
