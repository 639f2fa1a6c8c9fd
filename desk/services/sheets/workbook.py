"""Reads a sheet of an xlsx workbook into lines of text, with merged cells copied down."""

import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from xml.etree.ElementTree import ParseError

from desk.services.sheets import refusals
from desk.services.sheets.apart import read_apart
from desk.services.sheets.headers import Words, find_header
from desk.services.sheets.table import MAX_LINES, Line, Table

MAX_CELLS = 500_000  # both readers lay out every cell up to the last one, empty or not
# What openpyxl raises on workbooks that other programs wrote carelessly (styles, filters, validations).
_CARELESS = (ValueError, TypeError, KeyError, IndexError, AttributeError, ParseError)
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)

Span = tuple[int, int, int, int]  # first row, first column, last row, last column, from 0


def read_xlsx(path: Path, words: Words, sheet: str = "") -> Table:
    """Return a sheet of an xlsx workbook; raises InputProblem if it cannot be read."""
    import openpyxl

    try:
        # By file, not by name: openpyxl looks at a name's ending, and leaves a bad file open.
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of decorations it drops; none of them is a cell
            book = openpyxl.load_workbook(file, data_only=True, keep_links=False)
    except _DAMAGED as error:
        raise refusals.damaged() from error
    except _CARELESS:
        return read_apart(path, words, sheet)
    pages = {page.title: page for page in book.worksheets if page.sheet_state == "visible"}

    def lines_of(name: str) -> tuple[Line, ...]:
        page = pages[name]
        if page.max_row * page.max_column > MAX_CELLS:
            raise refusals.too_long()
        spans = [
            (r.min_row - 1, r.min_col - 1, r.max_row - 1, r.max_col - 1) for r in page.merged_cells.ranges
        ]
        return lines_of_rows(page.iter_rows(values_only=True), spans)

    return table_of(path, tuple(pages), sheet, words, lines_of)


def table_of(
    path: Path,
    names: Sequence[str],
    wanted: str,
    words: Words,
    lines_of: Callable[[str], tuple[Line, ...]],
) -> Table:
    """Return the wanted sheet, else the first with a header of `words`, else the first with any text."""
    found = {name: lines for name in names if (lines := lines_of(name))}
    if not found:
        raise refusals.empty()
    with_header = [name for name, lines in found.items() if find_header(lines, words)]
    chosen = wanted if wanted in found else next(iter(with_header or found))
    return Table(path.name, chosen, found[chosen], tuple(name for name in found if name != chosen))


def lines_of_rows(rows: Iterable[Sequence[object]], spans: Iterable[Span]) -> tuple[Line, ...]:
    """Return the lines that hold words; a cell merged over several rows counts for each of them."""
    grid: dict[int, list[str]] = {}
    for index, row in enumerate(rows):
        cells = [_text(value) for value in row]
        if any(cells):
            grid[index] = cells
        if len(grid) > MAX_LINES:
            raise refusals.too_long()
    filled: dict[int, set[int]] = {}
    for top, left, bottom, _right in spans:
        for index in range(top + 1, bottom + 1) if top in grid else ():
            if left < len(grid.get(index, ())):
                grid[index][left] = grid[top][left]
                filled.setdefault(index, set()).add(left)
    lines = (Line(index + 1, tuple(cells), frozenset(filled.get(index, ()))) for index, cells in grid.items())
    return tuple(line for line in lines if line.own)


def _text(value: object) -> str:
    """Return a cell's value as text: whole numbers without a point, days in ISO form."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("_x000D_", "").strip(" \t\r\n")
