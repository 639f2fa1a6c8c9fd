"""New ids. Record and op ids are UUIDv7; secrets come from the operating system."""

import os
from collections.abc import Callable

import uuid_utils

_source: Callable[[], str] | None = None


def new_id() -> str:
    """Return a new UUIDv7 as 36 characters. It gives identity only; never order by it (sync.md 2.2)."""
    return _source() if _source is not None else str(uuid_utils.uuid7())


def random_bytes(count: int) -> bytes:
    """Return `count` random bytes of the operating system, never of a copyable generator (sync.md 2.6)."""
    return os.urandom(count)


def set_source(source: Callable[[], str] | None) -> None:
    """Replace the id source (tests and the seeder); None restores UUIDv7."""
    global _source  # noqa: PLW0603 - the one seam tests use to make ids repeatable
    _source = source
