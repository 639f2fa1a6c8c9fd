"""Ruled cells: the recurring piece of forms and ledgers."""

from dataclasses import dataclass

from desk.services.pdf import lines, page
from desk.services.pdf.page import Sheet, Style

_PAD = 1.2  # mm between a cell's rule and its text
LEAST = 5.0  # points: small print a ledger may come down to


@dataclass(frozen=True)
class Box:
    """A cell's place in mm from the top left of the sheet."""

    x: float
    y: float
    width: float
    height: float


def fit(sheet: Sheet, width: float, text: str, style: Style, *, most: int, field: str) -> lines.Fitted:
    """Return the text broken for a cell `width` mm wide."""
    return sheet.fit(text, width - 2 * _PAD, style, least=LEAST, most=most, field=field)


def height(fitted: lines.Fitted) -> float:
    """Return the height in mm a cell needs for its lines."""
    return len(fitted.lines) * _step(fitted.size) + 2 * _PAD


def draw(sheet: Sheet, box: Box, fitted: lines.Fitted, style: Style, field: str) -> None:
    """Draw the rule around a cell and its lines in the middle of its height."""
    sheet.box(box.x, box.y, box.width, box.height)
    step = _step(fitted.size)
    x = {"left": box.x + _PAD, "centre": box.x + box.width / 2, "right": box.x + box.width - _PAD}[
        style.align
    ]
    top = box.y + (box.height - len(fitted.lines) * step) / 2
    for number, line in enumerate(fitted.lines):
        scaled = Style(fitted.size, style.bold, style.tone, style.align)
        sheet.text(x, top + (number + 0.76) * step, line, scaled, field)


def put(sheet: Sheet, box: Box, text: str, style: Style, *, most: int = 2, field: str = "") -> None:
    """Break and draw one cell in its given box; the text shrinks rather than leave it."""
    room = max(1, min(most, int((box.height - 2 * _PAD) / _step(LEAST))))
    fitted = fit(sheet, box.width, text, style, most=room, field=field)
    draw(sheet, box, fitted, style, field)


def _step(size: float) -> float:
    return size * 1.3 / page.POINTS_PER_MM
