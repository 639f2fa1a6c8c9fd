"""What a table holds before anybody asks what it means: numbered lines of text cells."""

from dataclasses import dataclass, field

MAX_LINES = 20_000  # a county has some hundreds of deputies, a station some hundred open matters


@dataclass(frozen=True)
class Line:
    """One line, numbered from 1 as in the file; `filled` are columns copied down from a merged cell."""

    number: int
    cells: tuple[str, ...]
    filled: frozenset[int] = field(default=frozenset())

    def cell(self, column: int) -> str:
        """Return the text of a column (from 0), "" beyond the end."""
        return self.cells[column] if column < len(self.cells) else ""

    @property
    def own(self) -> tuple[str, ...]:
        """The texts that stand in this line itself, without those copied down."""
        return tuple(text for index, text in enumerate(self.cells) if text and index not in self.filled)


@dataclass(frozen=True)
class Table:
    """One sheet of a file; `other_sheets` were not read, `notes` say what reading noticed."""

    file_name: str
    sheet: str
    lines: tuple[Line, ...]
    other_sheets: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """The number of columns of the widest line."""
        return max((len(line.cells) for line in self.lines), default=0)
