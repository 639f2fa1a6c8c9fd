"""Lets one change of a slot file at a time in: other lanes of this program wait, and other programs too.

The system lets a hold go when its process ends, however it ends. A hold lasts for a read and a write of one
small file; nothing inside it may derive a key, ask the keyring or change the file once more.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

FILE_NAME: Final = "slots.lock"


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the slot file of a data folder for this block.

    Raises:
        OSError: the folder cannot be written, or (Windows) somebody else holds it for ten seconds.
    """
    # Each hold has a handle of its own, by which the system tells lanes of one program apart as well.
    handle = os.open(folder / FILE_NAME, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _wait_for(handle)
        yield
    finally:
        os.close(handle)


def _wait_for(handle: int) -> None:
    if sys.platform == "win32":
        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
    else:
        fcntl.flock(handle, fcntl.LOCK_EX)
