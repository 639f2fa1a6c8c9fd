"""The locked desk: PIN, password, the wait after wrong ones (SEC-02)."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desk.errors import AccessProblem
from desk.ui.lock import LockPage
from tests.fakes import FakeTasks
from tests.ui import stage


class WaitingGate(stage.FakeGate):
    """Refuses and asks for two seconds."""

    def _check(self, typed: str, right: str) -> None:
        problem = AccessProblem("PIN 不对")
        problem.wait_s = 2
        raise problem


def page_of(qtbot: QtBot, gate: stage.FakeGate) -> LockPage:
    page = LockPage(gate, FakeTasks())
    qtbot.addWidget(page)
    page.show()
    page.lock()
    return page


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[LockPage]:
    return page_of(qtbot, stage.FakeGate())


def test_the_pin_brings_back(page: LockPage, qtbot: QtBot) -> None:
    assert page._field.accessibleName() == "六位 PIN"
    qtbot.keyClicks(page._field, "246810")
    with qtbot.waitSignal(page.unlocked):
        qtbot.keyClick(page._field, Qt.Key.Key_Return)


def test_the_password_may_be_used_instead(page: LockPage, qtbot: QtBot) -> None:
    page._way.click()
    assert page._field.accessibleName() == "密码"
    page._field.setText("开站密码")
    with qtbot.waitSignal(page.unlocked):
        page._enter.click()


def test_after_half_an_hour_only_the_password_opens(qtbot: QtBot) -> None:
    page = page_of(qtbot, stage.FakeGate(by_pin=False))
    assert page._field.accessibleName() == "密码"
    assert not page._way.isVisible()


def test_when_the_pin_is_used_up_the_password_is_asked(page: LockPage, qtbot: QtBot) -> None:
    page._gate.by_pin = False
    page._field.setText("000000")
    page._enter.click()
    assert page._field.accessibleName() == "密码"


def test_the_wait_is_counted_down_and_nothing_can_be_typed(qtbot: QtBot) -> None:
    page = page_of(qtbot, WaitingGate())
    page._field.setText("111111")
    page._enter.click()
    assert not page._field.isEnabled()
    page._hold.tick()
    assert page._row._line.text() == "请等 1 秒再试"
    page._hold.tick()
    assert page._field.isEnabled()
    assert page._enter.isEnabled()
