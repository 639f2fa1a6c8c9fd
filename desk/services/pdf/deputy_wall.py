"""代表公示墙: deputies with their codes, 3×2 on A3 landscape or one on A4 (F-52).

A code is read from ten times its side (domain.md 7.5), so each paper has two sizes: the usual one beside the
place of a photo, and a large one in that place too.
"""

from dataclasses import dataclass, replace

from desk.services.pdf import decode, page
from desk.services.pdf.page import GREY, MIST, RED, WHITE, Sheet, Size, Style
from desk.text import _


@dataclass(frozen=True)
class DeputyCard:
    """One deputy as shown in public: never a private phone."""

    name: str
    levels: str
    post: str
    constituency: str
    code: str


@dataclass(frozen=True)
class DeputyWall:
    """A wall of cards under one title; hours and phone are the station's.

    `invite` says below each code what it is good for: without a hub no phone opens it.
    """

    title: str
    phone: str
    hours: str
    cards: tuple[DeputyCard, ...]
    invite: str


@dataclass(frozen=True)
class Layout:
    """How cards stand on the sheet; `scale` enlarges what is inside a card, `photo` keeps a place for one."""

    size: Size
    columns: int
    rows: int
    scale: float
    photo: bool = True

    @property
    def code_side(self) -> float:
        """The printed side of a card's code in mm, quiet zone included."""
        return (_CODE_SIDE if self.photo else _LARGE_SIDE) * self.scale

    @property
    def per_page(self) -> int:
        """Cards on one page."""
        return self.columns * self.rows

    @property
    def code_sides(self) -> tuple[float, ...]:
        """The sides to choose from, the smallest first."""
        return tuple(replace(self, photo=photo).code_side for photo in (True, False))

    def with_code(self, side: float) -> "Layout":
        """Return the same paper with a code of `side` mm, one of `code_sides`; 0 for the usual one."""
        return replace(self, photo=side in (0, self.code_sides[0]))


_CODE_SIDE = 46.0
_LARGE_SIDE = 76.0

SIX = Layout(page.A3_LANDSCAPE, columns=3, rows=2, scale=1.0)
SINGLE = Layout(page.A4, columns=1, rows=1, scale=2.0)
LAYOUTS = {"A3": SIX, "A4": SINGLE}


@dataclass(frozen=True)
class _Lines:
    """Where the lines of a card and its code stand, in mm below its top at scale 1."""

    name: float
    post: float
    place: float
    code: float


_PHOTO_LINES = _Lines(name=56, post=63, place=69, code=71)
_PLAIN_LINES = _Lines(name=22, post=30, place=36, code=39.5)
_MARGIN, _GAP = 12.0, 7.0
_TOP, _BOTTOM = 28.0, 10.0


def draw(wall: DeputyWall, layout: Layout, *, told: decode.Told | None = None) -> bytes:
    """Return the wall as PDF, released only when every code reads back from the finished pages.

    `told` hears of each page drawn and read back (two steps a page) and may call the work off by raising.
    Raises PaperProblem when one does not, or when a face lacks a character.
    """
    sheet = Sheet(layout.size, _("代表公示墙"))
    expected: list[decode.Found] = []
    pages = -(-len(wall.cards) // layout.per_page)
    for number, card in enumerate(wall.cards):
        place = number % layout.per_page
        if place == 0:
            if number:
                sheet.next_page()
                if told is not None:
                    told(sheet.page_number - 1, 2 * pages)
            title = Style(28, bold=True, tone=RED, align="centre", spacing=7)
            middle = layout.size.width / 2
            sheet.fitted(middle, 20, layout.size.width - 30, wall.title, title, least=10, field=_("标题"))
        _draw_card(sheet, wall, card, layout, place)
        expected.append(decode.Found(sheet.page_number - 1, card.code))
    pdf = sheet.finish()
    decode.require(pdf, expected, told=told and (lambda done, _of: told(pages + done, 2 * pages)))
    return pdf


def _draw_card(sheet: Sheet, wall: DeputyWall, card: DeputyCard, layout: Layout, place: int) -> None:
    width = (layout.size.width - 2 * _MARGIN - (layout.columns - 1) * _GAP) / layout.columns
    height = (layout.size.height - _TOP - _BOTTOM - (layout.rows - 1) * _GAP) / layout.rows
    x = _MARGIN + place % layout.columns * (width + _GAP)
    top = _TOP + place // layout.columns * (height + _GAP)
    k, middle, room = layout.scale, x + width / 2, width - 6 * layout.scale
    sheet.box(x, top, width, height)
    sheet.box(x, top, width, 12 * k, fill=RED)
    levels = Style(15 * k, bold=True, tone=WHITE, align="centre", spacing=1)
    sheet.fitted(middle, top + 7.9 * k, room, card.levels, levels, least=6, field=_("代表层级"))
    if layout.photo:
        sheet.box(middle - 12 * k, top + 15 * k, 24 * k, 32 * k, fill=MIST)  # where the photo is put
    lines = _PHOTO_LINES if layout.photo else _PLAIN_LINES
    name = Style(20 * k, bold=True, align="centre", spacing=3 * k)
    sheet.fitted(middle, top + lines.name * k, room, card.name, name, least=6, field=_("姓名"))
    small = Style(12 * k, tone=GREY, align="centre")
    sheet.fitted(middle, top + lines.post * k, room, card.post, small, least=5, field=_("单位及职务"))
    where = " · ".join(part for part in (card.constituency, wall.hours) if part)
    sheet.fitted(middle, top + lines.place * k, room, where, small, least=5, field=_("选区"))
    sheet.code(middle - layout.code_side / 2, top + lines.code * k, layout.code_side, card.code)
    caption = " · ".join(part for part in (wall.invite, wall.phone) if part)
    sheet.fitted(middle, top + 121.5 * k, room, caption, small, least=5, field=_("电话"))
