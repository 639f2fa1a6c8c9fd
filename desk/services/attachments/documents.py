"""PDFs and office documents: looked through, never changed; a signed paper must stay the paper it was."""

import io
import struct
import zipfile
from typing import TYPE_CHECKING, Any

from desk.services.attachments import pictures, refusals
from desk.services.attachments.apart import Answer

if TYPE_CHECKING:
    from PIL import Image

_PASSWORD_WANTED = 4  # PDFium's code
_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
_MACROS = ("vbaProject.bin", "vbaData.xml")


def taken_pdf(data: bytes, most_pages: int) -> Answer:
    """Return a PDF that opens and whose every page can be reached, with a picture of the first.

    Raises InputProblem: broken, asks for a password, or has more than `most_pages` pages.
    """
    with _Document(data) as document:
        pages = len(document)
        if pages > most_pages:
            raise refusals.too_many_pages(pages, most_pages)
        if pages == 0:
            raise refusals.damaged_pdf()
        for number in range(pages):
            _page(document, number).close()
        first = _drawn(_page(document, 0), pictures.THUMB_SIDE)
        return Answer("pdf", pages=pages, content=data, thumb=pictures.small(first))


def drawn_page(data: bytes, number: int, longest: int) -> Answer:
    """Return one page (from 0) as a PNG whose longest side has `longest` pixels. Raises InputProblem."""
    with _Document(data) as document:
        picture = _drawn(_page(document, number), longest)
    target = io.BytesIO()
    picture.save(target, "PNG", compress_level=1)
    return Answer("png", picture.width, picture.height, 1, target.getvalue())


def taken_package(data: bytes) -> Answer:
    """Return a docx or xlsx, which is not unpacked.

    Raises InputProblem: another zip, damaged, locked, or with a program in it.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, struct.error, NotImplementedError, OSError, ValueError) as error:
        raise refusals.broken_reading() from error
    names = {part.filename for part in parts}
    kind = next((kind for name, kind in _PARTS.items() if name in names), "")
    if not kind:
        raise refusals.foreign("zip")
    if any(part.flag_bits & 1 for part in parts):
        raise refusals.locked()
    if any(name.endswith(_MACROS) for name in names):
        raise refusals.has_macros()
    return Answer(kind, content=data)


class _Document:
    """An open PDF; what PDFium refuses becomes a sentence."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._opened: Any = None

    def __enter__(self) -> Any:
        import pypdfium2

        try:
            self._opened = pypdfium2.PdfDocument(self._data)
        except pypdfium2.PdfiumError as error:
            locked = getattr(error, "err_code", 0) == _PASSWORD_WANTED
            raise (refusals.locked() if locked else refusals.damaged_pdf()) from error
        return self._opened

    def __exit__(self, *_error: object) -> None:
        self._opened.close()


def _page(document: Any, number: int) -> Any:
    """Return a page that has a size. Raises InputProblem."""
    import pypdfium2

    try:
        page = document[number]
    except pypdfium2.PdfiumError as error:
        raise refusals.damaged_pdf() from error
    if min(page.get_size()) <= 0:
        raise refusals.damaged_pdf()
    return page


def _drawn(page: Any, longest: int) -> "Image.Image":
    import pypdfium2

    try:
        # Whatever size a page claims, its picture is not larger than asked for.
        scale = (longest - 0.01) / max(page.get_size())  # PDFium rounds up
        picture: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
    except pypdfium2.PdfiumError as error:
        raise refusals.damaged_pdf() from error
    return picture
