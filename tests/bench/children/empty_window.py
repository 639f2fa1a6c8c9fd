"""The floor: an empty window of the toolkit, from process start to its first paint."""

import json
import os
import sys
import time

import psutil
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget


class Window(QWidget):
    """Paints itself once and ends."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell when, and how much memory is resident."""
        super().paintEvent(event)
        QTimer.singleShot(0, tell)


def tell() -> None:
    """Print what was measured and leave at once."""
    rss = psutil.Process().memory_info().rss
    print(json.dumps({"ms": (time.time() - float(sys.argv[1])) * 1000, "rss": rss}), flush=True)
    os._exit(0)


app = QApplication(sys.argv[:1])
window = Window()
window.resize(1366, 768)
window.show()
app.exec()
