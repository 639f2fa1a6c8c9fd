"""A ledger as a workbook: the same tables as on paper, figures as numbers, never a formula."""

import io
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from desk.services import ledger_xlsx
from desk.services.pdf import lines
from desk.services.pdf.ledger_values import LedgerSheet, LedgerTable, Rate, Sum, TenThousands, Value, shown

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_CHARACTERS: Final = 88  # of a whole row, shared out over its columns
_LEAST: Final = 7


def write(ledger: LedgerSheet) -> bytes:
    """Return the ledger as XLSX: title, who reports on what, each table under its headings, remarks.

    Counts and sums are numbers that can be added up, a rate is a number shown in per cent; all else is text
    that cannot become a formula.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = lines.clean(ledger.title)[:31]
    width = max(len(table.columns) for table in ledger.tables)
    _whole(sheet, 1, ledger.title, width)
    sheet.cell(1, 1).font = Font(bold=True, size=16)
    sheet.cell(1, 1).alignment = Alignment(horizontal="center")
    row = 2
    for words in ledger.heads:
        _whole(sheet, row, words, width)
        row += 1
    for number, table in enumerate(ledger.tables):
        row = _table(sheet, table, row + (number > 0), width)
    for words in ledger.remarks:
        _whole(sheet, row, words, width)
        row += 1
    _set_up(sheet, ledger)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _table(sheet: "Worksheet", table: LedgerTable, row: int, width: int) -> int:
    """Write a table from `row` on; return the row after it."""
    from openpyxl.styles import Font

    if table.caption:
        _whole(sheet, row, table.caption, width)
        sheet.cell(row, 1).font = Font(bold=True)
        row += 1
    for column, heading in enumerate(table.columns, 1):
        ledger_xlsx.put(sheet, row, column, heading.heading)
        sheet.cell(row, column).font = Font(bold=True)
    row += 1
    if not table.lines:
        _whole(sheet, row, table.empty, width)
        return row + 1
    for line in table.lines:
        if len(line.values) == 1:
            _whole(sheet, row, shown(line.values[0]), width)
            sheet.cell(row, 1).font = Font(bold=True)
        for column, value in enumerate(line.values if len(line.values) > 1 else (), 1):
            _put(sheet, row, column, value)
        row += 1
    return row


def _put(sheet: "Worksheet", row: int, column: int, value: Value) -> None:
    number = _number(value)
    if number is None:
        ledger_xlsx.put(sheet, row, column, shown(value) if not isinstance(value, int) else value)
        return
    cell = sheet.cell(row, column)
    cell.value, cell.number_format = number


def _number(value: Value) -> tuple[Decimal | float, str] | None:
    """Return a sum or a rate as a number with its format; None for what is written as it stands."""
    if isinstance(value, Sum):
        return Decimal(value.fen) / 100, "#,##0.00"
    if isinstance(value, TenThousands):
        return Decimal(value.fen) / 1_000_000, "0.00####"
    if isinstance(value, Rate) and value.whole:
        return value.part / value.whole, "0.0%"
    return None


def _whole(sheet: "Worksheet", row: int, words: str, width: int) -> None:
    """Write words over the whole width."""
    ledger_xlsx.put(sheet, row, 1, words)
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)


def _set_up(sheet: "Worksheet", ledger: LedgerSheet) -> None:
    """Give the columns their widths, and let the sheet print on A4 upright, as wide as it is."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    columns = max((table.columns for table in ledger.tables), key=len)
    whole = sum(column.share for column in columns)
    for place, column in enumerate(columns, 1):
        share = max(_LEAST, round(_CHARACTERS * column.share / whole))
        sheet.column_dimensions[get_column_letter(place)].width = share
    if len(ledger.tables) == 1:
        head = len(ledger.heads) + 2 + bool(ledger.tables[0].caption)
        sheet.freeze_panes = f"A{head + 1}"
        sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "portrait"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
