"""What an import of an old ledger would do and what it did: frozen values for the import page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from desk.services.old_ledger.values import LedgerRow

Action = Literal["new", "known", "closed", "apart", "doubtful", "problem"]
"""Not there yet · imported or written down before · done · kept apart · a repetition · cannot be imported."""

NEW = "new"
SKIP = "skip"
Choices = Mapping[int, str]
"""Line of the ledger → `NEW` or `SKIP`; other lines follow their default."""


@dataclass(frozen=True)
class Entry:
    """What the import would do with one line; `note` says why it would pass it over, `mark` is its own mark.

    The mark is the same for the same matter in any copy of the ledger; it tells nothing about it.
    """

    row: LedgerRow
    action: Action
    mark: str
    note: str = ""

    @property
    def default(self) -> str:
        """What happens if the clerk chooses nothing."""
        return NEW if self.action == "new" else SKIP

    @property
    def fixed(self) -> bool:
        """Whether there is nothing to choose."""
        return self.action in ("known", "problem")


@dataclass(frozen=True)
class LedgerPlan:
    """An old ledger laid beside the store, line by line in its own order."""

    file_name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class LedgerDone:
    """What an import did: lines taken over and passed over, the first and the last number given."""

    batch_id: str
    new: int
    skipped: int
    first_number: str
    last_number: str
