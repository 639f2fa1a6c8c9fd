"""The way in, as far as it goes without a window after it; the whole way is in tests/test_app.py."""

import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desk.services import slots
from desk.ui import entrance
from desk.ui.entrance import Entrance
from tests.sign_on import SETUP, MemorySecrets, cheap_login

LINKS = ("忘记密码", "首次登录")


@pytest.fixture
def way_in(qtbot: QtBot, data_folder: Path) -> Iterator[Entrance]:
    made = Entrance(data_folder)
    yield made
    made.end()


def test_the_wizard_comes_into_view_when_it_is_ready(way_in: Entrance, qtbot: QtBot) -> None:
    assert way_in.door.isVisible()
    qtbot.waitUntil(lambda: way_in._setup is not None and way_in._setup.isVisible())
    setup = way_in._setup
    assert setup is not None
    assert setup.station.name.hasFocus() or setup.focusWidget() is setup.station.name


def test_the_door_says_what_it_waits_for_and_opens_no_way_meanwhile(qtbot: QtBot, data_folder: Path) -> None:
    """首次登录 typed meanwhile would meet no login service; a backup may take minutes to end."""
    cheap_login(data_folder, MemorySecrets(works=False)).first_start(SETUP).store.close()
    ended = threading.Event()
    left = SimpleNamespace(close=ended.wait)
    made = Entrance(data_folder, left=left)
    try:
        assert made._sign_on is not None
        card = made._sign_on.sign_on
        ways = [card.enter, *(each for each in card.findChildren(QPushButton) if each.text() in LINKS)]
        assert len(ways) == 3
        assert "完成后就能登录" in card.line.text()
        assert not any(way.isEnabled() for way in ways)
        card._password.setText(SETUP.password)
        card._password.returnPressed.emit()
        assert "完成后就能登录" in card.line.text()
        ended.set()
        qtbot.waitUntil(lambda: bool(made._sign_on and made._sign_on._users))
        assert all(way.isEnabled() for way in ways)
        assert "完成后就能登录" not in card.line.text()
        # What was typed meanwhile stays.
        assert card._password.text() == SETUP.password
    finally:
        ended.set()
        made.end()


def test_a_door_with_nothing_left_behind_speaks_of_none(qtbot: QtBot, data_folder: Path) -> None:
    cheap_login(data_folder, MemorySecrets(works=False)).first_start(SETUP).store.close()
    made = Entrance(data_folder)
    try:
        assert made._sign_on is not None
        assert "收尾" not in made._sign_on.sign_on.line.text()
        assert not made._sign_on.sign_on.enter.isEnabled()
        qtbot.waitUntil(lambda: bool(made._sign_on and made._sign_on._users))
        assert made._sign_on.sign_on.enter.isEnabled()
    finally:
        made.end()


def test_going_in_twice_enters_once(way_in: Entrance, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(way_in.entered):
        way_in._enter(None)  # type: ignore[arg-type]  # no store is open any more, so nobody looks at it


def test_a_closed_door_is_told(way_in: Entrance, qtbot: QtBot) -> None:
    with qtbot.waitSignal(way_in.closed):
        way_in.door.close()


def test_the_file_looked_for_before_anything_is_imported_is_that_of_the_slots() -> None:
    assert slots.FILE_NAME == entrance.SLOT_FILE
