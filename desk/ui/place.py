"""One program per data folder: the lock that decides who is first."""

from pathlib import Path

from PySide6.QtCore import QCryptographicHash, QDir, QLockFile


class Place:
    """The place on one folder. A file lock decides: two starts at one moment could both find no server."""

    def __init__(self, folder: Path) -> None:
        # Qt's hash: hashlib would load OpenSSL before the window is painted.
        folder_hash = QCryptographicHash.hash(
            str(folder.resolve()).encode(), QCryptographicHash.Algorithm.Sha256
        )
        self.name = f"jiedaitai-{folder_hash.data().hex()[:16]}"
        self._lock = QLockFile(QDir.temp().filePath(self.name + ".lock"))
        # A program that has crashed is recognised by its process id, not by the age of its lock.
        self._lock.setStaleLockTime(0)

    def take(self) -> bool:
        """Take the place and tell whether it was free."""
        return self._lock.tryLock(0)

    def give_up(self) -> None:
        """Leave the place to the next start."""
        self._lock.unlock()
