"""A heap of records to be written at once: rows by noun, what they are found by, the secrets of receipts."""

from dataclasses import dataclass, field

from desk.services.seed.people import Row


@dataclass
class Batch:
    """Rows by noun; entries of the search index; (receipt id, token, code) of receipts."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    entries: list[tuple[int, str, str, str]] = field(default_factory=list)
    secrets: list[tuple[str, bytes, str]] = field(default_factory=list)

    def add(self, noun: str, row: Row) -> None:
        """Put one row on the heap."""
        self.rows.setdefault(noun, []).append(row)

    def add_all(self, rows: dict[str, list[Row]]) -> None:
        """Put rows of several nouns on the heap."""
        for noun, more in rows.items():
            self.rows.setdefault(noun, []).extend(more)
