"""The folder a camera or document scanner of this PC saves into: what is new there is offered, not taken.

Its files are plain; deleting them once they are taken in is the user's word.
"""

import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from desk import clock
from desk.services.settings import Settings
from desk.settings import CAMERA_FOLDER

MOST: Final = 200
_RECENT_S: Final = 12 * 3600
_ENDINGS: Final = frozenset(
    {".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff", ".gif", ".pdf", ".heic", ".heif"}
)


@dataclass(frozen=True)
class Offer:
    """A new file in the folder; size (bytes) and time of change (ns) tell it from a later one of its name."""

    path: Path
    size: int
    changed_ns: int

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name


class Camera:
    """Watches by looking: a folder on a stick or share tells nobody of new files."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._seen: dict[Path, Offer] = {}
        self._done: set[Offer] = set()

    def folder(self) -> Path | None:
        """Return the chosen folder, None without one."""
        chosen = self._settings.get(CAMERA_FOLDER)
        return Path(chosen) if chosen else None

    def news(self) -> tuple[Offer, ...]:
        """Return the files of the last hours that were not taken or put aside, oldest first.

        A file counts once it has not changed between two looks: the camera may still be writing it.
        """
        folder = self.folder()
        now_ns = int(clock.now().timestamp() * 1e9)
        found = [] if folder is None else _files(folder)
        recent = [each for each in found if abs(now_ns - each.changed_ns) < _RECENT_S * 10**9]
        settled = [each for each in recent if self._seen.get(each.path) == each and each not in self._done]
        self._seen = {each.path: each for each in recent}
        return tuple(sorted(settled, key=lambda each: (each.changed_ns, each.name))[:MOST])

    def put_aside(self, offers: Iterable[Offer]) -> None:
        """Offer these no more, until the program ends."""
        self._done.update(offers)

    def delete(self, offers: Iterable[Offer]) -> int:
        """Delete the originals and return how many are gone; one that changed or is held stays."""
        folder, gone = self.folder(), 0
        for offer in offers:
            if offer.path.parent == folder and _look(offer.path) == offer:
                try:
                    offer.path.unlink()
                except OSError:
                    continue  # Held by the scanner's own program; the count says so.
                gone += 1
        return gone


def _files(folder: Path) -> list[Offer]:
    try:
        entries = [entry.path for entry in os.scandir(folder)]
    except OSError:
        return []  # The stick is out: there is nothing new.
    wanted = [Path(each) for each in entries if Path(each).suffix.lower() in _ENDINGS]
    return [offer for offer in map(_look, wanted) if offer is not None]


def _look(path: Path) -> Offer | None:
    try:
        found = path.stat()
    except OSError:
        return None
    if not stat.S_ISREG(found.st_mode) or path.name.startswith("."):
        return None
    return Offer(path, found.st_size, found.st_mtime_ns)
