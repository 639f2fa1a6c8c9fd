"""The pages of cases, from the wish to see one to its painted list, at first sight and once it is there.

Arguments: data folder, password, and "later" to wait until what is imported in quiet seconds is there. Prints
JSON.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desk import app
from desk.services.keys import FLOOR
from desk.services.login import Login

LATER = len(sys.argv) > 3

told: dict[str, float] = {}


class Play:
    """Goes on whenever the loop is idle and what it waits for holds."""

    def __init__(self, house: app.House) -> None:
        self._house = house
        self._steps = self._all()
        self._ready: Callable[[], bool] = lambda: True
        self._wait = QTimer()
        self._wait.setInterval(0)
        self._wait.timeout.connect(self._look)
        self._wait.start()

    def _look(self) -> None:
        if self._ready():
            try:
                self._ready = next(self._steps)
            except StopIteration:
                self._wait.stop()
                self._house.close()

    def _all(self) -> Iterator[Callable[[], bool]]:
        entrance = self._house.entrance
        assert entrance is not None
        yield lambda: entrance._login is not None and hasattr(sys.modules.get("desk.services.kit"), "build")
        login = entrance._login
        assert login is not None
        user = login.state().users[0].id
        entrance._on_opened(login._open(login.box.open_with_password(user, sys.argv[2]), user, "password"))
        yield lambda: self._is_there("today") and bool(self.window.page("today")._title.text())
        if LATER:
            yield self._foreseen
        for name in ("mediation", "consultation"):
            for words in ("ms", "again_ms"):
                begun = time.perf_counter()
                self.window.show_page(name)
                yield lambda name=name: self._lists(name)
                self.window.grab()
                told[f"{name}_{words}"] = (time.perf_counter() - begun) * 1000
                self.window.show_page("today")
                yield lambda: self.window.page("today").isVisible()

    def _foreseen(self) -> bool:
        foresight = self._house._foresight
        assert foresight is not None
        return not foresight._left and "desk.ui.pages.consultation.record_view" in sys.modules

    def _is_there(self, name: str) -> bool:
        return self.window is not None and self.window.page(name) is not None

    def _lists(self, name: str) -> bool:
        page = self.window.page(name)
        return page is not None and page.isVisible() and page.list.table.model().rowCount() > 0

    @property
    def window(self) -> Any:
        """The window, once it is there."""
        return self._house.window


def started(_app: QApplication, house: app.House) -> None:
    """Begin once the sign-on window knows who may sign on."""
    entrance = house.entrance
    assert entrance is not None
    entrance._know = lambda: _know(house)
    house.setProperty("play", Play(house))


def _know(house: app.House) -> Any:
    assert house.entrance is not None
    house.entrance._login = Login(Path(sys.argv[1]), cost=FLOOR)
    return house.entrance._login.state()


app.run(Path(sys.argv[1]), started)
print(json.dumps(told), flush=True)
