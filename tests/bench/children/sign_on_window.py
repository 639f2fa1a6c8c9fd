"""The desk from process start to the painted sign-on window."""

import json
import os
import sys
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desk import app


def started(_app: QApplication, house: app.House) -> None:
    """Wait for the first paint of the first window."""
    assert house.entrance is not None
    house.entrance.door.painted.connect(tell)


def tell() -> None:
    """Print when, and leave at once."""
    print(json.dumps({"ms": (time.time() - float(sys.argv[1])) * 1000}), flush=True)
    os._exit(0)


app.run(Path(sys.argv[2]), started)
