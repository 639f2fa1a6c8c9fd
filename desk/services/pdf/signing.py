"""The signature block: who signs, room to do it, the place of the seal and the date; one piece (DOC-11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from desk.rules.numerals import official_date
from desk.services.pdf import lines, official, ruled
from desk.services.pdf.faces import Faces
from desk.services.pdf.official import HEIGHT, LEFT, PITCH, STEP, WIDTH
from desk.services.pdf.page import BLACK, POINTS_PER_MM, RED, Style
from desk.services.pdf.strips import Mark, Strip, Stroke, bound
from desk.text import _

_SLOT: Final = 11.5  # mm of height for one signature, less when there are very many
_LEAST_SLOT: Final = 7.0
_UNDER: Final = 3.5  # mm from the baseline to the foot of a slot
_LEAST_NAME: Final = 7.2  # mm for a name that stands over its slot
_UNDER_NAME: Final = 1.6
_NEXT_NAME: Final = 6.2  # mm for each further line of a name that takes several
_MOST: Final = 17.0 * STEP  # mm: with the text it is bound to the block still fits a page
_WHOLE: Final = HEIGHT - 3 * STEP  # mm: what is higher cannot stand on one page with the text before it
_LEAST_LINE: Final = 26.0  # mm to sign on
_LONGEST_LINE: Final = 70.0
_GAP: Final = 2.0
_INDENT_AFTER_DATE: Final = 4  # DOC-07: characters right of the date of a sealed paper


@dataclass(frozen=True)
class Signer:
    """A line of the block: what is asked for, the names it is asked of (none, one or several), if dated."""

    label: str
    names: tuple[str, ...] = ()
    dated: bool = True


@dataclass(frozen=True)
class Closing:
    """The end of a paper: the body whose seal is set (empty: none), and the date, None to write by hand."""

    seal: str = ""
    on: date | None = None
    dated: bool = True


def block(signers: Sequence[Signer], closing: Closing | None, faces: Faces) -> list[Strip]:
    """Return the whole block as bound strips, so that no page break falls into it.

    Slots get lower when there are so many that the block would be taller than a page. What no page can hold
    is parted between two signers only, and seal and date stay with the last of them (DOC-09).
    """
    style = Style(official.SMALL, tone=BLACK, faces=faces.body)
    end = _closing(closing, faces) if closing is not None else []
    found = _slots(signers, style, _SLOT)
    taken = _high(end)
    if _high(*found) + taken > _MOST:
        slot = max(_LEAST_SLOT, _SLOT * (_MOST - taken) / _high(*found))
        found = _slots(signers, style, slot)
    if _high(*found) + taken <= _WHOLE or not found:
        return bound([strip for each in (*found, end) for strip in each])
    return [strip for each in (*found[:-1], [*found[-1], *end]) for strip in bound(each)]


def _high(*parts: Sequence[Strip]) -> float:
    return sum(strip.height for part in parts for strip in part)


def _slots(signers: Sequence[Signer], style: Style, slot: float) -> list[list[Strip]]:
    """Return the strips of each who signs; a label of several stands with the first of them."""
    found: list[list[Strip]] = []
    for signer in signers:
        found += _several(signer, style, slot) if len(signer.names) > 1 else [_one(signer, style, slot)]
    return found


def _one(signer: Signer, style: Style, slot: float) -> list[Strip]:
    """The label with room behind it, or below it when it is too long."""
    label = _("{label}：").format(label=signer.label)
    broken = lines.wrap(lines.clean(label), WIDTH * POINTS_PER_MM, style.size, faces=style.faces)
    start = LEFT + _width(broken[-1], style) + _GAP
    found = [_line(line, style, slot) for line in broken]
    if _end(signer, style) - start < _LEAST_LINE:
        return [*found, _with_slot(Strip(slot), LEFT + 2 * PITCH, signer, style)]
    return [*found[:-1], _with_slot(found[-1], start, signer, style)]


def _several(signer: Signer, style: Style, slot: float) -> list[list[Strip]]:
    """The label, then one slot a name; a name that leaves no room to sign stands above its slot."""
    found: list[list[Strip]] = []
    mine = [_line(_("{label}：").format(label=signer.label), style, slot)]
    for name in signer.names:
        ready = lines.clean(name).replace("\n", " ")
        broken = lines.wrap(ready, WIDTH * POINTS_PER_MM, style.size, faces=style.faces, field=_("签名"))
        start = LEFT + _width(broken[-1], style) + _GAP
        if len(broken) > 1 or _end(signer, style) - start < _LEAST_LINE:
            mine += [_above(line, style, slot, first=not n) for n, line in enumerate(broken)]
            mine.append(_with_slot(Strip(slot), LEFT + 2 * PITCH, signer, style))
        else:
            mine.append(_with_slot(_line(ready, style, slot), start, signer, style))
        found.append(mine)
        mine = []
    return found


def _line(text: str, style: Style, height: float) -> Strip:
    return Strip(height, (Mark(LEFT, height - _UNDER, text, style, _("签名")),))


def _above(text: str, style: Style, slot: float, *, first: bool) -> Strip:
    """A line of a name over its slot: close to it, and the `first` clear of the line of the slot before."""
    height = max(slot * 0.7, _LEAST_NAME) if first else _NEXT_NAME
    return Strip(height, (Mark(LEFT, height - _UNDER_NAME, text, style, _("签名")),))


def _end(signer: Signer, style: Style) -> float:
    """Return where the line to sign on ends: before the date, and no longer than a hand needs."""
    return LEFT + WIDTH - (ruled.date_width(style.size) + _GAP if signer.dated else 0)


def _with_slot(slot: Strip, start: float, signer: Signer, style: Style) -> Strip:
    base = slot.height - _UNDER
    end = min(_end(signer, style), start + _LONGEST_LINE)
    marks = slot.marks
    if signer.dated:
        by_right = Style(style.size, tone=BLACK, align="right", faces=style.faces)
        em = style.size / POINTS_PER_MM
        for word, back in ruled.date_places():
            marks += (Mark(LEFT + WIDTH - back * em, base, word, by_right),)
    return Strip(slot.height, marks, (Stroke(start, base + 1.6, end, base + 1.6),))


def _closing(closing: Closing, faces: Faces) -> list[Strip]:
    """DOC-07, DOC-09: the body's name, the place of its seal over name and date, the date in figures."""
    style = official.body(faces)
    indent = _INDENT_AFTER_DATE * PITCH if closing.seal else 2 * PITCH
    words = official_date(closing.on) if closing.on else _("　　　　年　　月　　日")
    date_room = _width(words, style)
    right = LEFT + WIDTH - indent
    by_right = Style(style.size, tone=BLACK, align="right", spacing=style.spacing, faces=style.faces)
    found: list[Strip] = []
    if closing.seal:
        middle = right - date_room / 2
        room = 2 * min(middle - LEFT, LEFT + WIDTH - middle)
        fitted = _fitted(closing.seal, room * POINTS_PER_MM, style)
        name = Style(fitted.size, tone=BLACK, align="centre", faces=style.faces)
        seal = Style(12, tone=RED, align="centre", faces=style.faces)
        found += [
            Strip(STEP * 0.8, (Mark(middle, STEP * 0.7, line, name, _("调委会")),)) for line in fitted.lines
        ]
        found.append(Strip(STEP * 0.8, (Mark(middle, STEP * 0.6, _("（盖章处）"), seal),)))
    if closing.dated:
        found.append(Strip(STEP, (Mark(right, STEP * 0.7, words, by_right),)))
    return [Strip(STEP * 0.5), *found] if found else []


def _fitted(name: str, room: float, style: Style) -> lines.Fitted:
    """Return the body's name in two lines, in more where it would lose its end."""
    for most in (2, 3, 4):
        sizes = (16, 15, 14, 13, 12, 11, 10)
        found = lines.fit(name, room, sizes=sizes, most=most, faces=style.faces, field=_("调委会"))
        if not found.cut:
            break
    return found


def _width(text: str, style: Style) -> float:
    points = lines.width(text, style.size, bold=style.bold, spacing=style.spacing, faces=style.faces)
    return points / POINTS_PER_MM
