"""The program from its first window to the page 今日, then the modules it has loaded, a line each.

Arguments: data folder and password. Nothing of the tests is imported: it would be among the modules.
"""

import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desk import app
from desk.services.keys import FLOOR
from desk.services.login import Login

FOLDER, PASSWORD = Path(sys.argv[1]), sys.argv[2]


class Play:
    """Signs on and waits for the page; asks whenever the loop is idle."""

    def __init__(self, house: app.House) -> None:
        self._house = house
        self._entrance: Any = house.entrance
        self._wait = QTimer()
        self._wait.setInterval(5)
        self._is_in = False
        self._wait.timeout.connect(self._go_on)
        self._entrance._know = self._know
        self._wait.start()

    def _go_on(self) -> None:
        if not self._is_in:
            self._is_in = self._signed_on()
        elif self._today_stands():
            self._wait.stop()
            print(*sorted(sys.modules), sep="\n")
            self._house.close()

    def _know(self) -> Any:
        self._entrance._login = Login(FOLDER, cost=FLOOR)
        return self._entrance._login.state()

    def _signed_on(self) -> bool:
        login = self._entrance._login
        if login is None or "desk.ui.pages.today.page" not in sys.modules:
            return False
        self._entrance._on_opened(login.sign_on(login.state().users[0].id, PASSWORD))
        return True

    def _today_stands(self) -> bool:
        page: Any = self._house.window.page("today") if self._house.window is not None else None
        return page is not None and bool(page._title.text())


def started(_app: QApplication, house: app.House) -> None:
    """Keep the player as long as the house stands."""
    house.setProperty("play", Play(house))


app.run(FOLDER, started)
