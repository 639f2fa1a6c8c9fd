"""Finds the header line of a table and says what each column means, by the words one kind of table uses."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from desk.rules.width import half_width
from desk.services.sheets.table import Line

IGNORED = "ignored"
"""The meaning of a column that is not taken over."""

_HEADER_WITHIN = 30  # lines: titles and filling-in notes stand above, never more than this
_SIGNS = re.compile(r"[\s*＊:：]")


@dataclass(frozen=True)
class Words:
    """How one kind of table titles its columns: (meaning, pattern), the first that fits decides.

    A header has at least one of `keys` and one meaning more.
    """

    keys: tuple[str, ...]
    patterns: tuple[tuple[str, str], ...]

    def meaning_of(self, title: str) -> str:
        """Return the meaning a column title stands for, IGNORED if none."""
        plain = plain_title(half_width(title))
        return next((meaning for meaning, pattern in self.patterns if re.fullmatch(pattern, plain)), IGNORED)

    def as_json(self) -> str:
        """Return the words as text for the other process (`apart`)."""
        return json.dumps([self.keys, self.patterns], ensure_ascii=True)

    @staticmethod
    def from_json(text: str) -> "Words":
        """Return the words behind `as_json`."""
        keys, patterns = json.loads(text)
        return Words(tuple(keys), tuple((meaning, pattern) for meaning, pattern in patterns))


@dataclass(frozen=True)
class Column:
    """A column as titled in the file and what it was taken for; `index` counts from 0."""

    index: int
    title: str
    meaning: str


@dataclass(frozen=True)
class Header:
    """The line (its number in the file) the columns were found in, and the columns."""

    line: int
    columns: tuple[Column, ...]


def find_header(lines: Sequence[Line], words: Words) -> Header | None:
    """Return the header of a table, or None if no line names a key column and one more."""
    for position, line in enumerate(lines[:_HEADER_WITHIN]):
        if _is_header(line, words):
            below = lines[position + 1] if position + 1 < len(lines) else None
            # A header of two lines: the cells merged over both are copied down, the lower ones say more.
            if below is not None and line.number + 1 == below.number and _is_header(below, words):
                return Header(below.number, _columns(line, below, words))
            return Header(line.number, _columns(line, line, words))
    return None


def plain_title(title: str) -> str:
    """Return a title without blanks, stars and colons."""
    return _SIGNS.sub("", title)


def _is_header(line: Line, words: Words) -> bool:
    meanings = {words.meaning_of(cell) for cell in line.cells if cell} - {IGNORED}
    return len(meanings) > 1 and bool(meanings & set(words.keys))


def _columns(upper: Line, lower: Line, words: Words) -> tuple[Column, ...]:
    width = max(len(upper.cells), len(lower.cells))
    titles = (plain_title(lower.cell(index) or upper.cell(index)) for index in range(width))
    return tuple(Column(index, title, words.meaning_of(title)) for index, title in enumerate(titles))
