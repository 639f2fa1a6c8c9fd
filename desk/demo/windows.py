"""Which window is in front, and the part of the window manager that a bare platform leaves out."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget


def front() -> QWidget | None:
    """Return the whole window that is in front: of a question, the window it belongs to."""
    window = QApplication.activeWindow()
    while window is not None and (owner := window.parentWidget()) is not None:
        window = owner.window()
    return window


def bring_forward() -> None:
    """Give the keys to a window again when the one that had them has closed, as a desktop does."""
    if QGuiApplication.focusWindow() is not None:
        return
    shown = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    window = QApplication.activeModalWidget() or next(iter(shown), None)
    if window is not None:
        window.activateWindow()
