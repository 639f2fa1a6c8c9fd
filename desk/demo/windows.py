"""Which window is in front, and the part of the window manager that a bare platform leaves out."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QMessageLogContext, QPoint, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget


def front() -> QWidget | None:
    """Return the whole window that is in front: of a question, the window it belongs to."""
    window = QApplication.activeWindow()
    while window is not None and (owner := window.parentWidget()) is not None:
        window = owner.window()
    return window


def picture() -> QPixmap:
    """Return what is in front as a person sees it: the whole window, and over it what asks something."""
    window, modal = front(), QApplication.activeModalWidget()
    if window is None:
        return QPixmap()
    seen = window.grab()
    if modal is not None and modal is not window:
        painter = QPainter(seen)
        painter.drawPixmap(modal.mapToGlobal(QPoint()) - window.mapToGlobal(QPoint()), modal.grab())
        painter.end()
    return seen


def bring_forward() -> bool:
    """Give the keys to the window that a desktop would give them to, and tell whether it has them.

    A question gets them when it opens, and the window below when it closes.
    """
    modal, focus = QApplication.activeModalWidget(), QGuiApplication.focusWindow()
    if QApplication.activePopupWidget() is not None:
        return True
    if focus is not None and (modal is None or modal.windowHandle() is focus):
        return True
    window = modal or next((each for each in QApplication.topLevelWidgets() if each.isVisible()), None)
    if window is not None:
        window.activateWindow()
    return False


@contextmanager
def quiet() -> Iterator[None]:
    """Leave out what a bare platform says again and again that it cannot do; all else of Qt's is printed."""
    before = qInstallMessageHandler(_say)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


def _say(_kind: QtMsgType, _where: QMessageLogContext, message: str) -> None:
    if not message.startswith("This plugin does not support"):
        print(message, file=sys.stderr)
