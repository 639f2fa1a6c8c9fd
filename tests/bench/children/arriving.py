"""The desk from sign-on on until all that the hub has is there; how long the Qt thread was busy at a stretch.

Arguments: data folder, password, how many records the hub has at least. Prints JSON.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desk import app
from desk.services.keys import FLOOR
from desk.services.login import Login

_TICK_MS = 1

told: dict[str, Any] = {}


class Play:
    """Signs on, waits for the page, and looks on while the first round runs."""

    def __init__(self, house: app.House) -> None:
        self._house = house
        self._last = self._longest = 0.0
        # Of the same thread's processor time: beside other work the clock goes on while it waits its turn.
        self._worked = self._hardest = 0.0
        self._probe = QTimer()
        self._probe.setInterval(_TICK_MS)
        self._probe.timeout.connect(self._on_tick)
        self._wait = QTimer()
        self._wait.setInterval(0)

    def until(self, ready: Callable[[], bool], then: Callable[[], None]) -> None:
        """Go on as soon as `ready` says so; asked whenever the loop is idle."""

        def ask() -> None:
            if ready():
                self._wait.timeout.disconnect()
                self._wait.stop()
                then()

        self._wait.timeout.connect(ask)
        self._wait.start()

    def sign_on(self) -> None:
        """Open the store as the sign-on window does once the password gave the key."""
        entrance = self._house.entrance
        assert entrance is not None
        login = entrance._login
        assert login is not None
        user = login.state().users[0].id
        opened = login._open(login.box.open_with_password(user, sys.argv[2]), user, "password")
        entrance._on_opened(opened)
        self.until(self._today_stands, self.look_on)

    def _today_stands(self) -> bool:
        page = self._house.window.page("today") if self._house.window is not None else None
        return page is not None and bool(page._title.text())

    def look_on(self) -> None:
        """Listen to the light: it is said anew when the round is over."""
        told["before"] = self._records()
        self._begun = self._last = time.perf_counter()
        self._worked = time.thread_time()
        self._pulse.said.connect(self._on_said)
        self._probe.start()

    def _on_said(self, words: str, tone: str, more: str) -> None:
        longest, hardest, now, records = self._longest, self._hardest, time.perf_counter(), self._records()
        if records >= int(sys.argv[3]) or tone == "red":
            told.update(longest_ms=longest * 1000, hardest_ms=hardest * 1000)
            told.update(seconds=now - self._begun, records=records)
            told.update(words=words, more=more)
            self._probe.stop()
            self._house.close()

    def _records(self) -> int:
        with self._pulse._services.sync._store.read() as rows:
            return int(rows.connection().exec_driver_sql("SELECT count(*) FROM shadow_head").scalar_one())

    @property
    def _pulse(self) -> Any:
        return self._house._pulse

    def _on_tick(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self._longest = max(self._longest, now - self._last - _TICK_MS / 1000)
        self._hardest = max(self._hardest, worked - self._worked)
        self._last, self._worked = now, worked


def started(_app: QApplication, house: app.House) -> None:
    """Begin once the sign-on window knows who may sign on."""
    entrance = house.entrance
    assert entrance is not None
    entrance._know = lambda: _know(house)
    play = Play(house)
    house.setProperty("play", play)
    play.until(lambda: entrance._login is not None and _is_loaded(), play.sign_on)


def _is_loaded() -> bool:
    return hasattr(sys.modules.get("desk.services.kit"), "build")


def _know(house: app.House) -> Any:
    assert house.entrance is not None
    house.entrance._login = Login(Path(sys.argv[1]), cost=FLOOR)
    return house.entrance._login.state()


app.run(Path(sys.argv[1]), started)
print(json.dumps(told), flush=True)
