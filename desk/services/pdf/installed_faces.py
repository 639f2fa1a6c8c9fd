"""Font files installed on this PC, by file name: customary faces may not be shipped but are often there."""

import os
import sys
from functools import lru_cache
from pathlib import Path
from typing import Final

_ENDINGS: Final = (".ttf", ".ttc")


def find(file_name: str) -> Path | None:
    """Return where a font file of this name lies in the system's or the user's font folders, or None.

    Capital letters do not matter. A name without an ending of a TrueType file is never found.
    """
    if not file_name.lower().endswith(_ENDINGS):
        return None
    return _files(font_folders()).get(file_name.lower())


def font_folders() -> tuple[Path, ...]:
    """Return the folders this system keeps its fonts in, the system's own first."""
    home = Path.home()
    if sys.platform == "win32":
        windows = Path(os.environ.get("SYSTEMROOT", "C:/Windows"))
        own = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
        return windows / "Fonts", own / "Microsoft" / "Windows" / "Fonts"
    shared = Path("/usr/share/fonts"), Path("/usr/local/share/fonts")
    return (*shared, home / ".local" / "share" / "fonts", home / ".fonts")


@lru_cache(maxsize=4)
def _files(folders: tuple[Path, ...]) -> dict[str, Path]:
    """Return the font files below the folders by their small name; read once, for fonts seldom change."""
    found: dict[str, Path] = {}
    for folder in folders:
        for place, _inner, names in os.walk(folder):
            for name in sorted(names):
                if name.lower().endswith(_ENDINGS):
                    found.setdefault(name.lower(), Path(place) / name)
    return found
