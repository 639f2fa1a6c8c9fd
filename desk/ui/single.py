"""One program per data folder: a second start raises the first window and ends."""

import hashlib
from pathlib import Path

from PySide6.QtCore import QDir, QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE_MS = 1500


class Single(QObject):
    """Holds the place of the first program on a folder.

    The lock file decides, because two starts at the same moment could both find no server; the server only
    carries the wish to be seen.

    Signals:
        raised: another start asks for this window.
    """

    raised = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = f"jiedaitai-{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]}"
        self._lock = QLockFile(QDir.temp().filePath(self._name + ".lock"))
        # A program that has crashed is recognised by its process id, not by the age of its lock.
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None

    def claim(self) -> bool:
        """Tell whether this is the first program on the folder; if not, raise the first one's window."""
        if not self._lock.tryLock(0):
            self._knock()
            return False
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(self._name)
        server.listen(self._name)
        server.newConnection.connect(self._on_knock)
        self._server = server
        return True

    def release(self) -> None:
        """Give the place up."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self._lock.unlock()

    def _knock(self) -> None:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(_PATIENCE_MS):
            socket.disconnectFromServer()

    def _on_knock(self) -> None:
        assert self._server is not None, "only a listening server gets connections"
        guest = self._server.nextPendingConnection()
        guest.disconnected.connect(guest.deleteLater)
        self.raised.emit()
