"""Finished papers as pictures: for the preview, for thermal printers and for reading codes back."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock  # noqa: TID251 - PDFium is not thread-safe; this door lets one caller in at a time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL import Image

_MM_PER_POINT = 25.4 / 72

_door = Lock()


def page_count(pdf: bytes) -> int:
    """Return the number of pages."""
    with _opened(pdf) as document:
        return len(document)


def page_size(pdf: bytes, number: int) -> tuple[float, float]:
    """Return width and height of page `number` (counted from 0) in mm, as held."""
    with _opened(pdf) as document:
        width, height = document[number].get_size()
        return width * _MM_PER_POINT, height * _MM_PER_POINT


def pages(pdf: bytes, dpi: float, *, grey: bool = False) -> "tuple[Image.Image, ...]":
    """Return every page rendered at `dpi`, in colour (RGB) or in shades of grey (L)."""
    return tuple(page(pdf, number, dpi, grey=grey) for number in range(page_count(pdf)))


def page(pdf: bytes, number: int, dpi: float, *, grey: bool = False) -> "Image.Image":
    """Return page `number` (counted from 0) rendered at `dpi`; the preview's way to ask for one at a time."""
    with _opened(pdf) as document:
        bitmap = document[number].render(scale=dpi / 72, grayscale=grey)
        picture: Image.Image = bitmap.to_pil().convert("L" if grey else "RGB")
        return picture.copy()  # the bitmap's memory goes with the document


@contextmanager
def alone() -> Iterator[None]:
    """Let one caller at a time use PDFium; not to be entered again inside."""
    with _door:
        yield


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    import pypdfium2

    with alone():
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()
