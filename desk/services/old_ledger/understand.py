"""Understands a table as an old ledger: which lines are matters, what they say, what is doubtful."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from desk.services.old_ledger import cells, columns
from desk.services.old_ledger.understand_row import Sheet, understand_row
from desk.services.old_ledger.values import Known, LedgerRow, OldLedger
from desk.services.sheets.cells import one_line
from desk.services.sheets.findings import Skipped
from desk.services.sheets.headers import Column, find_header
from desk.services.sheets.table import Line, Table
from desk.text import _

_DITTO = frozenset({"〃", "同上", "″", '"', "''", "々", "同前"})
_KEYS = (columns.SUBJECT, columns.STATEMENT)


def understand(table: Table, known: Known, mapping: Mapping[int, str] | None = None) -> OldLedger:
    """Return what the table says about open matters, line by line, with every doubt.

    `mapping` (column from 0 → meaning of `columns`) is the clerk's correction and wins over the titles.
    Without a column for what it is about `rows` is empty and a note says so.
    """
    header = find_header(table.lines, columns.WORDS)
    found = header.columns if header else tuple(Column(i, "", columns.IGNORED) for i in range(table.width))
    corrected = tuple(replace(each, meaning=(mapping or {}).get(each.index, each.meaning)) for each in found)
    header_line = header.line if header else 0
    title = one_line(
        next((text for line in table.lines if line.number < header_line for text in line.own), "")
    )
    sheet = Sheet(corrected, known)
    can_read = any(sheet.has(key) for key in _KEYS)
    body = [line for line in table.lines if line.number > header_line] if can_read else []
    rows, skipped = _read_lines(body, sheet, cells.year_of(title) or cells.year_of(table.sheet))
    return OldLedger(
        file_name=table.file_name,
        title=title,
        columns=corrected,
        rows=rows,
        skipped=skipped,
        notes=(*table.notes, *_notes(table, sheet, can_read=can_read)),
        sheet=table.sheet,
        other_sheets=table.other_sheets,
    )


def _read_lines(
    body: Iterable[Line], sheet: Sheet, year: int
) -> tuple[tuple[LedgerRow, ...], tuple[Skipped, ...]]:
    rows: list[LedgerRow] = []
    skipped: list[Skipped] = []
    above: Line | None = None
    for each in body:
        line = _filled_in(each, above)
        reason = _why_no_matter(line, sheet)
        if reason:
            skipped.append(Skipped(line.number, one_line(" ".join(line.own)), reason))
            continue
        above = line
        before = rows[-1].day if rows else None
        rows.append(understand_row(line, sheet, before=before, year=before.year if before else year))
    return tuple(rows), tuple(skipped)


def _filled_in(line: Line, above: Line | None) -> Line:
    """Return the line with 同上 and the ditto mark as what stands above them."""
    if above is None or not any(text in _DITTO for text in line.cells):
        return line
    texts = (above.cell(at) if text in _DITTO else text for at, text in enumerate(line.cells))
    return replace(line, cells=tuple(texts))


def _why_no_matter(line: Line, sheet: Sheet) -> str:
    """Return why a line below the header is no matter, "" if it is one."""
    if any(
        columns.WORDS.meaning_of(sheet.first(line, key)) == key for key in _KEYS if sheet.first(line, key)
    ):
        return _("重复的表头")
    if not any(sheet.own(line, key) for key in _KEYS):
        return _("没有写事由")
    return ""


def _notes(table: Table, sheet: Sheet, *, can_read: bool) -> list[str]:
    notes = []
    if not can_read:
        notes.append(_("没有找到“事由”或“反映问题”这一栏，请在表头上指定。"))
    elif not sheet.has(columns.DAY):
        notes.append(_("没有找到“日期”这一栏，请在表头上指定；没有日期的事项不能导入。"))
    if table.other_sheets:
        notes.append(_("文件里还有工作表没有读：{names}。").format(names="、".join(table.other_sheets)))
    return notes
