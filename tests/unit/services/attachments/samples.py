"""Files as stations hand them in: real photos of tests/real/photos, and PDFs and documents made here."""

import io
import zipfile
import zlib
from pathlib import Path

from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from desk.services.attachments.values import Source

PHOTOS = Path(__file__).parents[3] / "real" / "photos"


def photo(name: str = "exif-rotated.jpg") -> Source:
    """Return one of the real photos."""
    return Source(name, PHOTOS / name)


def pdf(pages: int = 2, *, password: str = "") -> bytes:
    """Return a scan-like PDF, locked if there is a password."""
    target = io.BytesIO()
    locked = StandardEncryption(password) if password else None
    canvas = Canvas(target, pagesize=(210, 297), encrypt=locked)
    for number in range(pages):
        canvas.drawString(20, 250, f"page {number + 1}")
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def package(*names: str) -> bytes:
    """Return a zip with these parts, such as a docx has."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name in names:
            made.writestr(name, "<xml/>")
    return target.getvalue()


def picture(
    mode: str = "RGB", size: tuple[int, int] = (40, 30), form: str = "PNG", **options: object
) -> bytes:
    """Return a picture with a gradient in it."""
    target = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(target, form, **options)  # type: ignore[arg-type]
    return target.getvalue()


def flood(width: int = 50_000, height: int = 50_000) -> bytes:
    """Return a PNG of some hundred bytes that claims to be huge (fault 27)."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        size, check = len(body).to_bytes(4, "big"), zlib.crc32(kind + body).to_bytes(4, "big")
        return size + kind + body + check

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\x00\x00\x00"
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(4000)))
        + chunk(b"IEND", b"")
    )
