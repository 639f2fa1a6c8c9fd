"""What one round did, for the light, the command line and the tests."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class RoundReport:
    """A round as far as it went.

    reached: whether the hub answered to the end; if not, `trouble` and `sentence` say why. sent: ops that got
    an answer, by verdict. pulled: revisions and heads taken. offered: ops that were put in front again, since
    the hub had lost them. trouble: a stable word for what went wrong, the hub's or ours; empty if all is
    well. scope: where that was, empty for the desk's own. wait_s: seconds to wait at least. poll_s: when to
    ask again if nothing happens. changed: nouns that look different now.
    """

    reached: bool = True
    sent: Mapping[str, int] = field(default_factory=dict)
    pulled: int = 0
    offered: int = 0
    trouble: str = ""
    sentence: str = ""
    scope: str = ""
    wait_s: int = 0
    poll_s: int = 60
    changed: frozenset[str] = frozenset()
