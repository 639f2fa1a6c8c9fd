"""The lives of a scope on the hub: a restore from a backup begins a new one (sync.md 2.5)."""

from collections.abc import Sequence
from dataclasses import dataclass

from desk.wire import reading
from desk.wire.reading import Body

MOST = 1000
"""More restores than a scope will ever see."""

ALL = 2**53 - 1
"""Above every version: two lives that are one share everything."""


@dataclass(frozen=True)
class Epoch:
    """One life: its random id, and the version up to which it shares the one before it."""

    epoch: str
    restored_to: int

    def to_json(self) -> dict[str, object]:
        """Write it as a JSON object."""
        return {"epoch": self.epoch, "restored_to": self.restored_to}

    @staticmethod
    def from_json(body: Body) -> "Epoch":
        """Read it back. Raises WireError."""
        return Epoch(reading.text(body, "epoch"), reading.whole(body, "restored_to"))


def kept_version(mine: Sequence[Epoch], theirs: Sequence[Epoch]) -> int:
    """Return the highest version that both lives surely share: what lies above it must be offered again.

    A backup restored twice forgets the life between, so the desk's own history counts as much as the hub's.
    With no life in common nothing is shared.

    Args:
        mine: the history the desk last knew, the oldest first and its own epoch last.
        theirs: the history the hub tells now.
    """
    shared = 0
    # The shorter of the two ends the walk.
    for a, b in zip(mine, theirs, strict=False):
        if a.epoch != b.epoch:
            break
        shared += 1
    if not shared:
        return 0
    return min((each.restored_to for each in (*mine[shared:], *theirs[shared:])), default=ALL)
