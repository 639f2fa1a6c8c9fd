"""Pictures and PDFs as a scanner or a phone leaves them, made here."""

import io

from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas


def picture(
    width: int = 1240, height: int = 1754, *, form: str = "JPEG", mode: str = "RGB", turn_mark: int = 1
) -> bytes:
    """Return a sheet with a dark frame and a dark block in its upper left corner; `turn_mark` is EXIF's."""
    paper = Image.new("RGB", (width, height), (250, 248, 240))
    pen = ImageDraw.Draw(paper)
    pen.rectangle((12, 12, width - 12, height - 12), outline=(20, 20, 20), width=6)
    pen.rectangle((0, 0, width // 3, height // 5), fill=(20, 20, 20))
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = turn_mark
    shown = paper.convert(mode)
    shown.save(out, form, exif=exif) if form == "JPEG" else shown.save(out, form)
    return out.getvalue()


def noisy(width: int = 1240, height: int = 1754) -> bytes:
    """Return a JPEG as heavy as a real scan."""
    grain = Image.effect_noise((width, height), 40).convert("RGB")
    out = io.BytesIO()
    grain.save(out, "JPEG", quality=80)
    return out.getvalue()


def scanned_pdf(pages: int = 2, *, width: float = 595, height: float = 842, turned: int = 0) -> bytes:
    """Return a PDF of some pages that say their number, stored turned as some scanners do."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(width, height))
    for number in range(1, pages + 1):
        canvas.setPageRotation(turned)
        canvas.drawString(width / 2, height / 2, f"scan {number}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()
