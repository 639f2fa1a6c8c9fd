"""Reads old workbooks in a process of its own: the reader is native code that a damaged file can end."""

import json
import subprocess
import sys
from pathlib import Path

from desk import paths
from desk.errors import InputProblem
from desk.services.sheets import refusals
from desk.services.sheets.headers import Words
from desk.services.sheets.table import Line, Table

READ_SHEET = "read-sheet"
"""The command of `desk` that the other process runs."""

_SECONDS = 60
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # only Windows would show one


def read_apart(path: Path, words: Words, sheet: str) -> Table:
    """Return a sheet of a workbook; `words` choose it where none is named.

    Raises InputProblem if it cannot be read, however badly that went.
    """
    program = [sys.executable] if paths.is_frozen() else [sys.executable, "-m", "desk"]
    try:
        done = subprocess.run(  # noqa: S603 - this very program, and the arguments go to no shell
            [*program, READ_SHEET, str(path.resolve()), sheet, words.as_json()],
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            creationflags=_NO_WINDOW,
        )
    except subprocess.TimeoutExpired as error:
        raise refusals.too_long() from error
    if done.returncode != 0:
        raise refusals.damaged()
    return loaded(path.name, done.stdout)


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
