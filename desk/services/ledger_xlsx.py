"""接待选民登记簿 as a workbook: the same rows and totals as the paper one, each cell text or a count."""

import io
from typing import TYPE_CHECKING

from desk.services.pdf import lines, visits_ledger
from desk.services.pdf.visits_ledger import VisitsLedger

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_WIDTHS = (6, 16, 18, 14, 6, 11, 44, 14, 20, 12, 12, 9)


def write(ledger: VisitsLedger) -> bytes:
    """Return the ledger as XLSX: title, period, headings (frozen), one row a visit, totals.

    Texts stay texts (numbers and phones keep their digits), and nothing a visitor said can become a formula.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = lines.clean(ledger.title)[:31]
    width = len(visits_ledger.columns())
    for row, text in enumerate((ledger.title, f"{ledger.station}　{ledger.period_text}"), 1):
        put(sheet, row, 1, text)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
    sheet.cell(1, 1).font = Font(bold=True, size=16)
    sheet.cell(1, 1).alignment = Alignment(horizontal="center")
    for column, heading in enumerate(visits_ledger.columns(), 1):
        put(sheet, 3, column, heading)
        sheet.cell(3, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS[column - 1]
    for number, row_values in enumerate(ledger.rows, 1):
        for column, value in enumerate(visits_ledger.values(row_values, number), 1):
            put(sheet, 3 + number, column, value)
    put(sheet, 4 + len(ledger.rows), 1, visits_ledger.total(ledger))
    sheet.freeze_panes = "A4"
    sheet.print_title_rows = "3:3"
    sheet.page_setup.orientation = "landscape"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def put(sheet: "Worksheet", row: int, column: int, value: str | int) -> None:
    """Write a count as a number and everything else as text, quoted where it looks like a formula."""
    from openpyxl.styles import Alignment

    cell = sheet.cell(row, column)
    if isinstance(value, int):
        cell.value = value
        return
    cell.value = lines.clean(value)
    cell.data_type = "s"  # or openpyxl stores what begins with = as a formula
    cell.number_format = "@"
    cell.alignment = Alignment(wrap_text=column > 1, vertical="center")
    if value.startswith(_FORMULA_STARTS):
        cell.quotePrefix = True
