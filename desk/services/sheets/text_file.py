"""Reads a text table (CSV or tab-separated) whatever character set and separator it was saved with."""

import codecs
import csv
import io
import re
from pathlib import Path

from desk.services.sheets import refusals
from desk.services.sheets.table import MAX_LINES, Line, Table
from desk.text import _

_LINES_IN_A_CELL = 5

# NM-09: Python's gb18030 is the edition of 2000; the edition of 2022 gives these two-byte codes
# characters of their own. Six more (U+E816…8, E831, E83B, E855) stay private there too.
_PRIVATE_BEFORE = "\ue78d\ue78e\ue78f\ue790\ue791\ue792\ue793\ue794\ue795\ue796\ue7c7"
_PUBLIC_2022 = "\ufe10\ufe12\ufe11\ufe13\ufe14\ufe15\ufe16\ufe17\ufe18\ufe19\u1e3f"
_EDITION_2022 = str.maketrans(
    _PRIVATE_BEFORE + "\ue81e\ue826\ue82b\ue82c\ue832\ue843\ue854\ue864",
    _PUBLIC_2022 + "\u9fb4\u9fb5\u9fb6\u9fb7\u9fb8\u9fb9\u9fba\u9fbb",
)
_EXCEL_TEXT = re.compile(r'="(?P<inner>[^"]*)"|\'(?P<digits>[0-9]+)')


def read_text(path: Path) -> Table:
    """Return the table of a CSV or tab-separated file; raises InputProblem if it is no text or too long."""
    text = decode(path.read_bytes())
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    lines: list[Line] = []
    notes: list[str] = []
    try:
        for number, cells in enumerate(reader, start=1):
            if number > MAX_LINES:
                raise refusals.too_long()
            if any(cell.count("\n") >= _LINES_IN_A_CELL for cell in cells):
                notes.append(
                    _("第 {line} 行有一格夹着很多行文字，可能是引号没有配对，请核对。").format(line=number)
                )
            if any(cell.strip() for cell in cells):
                lines.append(Line(number, tuple(_plain(cell) for cell in cells)))
    except csv.Error as error:
        raise refusals.damaged() from error
    if not lines:
        raise refusals.empty()
    return Table(path.name, "", tuple(lines), notes=tuple(notes))


def decode(data: bytes) -> str:
    """Return the text behind bytes: byte order mark, strict UTF-8, then GB 18030-2022 (NM-09, NM-11)."""
    if data.startswith(codecs.BOM_UTF8):
        candidates = ["utf-8-sig"]
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = ["utf-16"]
    else:
        candidates = ["utf-8", "gb18030"]
    for charset in candidates:
        try:
            text = data.decode(charset)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.translate(_EDITION_2022) if charset == "gb18030" else text
    raise refusals.unknown_charset()


def _delimiter(text: str) -> str:
    head = "\n".join(text.splitlines()[:20])
    return max(",\t;|", key=head.count)


def _plain(cell: str) -> str:
    """Undo what exports add so that a spreadsheet keeps digits as text: ="138…" and a leading apostrophe."""
    stripped = cell.strip(" \t\r\n")
    match = _EXCEL_TEXT.fullmatch(stripped)
    return (match["inner"] or match["digits"] or "") if match else stripped
