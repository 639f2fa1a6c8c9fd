"""The only place that asks the time. Tests replace the source with `set_source`."""

import time
from collections.abc import Callable
from datetime import date, datetime

_source: Callable[[], datetime] | None = None


def now() -> datetime:
    """Return the current local time, aware of its UTC offset, to the millisecond."""
    moment = _source() if _source is not None else datetime.now().astimezone()
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def today() -> date:
    """Return the current local date."""
    return now().date()


def monotonic_ms() -> int:
    """Return milliseconds that never run backwards within one run of the program."""
    return time.monotonic_ns() // 1_000_000


def unix_ms() -> int:
    """Return milliseconds since 1970 by this machine's clock, whatever tests set: only for new ids."""
    return time.time_ns() // 1_000_000


def set_source(source: Callable[[], datetime] | None) -> None:
    """Replace the time source (tests and the demo); None restores the system clock."""
    global _source  # noqa: PLW0603 - the one seam tests use to set the time
    _source = source
