"""Pictures decoded and written anew: upright, in plain colours, of a bearable size, and nothing but pixels.

What stood beside the pixels (EXIF with place and time, comments, colour profiles, hidden frames) is gone
before anything is hashed. The same picture in gives the same bytes out, so that it is kept once.
"""

import io
import struct
from typing import TYPE_CHECKING, Any

from desk.rules.attachments import fitted
from desk.services.attachments import refusals
from desk.services.attachments.apart import Answer

if TYPE_CHECKING:
    from PIL import Image

THUMB_SIDE = 320
_THUMB_QUALITY = 78
_FEW_COLOURS = 64  # drawings and scans in black and white stay sharp as PNG
# What a damaged head makes the readers of Pillow raise.
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError, struct.error)


def measured(data: bytes, kind: str, most_pixels: int) -> tuple[int, int]:
    """Return width and height from the head alone, without decoding a pixel (fault 27).

    Raises InputProblem for too many pixels or what is no picture.
    """
    opened = _open(data, kind)
    width, height = opened.size
    if width * height > most_pixels:
        raise refusals.too_many_pixels(width, height, most_pixels)
    return int(width), int(height)


def taken(data: bytes, kind: str, *, side: int, quality: int, most_pixels: int) -> Answer:
    """Return the picture as it is kept, with its thumbnail. Raises InputProblem if it is not whole."""
    measured(data, kind, most_pixels)
    picture = _upright(data, kind, side)
    kept_as, content = _written(picture, quality)
    return Answer(kept_as, picture.width, picture.height, 1, content, small(picture))


def small(picture: "Image.Image") -> bytes:
    """Return a small JPEG of a picture."""
    size = fitted(picture.width, picture.height, THUMB_SIDE)
    reduced = picture.convert("RGB").resize(size, _lanczos())
    return _encoded(reduced, "JPEG", quality=_THUMB_QUALITY)


def _open(data: bytes, kind: str) -> "Image.Image":
    from PIL import Image

    # Our own limit is asked instead, and refuses with a sentence.
    Image.MAX_IMAGE_PIXELS = None
    try:
        return Image.open(io.BytesIO(data), formats=[kind.upper()])
    except _BROKEN as error:
        raise refusals.damaged_picture() from error


def _upright(data: bytes, kind: str, side: int) -> "Image.Image":
    from PIL import ImageOps

    opened = _open(data, kind)
    # A second frame of a JPEG or GIF is no second page.
    if kind == "tiff" and getattr(opened, "n_frames", 1) > 1:
        raise refusals.many_page_picture()
    try:
        # A JPEG is decoded at half or a quarter where that is still more than is kept.
        opened.draft(None, (side, side))
        opened.load()
        upright = ImageOps.exif_transpose(opened)
        plain = _plain(upright)
    except _BROKEN as error:
        raise refusals.damaged_picture() from error
    size = fitted(plain.width, plain.height, side)
    return plain if size == plain.size else plain.resize(size, _lanczos())


def _plain(picture: "Image.Image") -> "Image.Image":
    """Return the pixels as sRGB or grey on white, without anything beside them."""
    from PIL import Image

    if picture.mode in {"1", "L"} and "transparency" not in picture.info:
        plain = picture.convert("L")
    elif picture.mode.startswith("I"):
        # 16-bit grey of a scanner: its upper eight bits.
        plain = picture.convert("I").point(lambda value: value / 256).convert("L")
    elif picture.has_transparency_data:
        solid = picture.convert("RGBA")
        plain = Image.new("RGB", solid.size, "white")
        plain.paste(solid, mask=solid.getchannel("A"))
    else:
        plain = _in_srgb(picture)
    clean = Image.new(plain.mode, plain.size)
    clean.paste(plain)
    return clean


def _in_srgb(picture: "Image.Image") -> "Image.Image":
    from PIL import ImageCms

    profile = picture.info.get("icc_profile")
    if profile and picture.mode in {"RGB", "CMYK"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(picture, source, target, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            return picture.convert("RGB")  # A damaged profile: the colours as the numbers say.
        if converted is not None:
            return converted
    return picture.convert("RGB")


def _written(picture: "Image.Image", quality: int) -> tuple[str, bytes]:
    """Return "png" or "jpeg" and the bytes."""
    from PIL import Image

    if picture.getcolors(_FEW_COLOURS) is not None:
        few = picture if picture.mode == "L" else picture.quantize(_FEW_COLOURS, dither=Image.Dither.NONE)
        return "png", _encoded(few, "PNG", optimize=True)
    return "jpeg", _encoded(picture, "JPEG", quality=quality, optimize=True)


def _encoded(picture: "Image.Image", form: str, **options: Any) -> bytes:
    target = io.BytesIO()
    picture.save(target, form, **options)
    return target.getvalue()


def _lanczos() -> "Image.Resampling":
    from PIL import Image

    return Image.Resampling.LANCZOS
