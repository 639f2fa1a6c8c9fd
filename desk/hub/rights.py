"""Which role of a device may ask what, and what it may write; which scopes is its grants' matter.

What no row grants is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from desk.wire import grants
from desk.wire.enrolling import COUNTY, COUNTYS, STATION
from desk.wire.op import Op

# Its own key is every device's to change.
_LOOKS: Final = frozenset({"hello", "pull", "snapshot", "digest", "revisions", "rotate"})

RIGHTS: Final[Mapping[str, frozenset[str]]] = {
    "station": _LOOKS | {"push"},
    "county": _LOOKS | {"push"},
    "auditor": _LOOKS,
}


@dataclass(frozen=True)
class Pusher:
    """Who hands ops in. vouched: ids of ops the hub had taken in before, as its own seal on them says."""

    device: str = ""
    role: str = STATION
    vouched: frozenset[str] = frozenset()

    def fault(self, op: Op) -> str:
        """Return what is wrong with this op coming from here: "", or the code for its answer.

        A county's PC writes what its field groups allow (sync.md 2.7, class B). What a station wrote it hands
        in for the station only if the hub once had it: after a restore nobody else may hold it any more
        (client rule 6).
        """
        if self.role == STATION or op.scope.startswith(COUNTYS):
            return ""
        if op.device != self.device:
            return "" if op.op in self.vouched else "not_yours"
        return "no_field_right" if grants.refused(self.role, op.type, op.kind, op.set) else ""


def may_halt(role: str, scope: str) -> bool:
    """Tell whether a device of this role, by knowing more than the hub does, stops the pushes of a scope.

    Only those whose scope it is: the PCs of the station, and the county's in the county's own. Whoever looks
    at the stations' is told that it is ahead and raises the alarm; a broken PC there stops no forty stations.
    """
    return role == STATION or (role == COUNTY and scope.startswith(COUNTYS))


def may(role: str, verb: str) -> bool:
    """Tell whether a device of this role may ask this; verb: the name of the route's function."""
    return verb in RIGHTS.get(role, frozenset())
