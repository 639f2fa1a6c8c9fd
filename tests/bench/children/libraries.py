"""What the libraries take before a line of the program: an empty window, then one import after the other.

Prints the resident bytes after each as JSON; what comes after `LIBRARIES` is the program's own, as it stands
before a store is open.
"""

import importlib
import json
import os
import sys

import psutil
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

LIBRARIES = {
    "openssl": ("ssl",),
    "cryptography": (
        "cryptography.hazmat.primitives.ciphers.aead",
        "cryptography.hazmat.primitives.asymmetric.ed25519",
        "cryptography.hazmat.primitives.kdf.argon2",
    ),
    "sqlcipher": ("sqlcipher3.dbapi2",),
    "sqlalchemy": ("sqlalchemy.orm", "sqlalchemy.dialects.sqlite"),
    "qt_network": ("PySide6.QtNetwork",),
}
OURS = {
    "tables": ("desk.models.tables",),
    "services": ("desk.services.kit",),
    "window_code": ("desk.app", "desk.ui.window", "desk.ui.pages.today.page"),
}


class Window(QWidget):
    """Paints itself once; then the imports begin."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Go on once it is painted."""
        super().paintEvent(event)
        QTimer.singleShot(0, tell)


def resident() -> int:
    """Return how many bytes are resident."""
    return int(psutil.Process().memory_info().rss)


def tell() -> None:
    """Import, print what was measured and leave at once."""
    told = {"window": resident()}
    for name, modules in (LIBRARIES | OURS).items():
        for module in modules:
            importlib.import_module(module)
        if name == "tables":
            # The mappers of the tables, which the program makes ahead of the sign-on.
            importlib.import_module("sqlalchemy.orm").configure_mappers()
        told[name] = resident()
        if name == list(LIBRARIES)[-1]:
            told["libraries"] = resident()
    print(json.dumps(told), flush=True)
    os._exit(0)


app = QApplication(sys.argv[:1])
window = Window()
window.resize(1366, 768)
window.show()
app.exec()
