"""Where a window stands: whole on the screen with its frame, and where the person last had it.

A window of 1366×768 on a screen of that size would hang below the edge by the height of its title. It is made
smaller, never maximised: maximised at its first show, one in ten lost frame and focus under openbox.
"""

import contextlib
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMargins, QObject, QPoint, QRect, QSize, QTimer
from PySide6.QtWidgets import QApplication, QWidget

FILE = "window"
SIZE = QSize(1366, 768)
# Said aloud, or the layout would say it anew at every change of the text size. Then some parts are large
# already and others still wide: a window that grew for this moment would stay beyond the screen's edge.
SMALLEST = QSize(1000, 560)
# What a frame takes at most on the systems the desk is made for, before the window manager has told.
_USUAL = QMargins(4, 40, 4, 4)
# The manager tells the width of its frame some time after the window is shown, later on a slow PC.
_LOOKS_MS = (20, 40, 80, 160, 320, 640, 1280)


@dataclass(frozen=True)
class Placement:
    """The upper left corner of the frame and the size without it, in pixels."""

    corner: QPoint
    size: QSize


def fitted(inner: QRect, frame: QMargins, room: QRect) -> QRect:
    """Return where a window should stand so that it and its frame lie in `room`, moved and shrunk least."""
    width = min(inner.width(), room.width() - frame.left() - frame.right())
    height = min(inner.height(), room.height() - frame.top() - frame.bottom())
    free = room.marginsRemoved(frame)
    left = max(free.left(), min(inner.left(), free.left() + free.width() - width))
    top = max(free.top(), min(inner.top(), free.top() + free.height() - height))
    return QRect(left, top, width, height)


def remembered(folder: Path) -> Placement | None:
    """Return where the window stood last on a data folder, None if it never did."""
    try:
        left, top, width, height = map(int, (folder / FILE).read_text("ascii").split())
    except (OSError, ValueError):
        return None
    return Placement(QPoint(left, top), QSize(width, height)) if width > 0 and height > 0 else None


def remember(folder: Path, window: QWidget) -> None:
    """Keep where a window stands for the next start, if the folder can be written."""
    if not window.isVisible() or window.isMinimized() or not _has_manager():
        return
    words = f"{window.x()} {window.y()} {window.width()} {window.height()}"
    with contextlib.suppress(OSError):
        (folder / FILE).write_text(words, "ascii")


class Fit(QObject):
    """Shows a window where it stood last, and sees to it that its frame lies on the screen.

    It looks several times in the first seconds, since nobody tells when the frame is there; then, or once a
    person has changed the size, it leaves the window alone. Its parts never change the window's size.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        room = window.screen().availableGeometry().marginsRemoved(_USUAL).size()
        window.setMinimumSize(SMALLEST.boundedTo(room) if _has_manager() else SMALLEST)
        self._asked = SIZE
        self._given = SIZE
        self._left: list[int] = []
        self._timer = QTimer(self)
        self._timer.setObjectName("fit")
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_time)

    def show(self, last: Placement | None) -> None:
        """Show the window where it stood `last`; for the first time as large as usual."""
        window = self._window
        if last is not None:
            self._asked = last.size
        self._given = self._asked
        if _has_manager():
            screen = window.screen()
            if last is not None:
                screen = QApplication.screenAt(last.corner) or screen
                window.move(last.corner)
            # Nearly right from the first moment, so that hardly anything moves before the person's eyes.
            room = screen.availableGeometry()
            frame = _USUAL if last is None else QMargins()
            self._given = fitted(QRect(room.topLeft(), self._asked), frame, room).size()
            self._left = list(_LOOKS_MS)
            self._timer.start(self._left.pop(0))
        window.resize(self._given)
        window.show()

    def look(self) -> None:
        """Move the window, shrink it or let it grow again, so that its frame fills the screen at most."""
        window = self._window
        frame = window.windowHandle().frameMargins()
        if frame.isNull():
            return  # not told yet
        stands = QRect(window.geometry().topLeft(), self._asked)
        wanted = fitted(stands, frame, window.screen().availableGeometry())
        self._given = wanted.size()
        if wanted != window.geometry():
            window.setGeometry(wanted)

    def _on_time(self) -> None:
        window = self._window
        changed = window.isMaximized() or window.isFullScreen() or window.isMinimized()
        if changed or not window.isVisible() or window.size() != self._given:
            return
        self.look()
        if self._left:
            self._timer.start(self._left.pop(0))


def _has_manager() -> bool:
    """Tell whether windows have frames here: the offscreen platform has none, nor a screen to keep to."""
    return QApplication.platformName() != "offscreen"
