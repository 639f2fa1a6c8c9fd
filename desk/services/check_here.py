"""The other side of check_apart.py: what the process of its own does."""

import contextlib
import json
import os
from pathlib import Path

from desk.models import cipher
from desk.services.check_apart import DAMAGED, SOUND

_NICE = 10


def answer(asked: bytes) -> bytes:
    """Check the store that the desk asks about, out of everybody's way. Raises StoreProblem for none."""
    with contextlib.suppress(AttributeError, OSError):  # Windows has no niceness of this kind
        os.nice(_NICE)
    path, key = json.loads(asked)
    connection = cipher.connect(Path(path), bytes.fromhex(key))
    try:
        return SOUND if cipher.is_sound(connection) else DAMAGED
    finally:
        connection.close()
