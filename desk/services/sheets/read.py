"""Opens a table file: looks at what it really is before anything is parsed, then hands it to its reader."""

import struct
import zipfile
from pathlib import Path

from desk.services.sheets import refusals
from desk.services.sheets.apart import read_apart
from desk.services.sheets.headers import Words
from desk.services.sheets.table import Table
from desk.services.sheets.text_file import read_text
from desk.services.sheets.workbook import read_xlsx

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 24 * 1024 * 1024  # of the parts that are parsed; photos do not count

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NO_TABLE = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"{\\rtf",
    b"MZ",
)
_MARKUP = (b"<", b"MIME-Version")


def read(path: Path, words: Words, sheet: str = "") -> Table:
    """Return the table of an xlsx, xls or text file, whatever its name ends with.

    Of a workbook the named sheet is read, else the first visible one with a header of `words`.
    Raises InputProblem with a way out for a missing, empty, cut-off, locked, huge or foreign file; all
    of that is decided before the file is parsed. May take seconds: call it in the background.
    """
    head = _head(path)
    if head.startswith(_ZIP):
        _check_package(path)
        return read_xlsx(path, words, sheet)
    if head.startswith(_OLE):
        if _ENCRYPTED in path.read_bytes():
            raise refusals.locked()
        return read_apart(path, words, sheet)
    if head.startswith(_NO_TABLE):
        raise refusals.foreign()
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_MARKUP):
        raise refusals.other_format()  # web pages that an old system calls xls
    return read_text(path)


def _head(path: Path) -> bytes:
    """Return the first bytes of a file of a bearable size."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise refusals.foreign()
        if size == 0:
            raise refusals.empty()
        if size > MAX_BYTES:
            raise refusals.too_heavy(size, MAX_BYTES)
        with path.open("rb") as file:
            return file.read(512)
    except OSError as error:
        raise refusals.unreachable() from error


def _check_package(path: Path) -> None:
    """Raise unless the zip is a whole xlsx workbook that unpacks to a bearable size (sync.md fault 27)."""
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, struct.error, NotImplementedError, OSError, ValueError) as error:
        raise refusals.damaged() from error
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise refusals.locked()
    if "xl/workbook.xml" not in names:
        spreadsheet = "content.xml" in names or any(name.startswith("xl/") for name in names)
        raise refusals.other_format() if spreadsheet else refusals.foreign()
    if sum(part.file_size for part in parts if not part.filename.startswith("xl/media/")) > MAX_UNPACKED:
        raise refusals.too_long()
