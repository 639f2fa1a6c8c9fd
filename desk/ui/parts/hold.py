"""A wait that counts down in view, such as after too many wrong passwords (SEC-02)."""

from PySide6.QtCore import QObject, QTimer, Signal

from desk.text import _


class Hold(QObject):
    """Counts seconds down; the true wait is kept by the service, this only shows it.

    Signals:
        ticked: the sentence to show now.
        ended: the wait is over.
    """

    ticked = Signal(str)
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._left = 0
        self._timer = QTimer(self)
        self._timer.setObjectName("hold")
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.tick)

    @property
    def is_on(self) -> bool:
        """Whether there is still something to wait for."""
        return self._left > 0

    def start(self, seconds: int) -> None:
        """Begin to count; nothing happens for 0 seconds."""
        self._left = seconds
        if seconds > 0:
            self._timer.start()

    def stop(self) -> None:
        """End the count without saying so."""
        self._left = 0
        self._timer.stop()

    def tick(self) -> None:
        """One second has gone (called by the timer)."""
        self._left -= 1
        if self._left > 0:
            self.ticked.emit(wait_words(self._left))
        else:
            self.stop()
            self.ended.emit()


def wait_words(seconds: int) -> str:
    """Return 请等 4 分 05 秒再试 or 请等 40 秒再试."""
    if seconds < 60:
        return _("请等 {seconds} 秒再试").format(seconds=seconds)
    return _("请等 {minutes} 分 {seconds:02} 秒再试").format(minutes=seconds // 60, seconds=seconds % 60)
