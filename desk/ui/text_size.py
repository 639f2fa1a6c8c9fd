"""The text size of the sign-on window: the settings are in the store, which is still shut then.

So the size last used stands in a small file beside the store. It is no secret, and losing it harms nobody.
"""

import contextlib
from pathlib import Path

from desk.settings import TEXT_SIZE

FILE = "text-size"


def remembered(folder: Path) -> int:
    """Return the size last used on a data folder in per cent, or the one to begin with."""
    try:
        return int((folder / FILE).read_text("ascii"))
    except (OSError, ValueError):
        return int(TEXT_SIZE.default)


def remember(folder: Path, percent: int) -> None:
    """Keep a size for the next start, if it is another one and the folder can be written."""
    if remembered(folder) != percent:
        with contextlib.suppress(OSError):
            (folder / FILE).write_text(str(percent), "ascii")
