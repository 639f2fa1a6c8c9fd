"""Running text on the official sheet: titles, headings, paragraphs on the grid of 22 × 28 characters."""

from collections.abc import Sequence
from dataclasses import replace

from desk.services.pdf import lines, official
from desk.services.pdf.faces import Faces
from desk.services.pdf.official import LEFT, PITCH, STEP, WIDTH
from desk.services.pdf.page import BLACK, POINTS_PER_MM, Style
from desk.services.pdf.strips import Mark, Strip, Stroke, bound

_BASE = 0.7  # where the baseline stands in a line's height
_PITCH_PT = PITCH * POINTS_PER_MM
_WIDTH_PT = WIDTH * POINTS_PER_MM
_TITLE_PITCH_PT = official.TITLE * 1.02
_MOST_SLACK = 2.2  # characters a line may be spread by to reach the right edge


def title(text: str, faces: Faces, *, field: str = "") -> list[Strip]:
    """Return the title: 2号小标宋, centred, broken into lines that grow like a trapezoid (DOC-04)."""
    style = Style(official.TITLE, bold=True, tone=BLACK, align="centre", spacing=0.4, faces=faces.title)
    ready = lines.clean(text).strip().replace("\n", " ")
    broken = _trapezoid(ready, field, faces)
    found = [
        Strip(STEP * 1.15, (Mark(LEFT + WIDTH / 2, STEP * 0.8, line, style, field),), keep=True)
        for line in broken
    ]
    return [*found, Strip(STEP * 0.6, keep=True)]


def heading(text: str, faces: Faces, *, level: int = 1, field: str = "") -> list[Strip]:
    """Return a heading bound to what follows: level 1 黑体, 2 楷体 (DOC-04)."""
    style = official.heading(faces) if level == 1 else replace(official.body(faces), faces=faces.kai)
    found = paragraph(text, faces, style=style, field=field)
    return [replace(strip, keep=True) for strip in found]


def paragraph(
    text: str, faces: Faces, *, style: Style | None = None, indent: int = 2, field: str = ""
) -> list[Strip]:
    """Return text on the grid, each part of it indented by two characters; blank parts are dropped."""
    style = style or official.body(faces)
    found: list[Strip] = []
    for part in lines.clean(text).split("\n"):
        if part.strip(" \u3000"):
            found += _part(part.strip(" \u3000"), style, indent, field)
    return found


def pairs(parts: Sequence[str], faces: Faces, *, indent: int = 2, field: str = "") -> list[Strip]:
    """Return pieces such as 姓名：王某某 one after another with a space between; a piece that fits a line
    is not broken over two.
    """
    style = official.body(faces)
    x = LEFT + indent * PITCH
    ready = [lines.clean(part).replace("\n", " ").strip(" \u3000") for part in parts]
    made = lines.flow(ready, _WIDTH_PT - indent * _PITCH_PT, _PITCH_PT, field=field, faces=style.faces)
    return [Strip(STEP, (Mark(x, STEP * _BASE, line, style, field),)) for line in made]


def flush(text: str, faces: Faces, *, align: str = "left", field: str = "") -> list[Strip]:
    """Return lines without indent: centred, or at the left or right edge."""
    style = replace(official.body(faces), align=align)
    x = {"left": LEFT, "centre": LEFT + WIDTH / 2, "right": official.RIGHT}[align]
    broken = _wrap(lines.clean(text), style, 0, field)
    return [Strip(STEP, (Mark(x, STEP * _BASE, line, style, field),)) for line in broken]


def blank(count: int, *, indent: int = 2) -> list[Strip]:
    """Return lines to write on by hand, bound together."""
    x = LEFT + indent * PITCH
    return bound(
        [
            Strip(STEP, strokes=(Stroke(x if number == 0 else LEFT, STEP * 0.86, LEFT + WIDTH, STEP * 0.86),))
            for number in range(count)
        ]
    )


def gap(count: float = 1.0) -> Strip:
    """Return some lines of white, which vanish at the top of a page."""
    return Strip(STEP * count, gap=True, keep=True)


def tied(content: list[Strip], count: int = 2) -> list[Strip]:
    """Bind the last `count` strips to what comes next: a signature never stands on a page without text."""
    cut = max(0, len(content) - count)
    return [*content[:cut], *(replace(strip, keep=True) for strip in content[cut:])]


def _part(text: str, style: Style, indent: int, field: str) -> list[Strip]:
    broken = _wrap(text, style, indent * _PITCH_PT, field)
    found = []
    for number, line in enumerate(broken):
        x = LEFT + (indent * PITCH if number == 0 else 0)
        spread = style
        if number < len(broken) - 1:
            room = _WIDTH_PT - (indent * _PITCH_PT if number == 0 else 0)
            spread = replace(style, spacing=style.spacing + _slack(line, style, room, field))
        found.append(Strip(STEP, (Mark(x, STEP * _BASE, line, spread, field),)))
    # No line of a paragraph is left alone at the foot or head of a page.
    if len(found) > 1:
        found[0] = replace(found[0], keep=True)
        found[-2] = replace(found[-2], keep=True)
    return found


def _wrap(text: str, style: Style, indent: float, field: str) -> tuple[str, ...]:
    # Measured at the pitch and drawn at the size with the pitch's spacing: 28 characters fill a line.
    return lines.wrap(
        text, _WIDTH_PT + 0.01, _PITCH_PT, bold=style.bold, field=field, faces=style.faces, indent=indent
    )


def _slack(line: str, style: Style, room: float, field: str) -> float:
    used = lines.width(
        line, style.size, bold=style.bold, field=field, spacing=style.spacing, faces=style.faces
    )
    slack = room - used
    return slack / (len(line) - 1) if len(line) > 1 and 0 < slack <= _MOST_SLACK * _PITCH_PT else 0.0


def _trapezoid(text: str, field: str, faces: Faces) -> tuple[str, ...]:
    """Return the lines of a title, of one length as nearly as can be and the last one not the longest."""
    count = len(lines.wrap(text, _WIDTH_PT * 0.9, _TITLE_PITCH_PT, bold=True, field=field, faces=faces.title))
    if count == 1:
        return (text,)
    whole = lines.width(text, _TITLE_PITCH_PT, bold=True, field=field, faces=faces.title)
    room = whole / count
    while True:
        broken = lines.wrap(text, room, _TITLE_PITCH_PT, bold=True, field=field, faces=faces.title)
        if len(broken) <= count or room > _WIDTH_PT:
            return broken
        room += _TITLE_PITCH_PT / 2
