"""Notices that nobody is at the desk any more (SEC-02), by listening to windows, not to every event."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

from desk import clock

_LOOK_MS = 5_000
_TOUCH = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}


class Idle(QObject):
    """Says when the last key or mouse movement in any window of the program is too long ago.

    Signals:
        passed: nobody has touched anything for the set minutes; said once until the next touch.
        looked: every five seconds, for what must keep an eye on the time without a timer of its own.
    """

    passed = Signal()
    looked = Signal()

    def __init__(self, minutes: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._limit_ms = minutes * 60_000
        self._last_ms = clock.monotonic_ms()
        self._said = False
        self._timer = QTimer(self)
        self._timer.setObjectName("idle")
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._on_window)
        # An input method swallows the keys of a word being composed, but moves the cursor.
        QGuiApplication.inputMethod().cursorRectangleChanged.connect(self.touch)

    def start(self) -> None:
        """Begin to count."""
        self.touch()
        self._timer.start()

    def stop(self) -> None:
        """Stop counting."""
        self._timer.stop()

    def set_minutes(self, minutes: int) -> None:
        """Change how long nobody may touch anything."""
        self._limit_ms = minutes * 60_000

    def touch(self) -> None:
        """Somebody is there."""
        self._last_ms = clock.monotonic_ms()
        self._said = False

    def quiet_ms(self) -> int:
        """Return how long nobody has touched anything."""
        return clock.monotonic_ms() - self._last_ms

    def look(self) -> None:
        """Say `passed` if it is time (called every five seconds)."""
        if not self._said and self.quiet_ms() >= self._limit_ms:
            self._said = True
            self.passed.emit()
        self.looked.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See input on its way to a window."""
        if event.type() in _TOUCH:
            self.touch()
        return super().eventFilter(watched, event)

    def _on_window(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)
            self.touch()
