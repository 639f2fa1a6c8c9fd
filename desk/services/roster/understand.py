"""Understands a table as a roster: which lines are deputies, what each cell says, and what is doubtful."""

import re
from collections.abc import Mapping
from datetime import date

from desk import clock
from desk.services.roster import cells, columns
from desk.services.roster.columns import find_header, is_header_word
from desk.services.roster.repeats import settle_repeats
from desk.services.roster.understand_row import TOWN, Sheet, understand_row
from desk.services.roster.values import Roster, RosterRow
from desk.services.sheets.cells import one_line
from desk.services.sheets.findings import Skipped
from desk.services.sheets.headers import Column
from desk.services.sheets.table import Line, Table
from desk.text import _

_STREET = re.compile(r"街道")
_TOWN = re.compile(r"[镇乡]")
_TOTAL = re.compile(r"(?:合计|总计|共计|共)\D{0,4}(\d+)\s*[人名位]")


def understand(
    table: Table,
    mapping: Mapping[int, str] | None = None,
    *,
    street: bool = False,
    today: date | None = None,
) -> Roster:
    """Return what the table says about deputies, row by row, with every doubt.

    `mapping` (column from 0 → meaning of `columns`) is the clerk's correction and wins over the titles.
    `street` says that the roster is a street's (ZD-05); a title or file name with 街道 says so too.
    Without a column of names `rows` is empty and a note says so.
    """
    header = find_header(table.lines)
    found = header.columns if header else tuple(Column(i, "", columns.IGNORED) for i in range(table.width))
    corrected = tuple(
        Column(column.index, column.title, (mapping or {}).get(column.index, column.meaning))
        for column in found
    )
    header_line = header.line if header else 0
    title = _title(table, header_line)
    level, term = cells.level_of_title(title)
    sheet = Sheet(
        columns=corrected,
        title_level=level,
        term=term,
        # A title that names a town's congress is better evidence than the station it is read at.
        street=level != TOWN and (street or any(_names_street(text) for text in (title, table.file_name))),
        today=today or clock.today(),
    )
    body = [line for line in table.lines if line.number > header_line] if sheet.has(columns.NAME) else []
    rows: list[RosterRow] = []
    skipped: list[Skipped] = []
    for line in body:
        reason = _why_no_deputy(line, sheet)
        if reason:
            skipped.append(Skipped(line.number, one_line(" ".join(line.own)), reason))
        else:
            rows.append(understand_row(line, sheet))
    notes = (*table.notes, *_notes(table, sheet, len(rows), skipped))
    return Roster(
        file_name=table.file_name,
        title=title,
        header_line=header_line,
        columns=corrected,
        rows=settle_repeats(rows),
        skipped=tuple(skipped),
        notes=notes,
        sheet=table.sheet,
        other_sheets=table.other_sheets,
    )


def _title(table: Table, header_line: int) -> str:
    """Return the first words above the header."""
    above = (text for line in table.lines if line.number < header_line for text in line.own)
    return one_line(next(above, ""))


def _names_street(text: str) -> bool:
    return bool(_STREET.search(text)) and not _TOWN.search(text)


def _why_no_deputy(line: Line, sheet: Sheet) -> str:
    """Return why a line below the header is no deputy, "" if it is one."""
    name = sheet.first(line, columns.NAME)
    plain = cells.read_name(name).check.clean
    if not plain:
        return _("没有姓名")
    if is_header_word(name):
        return _("重复的表头")
    known = [
        line.cell(column.index)
        for column in sheet.columns
        if column.meaning not in {columns.NAME, columns.IGNORED} and column.index not in line.filled
    ]
    if cells.is_no_name(plain, alone=not any(known)):
        return _("姓名一栏不是姓名") if any(known) else _("合计、标题或说明")
    return ""


def _notes(table: Table, sheet: Sheet, count: int, skipped: list[Skipped]) -> list[str]:
    """Return what concerns the roster as a whole."""
    notes = []
    if not sheet.has(columns.NAME):
        notes.append(_("没有找到“姓名”这一栏，请在表头上指定。"))
    if table.other_sheets:
        notes.append(_("文件里还有工作表没有读：{names}。").format(names="、".join(table.other_sheets)))
    if count and not sheet.has(columns.LEVELS) and sheet.title_level:
        notes.append(
            _("表中没有层级一栏，按标题都记为{level}级代表，请核对。").format(level=sheet.title_level)
        )
    if count and sheet.street:
        notes.append(_("这是街道的名单：街道没有本级人大代表，写作镇级的按议政代表登记。"))
    for line in skipped:
        total = _TOTAL.search(line.text)
        if total and int(total[1]) != count:
            notes.append(
                _("第 {line} 行写“{text}”，但读到的代表是 {count} 行，请核对。").format(
                    line=line.line, text=line.text, count=count
                )
            )
    return notes
