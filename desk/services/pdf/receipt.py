"""来访接待回执: the A5 receipt (F-53, XF-07), its second page the stub (存根) that carries the signatures."""

from typing import NamedTuple

from desk.services.pdf import lines, page, qr_mark
from desk.services.pdf.page import GREY, INK, RED, Sheet, Style
from desk.services.pdf.receipt_values import ReceiptPaper, ReceiptRow
from desk.text import _

_LEFT, _RIGHT = 12.5, 197.5
_ROWS_TOP, _ROWS_BOTTOM = 60.5, 103.0  # first baseline of the rows, lowest baseline allowed
_CODE_BOTTOM = 141.0

_ROW_SIZES = (
    (12, 3.2),
    (11.5, 2.6),
    (11, 2.0),
    (10, 1.6),
    (9, 1.2),
    (8, 1.0),
    (7, 0.8),
)  # points, mm between

_LABEL = Style(11.5, tone=GREY)
_VALUE = Style(12)
_SMALL = Style(8.5)
_NOTE = Style(10, tone=GREY)
_SPOKEN = Style(20, bold=True, spacing=1.5)


class _Slot(NamedTuple):
    """Where a label stands, where its value begins and where the value must end (mm)."""

    label: float
    value: float
    end: float


_FIRST = _Slot(_LEFT, 36.3, 102)
_SECOND = _Slot(105, 128.8, _RIGHT)
_WHOLE = _Slot(_LEFT, 36.3, _RIGHT)


def draw(paper: ReceiptPaper) -> bytes:
    """Return the receipt as PDF: page 1 for the visitor, page 2 the stub that stays at the station.

    Raises PaperProblem when a face lacks a character, naming it and its field.
    """
    sheet = Sheet(page.A5_LANDSCAPE, paper.title)
    if paper.plain:
        _draw_plain(sheet, paper)
    else:
        _draw_full(sheet, paper)
    sheet.next_page()
    _draw_stub(sheet, paper)
    return sheet.finish()


def _draw_full(sheet: Sheet, paper: ReceiptPaper) -> None:
    _head(sheet, paper, paper.title, _("存根另页，签名在存根上"))
    _numbers(sheet, paper)
    _pair(sheet, 52.0, _FIRST, _("来访人"), paper.visitor)
    _pair(sheet, 52.0, _SECOND, _("时间"), paper.at_text)
    _rows(sheet, paper.rows)
    _notes(sheet, paper, _code(sheet, paper.code))
    _foot(sheet, paper)


def _draw_plain(sheet: Sheet, paper: ReceiptPaper) -> None:
    """Draw the safe visit's slip: number, phone, code and notes; not a word on who came where and why."""
    sheet.text(105, 24, _("查询单"), Style(20, bold=True, align="centre", spacing=4))
    if paper.reprint:
        _reprint_mark(sheet, paper, 24)
    _numbers(sheet, paper)
    _pair(sheet, 56.0, _FIRST, _("电话"), paper.phone)
    _notes(sheet, paper, _code(sheet, paper.code))


def _notes(sheet: Sheet, paper: ReceiptPaper, left: float) -> None:
    for number, note in enumerate(paper.notes[:3]):
        sheet.fitted(left, 126.0 + number * 6.4, 136 - left, note, _NOTE, least=6.5, field=_("告知语"))


def _head(sheet: Sheet, paper: ReceiptPaper, title: str, remark: str) -> None:
    sheet.text(105, 18.0, title, Style(20, bold=True, align="centre", spacing=6), _("标题"))
    if paper.reprint:
        _reprint_mark(sheet, paper, 18.0)
    sheet.fitted(_LEFT, 28.5, 120, paper.station, _NOTE, least=6, field=_("站名"))
    sheet.text(_RIGHT, 28.5, remark, Style(10, tone=GREY, align="right"))
    sheet.line(_LEFT, 32, _RIGHT, 32, weight=0.8, tone=RED)


def _reprint_mark(sheet: Sheet, paper: ReceiptPaper, y: float) -> None:
    words = _("补打第 {count} 次").format(count=paper.reprint)
    sheet.text(_RIGHT, y, words, Style(11, bold=True, tone=RED, align="right"))


def _numbers(sheet: Sheet, paper: ReceiptPaper) -> None:
    sheet.text(_LEFT, 40.0, _("查询号"), _LABEL)
    sheet.text(_FIRST.value, 42.2, paper.spoken, _SPOKEN, _("查询号"))
    _pair(sheet, 40.0, _SECOND, _("登记号"), paper.number)


def _pair(sheet: Sheet, y: float, slot: _Slot, label: str, text: str) -> None:
    """Draw a label and its value; what is long goes small, then onto two small lines."""
    sheet.fitted(slot.label, y, slot.value - slot.label - 1, label, _LABEL, least=5, field=_("栏目名"))
    box = slot.end - slot.value
    if sheet.fit(text, box, _VALUE, least=8.5, field=label).cut:
        sheet.fitted(slot.value, y - 1.8, box, text, _SMALL, least=4.5, most=2, field=label)
    else:
        sheet.fitted(slot.value, y, box, text, _VALUE, least=8.5, field=label)


def _rows(sheet: Sheet, rows: tuple[ReceiptRow, ...]) -> None:
    size, gap, broken = _layout(rows)
    y = _ROWS_TOP
    for row, part in zip(rows, broken, strict=True):
        sheet.fitted(_WHOLE.label, y, 22.8, row.label, _LABEL, least=5, field=_("栏目名"))
        _draw_row(sheet, row, part, size, y)
        y += len(part) * _step(size) + gap


def _layout(rows: tuple[ReceiptRow, ...]) -> tuple[float, float, list[tuple[str, ...]]]:
    """Return the largest size (points) and gap (mm) that hold all rows, and their lines, cut if need be."""
    room = _ROWS_BOTTOM - _ROWS_TOP
    gaps = len(rows) - 1
    for size, gap in _ROW_SIZES:
        broken = [_broken(row, size, 40) for row in rows]
        if (sum(len(part) for part in broken) - 1) * _step(size) + gap * gaps <= room:
            return size, gap, broken
    size, gap = _ROW_SIZES[-1]
    most = int(((room - gap * gaps) / _step(size) + 1) / len(rows))
    return size, gap, [_broken(row, size, most) for row in rows]


def _step(size: float) -> float:
    return size * 1.4 / page.POINTS_PER_MM


def _broken(row: ReceiptRow, size: float, most: int) -> tuple[str, ...]:
    """Break strong and plain text together, measured in bold, which is never narrower."""
    box = (_WHOLE.end - _WHOLE.value) * page.POINTS_PER_MM
    return lines.fit(
        row.strong + row.text, box, sizes=(size,), most=most, bold=bool(row.strong), field=row.label
    ).lines


def _draw_row(sheet: Sheet, row: ReceiptRow, part: tuple[str, ...], size: float, top: float) -> None:
    strong = len(lines.clean(row.strong))
    for number, line in enumerate(part):
        y = top + number * _step(size)
        x = _WHOLE.value + sheet.text(_WHOLE.value, y, line[:strong], Style(size, bold=True), row.label)
        sheet.text(x, y, line[strong:], Style(size), row.label)
        strong = max(0, strong - len(line))


def _code(sheet: Sheet, code: str) -> float:
    """Draw the code bottom left, its black modules in line with the margin; return where text may begin."""
    side = qr_mark.side(code)
    module = side / (len(qr_mark.matrix(code)) + 2 * qr_mark.QUIET)
    left = _LEFT - qr_mark.QUIET * module
    sheet.code(left, _CODE_BOTTOM - side, side, code)
    return left + side + 4


def _foot(sheet: Sheet, paper: ReceiptPaper) -> None:
    style = Style(10.5, align="right", tone=INK)
    words = (
        (_("接待代表 {names}").format(names=paper.receivers) if paper.receivers else "", _("接待代表")),
        (paper.station, _("站名")),
        (paper.issued_text, _("日期")),
    )
    for number, (text, field) in enumerate(words):
        sheet.fitted(_RIGHT, 123.5 + number * 7.5, 58, text, style, least=5, field=field)


def _draw_stub(sheet: Sheet, paper: ReceiptPaper) -> None:
    """Draw the stub: what was handed out, and the lines to sign on; a safe visit's stub names nobody."""
    _head(sheet, paper, _("回执存根"), _("本页留站存档"))
    _numbers(sheet, paper)
    if not paper.plain:
        _pair(sheet, 52.0, _FIRST, _("来访人"), paper.visitor)
        _pair(sheet, 52.0, _SECOND, _("时间"), paper.at_text)
        for number, row in enumerate(paper.rows[:2]):
            y = 61.0 + number * 8.5
            _pair(sheet, y, _WHOLE, row.label, row.strong + row.text)
        _pair(sheet, 78.0, _FIRST, _("接待代表"), paper.receivers)
        _pair(sheet, 78.0, _SECOND, _("登记人"), paper.registrar)
    _choice(sheet, 91.0, (_("来访人已领取回执"), _("来访人不领取回执")))
    signers = (_("来访人签名"), _("接待代表签名"), _("登记人签名"), _("日期"))
    for number, label in enumerate(signers):
        x, y = (_LEFT, _SECOND.label)[number % 2], 110.0 + number // 2 * 18
        sheet.text(x, y, label, _LABEL)
        sheet.line(x + 27, y + 1.2, x + 82, y + 1.2)


def _choice(sheet: Sheet, y: float, words: tuple[str, ...]) -> None:
    """Draw boxes to tick by hand, each with its words."""
    for number, word in enumerate(words):
        x = (_LEFT, _SECOND.label)[number % 2]
        sheet.box(x, y - 3.4, 3.8, 3.8, weight=0.8)
        sheet.text(x + 6, y, word, _VALUE)
