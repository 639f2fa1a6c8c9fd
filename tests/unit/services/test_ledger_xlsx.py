"""The ledger as a workbook: same rows, texts stay texts, nothing becomes a formula."""

import io
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from desk.services import ledger_xlsx
from desk.services.pdf import visits_ledger
from desk.services.pdf.visits_ledger import LedgerRow, VisitsLedger

ROW = LedgerRow(
    number="LF2026-A0001",
    at_text="11-23 10:30",
    name="陈**",
    headcount=2,
    kind="来站",
    subject="小区雨后积水",
    category="城乡建设",
    receivers="王某某",
    outcome="拟交办",
    reply_text="",
    rating="满意",
)
LEDGER = VisitsLedger("接待选民登记簿", "示例镇人大代表联络站", "2026 年 11 月", "打印于", 2, 5, (ROW, ROW))


def _sheet(ledger: VisitsLedger) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(ledger_xlsx.write(ledger))).worksheets[0]


def test_rows_and_totals_are_those_of_the_paper() -> None:
    sheet = _sheet(LEDGER)
    assert sheet["A1"].value == "接待选民登记簿"
    assert tuple(cell.value for cell in sheet[3]) == visits_ledger.columns()
    assert [sheet.cell(row, 1).value for row in (4, 5)] == [1, 2]
    assert tuple(cell.value for cell in sheet[4]) == tuple(
        value or None for value in visits_ledger.values(ROW, 1)
    )
    assert sheet["A6"].value == "合计  2 批次  5 人次"
    assert sheet.freeze_panes == "A4"


@pytest.mark.parametrize(
    "words", ["=1+1", "+8613800000000", "-2", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(1)"]
)
def test_what_a_visitor_said_never_becomes_a_formula(words: str) -> None:
    cell = _sheet(replace(LEDGER, rows=(replace(ROW, subject=words),)))["G4"]
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert cell.number_format == "@"


def test_long_digits_stay_digits_and_controls_go() -> None:
    sheet = _sheet(
        replace(LEDGER, rows=(replace(ROW, number="11010519491231002X", subject="a\x00\x0b\u202eb"),))
    )
    assert sheet["B4"].value == "11010519491231002X"
    assert sheet["B4"].data_type == "s"
    assert sheet["G4"].value == "a\nb"
