"""A ledger as a workbook: figures are numbers, words are text, nothing is a formula."""

import io
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from desk.services import ledger_workbook
from desk.services.pdf.ledger_values import (
    LedgerColumn,
    LedgerLine,
    LedgerSheet,
    LedgerTable,
    Rate,
    Sum,
    TenThousands,
)

TABLE = LedgerTable(
    (LedgerColumn("项目", 3), LedgerColumn("单位"), LedgerColumn("合计", 1, "right")),
    (
        LedgerLine(("一、案件",)),
        LedgerLine(("总数", "件", 12)),
        LedgerLine(("成功率", "％", Rate(2, 3))),
        LedgerLine(("没有结束的", "％", Rate(0, 0))),
        LedgerLine(("金额", "元", Sum(260_005))),
        LedgerLine(("金额", "万元", TenThousands(123_456_789))),
    ),
)
LEDGER = LedgerSheet("统计表", ("填报单位：示例镇",), (TABLE,), ("说明：按受理日期。",))


def _sheet(ledger: LedgerSheet) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(ledger_workbook.write(ledger))).worksheets[0]


def test_figures_are_numbers_and_every_line_has_its_row() -> None:
    sheet = _sheet(LEDGER)
    assert [cell.value for cell in sheet["A"]] == [
        *("统计表", "填报单位：示例镇", "项目", "一、案件", "总数", "成功率", "没有结束的", "金额", "金额"),
        "说明：按受理日期。",
    ]
    assert sheet["C5"].value == 12
    assert sheet["C6"].value == pytest.approx(2 / 3)
    assert sheet["C6"].number_format == "0.0%"
    assert sheet["C7"].value == "—"
    assert sheet["C8"].value == pytest.approx(2600.05)
    # Exact, not as it is shown: parts add up to the whole.
    assert sheet["C9"].value == pytest.approx(123.456789)
    assert sheet.freeze_panes == "A4"
    assert sheet.page_setup.fitToHeight == 0
    assert not any(cell.data_type == "f" for row in sheet for cell in row)


def test_two_tables_stand_below_one_another_and_an_empty_one_says_so() -> None:
    empty = replace(TABLE, lines=(), caption="二、调解员", empty="还没有。")
    column = [cell.value for cell in _sheet(replace(LEDGER, tables=(TABLE, empty)))["A"]]
    assert column[-4:] == ["二、调解员", "项目", "还没有。", "说明：按受理日期。"]


@pytest.mark.parametrize("words", ["=1+1", "+8613800000000", "-2", "@SUM(A1)"])
def test_words_never_become_a_formula(words: str) -> None:
    table = replace(TABLE, lines=(LedgerLine((words, words, words)),))
    sheet = _sheet(replace(LEDGER, heads=(words,), tables=(table,)))
    for place in ("A2", "A4", "B4", "C4"):
        assert sheet[place].data_type == "s"
        assert sheet[place].quotePrefix
