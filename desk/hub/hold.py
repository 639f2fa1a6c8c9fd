"""Who holds a data folder: one serving hub at a time, so that nobody stops the database under it.

The system lets a hold go when its process ends, however it ends.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

SERVING: Final = "serving"
MINDING: Final = "minding"
_TRY_S: Final = 0.1


class Hold:
    """The hold on one folder; `take` it, `let_go` of it. name: of what is held there."""

    def __init__(self, folder: Path, name: str = SERVING) -> None:
        self._path = folder / f"{name}.lock"
        self._file: int | None = None

    def take(self, wait_s: float = 0) -> bool:
        """Take it, waiting for at most so many seconds; False if another process has it."""
        until = time.monotonic() + wait_s
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        while not _locked(file):
            if time.monotonic() >= until:
                os.close(file)
                return False
            time.sleep(_TRY_S)
        self._file = file
        return True

    def let_go(self) -> None:
        """Let go of it, if it was taken."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    @contextmanager
    def if_free(self) -> Iterator[bool]:
        """Take it for this block and tell whether that was possible."""
        taken = self.take()
        try:
            yield taken
        finally:
            self.let_go()


def _locked(file: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
