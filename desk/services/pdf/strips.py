"""Papers as a stream of strips that are shared out over pages: what belongs together stays together.

A strip is a horizontal slice of the type area: a line of prose, a line of a ruled row, a signature block. All
measures are in mm; marks and strokes are measured from the strip's top and from the left of the sheet.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from desk.services.pdf.page import INK, Sheet, Style, Tone


@dataclass(frozen=True)
class Mark:
    """One line of text: its x, its baseline below the strip's top, the field a missing glyph is told by."""

    x: float
    y: float
    text: str
    style: Style
    field: str = ""


@dataclass(frozen=True)
class Stroke:
    """One straight line inside a strip; `weight` in points."""

    x1: float
    y1: float
    x2: float
    y2: float
    weight: float = 0.6
    tone: Tone = INK


class Row(Protocol):
    """A ruled row whose lines may stand on several pages; it rules and fills each piece by itself."""

    def draw(self, sheet: Sheet, y: float, parts: Sequence["Strip"]) -> None:
        """Draw the lines `parts` of this row, their top at `y`."""


@dataclass(frozen=True)
class Strip:
    """One slice. `keep` binds it to the next one; a `gap` vanishes at the top of a page.

    A strip of a ruled row names its `row` and which of its lines it is. A page that begins with a strip that
    has a `head` begins with that head again.
    """

    height: float
    marks: tuple[Mark, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    keep: bool = False
    gap: bool = False
    row: Row | None = None
    line: int = 0
    head: "Strip | None" = None


def bound(strips: Sequence[Strip]) -> list[Strip]:
    """Return the strips bound to one another, the last one free."""
    return [*(replace(strip, keep=True) for strip in strips[:-1]), *strips[-1:]]


def paginate(strips: Sequence[Strip], room: float) -> list[list[Strip]]:
    """Share the strips out over pages of `room` mm; bound strips stay on one page.

    Only a group that is taller than a whole page is parted, and then between its strips. There is always one
    page at least.
    """
    pages: list[list[Strip]] = [[]]
    used = 0.0
    for group in _groups(strips):
        needed = sum(strip.height for strip in group)
        if used and used + needed > room + 1e-6 and needed <= room:
            pages.append([])
            used = 0.0
        for strip in group:
            if used and used + strip.height > room + 1e-6:
                pages.append([])
                used = 0.0
            if not used and strip.gap:
                continue
            if not used and len(pages) > 1 and strip.head is not None:
                pages[-1].append(strip.head)
                used += strip.head.height
            pages[-1].append(strip)
            used += strip.height
    return pages


def draw(sheet: Sheet, page: Sequence[Strip], top: float) -> None:
    """Draw one page's strips below one another from `top` on."""
    y, number = top, 0
    while number < len(page):
        strip = page[number]
        if strip.row is None:
            _draw_strip(sheet, strip, y)
            y += strip.height
            number += 1
            continue
        end = number
        while end < len(page) and page[end].row is strip.row:
            end += 1
        strip.row.draw(sheet, y, page[number:end])
        y += sum(part.height for part in page[number:end])
        number = end


def _groups(strips: Sequence[Strip]) -> list[list[Strip]]:
    groups: list[list[Strip]] = [[]]
    for strip in strips:
        groups[-1].append(strip)
        if not strip.keep:
            groups.append([])
    return [group for group in groups if group]


def _draw_strip(sheet: Sheet, strip: Strip, y: float) -> None:
    for stroke in strip.strokes:
        sheet.line(stroke.x1, y + stroke.y1, stroke.x2, y + stroke.y2, weight=stroke.weight, tone=stroke.tone)
    for mark in strip.marks:
        sheet.text(mark.x, y + mark.y, mark.text, mark.style, mark.field)
