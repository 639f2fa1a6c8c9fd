"""接待选民登记簿: the ledger of visits of a period, A4 landscape (domain.md 7.5, F-50; product.md, Numbers).

The running row number (序号) is derived here; names come masked and rows the reader may not see do not come.
"""

from dataclasses import dataclass

from desk.services.pdf import cells, lines, page
from desk.services.pdf.page import GREY, Sheet, Style
from desk.text import _


@dataclass(frozen=True)
class LedgerRow:
    """One visit as the ledger shows it; every value is ready to print."""

    number: str
    at_text: str
    name: str
    headcount: int
    kind: str
    subject: str
    category: str
    receivers: str
    outcome: str
    reply_text: str
    rating: str


@dataclass(frozen=True)
class VisitsLedger:
    """The visits of a period, oldest first, with their totals in 批次 and 人次."""

    title: str
    station: str
    period_text: str
    printed_text: str
    batches: int
    people: int
    rows: tuple[LedgerRow, ...]


@dataclass(frozen=True)
class _Laid:
    """One row broken into its cells, with its height in mm."""

    cells: tuple[lines.Fitted, ...]
    height: float


_LEFT, _TOP, _BOTTOM = 14.0, 31.0, 194.0
_HEAD_HEIGHT = 8.0
_WIDTHS = (10.0, 25.0, 22.0, 22.0, 10.0, 18.0, 59.0, 22.0, 28.0, 18.0, 22.0, 16.0)
_CENTRED = frozenset({0, 4})
_MOST = 4  # lines in a cell
_HEAD = Style(8.5, bold=True, align="centre")


def columns() -> tuple[str, ...]:
    """Return the headings, in the order of `values`."""
    return (
        _("序号"),
        _("登记号"),
        _("时间"),
        _("来访人"),
        _("人次"),
        _("形式"),
        _("反映事项"),
        _("类别"),
        _("接待代表"),
        _("处理"),
        _("反馈"),
        _("满意度"),
    )


def values(row: LedgerRow, number: int) -> tuple[str | int, ...]:
    """Return the cells of a row, `number` being its place in this ledger."""
    return (
        number,
        row.number,
        row.at_text,
        row.name,
        row.headcount,
        row.kind,
        row.subject,
        row.category,
        row.receivers,
        row.outcome,
        row.reply_text,
        row.rating,
    )


def total(ledger: VisitsLedger) -> str:
    """Return the line under the last row; visits are counted in batches and in people."""
    return _("合计  {batches} 批次  {people} 人次").format(batches=ledger.batches, people=ledger.people)


def draw(ledger: VisitsLedger) -> bytes:
    """Return the ledger as PDF. Raises PaperProblem when a face lacks a character, naming the column."""
    sheet = Sheet(page.A4_LANDSCAPE, ledger.title)
    pages = _paginate([_lay(sheet, row, number) for number, row in enumerate(ledger.rows, 1)])
    for number, rows in enumerate(pages, 1):
        if number > 1:
            sheet.next_page()
        _draw_head(sheet, ledger, number, len(pages))
        y = _TOP + _HEAD_HEIGHT
        for row in rows:
            _draw_row(sheet, row, y)
            y += row.height
        if number == len(pages):
            sheet.text(_LEFT, y + 6.5, total(ledger), Style(11, bold=True))
    return sheet.finish()


def _lay(sheet: Sheet, row: LedgerRow, number: int) -> _Laid:
    fitted = tuple(
        cells.fit(sheet, width, str(value), _style(column), most=_MOST, field=heading)
        for column, (width, value, heading) in enumerate(
            zip(_WIDTHS, values(row, number), columns(), strict=True)
        )
    )
    return _Laid(fitted, max(cells.height(cell) for cell in fitted))


def _style(column: int) -> Style:
    return Style(8.5, align="centre" if column in _CENTRED else "left")


def _paginate(rows: list[_Laid]) -> list[list[_Laid]]:
    """Share the rows out over pages; the last one keeps room for the total."""
    pages: list[list[_Laid]] = [[]]
    y = _TOP + _HEAD_HEIGHT
    for row in rows:
        if y + row.height > _BOTTOM - 8:
            pages.append([])
            y = _TOP + _HEAD_HEIGHT
        pages[-1].append(row)
        y += row.height
    return pages


def _draw_head(sheet: Sheet, ledger: VisitsLedger, number: int, count: int) -> None:
    middle, right = 297 / 2, _LEFT + sum(_WIDTHS)
    title = Style(18, bold=True, align="centre", spacing=4)
    sheet.fitted(middle, 17, 250, ledger.title, title, least=9, field=_("标题"))
    small = Style(10, tone=GREY)
    sheet.fitted(_LEFT, 27, 130, ledger.station, small, least=6, field=_("站名"))
    sheet.fitted(right, 27, 120, ledger.period_text, Style(10, tone=GREY, align="right"), field=_("时段"))
    x = _LEFT
    for width, heading in zip(_WIDTHS, columns(), strict=True):
        cells.put(sheet, cells.Box(x, _TOP, width, _HEAD_HEIGHT), heading, _HEAD)
        x += width
    place = _("第 {number} 页  共 {count} 页").format(number=number, count=count)
    sheet.text(middle, 203, place, Style(10, tone=GREY, align="centre"))
    sheet.fitted(right, 203, 90, ledger.printed_text, Style(9, tone=GREY, align="right"), field=_("打印时间"))


def _draw_row(sheet: Sheet, row: _Laid, y: float) -> None:
    x = _LEFT
    for column, (width, fitted) in enumerate(zip(_WIDTHS, row.cells, strict=True)):
        cells.draw(sheet, cells.Box(x, y, width, row.height), fitted, _style(column), columns()[column])
        x += width
