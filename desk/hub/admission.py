"""Who comes in when all come at once: rounds that are under way go on, a new one begins when there is room.

A round begins with its hello. As many as `rounds` may be at work at a time; another is told when to come,
each a little later than the one before, so that those who come back do not come together (sync.md 2.14).
Nothing is lost by it: a desk keeps what it has and asks again. Each worker has one, used by its loop alone.
"""

import math
from collections.abc import Callable
from time import monotonic
from typing import Final

LEAST_S: Final = 2
MOST_S: Final = 300
"""Shortest and longest wait a desk is told, in seconds."""

_QUIET_S: Final = 0.5
"""A round that asked for nothing so long is over, or its line is slow: it holds up nobody."""

_FIRST_S: Final = 1.0
_SHARE: Final = 0.1


class Admission:
    """The gate of one worker.

    Args:
        rounds: how many rounds may be at work at a time.
        requests: how many requests may; beyond them a round that is under way has to wait as well.
    """

    def __init__(self, rounds: int, requests: int, now: Callable[[], float] = monotonic) -> None:
        self._rounds, self._requests, self._now = rounds, requests, now
        self._at_work: dict[str, tuple[float, float]] = {}
        self._running: dict[str, int] = {}
        self._lasts_s = _FIRST_S
        self._next = 0.0

    def begin(self, device: str, *, greets: bool) -> int:
        """Let a request in and return 0, or the seconds after which to come again.

        Whoever was let in is told to `end` when its request is done.
        """
        now = self._now()
        self._forget_quiet(now)
        if greets and device not in self._at_work and len(self._at_work) >= self._rounds:
            return self._place_in_line(now)
        if sum(self._running.values()) >= self._requests:
            return self._place_in_line(now)
        began, _last = self._at_work.get(device, (now, now))
        self._at_work[device] = (began, now)
        self._running[device] = self._running.get(device, 0) + 1
        return 0

    def end(self, device: str) -> None:
        """Note that a request is done."""
        began, _last = self._at_work.get(device, (self._now(), 0.0))
        self._at_work[device] = (began, self._now())
        left = self._running[device] - 1
        if left:
            self._running[device] = left
        else:
            del self._running[device]

    def _forget_quiet(self, now: float) -> None:
        quiet = [
            device
            for device, (_began, last) in self._at_work.items()
            if device not in self._running and now - last >= _QUIET_S
        ]
        for device in quiet:
            began, last = self._at_work.pop(device)
            self._lasts_s += (last + _QUIET_S - began - self._lasts_s) * _SHARE

    def _place_in_line(self, now: float) -> int:
        # So many rounds end at a time; whoever is refused gets the next moment at which one more will have.
        self._next = max(self._next, now + LEAST_S) + self._lasts_s / self._rounds
        self._next = min(self._next, now + MOST_S)
        return math.ceil(self._next - now)
