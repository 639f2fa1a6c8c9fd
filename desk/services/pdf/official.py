"""The official sheet of GB/T 9704: A4 with 22 lines of 28 characters, page numbers, type area (DOC-01…11)."""

from collections.abc import Callable, Sequence
from typing import Final, Literal

from desk.services.pdf import page, strips
from desk.services.pdf.faces import SONG, Faces
from desk.services.pdf.page import BLACK, POINTS_PER_MM, Sheet, Style
from desk.services.pdf.strips import Strip
from desk.text import _

LEFT: Final = 28.0  # DOC-01, mm
TOP: Final = 37.0
WIDTH: Final = 156.0
HEIGHT: Final = 225.0
RIGHT: Final = LEFT + WIDTH
COLUMNS: Final = 28  # DOC-02
LINES: Final = 22
PITCH: Final = WIDTH / COLUMNS  # DOC-03: 5.571 mm, 15.79 pt from character to character
STEP: Final = HEIGHT / LINES  # DOC-03: 10.227 mm, 28.99 pt from line to line
BODY: Final = 16.0  # points: 3号
TITLE: Final = 22.0  # 2号
SMALL: Final = 14.0  # 4号, page numbers and signature lines
SPACING: Final = PITCH * POINTS_PER_MM - BODY  # points after each character, so that 28 fill the line

Paging = Literal["dashes", "of", "none"]
"""How pages are numbered: — 1 — (DOC-06), 第x页 共y页 on papers to be signed (DOC-11), or not at all."""


def body(faces: Faces) -> Style:
    """Return the style of running text: 3号仿宋."""
    return Style(BODY, tone=BLACK, spacing=SPACING, faces=faces.body)


def heading(faces: Faces) -> Style:
    """Return the style of a first-level heading: 3号黑体 (DOC-04)."""
    return Style(BODY, bold=True, tone=BLACK, spacing=SPACING, faces=faces.hei)


def draw(title: str, content: Sequence[Strip], *, faces: Faces, paging: Paging = "dashes") -> bytes:
    """Return the strips as a PDF of official sheets; `title` is shown by readers, never a person's data.

    Raises PaperProblem when no face has a character, naming it and its field.
    """
    sheet = Sheet(page.A4, title)
    pages = strips.paginate(content, HEIGHT)
    number_of = _NUMBERS[paging]
    for number, each in enumerate(pages, 1):
        if number > 1:
            sheet.next_page()
        strips.draw(sheet, each, TOP)
        number_of(sheet, number, len(pages), faces)
    return sheet.finish()


def _dashes(sheet: Sheet, number: int, _count: int, _faces: Faces) -> None:
    """DOC-06: 7 mm below the type area, odd pages right, even pages left, one character in."""
    odd = number % 2 == 1
    style = Style(SMALL, tone=BLACK, align="right" if odd else "left", faces=(SONG,))
    x = RIGHT - PITCH if odd else LEFT + PITCH
    sheet.text(x, TOP + HEIGHT + 7 + 3.5, f"— {number} —", style)


def _of(sheet: Sheet, number: int, count: int, faces: Faces) -> None:
    """DOC-11: nobody can slip a page into a signed paper."""
    words = _("第{number}页 共{count}页").format(number=number, count=count)
    style = Style(SMALL, tone=BLACK, align="centre", faces=faces.body)
    sheet.text(LEFT + WIDTH / 2, TOP + HEIGHT + 7 + 3.5, words, style)


def _none(_sheet: Sheet, _number: int, _count: int, _faces: Faces) -> None:
    """Covers carry no number."""


_NUMBERS: Final[dict[Paging, Callable[[Sheet, int, int, Faces], None]]] = {
    "dashes": _dashes,
    "of": _of,
    "none": _none,
}
