"""This very program in a process of its own, for what native code does with foreign bytes.

A damaged file may end that process, never the desk; its work takes no time from the Qt thread. Bytes go both
ways over pipes, so nothing stands in a plain temporary file.
"""

import contextlib
import importlib
import subprocess
import sys
from collections.abc import Sequence

from desk import paths

_MEMORY = 2 * 1024**3
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # only Windows would show one


class TookTooLong(Exception):
    """The process did not end in time and was ended."""


def run(arguments: Sequence[str], data: bytes = b"", *, seconds: int = 60) -> bytes | None:
    """Run a command of `desk` apart and return what it wrote, or None if it broke.

    Raises:
        TookTooLong: it did not end in that many seconds.
    """
    program = [sys.executable] if paths.is_frozen() else [sys.executable, "-m", "desk"]
    try:
        done = subprocess.run(  # noqa: S603 - this very program, and the arguments go to no shell
            [*program, *arguments],
            input=data,
            capture_output=True,
            timeout=seconds,
            check=False,
            creationflags=_NO_WINDOW,
        )
    except subprocess.TimeoutExpired as error:
        raise TookTooLong from error
    return done.stdout if done.returncode == 0 else None


def limit() -> None:
    """In the process apart: fail early instead of filling the memory, and leave no dump on the disk.

    Only where the system can.
    """
    with contextlib.suppress(ImportError, ValueError, OSError):
        resource = importlib.import_module("resource")
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
