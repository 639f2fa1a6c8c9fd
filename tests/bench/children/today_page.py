"""The desk from the opened key to a today page that can be used; then a search and a long scroll.

Arguments: data folder, password, and "busy" for a pure-Python job beside the scroll. Prints JSON.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
from PySide6.QtCore import QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from desk import app
from desk.services.keys import FLOOR
from desk.services.login import Login

_SCROLLS = 300
_TICK_MS = 1
BUSY = len(sys.argv) > 3

told: dict[str, float] = {}


class Play:
    """Drives the window step by step from the event loop and notes when each step is done."""

    def __init__(self, house: app.House) -> None:
        self._house = house
        self._begun = 0.0
        self._longest = 0.0
        self._last = 0.0
        self._scrolls = 0
        self._wait = QTimer()
        self._wait.setInterval(0)
        self._probe = QTimer()
        self._probe.setInterval(_TICK_MS)
        self._probe.timeout.connect(self._on_tick)
        self._step = QTimer()
        self._step.setInterval(10)
        self._step.timeout.connect(self._on_scroll)

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
        key = login.box.open_with_password(user, sys.argv[2])
        self._begun = time.perf_counter()
        opened = login._open(key, user, "password")
        entrance._on_opened(opened)
        self.until(self._today_stands, self.after_today)

    def _today_stands(self) -> bool:
        window = self._house.window
        page = window.page("today") if window is not None else None
        return page is not None and bool(page._title.text())

    def after_today(self) -> None:
        """Note time and memory; search."""
        self.window.grab()
        told["today_ms"] = (time.perf_counter() - self._begun) * 1000
        told["rss"] = psutil.Process().memory_info().rss
        field = self.window.top.field
        field.setFocus()
        self.until(self.window.search.isVisible, self.search)

    def search(self) -> None:
        """Commit one character as an input method does."""
        commit = QInputMethodEvent()
        commit.setCommitString("王")
        before = self.window.search._model
        before.clear()
        self._begun = time.perf_counter()
        QApplication.sendEvent(self.window.top.field, commit)
        self.until(lambda: before.rowCount() > 0, self.after_search)

    def after_search(self) -> None:
        """Note when the first hit was painted; then scroll the list beside a busy thread."""
        self.window.search.repaint()
        told["search_ms"] = (time.perf_counter() - self._begun) * 1000
        self.window.top.field.clear()
        self.window.show_page("visits", "list")
        self.until(self._list_stands, self.scroll)

    def _list_stands(self) -> bool:
        return self.window.page("visits") is not None and self._table().model().rowCount() > 20

    def _table(self) -> Any:
        return self.window.page("visits").list.table

    def scroll(self) -> None:
        """Page down again and again while pure Python runs in the free lane."""
        assert self._house._tasks is not None
        if BUSY:
            self._house._tasks.run(_busy, owner=self.window, lane="free")
        self._last = time.perf_counter()
        self._probe.start()
        self._step.start()

    def _on_scroll(self) -> None:
        bar = self._table().verticalScrollBar()
        bar.setValue(bar.value() + bar.pageStep())
        self._scrolls += 1
        if self._scrolls == _SCROLLS:
            told["rows"] = self._table().model().rowCount()
            told["longest_ms"] = self._longest * 1000
            self._probe.stop()
            self._step.stop()
            # A clean stop: after any other the next start reads the whole file to check it.
            self._house.close()

    def _on_tick(self) -> None:
        now = time.perf_counter()
        self._longest = max(self._longest, now - self._last - _TICK_MS / 1000)
        self._last = now

    @property
    def window(self) -> Any:
        """The window, once it is there."""
        return self._house.window


def _busy() -> None:
    while "longest_ms" not in told:
        sum(range(2000))


def started(_app: QApplication, house: app.House) -> None:
    """Begin once the sign-on window knows who may sign on."""
    entrance = house.entrance
    assert entrance is not None
    entrance._know = lambda: _know(house)
    play = Play(house)
    house.setProperty("play", play)
    # Typing a password takes longer than loading what is loaded meanwhile.
    play.until(lambda: entrance._login is not None and _is_loaded(), play.sign_on)


def _is_loaded() -> bool:
    return hasattr(sys.modules.get("desk.services.kit"), "build")


def _know(house: app.House) -> Any:
    assert house.entrance is not None
    house.entrance._login = Login(Path(sys.argv[1]), cost=FLOOR)
    return house.entrance._login.state()


app.run(Path(sys.argv[1]), started)
print(json.dumps(told), flush=True)
