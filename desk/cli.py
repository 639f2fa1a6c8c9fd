"""The commands of `desk`; with none it opens the window."""

import argparse
import sys
from pathlib import Path

from desk import __version__
from desk.errors import Problem
from desk.services.roster.apart import READ_SHEET


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = argparse.ArgumentParser(prog="desk", description="接待台")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", metavar="命令")
    roster = commands.add_parser("roster", help="读一份代表花名册，把读懂的内容按 JSON 打印出来")
    roster.add_argument("file", type=Path, metavar="文件")
    # Without help it stays out of the list: the program calls it itself (roster/apart.py).
    sheet = commands.add_parser(READ_SHEET)
    sheet.add_argument("file", type=Path)
    sheet.add_argument("sheet")
    options = parser.parse_args(argv)
    if options.command == "roster":
        return _roster(options.file)
    if options.command == READ_SHEET:
        return _read_sheet(options.file, options.sheet)
    return 0


def _roster(file: Path) -> int:
    from desk.services.roster.as_json import roster_as_json

    try:
        text = roster_as_json(file)
    except Problem as problem:
        print(problem.sentence + problem.way_out, file=sys.stderr)
        return 1
    # Rare characters do not fit every console's own character set.
    sys.stdout.buffer.write(text.encode() + b"\n")
    return 0


def _read_sheet(file: Path, sheet: str) -> int:
    from desk.services.roster.native import answer

    sys.stdout.buffer.write(answer(file, sheet))
    return 0
