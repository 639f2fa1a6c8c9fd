"""The other process: reads a workbook with the native reader and answers in bytes."""

from pathlib import Path

from desk.errors import InputProblem
from desk.services import child
from desk.services.sheets import refusals
from desk.services.sheets.apart import dumped, refused
from desk.services.sheets.headers import Words
from desk.services.sheets.table import Line, Table
from desk.services.sheets.workbook import MAX_CELLS, lines_of_rows, table_of


def answer(path: Path, words: Words, sheet: str) -> bytes:
    """Return the sheet or the refusal, for `apart.loaded`; a damaged file may end the process."""
    import python_calamine

    child.limit()
    try:
        return dumped(_read(path, words, sheet))
    except python_calamine.PasswordError:
        return refused(refusals.locked())
    except (python_calamine.CalamineError, OSError):
        return refused(refusals.damaged())
    except InputProblem as problem:
        return refused(problem)


def _read(path: Path, words: Words, sheet: str) -> Table:
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(str(path))
    visible = python_calamine.SheetVisibleEnum.Visible
    names = tuple(page.name for page in book.sheets_metadata if page.visible == visible)

    def lines_of(name: str) -> tuple[Line, ...]:
        page = book.get_sheet_by_name(name)
        if page.total_height * page.total_width > MAX_CELLS:
            raise refusals.too_long()
        spans = [(*first, *last) for first, last in page.merged_cell_ranges or ()]
        return lines_of_rows(page.to_python(skip_empty_area=False), spans)

    return table_of(path, names, sheet, words, lines_of)
