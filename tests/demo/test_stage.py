"""The demo's clock, and what it leaves out of its measure."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desk import clock
from desk.demo.probe import LoopProbe
from desk.demo.record import Record
from desk.demo.stage import SPAN_DAYS, MorningClock, Stage
from tests.demo.test_hands import play


def test_the_morning_begins_at_half_past_eight_and_jumps() -> None:
    time = MorningClock(clock.now())
    first = time.now()
    assert (first.hour, first.minute) == (8, 30)
    assert first.date() == clock.today() - timedelta(days=SPAN_DAYS)
    time.pass_by(12)
    assert timedelta(minutes=12) <= time.now() - first < timedelta(minutes=13)
    assert timedelta(weeks=3) - timedelta(minutes=1) < time.now() - time.weeks_ago(3) <= timedelta(weeks=3)


def test_weeks_pass_until_today() -> None:
    time = MorningClock(clock.now())
    wanted = time.days_on(SPAN_DAYS).date()
    time.pass_by(days=SPAN_DAYS)
    assert time.now().date() == wanted == clock.today()


@pytest.mark.modal
@pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen platform
def test_only_typing_into_qts_own_window_for_a_file_is_left_out(qtbot: QtBot, tmp_path: Path) -> None:
    window, probe, depths = QWidget(), LoopProbe(), list[int]()
    qtbot.addWidget(window)
    window.show()
    asked = QFileDialog(window, "存为 PDF", str(tmp_path))
    asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    asked.setOption(QFileDialog.Option.DontUseNativeDialog)
    asked.setLabelText(QFileDialog.DialogLabel.Accept, "保存")
    field = asked.findChild(QLineEdit)
    assert field is not None
    field.textEdited.connect(lambda _text: depths.append(probe._depth))
    asked.accepted.connect(lambda: depths.append(probe._depth))
    asked.open()
    asked.activateWindow()
    qtbot.waitUntil(asked.isActiveWindow)
    play(qtbot, Stage(Record(tmp_path), probe).name_file("存为 PDF", Path("a.pdf")))
    assert depths == [1, 1, 1, 1, 1, 0]
    window.close()
