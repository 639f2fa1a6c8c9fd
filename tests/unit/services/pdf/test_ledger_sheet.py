"""Ledgers on the official sheet: headings on every page, figures whole, nobody signs an empty page."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desk.errors import PaperProblem
from desk.services.pdf import ledger_sheet
from desk.services.pdf.ledger_values import LedgerColumn, LedgerLine, LedgerSheet, LedgerTable, Rate, Sum
from tests.paper_samples import MISSING, RARE, fonts, outside, poppler_text, texts

TODAY = date(2026, 11, 26)
COLUMNS = (
    LedgerColumn("项目", 3),
    LedgerColumn("件数", 1, "right"),
    LedgerColumn("金额", 1.6, "right"),
)
LINES = (
    LedgerLine(("一、案件",)),
    *(LedgerLine((f"第{number}类", number, Sum(number * 100))) for number in range(1, 61)),
)
LEDGER = LedgerSheet(
    title="人民调解案件统计表",
    heads=("填报单位：示例镇人民调解委员会",),
    tables=(LedgerTable(COLUMNS, LINES, "一、数"),),
    remarks=("说明：按受理日期计入。",),
    signers=("填表人", "审核人"),
    seal="示例镇人民调解委员会",
)


def test_headings_stand_on_every_page_and_every_row_once(tmp_path: Path) -> None:
    pdf = ledger_sheet.draw(LEDGER, TODAY)
    pages = texts(pdf)
    assert len(pages) > 1
    assert all("项目件数金额" in page for page in pages)
    assert all(page.endswith(f"第{number}页共{len(pages)}页") for number, page in enumerate(pages, 1))
    whole = "".join(pages)
    assert all(whole.count(f"第{number}类{number}{number}.00") == 1 for number in range(1, 61))
    assert "2026年11月26日" in pages[-1]
    assert outside(pdf) == []
    assert "填报单位：示例镇人民调解委员会" in poppler_text(pdf, tmp_path)
    assert all(font[1:] == ("yes", "yes", "yes") for font in fonts(pdf, tmp_path))


@pytest.mark.parametrize("count", range(1, 34))
def test_whoever_signs_sees_figures_on_the_page(count: int) -> None:
    table = replace(LEDGER.tables[0], lines=LINES[: count + 1])
    pages = texts(ledger_sheet.draw(replace(LEDGER, tables=(table,)), TODAY))
    last = next(page for page in pages if "填表人" in page)
    assert f"第{count}类" in last
    assert "审核人" in last
    assert "盖章处" in last


def test_an_empty_table_says_so() -> None:
    empty = LedgerTable(COLUMNS, (), empty="这一年还没有。")
    assert "这一年还没有。" in texts(ledger_sheet.draw(replace(LEDGER, tables=(empty,)), TODAY))[0]


def test_a_heading_of_many_lines_stays_whole_over_its_table() -> None:
    columns = (*COLUMNS, LedgerColumn("涉及未成年人的件数", 0.3))
    lines = tuple(LedgerLine((f"第{number}类", number, Rate(1, number), "")) for number in range(1, 50))
    pages = texts(ledger_sheet.draw(replace(LEDGER, tables=(LedgerTable(columns, lines),)), TODAY))
    assert all("涉及未成年人的件数" in page for page in pages)


def test_rare_names_are_printed_and_a_missing_glyph_names_its_column() -> None:
    table = replace(LEDGER.tables[0], lines=(LedgerLine((RARE, 1, Sum(1))),))
    assert RARE in "".join(texts(ledger_sheet.draw(replace(LEDGER, tables=(table,)), TODAY)))
    table = replace(table, lines=(LedgerLine((MISSING, 1, Sum(1))),))
    with pytest.raises(PaperProblem, match="项目"):
        ledger_sheet.draw(replace(LEDGER, tables=(table,)), TODAY)
    with pytest.raises(PaperProblem, match="填报单位"):
        ledger_sheet.draw(replace(LEDGER, heads=(f"填报单位：{MISSING}",)), TODAY)
