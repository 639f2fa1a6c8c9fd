"""The heap of the C library: what was freed at its end goes back to the system."""

import ctypes
import sys
from typing import Final

_M_TRIM_THRESHOLD: Final = -1
_MOST_FREE: Final = 1024 * 1024
"""How many free bytes the heap's end may keep. glibc's first figure is an eighth of it: what comes and goes
would then be asked of the system again and again, and no less is resident."""


def give_back() -> bool:
    """Let glibc go on giving back what is free; called once, when the first window stands.

    As soon as a large block was freed, such as a window's picture of 4 MB, glibc keeps twice as much at the
    end of its heap, for good. It does so no more where the figure was set by the program.

    Returns:
        False where the C library knows no such figure: on Windows and with musl.
    """
    if sys.platform != "linux":
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return mallopt is not None and bool(mallopt(_M_TRIM_THRESHOLD, _MOST_FREE))
