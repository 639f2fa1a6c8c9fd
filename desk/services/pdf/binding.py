"""Finished papers and scans put into one PDF in their order, with running page numbers on what is counted."""

import ctypes
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from desk import paths
from desk.errors import PaperProblem
from desk.services.pdf import render
from desk.services.pdf.decode import Told
from desk.services.pdf.page import A4, POINTS_PER_MM
from desk.text import _

if TYPE_CHECKING:
    from PIL import Image

PDF: Final = "application/pdf"
_NUMBER_SIZE: Final = 12.0  # points on a sheet of A4
_FROM_TOP: Final = 17.0  # mm
_FROM_SIDE: Final = 26.0
_MARGIN: Final = 22.0  # mm around a picture that is no scan of a whole sheet
_LIKE_A4: Final = 0.04  # how far from the shape of A4 a whole sheet may be
_QUALITY: Final = 90


@dataclass(frozen=True)
class Sheets:
    """Pages that belong together: a PDF of any origin or one picture (JPEG, PNG…).

    `name` is told when it cannot be read. `turn` is by how many degrees clockwise a picture is shown.
    `numbered` pages count and carry a running number; on `scanned` ones it stands on white.
    """

    name: str
    content: bytes
    mime: str = PDF
    turn: int = 0
    numbered: bool = True
    scanned: bool = False


def count(sheets: Sheets) -> int:
    """Return how many pages these are; a picture is one. Raises PaperProblem for an unreadable PDF."""
    if sheets.mime != PDF:
        return 1
    with _readable(sheets.name):
        return render.page_count(sheets.content)


def bind(parts: Sequence[Sheets], *, told: Told | None = None) -> bytes:
    """Return all parts as one PDF, the numbered ones stamped 1, 2, 3… at the outer upper corner.

    One source is open at a time, whatever the number of parts. `told(done, of)` hears of each part and may
    call the work off by raising. Raises PaperProblem naming a part that cannot be read.
    """
    import pypdfium2

    with render.alone():
        made = pypdfium2.PdfDocument.new()
        try:
            last = 0
            for place, part in enumerate(parts, 1):
                before = len(made)
                with _readable(part.name):
                    _append(made, part, last + 1)
                if part.numbered:
                    last += len(made) - before
                if told is not None:
                    told(place, len(parts))
            out = io.BytesIO()
            made.save(out)
        finally:
            made.close()
    return out.getvalue()


def _append(made: Any, part: Sheets, number: int) -> None:
    """Number the pages where they come from and take them over: PDFium writes a page anew in a time that
    grows with the document it is in.
    """
    import pypdfium2

    source = pypdfium2.PdfDocument(part.content) if part.mime == PDF else _pictured(part)
    try:
        if part.numbered:
            with _stamping(source) as stamp:
                for index in range(len(source)):
                    stamp.put(source[index], number + index, on_white=part.scanned)
        made.import_pages(source)
    finally:
        source.close()


def _pictured(part: Sheets) -> Any:
    """Return a document with the picture on a sheet of A4: a whole sheet fills it, another has a margin."""
    import pypdfium2

    jpeg, width, height = _jpeg(part.content)
    sheet = (A4.width, A4.height) if height >= width else (A4.height, A4.width)
    shape = max(width, height) / min(width, height) * A4.width / A4.height
    margin = 0.0 if abs(shape - 1) <= _LIKE_A4 else _MARGIN
    scale = min((side - 2 * margin) / own for side, own in zip(sheet, (width, height), strict=True))
    left, bottom = ((side - own * scale) / 2 for side, own in zip(sheet, (width, height), strict=True))
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(sheet[0] * POINTS_PER_MM, sheet[1] * POINTS_PER_MM)
    image = pypdfium2.PdfImage.new(document)
    image.load_jpeg(io.BytesIO(jpeg), inline=True)
    fitted = pypdfium2.PdfMatrix(width * scale, 0, 0, height * scale, left, bottom)
    image.set_matrix(fitted.scale(POINTS_PER_MM, POINTS_PER_MM))
    page.insert_obj(image)
    page.set_rotation(part.turn % 360)
    page.gen_content()
    page.close()
    return document


def _jpeg(content: bytes) -> tuple[bytes, int, int]:
    """Return a picture as JPEG with its size: unchanged if it is one that PDF readers show as it stands."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(content)) as picture:
        turned = picture.getexif().get(_ORIENTATION, 1) != 1
        whole = content.rstrip(b"\0").endswith(_JPEG_END)  # a torn one is decoded, which tells
        if picture.format == "JPEG" and picture.mode in {"RGB", "L"} and whole and not turned:
            return content, picture.width, picture.height
        upright = ImageOps.exif_transpose(picture)
        flat = _flattened(upright)
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue(), flat.width, flat.height


_ORIENTATION: Final = 0x0112
_JPEG_END: Final = b"\xff\xd9"


def _flattened(picture: "Image.Image") -> "Image.Image":
    """Return the picture in RGB or grey, on white where it is transparent."""
    from PIL import Image

    if picture.mode in {"RGB", "L"}:
        return picture.copy()
    if "A" in picture.getbands() or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        white = Image.new("RGB", clear.size, "white")
        white.paste(clear, mask=clear.getchannel("A"))
        return white
    return picture.convert("RGB")


@contextmanager
def _stamping(document: Any) -> Iterator["_Stamp"]:
    stamp = _Stamp(document)
    try:
        yield stamp
    finally:
        stamp.close()


class _Stamp:
    """Writes running numbers into one document; the little face of digits (3 KB) is embedded in it."""

    def __init__(self, made: Any) -> None:
        import pypdfium2.raw as pdfium

        self._made = made
        face = _digits()
        self._face = (ctypes.c_uint8 * len(face)).from_buffer_copy(face)
        self._font = pdfium.FPDFText_LoadFont(made, self._face, len(face), pdfium.FPDF_FONT_TRUETYPE, True)
        assert self._font, "the shipped face of digits is sound"

    def put(self, page: Any, number: int, *, on_white: bool) -> None:
        """Write the number at the outer corner as the sheet is held: right on odd pages, left on even."""
        import pypdfium2
        import pypdfium2.raw as pdfium

        width, height = page.get_size()
        scale = min(width, height) / (A4.width * POINTS_PER_MM)
        size, words = _NUMBER_SIZE * scale, str(number)
        taken = len(words) * size * _DIGIT
        side = _FROM_SIDE * POINTS_PER_MM * scale
        x = width - side - taken if number % 2 else side
        y = height - _FROM_TOP * POINTS_PER_MM * scale
        held = _as_held(page)
        if on_white:
            page.insert_obj(self._white(x - 3, y - 3, taken + 6, size + 2, held))
        text = pdfium.FPDFPageObj_CreateTextObj(self._made, self._font, size)
        wide = ctypes.create_string_buffer(f"{words}\0".encode("utf-16-le"))
        pdfium.FPDFText_SetText(text, ctypes.cast(wide, pdfium.FPDF_WIDESTRING))
        written = pypdfium2.PdfObject(text, pdf=self._made)
        written.transform(pypdfium2.PdfMatrix().translate(x, y).multiply(held))
        page.insert_obj(written)
        page.gen_content()
        page.close()

    def close(self) -> None:
        """Give the face back."""
        import pypdfium2.raw as pdfium

        pdfium.FPDFFont_Close(self._font)

    def _white(self, x: float, y: float, width: float, height: float, held: Any) -> Any:
        import pypdfium2
        import pypdfium2.raw as pdfium

        box = pdfium.FPDFPageObj_CreateNewRect(x, y, width, height)
        pdfium.FPDFPageObj_SetFillColor(box, 255, 255, 255, 255)
        pdfium.FPDFPath_SetDrawMode(box, pdfium.FPDF_FILLMODE_WINDING, False)
        drawn = pypdfium2.PdfObject(box, pdf=self._made)
        drawn.transform(held)
        return drawn


_DIGIT: Final = 0.555  # of the size: the width of each digit of the face


def _as_held(page: Any) -> Any:
    """Return the matrix from points of the sheet as it is held to those of the page as it is stored."""
    import pypdfium2

    width, height = page.get_size()
    left, bottom, _right, _top = page.get_cropbox()
    turned = {
        0: (1, 0, 0, 1, 0, 0),
        90: (0, 1, -1, 0, height, 0),
        180: (-1, 0, 0, -1, width, height),
        270: (0, -1, 1, 0, 0, width),
    }
    return pypdfium2.PdfMatrix(*turned[page.get_rotation()]).translate(left, bottom)


@lru_cache(maxsize=1)
def _digits() -> bytes:
    return (paths.resources() / "fonts" / "DeskNumbers.ttf").read_bytes()


@contextmanager
def _readable(name: str) -> Iterator[None]:
    """Turn whatever a damaged or locked file raises into a sentence that names it."""
    import pypdfium2
    from PIL import Image, UnidentifiedImageError

    try:
        yield
    except (pypdfium2.PdfiumError, UnidentifiedImageError, Image.DecompressionBombError, OSError) as error:
        raise PaperProblem(
            _("“{name}”的扫描件打不开，卷宗没有做成。").format(name=name),
            way_out=_("请在附件里查看这一份，重新扫描后再试。"),
            field=name,
        ) from error
