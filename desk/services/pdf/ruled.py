"""Ruled rows of a form on the official sheet: cells grow with their text and part over pages line by line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from desk.services.pdf import lines
from desk.services.pdf.faces import Faces
from desk.services.pdf.official import HEIGHT, LEFT, WIDTH
from desk.services.pdf.page import BLACK, POINTS_PER_MM, RED, Sheet, Style
from desk.services.pdf.strips import Strip
from desk.text import _

SIZE: Final = 12.0  # points: 小四, unless a form has another
_LEADING = 1.45  # of values; labels stand closer
_LABEL_LEADING = 1.22
_SIDE = 1.8  # mm between a rule and the text
_PAD = 1.1  # mm above the first and below the last line
_TOP = 0.6  # mm more above and below text that begins at the top of a high cell
_RULE = 0.6  # points
_SIGN_STEP = 11.0  # mm for one signature
_LEAST_SIGN = 7.0  # and where there are very many
_MOST_SIGNED = HEIGHT - 30.0  # mm a row to sign is high at most, with what is bound to it
_SEAL = 25.0  # mm for a seal
_DATE = 6.5  # mm for the date below them
_UNPARTED = 4  # a row of so many lines or fewer stays on one page
_LABEL = 2.25  # mm a label is wide for each point of its size: five characters

CellKind = Literal["label", "text", "sign", "seal"]


@dataclass(frozen=True)
class Cell:
    """One cell of a row, `width` mm wide; `field` names it when a character has no glyph.

    `pieces` stand for the text where it may only break between them; `top` begins at the top of a high cell.
    A `sign` cell holds names with room behind them, a `seal` cell the place of the seal; both end with a
    date when `dated`.
    """

    text: str
    width: float
    kind: CellKind = "text"
    align: str = "left"
    field: str = ""
    dated: bool = False
    top: bool = False
    pieces: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Laid:
    """A cell with its text broken into lines; those numbered in `slots` end a name and have room to sign."""

    cell: Cell
    style: Style
    lines: tuple[str, ...]
    slots: frozenset[int] = frozenset()
    slot: float = _SIGN_STEP

    @property
    def step(self) -> float:
        """The mm from line to line."""
        leading = _LABEL_LEADING if self.cell.kind == "label" else _LEADING
        return self.style.size * leading / POINTS_PER_MM

    @property
    def height(self) -> float:
        """The mm this cell needs."""
        if self.cell.kind in {"sign", "seal"}:
            least = _SEAL if self.cell.kind == "seal" else max(_SIGN_STEP, sum(self.steps))
            return least + (_DATE if self.cell.dated else 0)
        return len(self.lines) * self.step + 2 * _PAD + (2 * _TOP if self.cell.top else 0)

    @property
    def steps(self) -> tuple[float, ...]:
        """The mm of each line of a cell to sign; a name of several lines stays clear of the rule above."""
        found = [self.slot if number in self.slots else self.step for number, _line in enumerate(self.lines)]
        if found and 0 not in self.slots:
            found[0] += 2 * _PAD
        return tuple(found)

    def base(self, number: int) -> float:
        """The baseline of line `number` in mm below the first line's top."""
        return (number + 0.5) * self.step + self.style.size * 0.36 / POINTS_PER_MM


@dataclass(frozen=True, eq=False)
class RuledRow:
    """A row laid out: it draws whichever of its lines a page holds, with rules around each piece."""

    cells: tuple[_Laid, ...]
    count: int

    def draw(self, sheet: Sheet, y: float, parts: Sequence[Strip]) -> None:
        """Draw the lines of `parts`; labels and short values stand in the middle of each piece."""
        height = sum(part.height for part in parts)
        first, last = parts[0].line, parts[-1].line
        if first and parts[0].head is None:
            y, height = y - _TOP, height + _TOP
        if last < self.count - 1:
            height += _PAD  # a piece that goes on keeps its last line clear of the rule too
        whole = len(parts) == self.count
        x = LEFT
        for laid in self.cells:
            sheet.box(x, y, laid.cell.width, height, weight=_RULE, tone=BLACK)
            if laid.cell.kind in {"sign", "seal"}:
                _draw_signing(sheet, laid, x, y, height)
            elif laid.cell.kind == "label" or (whole and not laid.cell.top):
                _draw_middle(sheet, laid, x, y, height)
            else:
                shown = laid.lines if whole else laid.lines[first : last + 1]
                top = y if first == 0 or parts[0].head is not None else y + _TOP
                _draw_from(sheet, replace(laid, lines=shown), x, top, first=first == 0)
            x += laid.cell.width


def row(
    cells: Sequence[Cell], faces: Faces, *, height: float = 0.0, size: float = SIZE, whole: bool = False
) -> list[Strip]:
    """Return a row as strips, at least `height` mm high. Its cells should fill the width of the sheet.

    A `whole` row, one for signatures or a short one is never parted; a long one keeps two lines together at
    each end. Room to sign gets lower where there is more of it than a page; what no page can hold goes on in
    a row of its own, from one name to the next.
    """
    laid = tuple(_lay(cell, faces, size) for cell in cells)
    if any(each.cell.kind == "sign" for each in laid):
        return [
            Strip(max(height, *(each.height for each in part)), row=RuledRow(part, 1))
            for part in _signed(laid)
        ]
    needed = max(height, *(each.height for each in laid))
    count = max(len(each.lines) for each in laid)
    step = size * _LEADING / POINTS_PER_MM
    whole = whole or any(each.cell.kind == "seal" for each in laid)
    if whole or count <= _UNPARTED:
        return [Strip(needed, row=RuledRow(laid, 1))]
    parted = RuledRow(laid, count)
    spare = max(0.0, needed - count * step - 2 * _PAD)
    strips = []
    for line in range(count):
        own = step + (_PAD if line == 0 else 0) + (_PAD + spare if line == count - 1 else 0)
        strips.append(Strip(own, row=parted, line=line, keep=line in {0, count - 2}))
    return strips


def _signed(laid: tuple[_Laid, ...]) -> list[tuple[_Laid, ...]]:
    """Return the cells of a row to sign, of several rows where there are more names than a page can hold."""
    if max(each.height for each in laid) > _MOST_SIGNED:
        laid = tuple(replace(each, slot=_LEAST_SIGN) for each in laid)
    parts = [_chunks(each) for each in laid]
    count = max(map(len, parts))
    rows = []
    for place in range(count):
        last = place == count - 1
        rows.append(
            tuple(
                each if each.cell.kind == "label" else _piece(each, found, place, last=last)
                for each, found in zip(laid, parts, strict=True)
            )
        )
    return rows


def _chunks(laid: _Laid) -> list[tuple[int, int]]:
    """Return the lines of a cell to sign page by page, each piece ending with a whole name."""
    if laid.cell.kind != "sign":
        return [(0, len(laid.lines))]
    found, first, used, begun, name = [], 0, 0.0, 0, 0.0
    for number, step in enumerate(laid.steps):
        name += step
        if number in laid.slots:
            if used and used + name > _MOST_SIGNED - _DATE:
                found.append((first, begun))
                first, used = begun, 0.0
            used, begun, name = used + name, number + 1, 0.0
    return [*found, (first, len(laid.lines))]


def _piece(laid: _Laid, parts: Sequence[tuple[int, int]], place: int, *, last: bool) -> _Laid:
    """Return what stands of a cell in one of the rows; a date, and a seal, only in the last of them."""
    if laid.cell.kind != "sign":
        return laid if last else replace(laid, cell=replace(laid.cell, kind="text"), lines=("",))
    first, end = parts[place] if place < len(parts) else (0, 0)
    return replace(
        laid,
        cell=replace(laid.cell, dated=laid.cell.dated and last),
        lines=laid.lines[first:end],
        slots=frozenset(number - first for number in laid.slots if first <= number < end),
    )


def table(
    headings: Sequence[Cell],
    body: Sequence[Sequence[Cell]],
    faces: Faces,
    *,
    height: float = 0.0,
    size: float = SIZE,
) -> list[Strip]:
    """Return a list under headings; the headings stand again at the top of every page it goes on to."""
    (head,) = row(headings, faces, height=height, size=size, whole=True)
    found = [replace(head, keep=True)]
    for cells in body:
        found += [replace(strip, head=head) for strip in row(cells, faces, height=height, size=size)]
    return found


def widths(shares: Sequence[float], width: float = WIDTH) -> tuple[float, ...]:
    """Return `width` mm parted by shares."""
    whole = sum(shares)
    return tuple(width * share / whole for share in shares)


def label_width(size: float) -> float:
    """Return the mm a label takes at `size` points when its layout does not say."""
    return _LABEL * size


def _lay(cell: Cell, faces: Faces, size: float) -> _Laid:
    style = Style(size, tone=BLACK, align=cell.align, faces=faces.body)
    if cell.kind == "label":
        style = replace(style, align="centre")
    room = (cell.width - 2 * _SIDE) * POINTS_PER_MM
    if cell.pieces:
        pieces = [lines.clean(piece) for piece in cell.pieces]
        broken = lines.flow(pieces, room, size, field=cell.field, faces=style.faces)
    elif cell.kind == "sign":
        return _lay_names(cell, style, room)
    else:
        broken = lines.wrap(lines.clean(cell.text).strip(), room, size, field=cell.field, faces=style.faces)
    if cell.kind == "label":
        broken = _even(broken, cell, style, room)
    return _Laid(cell, style, broken)


def _lay_names(cell: Cell, style: Style, room: float) -> _Laid:
    broken: list[str] = []
    slots = set()
    for name in lines.clean(cell.text).strip().split("\n"):
        broken += lines.wrap(name, room, style.size, field=cell.field, faces=style.faces)
        slots.add(len(broken) - 1)
    return _Laid(cell, style, tuple(broken), frozenset(slots))


def _even(broken: tuple[str, ...], cell: Cell, style: Style, room: float) -> tuple[str, ...]:
    """Break a label into lines of one length: 人民调解 / 委员会 rather than 人民调解委 / 员会."""
    count, size = len(broken), style.size
    while count > 1:
        room -= size
        tried = lines.wrap(lines.clean(cell.text).strip(), room, size, field=cell.field, faces=style.faces)
        if len(tried) > count or room < size * 2:
            return broken
        broken = tried
    return broken


def _x(laid: _Laid, x: float) -> float:
    places = {"left": x + _SIDE, "centre": x + laid.cell.width / 2, "right": x + laid.cell.width - _SIDE}
    return places[laid.style.align]


def _draw_middle(sheet: Sheet, laid: _Laid, x: float, y: float, height: float) -> None:
    top = y + (height - len(laid.lines) * laid.step) / 2
    for number, line in enumerate(laid.lines):
        sheet.text(_x(laid, x), top + laid.base(number), line, laid.style, laid.cell.field)


def _draw_from(sheet: Sheet, laid: _Laid, x: float, y: float, *, first: bool) -> None:
    # What goes on from the page before has no room above it but its leading.
    pad = _PAD + (_TOP if laid.cell.top else 0) if first else 0.0
    for number, line in enumerate(laid.lines):
        sheet.text(_x(laid, x), y + pad + laid.base(number), line, laid.style, laid.cell.field)


def _draw_signing(sheet: Sheet, laid: _Laid, x: float, y: float, height: float) -> None:
    room = height - (_DATE if laid.cell.dated else 0)
    if laid.cell.kind == "seal":
        middle = x + laid.cell.width / 2
        sheet.text(middle, y + room / 2 + 1.5, _("（盖章处）"), replace(laid.style, tone=RED, align="centre"))
    if laid.cell.kind == "sign":
        # What is left of the room is shared out among the slots.
        spare = max(0.0, room - sum(laid.steps)) / max(1, len(laid.slots))
        top = y
        for number, (line, step) in enumerate(zip(laid.lines, laid.steps, strict=True)):
            high = step + spare if number in laid.slots else step
            base = high * 0.62 if number in laid.slots else high - laid.step * 0.38
            sheet.text(x + _SIDE, top + base, line, laid.style, laid.cell.field)
            top += high
    if laid.cell.dated:
        date_line(sheet, x + laid.cell.width - _SIDE, y + height - 2.6, laid.style)


def date_line(sheet: Sheet, right: float, y: float, style: Style) -> None:
    """Draw the words of a date to be filled in by hand, ending at `right`."""
    em = style.size / POINTS_PER_MM
    for word, back in date_places():
        sheet.text(right - back * em, y, word, replace(style, align="right", tone=BLACK))


def date_places() -> tuple[tuple[str, float], ...]:
    """Return the words of a date to be filled in and how many characters each ends before the right edge."""
    return (_("年"), 6.2), (_("月"), 3.1), (_("日"), 0.0)


def date_width(size: float) -> float:
    """Return the mm a date to be filled in takes at `size` points, its year included."""
    return 8.4 * size / POINTS_PER_MM
