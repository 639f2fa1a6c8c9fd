"""Which role of a device may ask what. What no row grants is refused; the scopes are its grants' matter."""

from collections.abc import Mapping
from typing import Final

_LOOKS: Final = frozenset({"hello", "pull", "snapshot", "digest"})

RIGHTS: Final[Mapping[str, frozenset[str]]] = {
    "station": _LOOKS | {"push"},
    # Until field groups say which fields are the county's, its PCs write none (sync.md 2.7, class B).
    "county": _LOOKS,
    "auditor": _LOOKS,
}


def may(role: str, verb: str) -> bool:
    """Tell whether a device of this role may ask this; verb: the name of the route's function."""
    return verb in RIGHTS.get(role, frozenset())
