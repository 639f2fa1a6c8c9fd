"""New ids. Record and op ids are UUIDv7; secrets come from the operating system.

Ids of one second are a series: the 74 random bits of the first are drawn from the operating system, each next
one is one higher (RFC 9562, 6.2), and each has the millisecond it was made in. So they stay apart from all
others as random ones do, and what was saved together takes a fraction of the bytes on a thin line
(`wire/packing.py`). Whoever knows one can guess the next: an id is never a secret.
"""

import os
import sys
from collections.abc import Callable
from itertools import chain
from typing import Final

import uuid_utils

from desk import clock

_LASTS_MS: Final = 1000
_MOMENT: Final = (1 << 48) - 1
_COUNTED: Final = (1 << 62) - 1
_LOWER: Final = (1 << 64) - 1

_source: Callable[[], str] | None = None


class Series:
    """Ids that count up from one drawn from the operating system. May be asked by many threads."""

    def __init__(self) -> None:
        drawn = uuid_utils.UUID(bytes=random_bytes(16), version=7)
        lower = drawn.int & _LOWER
        # Version and twelve of the random bits; the others are counted, within the marks of a UUID.
        self._middle = str(drawn)[13:19]
        self._lower = chain(range(lower, (lower | _COUNTED) + 1), range(lower & ~_COUNTED, lower))

    def next(self, unix_ms: int) -> str:
        """Return the next id, made at this moment."""
        lower = f"{next(self._lower):016x}"
        # A clock before 1970 has a number below nought.
        moment = unix_ms & _MOMENT
        return f"{moment >> 16:08x}-{moment & 0xFFFF:04x}{self._middle}{lower[:4]}-{lower[4:]}"


def random_bytes(count: int) -> bytes:
    """Return `count` random bytes of the operating system, never of a copyable generator (sync.md 2.6)."""
    return os.urandom(count)


_series = Series()
_ends_ms = 0


def new_id() -> str:
    """Return a new UUIDv7 as 36 characters. It gives identity only; never order by it (sync.md 2.2)."""
    global _series, _ends_ms
    if _source is not None:
        return _source()
    series, now_ms = _series, clock.monotonic_ms()
    if now_ms >= _ends_ms:
        series = Series()
        _series, _ends_ms = series, now_ms + _LASTS_MS
    return series.next(clock.unix_ms())


def begin_anew() -> None:
    """End the series, so that the next id is drawn: for a process that is the copy of another."""
    global _ends_ms  # noqa: PLW0603 - the one series of a process is begun anew
    _ends_ms = 0


def set_source(source: Callable[[], str] | None) -> None:
    """Replace the id source (tests and the seeder); None restores UUIDv7."""
    global _source  # noqa: PLW0603 - the one seam tests use to make ids repeatable
    _source = source


if sys.platform != "win32":
    os.register_at_fork(after_in_child=begin_anew)
