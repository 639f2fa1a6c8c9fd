"""How long somebody still has to wait after wrong passwords (SEC-02): a delay that no clock can shorten.

The count and the wait are kept in the slot file, so they survive a restart. The wait is measured by the wall
clock *and*, within one run of the computer, by its monotonic clock, and the slower of the two counts. A wall
clock set back starts the wait anew.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from desk.rules.passwords import LockStep, lock_seconds


@dataclass(frozen=True)
class Tries:
    """Failures in a row, and the wait they led to: seconds, counted from a wall and a monotonic time."""

    failures: int = 0
    wait_s: int = 0
    since: datetime | None = None
    since_mono_ms: int = 0


def failed(tries: Tries, steps: Sequence[LockStep], *, now: datetime, mono_ms: int) -> Tries:
    """Return the tries after one more failure (SEC-02)."""
    failures = tries.failures + 1
    return Tries(failures, lock_seconds(failures, steps), now, mono_ms)


def anchored(tries: Tries, *, now: datetime, mono_ms: int) -> Tries:
    """Return the tries with the wait started anew if the wall clock now stands before its start."""
    if tries.since is None or now >= tries.since:
        return tries
    return replace(tries, since=now, since_mono_ms=mono_ms)


def remaining_s(tries: Tries, *, now: datetime, mono_ms: int) -> int:
    """Return the seconds still to wait, 0 when there is nothing to wait for.

    A monotonic clock that stands before the stored one belongs to another run of the computer and says
    nothing.
    """
    if tries.since is None or tries.wait_s == 0:
        return 0
    elapsed = max(0.0, (now - tries.since).total_seconds())
    if mono_ms >= tries.since_mono_ms:
        elapsed = min(elapsed, (mono_ms - tries.since_mono_ms) / 1000)
    return max(0, math.ceil(tries.wait_s - elapsed))
