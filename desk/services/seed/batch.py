"""A heap of records to be written at once: rows by noun, what they are found and compared by, secrets."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from desk.rules.conflict_check import Side
from desk.services import conflicts, search_index
from desk.services.seed.people import Row


@dataclass
class Batch:
    """Rows by noun; entries of the search index and of the conflict check; (receipt id, token, code).

    The index numbers its rows by moment. `first_slot` is the first of a moment's numbers this heap may take,
    so that two runs over the same days do not meet; a moment must not be spread over two heaps of one run.
    """

    first_slot: int = 0
    rows: dict[str, list[Row]] = field(default_factory=dict)
    entries: list[tuple[int, str, str, str]] = field(default_factory=list)
    people: list[tuple[conflicts.Place, Side]] = field(default_factory=list)
    secrets: list[tuple[str, bytes, str]] = field(default_factory=list)
    _taken: Counter[int] = field(default_factory=Counter)

    def add(self, noun: str, row: Row) -> None:
        """Put one row on the heap."""
        self.rows.setdefault(noun, []).append(row)

    def add_all(self, rows: dict[str, list[Row]]) -> None:
        """Put rows of several nouns on the heap."""
        for noun, more in rows.items():
            self.rows.setdefault(noun, []).extend(more)

    def compare(self, place: conflicts.Place, person: Row) -> None:
        """Let the conflict check know somebody by name, number and phone (FL-11)."""
        name, id_no, phone = (str(person.get(field, "")) for field in ("name", "id_no", "phone"))
        self.people.append((place, Side(name, id_no, phone=phone)))

    def find_by(self, at: datetime, noun: str, record_id: str, terms: list[str]) -> None:
        """Let a record of that moment be found by these terms, under the moment's next free number."""
        first = search_index.first_row(at)
        self.entries.append((first + self.first_slot + self._taken[first], noun, record_id, " ".join(terms)))
        self._taken[first] += 1
