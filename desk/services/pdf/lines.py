"""Text made ready for paper: cleaned, measured, split into runs of one face, broken into lines."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from desk.errors import PaperProblem
from desk.services.pdf import fonts
from desk.text import _

# GB/T 15834-2011 5.1: these may not stand at the start (or the end) of a line.
_NOT_FIRST = frozenset("，。、；：？！）〕】》〉」』”’…—～·％‰℃,.;:?!)]}%>/")
_NOT_LAST = frozenset("（〔【《〈「『“‘([{<￥№")

_WHOLE = re.compile(r"[\d,]+\.\d{2}元（大写：[^（）]*）|（含当日）")
_ELLIPSIS = "…"


@dataclass(frozen=True)
class Run:
    """Neighbouring characters of one face."""

    face: str
    text: str
    width: float  # thousandths of the size


@dataclass(frozen=True)
class Fitted:
    """Lines that fit a box at the given size (points); `cut` when some text had to be left out."""

    lines: tuple[str, ...]
    size: float
    cut: bool = False


def clean(text: str) -> str:
    """Return the text without controls, bidi marks, joiners and variation selectors.

    Line ends stay as "\\n"; tabs and odd blanks become one space each. What is left needs a glyph.
    """
    if text.isprintable() and not any(map(_is_variation_selector, map(ord, text))):
        return text
    return "".join(_clean_one(character) for character in text.replace("\r\n", "\n"))


def _clean_one(character: str) -> str:
    if character in "\n\r\v\f\x85\u2028\u2029":
        return "\n"
    category = unicodedata.category(character)
    if category == "Zs" and character != "\u3000":
        return " "
    if character == "\t":
        return " "
    if category in {"Cc", "Cf"} or _is_variation_selector(ord(character)):
        return ""
    return character


def _is_variation_selector(code: int) -> bool:
    return 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF or 0x180B <= code <= 0x180F


def runs(text: str, *, bold: bool = False, field: str = "", faces: tuple[str, ...] = ()) -> tuple[Run, ...]:
    """Split one cleaned line into runs, falling back to the rare face character by character.

    `faces` are tried before the shipped ones (see fonts.place). Raises PaperProblem naming character, code
    point and field when no face has the glyph (product.md, What leaves the desk): the print stops, never a
    black box.
    """
    found: list[Run] = []
    begun, face, used = 0, "", 0.0
    for place, character in enumerate(text):
        own, width = _placed(character, bold, field, faces)
        if own != face:
            if place > begun:
                found.append(Run(face, text[begun:place], used))
            begun, face, used = place, own, 0.0
        used += width
    if text:
        found.append(Run(face, text[begun:], used))
    return tuple(found)


def width(
    text: str,
    size: float,
    *,
    bold: bool = False,
    field: str = "",
    spacing: float = 0.0,
    faces: tuple[str, ...] = (),
) -> float:
    """Return the width in points of one cleaned line at `size` points, `spacing` after each character."""
    found = runs(text, bold=bold, field=field, faces=faces)
    return sum(run.width for run in found) * size / 1000 + spacing * len(text)


def wrap(
    text: str,
    box: float,
    size: float,
    *,
    bold: bool = False,
    field: str = "",
    faces: tuple[str, ...] = (),
    indent: float = 0.0,
) -> tuple[str, ...]:
    """Break cleaned text into lines no wider than `box` points; the first of each part by `indent` less.

    Han characters may part anywhere; Latin words, numbers and sums with their Han words stay whole where they
    fit, and no line starts with a closing mark or ends with an opening one. A too narrow box still gets one
    character a line.
    """
    return tuple(
        line
        for part in text.split("\n")
        for line in _wrap_part(
            [_placed(character, bold, field, faces)[1] for character in part],
            part,
            box * 1000 / size,
            indent * 1000 / size,
        )
    )


def flow(
    pieces: Sequence[str],
    box: float,
    size: float,
    *,
    field: str = "",
    faces: tuple[str, ...] = (),
    space: str = "\u3000",
) -> tuple[str, ...]:
    """Set cleaned pieces one after another with `space` between; a piece that fits a line is never broken."""
    made: list[str] = []
    current = ""
    for piece in pieces:
        tried = f"{current}{space}{piece}" if current else piece
        if width(tried, size, field=field, faces=faces) <= box:
            current = tried
            continue
        if current:
            made.append(current)
        *whole, current = wrap(piece, box, size, field=field, faces=faces)
        made += whole
    return (*made, current) if current else tuple(made)


def _wrap_part(widths: list[float], text: str, box: float, indent: float) -> Iterator[str]:
    start, whole = 0, _kept_whole(text)
    while True:
        end, used = start, 0.0 if start else indent
        while end < len(text) and used + widths[end] <= box:
            used += widths[end]
            end += 1
        if end >= len(text):
            yield text[start:]
            return
        cut = _break_before(text, start, max(end, start + 1), whole)
        yield text[start:cut].rstrip(" ")
        start = cut
        while start < len(text) and text[start] == " ":
            start += 1


def _kept_whole(text: str) -> AbstractSet[int]:
    """Return the places inside a sum with its Han words, or （含当日）: neither is read in halves."""
    if "（" not in text:
        return frozenset()
    return {cut for found in _WHOLE.finditer(text) for cut in range(found.start() + 1, found.end())}


def _break_before(text: str, start: int, end: int, whole: AbstractSet[int]) -> int:
    """Return the last allowed place to break in text[start:end], or `end` when there is none."""
    places = range(end, start, -1)
    found = next((cut for cut in places if cut not in whole and _may_break(text, cut)), 0)
    return found or next((cut for cut in places if _may_break(text, cut)), end)


def _may_break(text: str, cut: int) -> bool:
    if cut >= len(text):
        return True
    before, after = text[cut - 1], text[cut]
    if after == " ":
        return True
    if after in _NOT_FIRST or before in _NOT_LAST:
        return False
    if before == "," and after.isdecimal() and text[cut - 2 : cut - 1].isdecimal():
        return False  # 2,600 is one number
    return not (_is_word(before) and _is_word(after))


def _is_word(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character in "-_./:@+&*'#=%")


def fit(
    text: str,
    box: float,
    *,
    sizes: tuple[float, ...],
    most: int = 1,
    bold: bool = False,
    field: str = "",
    faces: tuple[str, ...] = (),
) -> Fitted:
    """Return the text in at most `most` lines of `box` points, in the largest of `sizes` that holds it.

    When even the smallest size is too large, the last line ends with … : nothing is drawn outside its box.
    """
    ready = clean(text)
    for size in sizes:
        lines = wrap(ready, box, size, bold=bold, field=field, faces=faces)
        if len(lines) <= most and all(
            width(line, size, bold=bold, faces=faces) <= box + 0.01 for line in lines
        ):
            return Fitted(lines, size)
    size = sizes[-1]
    lines = wrap(ready, box, size, bold=bold, field=field, faces=faces)[:most]
    last = _shorten(lines[-1] + _ELLIPSIS, box, size, bold=bold, faces=faces)
    return Fitted((*lines[:-1], last), size, cut=True)


def _shorten(line: str, box: float, size: float, *, bold: bool, faces: tuple[str, ...]) -> str:
    while len(line) > 1 and width(line, size, bold=bold, faces=faces) > box:
        line = line[:-2] + _ELLIPSIS
    return line


def _placed(character: str, bold: bool, field: str, faces: tuple[str, ...] = ()) -> tuple[str, float]:
    placed = fonts.place(character, bold, faces)
    if placed is None:
        raise _missing(character, field)
    return placed


def _missing(character: str, field: str) -> PaperProblem:
    code = f"U+{ord(character):04X}"
    printable = not 0xD800 <= ord(character) <= 0xDFFF
    shown = _("“{character}”（{code}）").format(character=character, code=code) if printable else f" {code} "
    where = _("“{field}”里的").format(field=field) if field else ""
    return PaperProblem(
        _("{where}{shown}字库里没有，未出纸。").format(where=where, shown=shown),
        way_out=_("请换一个写法（例如同音的规范字并在备注里说明），或联系维护人员补充字库。"),
        field=field,
    )
