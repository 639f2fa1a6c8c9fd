"""Reads old workbooks in a process of its own: the reader is native code that a damaged file can end."""

import json
from pathlib import Path

from desk.errors import InputProblem
from desk.services import child
from desk.services.sheets import refusals
from desk.services.sheets.headers import Words
from desk.services.sheets.table import Line, Table

READ_SHEET = "read-sheet"
"""The command of `desk` that the other process runs."""

_SECONDS = 60


def read_apart(path: Path, words: Words, sheet: str) -> Table:
    """Return a sheet of a workbook; `words` choose it where none is named.

    Raises InputProblem if it cannot be read, however badly that went.
    """
    arguments = [READ_SHEET, str(path.resolve()), sheet, words.as_json()]
    try:
        said = child.run(arguments, seconds=_SECONDS)
    except child.TookTooLong as error:
        raise refusals.too_long() from error
    if said is None:
        raise refusals.damaged()
    return loaded(path.name, said)


def dumped(table: Table) -> bytes:
    """Return a table as bytes for the way between the processes."""
    lines = [[line.number, line.cells, sorted(line.filled)] for line in table.lines]
    return json.dumps({"sheet": table.sheet, "others": table.other_sheets, "lines": lines}).encode()


def refused(problem: InputProblem) -> bytes:
    """Return a refusal as bytes for the way between the processes."""
    return json.dumps({"refused": [problem.sentence, problem.way_out]}).encode()


def loaded(file_name: str, data: bytes) -> Table:
    """Return the table behind the bytes, or raise the InputProblem they stand for."""
    body = json.loads(data)
    if "refused" in body:
        sentence, way_out = body["refused"]
        raise InputProblem(sentence, way_out=way_out)
    lines = tuple(Line(number, tuple(cells), frozenset(filled)) for number, cells, filled in body["lines"])
    return Table(file_name, body["sheet"], lines, tuple(body["others"]))
