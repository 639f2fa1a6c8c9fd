"""Which role of a device may ask what, and what it may write; which scopes is its grants' matter.

What no row grants is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from desk.wire import grants
from desk.wire.enrolling import COUNTYS, STATION
from desk.wire.op import Op

_LOOKS: Final = frozenset({"hello", "pull", "snapshot", "digest"})

RIGHTS: Final[Mapping[str, frozenset[str]]] = {
    "station": _LOOKS | {"push"},
    "county": _LOOKS | {"push"},
    "auditor": _LOOKS,
}


@dataclass(frozen=True)
class Pusher:
    """Who hands ops in. restored: the scope has begun a new life, so what was lost may come from anybody."""

    device: str = ""
    role: str = STATION
    restored: bool = False

    def fault(self, op: Op) -> str:
        """Return what is wrong with this op coming from here: "", or the code for its answer.

        A county's PC writes what its field groups allow (sync.md 2.7, class B). What a station wrote it hands
        in for the station only after a restore, when nobody else may hold it any more (client rule 6).
        """
        if self.role == STATION or op.scope.startswith(COUNTYS):
            return ""
        if op.device != self.device:
            return "" if self.restored else "not_yours"
        return "no_field_right" if grants.refused(self.role, op.type, op.kind, op.set) else ""


def may(role: str, verb: str) -> bool:
    """Tell whether a device of this role may ask this; verb: the name of the route's function."""
    return verb in RIGHTS.get(role, frozenset())
