"""The store is looked after: the check after an unclean stop, the daily backup (SEC-08)."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desk.errors import StoreProblem
from desk.services.outcome import Done
from desk.ui.caretaker import Caretaker
from tests.fakes import RecordingNotices
from tests.ui import stage


@pytest.mark.parametrize("sound", [True, False])
def test_a_damaged_file_is_said(qtbot: QtBot, sound: bool) -> None:
    notices = RecordingNotices()
    context = stage.context(notices)
    made: list[int] = []
    given_up: list[bool] = []
    moved: list[bool] = []
    settled: list[int] = []

    def run_if_due() -> Done[None]:
        made.append(1)
        return Done(None)

    context = replace(
        context,
        services=SimpleNamespace(
            verify=SimpleNamespace(
                quick_if_due=lambda: sound,
                give_up=lambda: given_up.append(True),
                tidy=lambda: moved.append(True),
            ),
            backup=SimpleNamespace(run_if_due=run_if_due),
            attachments=SimpleNamespace(settle=lambda: settled.append(1)),
        ),
    )
    parent = QObject()
    caretaker = Caretaker(context, parent)
    caretaker.start()
    caretaker._timer.timeout.emit()
    caretaker._tidying.timeout.emit()
    assert not given_up
    caretaker.stop()
    assert given_up == moved == [True]
    assert not caretaker._tidying.isActive()
    assert made == [1, 1]
    assert settled == [1]
    assert bool(notices.said) is not sound


def test_a_backup_that_fails_is_said(qtbot: QtBot) -> None:
    notices = RecordingNotices()

    def fail() -> None:
        raise StoreProblem("备份失败：U 盘不在")

    services = SimpleNamespace(
        verify=SimpleNamespace(quick_if_due=lambda: True), backup=SimpleNamespace(run_if_due=fail)
    )
    parent = QObject()
    Caretaker(replace(stage.context(notices), services=services), parent).back_up()
    assert notices.said == [("fail", "备份失败：U 盘不在")]
