"""What an import would do and what it did: frozen values for the import page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from desk.services.roster.values import RosterRow

Action = Literal["new", "changed", "same", "doubtful"]

NEW = "new"
SKIP = "skip"
Choices = Mapping[int, str]
"""Line of the roster → `NEW`, `SKIP` or the id of the deputy it is; other lines follow their default."""


@dataclass(frozen=True)
class KnownMandate:
    """A mandate as stored; `level` is the code 1 to 5."""

    id: str
    level: int
    constituency: str
    electing_unit: str
    group_name: str
    term: str
    state: str


@dataclass(frozen=True)
class Known:
    """A deputy as stored, in clear: it stays inside the services."""

    id: str
    name: str
    alias: str
    sex: str
    ethnicity: str
    birth_date: date | None
    phone: str
    post: str
    consultative: bool
    state: str
    remark: str
    mandates: tuple[KnownMandate, ...]


@dataclass(frozen=True)
class Difference:
    """One thing an import would change, in words: what, the old words, the new ones."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Candidate:
    """A stored deputy a line may mean, with words to tell them apart."""

    deputy_id: str
    words: str


@dataclass(frozen=True)
class Entry:
    """What the import would do with one row.

    `default` is what happens if the clerk chooses nothing: `NEW`, `SKIP` or a deputy's id. `note` says why
    an entry is doubtful or what the roster does not settle; `candidates` are who else it may be.
    """

    row: RosterRow
    action: Action
    default: str
    differences: tuple[Difference, ...] = ()
    note: str = ""
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True)
class ImportPlan:
    """A roster laid beside the store, row by row in the roster's order."""

    file_name: str
    entries: tuple[Entry, ...]

    @property
    def new(self) -> tuple[Entry, ...]:
        """Rows that are not in the store yet."""
        return self._of("new")

    @property
    def changed(self) -> tuple[Entry, ...]:
        """Rows of known deputies that bring something new."""
        return self._of("changed")

    @property
    def same(self) -> tuple[Entry, ...]:
        """Rows of known deputies that bring nothing new."""
        return self._of("same")

    @property
    def doubtful(self) -> tuple[Entry, ...]:
        """Rows of which it is not sure who is meant, or that cannot be imported."""
        return self._of("doubtful")

    def _of(self, action: Action) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.action == action)


@dataclass(frozen=True)
class ImportDone:
    """What an import did; the counts are rows of the roster."""

    batch_id: str
    new: int
    changed: int
    same: int
    skipped: int
