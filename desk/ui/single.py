"""A second start raises the first window: the server that waits for a knock, and the knock."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE_MS = 1500


class Doorbell(QObject):
    """Listens for other starts on the same folder.

    Signals:
        rung: another start asks for this window.
    """

    rung = Signal()

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        # What a crashed program left lying is in the way; the lock has said that nobody listens there.
        QLocalServer.removeServer(name)
        self._server.listen(name)
        self._server.newConnection.connect(self._on_knock)

    def close(self) -> None:
        """Stop listening."""
        self._server.close()

    def _on_knock(self) -> None:
        guest = self._server.nextPendingConnection()
        guest.disconnected.connect(guest.deleteLater)
        self.rung.emit()


def ring(name: str) -> None:
    """Ask the program that listens under this name to show its window."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if socket.waitForConnected(_PATIENCE_MS):
        socket.disconnectFromServer()
