"""Where files live, from source and frozen: resources, data folder, logs."""

import os
import sys
from pathlib import Path

import platformdirs

_APP = "jiedaitai"


def is_frozen() -> bool:
    """Tell whether this is the bundled program."""
    return bool(getattr(sys, "frozen", False))


def resources() -> Path:
    """Return the folder that holds theme, icons, fonts and the default profile."""
    if is_frozen():
        return Path(getattr(sys, "_MEIPASS", Path(sys.executable).parent)) / "resources"
    return Path(__file__).resolve().parent.parent / "resources"


def data_folder() -> Path:
    """Return the folder of the encrypted store; DESK_DATA overrides it."""
    override = os.environ.get("DESK_DATA")
    return Path(override) if override else Path(platformdirs.user_data_dir(_APP, appauthor=False))


def log_folder() -> Path:
    """Return the folder of the rotating log; it lies beside the store when DESK_DATA is set."""
    override = os.environ.get("DESK_DATA")
    return Path(override) / "logs" if override else Path(platformdirs.user_log_dir(_APP, appauthor=False))
