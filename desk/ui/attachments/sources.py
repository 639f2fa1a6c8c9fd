"""What is dropped or pasted, as files to take in."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QMimeData
from PySide6.QtGui import QImage

from desk.services.attachments.values import Source
from desk.text import _

PATTERN = "照片、扫描件和文档 (*.jpg *.jpeg *.png *.bmp *.webp *.gif *.tif *.tiff *.pdf *.docx *.xlsx *.txt)"


def has_any(data: QMimeData) -> bool:
    """Tell whether there is a file or a picture in it."""
    return bool(_paths(data)) or data.hasImage()


def sources_of(data: QMimeData) -> tuple[Source, ...]:
    """Return the files in it, or else the picture: many programs put both, and the file is the original."""
    paths = _paths(data)
    if paths:
        return tuple(Source(path.name, path) for path in paths)
    picture = data.imageData()
    # Encoding a large picture takes seconds: that is left to whoever takes it in, in the background.
    return (Source(_("粘贴的图片.png"), make=partial(_png, picture)),) if isinstance(picture, QImage) else ()


def from_paths(paths: tuple[Path, ...]) -> tuple[Source, ...]:
    """Return chosen files."""
    return tuple(Source(path.name, path) for path in paths)


def _paths(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def _png(picture: QImage) -> bytes:
    # In memory: nothing of a pasted picture is ever a plain file.
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes, Qt takes both
    return bytes(buffer.data().data())
