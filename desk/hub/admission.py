"""Who comes in when all come at once: rounds that are under way go on, a new one begins when there is room.

A round begins with its hello. As many as `rounds` may be at work at a time; another is told when to come,
each a little later than the one before, so that those who come back do not come together (sync.md 2.14).
Nothing is lost by it: a desk keeps what it has and asks again. Each worker has one.

Only who has proved to be a device counts as one: a name in a header is anybody's, and strangers who say a
station's would take its place. Until then a request counts for the address it came from.
"""

import math
import threading  # noqa: TID251 - requests are answered on many threads, which share one gate
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
        self._lock = threading.Lock()
        self._strangers: dict[str, int] = {}
        self._at_work: dict[str, tuple[float, float]] = {}
        self._running: dict[str, int] = {}
        self._lasts_s = _FIRST_S
        self._next = 0.0

    def begin(self, device: str, *, greets: bool) -> int:
        """Let a request in and return 0, or the seconds after which to come again.

        Whoever was let in is told to `end` when its request is done.
        """
        with self._lock:
            return self._begin(device, greets=greets)

    def end(self, device: str) -> None:
        """Note that a request is done."""
        with self._lock:
            began, _last = self._at_work.get(device, (self._now(), 0.0))
            self._at_work[device] = (began, self._now())
            _take_one(self._running, device)

    def knock(self, address: str) -> int:
        """Let a request of nobody we know yet in and return 0, or the seconds after which to come again.

        One address may have as many on their way in as a worker has requests at a time; others' wait for
        nothing. Whoever was let in is told to `pass_on` when it is known whose it is, or done.
        """
        with self._lock:
            if self._strangers.get(address, 0) >= self._requests:
                return LEAST_S
            self._strangers[address] = self._strangers.get(address, 0) + 1
            return 0

    def pass_on(self, address: str) -> None:
        """Note that a request is no stranger's any more."""
        with self._lock:
            _take_one(self._strangers, address)

    def _begin(self, device: str, *, greets: bool) -> int:
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


class Visit:
    """One request on its way in: a stranger's, until its signature has been checked, then a device's."""

    def __init__(self, gate: Admission, address: str) -> None:
        self._gate, self._address = gate, address
        self._device = ""
        self._waits = False

    def knock(self) -> int:
        """Come to the door; 0, or the seconds after which to come again."""
        wait_s = self._gate.knock(self._address)
        self._waits = wait_s == 0
        return wait_s

    def prove(self, device: str, *, greets: bool) -> int:
        """Come in as a device that signed for this request; 0, or the seconds after which to come again."""
        self._leave_door()
        wait_s = self._gate.begin(device, greets=greets)
        if not wait_s:
            self._device = device
        return wait_s

    def end(self) -> None:
        """Leave, however it went."""
        self._leave_door()
        if self._device:
            self._gate.end(self._device)
        self._device = ""

    def _leave_door(self) -> None:
        if self._waits:
            self._gate.pass_on(self._address)
        self._waits = False


def _take_one(counts: dict[str, int], name: str) -> None:
    left = counts[name] - 1
    if left:
        counts[name] = left
    else:
        del counts[name]
