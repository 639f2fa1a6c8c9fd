"""来访接待回执 for the roll of a thermal printer: one strip for the visitor, one for the station (stub)."""

from dataclasses import dataclass

from desk.services.pdf import lines, page, qr_mark
from desk.services.pdf.page import BLACK, Sheet, Size, Style
from desk.services.pdf.receipt_values import ReceiptPaper
from desk.text import _

DOT = 25.4 / 203  # mm; both widths print at 203 dpi (domain.md 13.2)
_MARGIN = 1.0
_GAP = 1.6  # mm between blocks

_TITLE = Style(13, bold=True, tone=BLACK, align="centre")
_TEXT = Style(9, tone=BLACK)
_STRONG = Style(9, bold=True, tone=BLACK)
_SPOKEN = Style(17, bold=True, tone=BLACK, align="centre", spacing=0.5)
_RULE = ""  # a block without words is a line across


@dataclass(frozen=True)
class _Block:
    """Some words in one style; `after` mm stay free below."""

    text: str
    style: Style
    after: float = _GAP
    field: str = ""


def draw(paper: ReceiptPaper, dots: int) -> bytes:
    """Return the visitor's strip as a one-page PDF `dots` printable dots wide, as long as its text needs.

    Raises PaperProblem when a face lacks a character.
    """
    return _strip(paper.title, _plain(paper) if paper.plain else _full(paper), dots, code=paper.code)


def draw_stub(paper: ReceiptPaper, dots: int) -> bytes:
    """Return the station's strip: what was handed out, and room to sign."""
    named = () if paper.plain else (_pair(_("来访人"), paper.visitor), *_rows(paper)[:2])
    signers = (_("来访人签名"), _("接待代表签名"), _("登记人签名"))
    blocks = (
        _Block(_("回执存根"), _TITLE),
        _Block(paper.station, _TEXT, field=_("站名")),
        _Block(_RULE, _TEXT),
        *_numbers(paper),
        *named,
        *(block for signer in signers for block in (_Block(signer, _TEXT, 8), _Block(_RULE, _TEXT))),
    )
    return _strip(paper.title, blocks, dots)


def _full(paper: ReceiptPaper) -> tuple[_Block, ...]:
    receivers = (_pair(_("接待代表"), paper.receivers),) if paper.receivers else ()
    return (
        _Block(paper.title, _TITLE, field=_("标题")),
        _Block(paper.station, _TEXT, field=_("站名")),
        *_reprint(paper),
        _Block(_RULE, _TEXT),
        *_numbers(paper),
        _pair(_("来访人"), paper.visitor),
        _pair(_("时间"), paper.at_text),
        *_rows(paper),
        *receivers,
        _Block(_RULE, _TEXT),
        *_notes(paper),
        _Block(paper.issued_text, _TEXT, field=_("日期")),
    )


def _plain(paper: ReceiptPaper) -> tuple[_Block, ...]:
    return (*_reprint(paper), *_numbers(paper), _pair(_("电话"), paper.phone), *_notes(paper))


def _numbers(paper: ReceiptPaper) -> tuple[_Block, ...]:
    return (
        _Block(paper.spoken, _SPOKEN, field=_("查询号")),
        _pair(_("登记号"), paper.number),
    )


def _rows(paper: ReceiptPaper) -> tuple[_Block, ...]:
    return tuple(
        block
        for row in paper.rows
        for block in (
            _Block(row.label, _STRONG, 0.2, field=_("栏目名")),
            _Block(row.strong + row.text, _TEXT, field=row.label),
        )
    )


def _reprint(paper: ReceiptPaper) -> tuple[_Block, ...]:
    words = _("补打第 {count} 次").format(count=paper.reprint)
    return (_Block(words, _STRONG),) if paper.reprint else ()


def _notes(paper: ReceiptPaper) -> tuple[_Block, ...]:
    return tuple(_Block(note, _TEXT, field=_("告知语")) for note in paper.notes)


def _pair(label: str, text: str) -> _Block:
    return _Block(f"{label} {text}", _TEXT, field=label)


def _strip(title: str, blocks: tuple[_Block, ...], dots: int, *, code: str = "") -> bytes:
    width = dots * DOT
    broken = [_broken(block, width - 2 * _MARGIN) for block in blocks]
    side, module_left = _code_place(code, dots) if code else (0.0, 0.0)
    height = 2 + sum(part.height for part in broken) + side + 2
    sheet = Sheet(Size("roll", width, round(height / DOT) * DOT), title)
    y = 2.0
    for part in broken:
        part.draw(sheet, y)
        y += part.height
    if code:
        # On whole dots, or the printer's raster blurs the modules.
        sheet.code(module_left, round(y / DOT) * DOT, side, code)
    return sheet.finish()


def _code_place(code: str, dots: int) -> tuple[float, float]:
    """Return (side, left) in mm of the largest code whose modules are whole dots and fit the width."""
    modules = len(qr_mark.matrix(code)) + 2 * qr_mark.QUIET
    per_module = max(4, min(dots // modules, 6))  # 4 dots are 0.5 mm
    return modules * per_module * DOT, (dots - modules * per_module) // 2 * DOT


@dataclass(frozen=True)
class _Broken:
    """A block broken into the lines of its strip."""

    block: _Block
    lines: tuple[str, ...]
    size: float

    @property
    def step(self) -> float:
        return self.size * 1.35 / page.POINTS_PER_MM

    @property
    def height(self) -> float:
        return (len(self.lines) * self.step if self.lines else 0.4) + self.block.after

    def draw(self, sheet: Sheet, top: float) -> None:
        if not self.lines:
            sheet.line(_MARGIN, top, sheet.size.width - _MARGIN, top, weight=0.8, tone=BLACK)
        x = sheet.size.width / 2 if self.block.style.align == "centre" else _MARGIN
        for number, line in enumerate(self.lines):
            sheet.text(x, top + (number + 0.8) * self.step, line, self.block.style, self.block.field)


def _broken(block: _Block, width: float) -> _Broken:
    if not block.text:
        return _Broken(block, (), block.style.size)
    room = width * page.POINTS_PER_MM - block.style.spacing * len(block.text)
    text = lines.clean(block.text)
    found = lines.wrap(text, max(room, 1.0), block.style.size, bold=block.style.bold, field=block.field)
    return _Broken(block, found, block.style.size)
