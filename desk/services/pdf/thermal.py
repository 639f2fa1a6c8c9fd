"""Papers for thermal printers: one-bit pictures, since printers know neither our faces nor rare names."""

import io
from typing import TYPE_CHECKING

from desk.services.pdf import render

if TYPE_CHECKING:
    from PIL import Image

DOTS = {"58": 384, "80": 576}
"""Printable dots across a 58 mm and an 80 mm roll at 203 dpi (domain.md 13.2)."""

_DPI = 203
_DARK = 150  # of 255: below it a dot is burnt; thin strokes stay whole
_BAND = 255  # rows in one GS v 0: small printers buffer no more


def picture(strip: bytes, dots: int) -> bytes:
    """Return the first page of a strip PDF as a one-bit PNG exactly `dots` wide at 203 dpi."""
    buffer = io.BytesIO()
    _raster(strip, dots).save(buffer, "PNG", dpi=(_DPI, _DPI))
    return buffer.getvalue()


def commands(png: bytes) -> bytes:
    """Return the ESC/POS bytes that print such a picture: ESC @, GS v 0 in bands, feed, cut."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(png)) as image:
        black = ImageOps.invert(image.convert("L")).convert("1", dither=Image.Dither.NONE)
    row = black.width // 8
    data = black.tobytes()
    parts = [b"\x1b@"]
    for top in range(0, black.height, _BAND):
        count = min(_BAND, black.height - top)
        head = b"\x1dv0\x00" + row.to_bytes(2, "little") + count.to_bytes(2, "little")
        parts.append(head + data[top * row : (top + count) * row])
    return b"".join([*parts, b"\x1bd\x04", b"\x1dV\x42\x00"])


def _raster(strip: bytes, dots: int) -> "Image.Image":
    from PIL import Image

    grey = render.page(strip, 0, _DPI, grey=True)
    canvas = Image.new("L", (dots, grey.height), 255)
    canvas.paste(grey, (0, 0))  # PDFium rounds the width up; what is beyond the last dot is blank
    return canvas.point(_threshold(), "1")


def _threshold() -> list[int]:
    return [0 if shade < _DARK else 255 for shade in range(256)]
