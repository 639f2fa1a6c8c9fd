"""Who holds but an administrator's post signs on and works, and the slot file holds up no key meanwhile."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desk.app import House
from desk.services import keys, kit, slots_json, slots_lock
from desk.ui.notices import WindowNotices
from desk.ui.pages.settings.page import SettingsPage
from desk.ui.window import MainWindow
from tests.sign_on import PASSWORD, SETUP, MemorySecrets, cheap_login

OWN = {"sysadmin": (), "secadmin": ("用户",), "audadmin": ("用户", "操作记录")}
"""What each post sees of the settings beside what everybody does."""

OTHER_PASSWORD = "别人猜不到Abc99"


@pytest.fixture
def house(qapp: QApplication, data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setattr(keys, "calibrate", lambda: keys.FLOOR)
    made = House(qapp, data_folder)
    yield made
    made.close()
    qapp.setQuitOnLastWindowClosed(True)


@pytest.fixture
def refusals(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the window said went wrong."""
    said: list[str] = []
    monkeypatch.setattr(WindowNotices, "fail", lambda _self, problem: said.append(problem.sentence))
    monkeypatch.setattr(WindowNotices, "info", lambda _self, _sentence: None)
    monkeypatch.setattr(WindowNotices, "crash", lambda _self, error: said.append(repr(error)))
    return said


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The threads on which the slot file was read, written or waited for."""
    seen: list[str] = []

    def noting(real: Callable[..., Any]) -> Callable[..., Any]:
        def called(*given: Any) -> Any:
            seen.append(threading.current_thread().name)
            return real(*given)

        return called

    monkeypatch.setattr(slots_json, "patiently", noting(slots_json.patiently))
    monkeypatch.setattr(slots_lock, "held", noting(slots_lock.held))
    return seen


def sign_on(house: House, qtbot: QtBot, name: str, password: str) -> MainWindow:
    entrance = house.entrance
    assert entrance is not None
    qtbot.waitUntil(lambda: entrance._sign_on is not None and bool(entrance._sign_on._users))
    assert entrance._sign_on is not None
    card = entrance._sign_on.sign_on
    next(each for each in card._group.buttons() if each.text() == name).setChecked(True)
    card._password.setText(password)
    card.enter.click()
    qtbot.waitUntil(lambda: house.window is not None)
    window = house.window
    assert window is not None
    qtbot.waitUntil(lambda: window.current() is not None)
    return window


def settings(window: MainWindow, qtbot: QtBot, title: str) -> Any:
    """Go to a subject of the settings as a person does."""
    window.show_page("settings", title)

    def shown() -> Any:
        page = window.page("settings")
        found = page._built.values() if isinstance(page, SettingsPage) else ()
        return next((each for each in found if each.title == title and each.isVisible()), None)

    qtbot.waitUntil(lambda: shown() is not None)
    return shown()


def press(section: Any, words: str) -> None:
    next(each for each in section.findChildren(QPushButton) if each.text() == words).click()


@pytest.mark.qt_log_ignore("This plugin does not support raise")  # the offscreen platform
@pytest.mark.parametrize("post", ["sysadmin", "secadmin", "audadmin"])
def test_sec_11_who_holds_but_a_post_signs_on_and_nothing_is_refused_unasked(
    house: House, qtbot: QtBot, data_folder: Path, refusals: list[str], post: str
) -> None:
    login = cheap_login(data_folder, MemorySecrets(works=False))
    opened = login.first_start(SETUP)
    services = kit.build(opened, login)
    code = services.users.invite("吴某某", [post]).value.code
    for other in {"sysadmin", "secadmin", "audadmin"} - {post}:
        services.users.invite(other, [other])
    services.profiles.change("dengbao.enabled", value=True)
    opened.store.close()
    login.redeem("吴某某", code, OTHER_PASSWORD).store.close()
    assert house.open()
    window = sign_on(house, qtbot, "吴某某", OTHER_PASSWORD)
    assert list(window._specs) == ["settings"]
    settings(window, qtbot, "站点")
    for title in ("本机", "本地规则", "备份", "县级平台", *OWN[post]):
        settings(window, qtbot, title)
    tasks = window._context.tasks
    done: list[bool] = []
    for lane in ("read", "write", "free", "care"):
        tasks.run(lambda: True, done=done.append, owner=window, lane=lane, topic=lane)  # type: ignore[arg-type]  # of LANES
    qtbot.waitUntil(lambda: len(done) == 4)
    assert refusals == []


@pytest.mark.qt_log_ignore("This plugin does not support raise")  # the offscreen platform
def test_no_turn_of_the_qt_thread_waits_for_the_slot_file(
    house: House, qtbot: QtBot, data_folder: Path, refusals: list[str], threads: list[str]
) -> None:
    """Windows may hold it for half a second, which `slots_json.patiently` sits out."""
    cheap_login(data_folder, MemorySecrets(works=False)).first_start(SETUP).store.close()
    threads.clear()
    assert house.open()
    window = sign_on(house, qtbot, SETUP.user_name, PASSWORD)
    section = settings(window, qtbot, "密码与恢复单")
    section._old.setText(PASSWORD)
    for field in (section._new, section._again):
        field.setText(OTHER_PASSWORD)
    press(section, "改密码")
    qtbot.waitUntil(lambda: section._old.text() == "")
    press(section, "恢复单已锁存")
    section = settings(window, qtbot, "用户")
    qtbot.waitUntil(lambda: bool(section._users))
    section._name.setText("吴某某")
    section._roles["clerk"].setChecked(True)
    press(section, "发一次性登录码")
    qtbot.waitUntil(lambda: len(section._users) == 2)
    profiles = window._context.services.profiles
    window._context.tasks.run(lambda: profiles.change("lock.idle", 3), owner=window, lane="write")
    qtbot.waitUntil(lambda: window.idle._limit_ms == 3 * 60_000)
    window.covers.lock()
    window.lock_page._field.setText(SETUP.pin)
    window.lock_page._enter.click()
    qtbot.waitUntil(lambda: window.covers.is_open)
    house.close()
    assert refusals == []
    assert len(threads) > 10
    assert [name for name in threads if name == threading.main_thread().name] == []
