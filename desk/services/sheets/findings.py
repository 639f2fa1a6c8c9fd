"""What reading a table found besides its rows: doubtful cells and lines passed over."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Doubt:
    """Why a cell may be wrong: the field (the meaning of its column) and a sentence for the clerk."""

    field: str
    sentence: str


@dataclass(frozen=True)
class Skipped:
    """A line below the header that is no row of the table: its number, its words and the reason."""

    line: int
    text: str
    reason: str
