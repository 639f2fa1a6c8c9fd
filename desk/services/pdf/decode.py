"""Codes read back from finished papers, as a scanner would see them, before anything is released."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk.errors import PaperProblem
from desk.services.pdf import render
from desk.text import _

if TYPE_CHECKING:
    from PIL import Image

_DPI = 150

Told = Callable[[int, int], None]
"""Is told how many pages of how many are done; what it raises calls the work off."""


@dataclass(frozen=True)
class Found:
    """One code read from a page (counted from 0)."""

    page: int
    text: str


def codes(pdf: bytes, *, dpi: float = _DPI, told: Told | None = None) -> tuple[Found, ...]:
    """Return every square code that can be read from the pages rendered at `dpi`."""
    found: list[Found] = []
    count = render.page_count(pdf)
    for number in range(count):
        found.extend(Found(number, text) for text in read_picture(render.page(pdf, number, dpi, grey=True)))
        if told is not None:
            told(number + 1, count)
    return tuple(found)


def read_picture(picture: "Image.Image") -> tuple[str, ...]:
    """Return the texts of the square codes in one picture."""
    import zxingcpp

    wanted = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    return tuple(code.text for code in zxingcpp.read_barcodes(picture, wanted))


def require(pdf: bytes, expected: Sequence[Found], *, told: Told | None = None) -> None:
    """Make sure every code of `expected` reads back from the finished paper.

    Raises PaperProblem when one does not: such a board must not be hung up (issue A, first boards).
    """
    read = set(codes(pdf, told=told))
    if any(wanted not in read for wanted in expected):
        raise PaperProblem(
            _("做好的页面里有二维码扫不出来，未出纸。"), way_out=_("请重新生成；仍不行请选更大的码或纸张。")
        )
