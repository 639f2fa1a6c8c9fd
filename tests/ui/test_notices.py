"""The voice to the user: the strip, questions that answer by signal, file windows."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QInputDialog,
    QLineEdit,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desk.errors import StoreProblem
from desk.ui.crash import CrashWindow
from desk.ui.notices import WindowNotices


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    QVBoxLayout(made).addStretch(1)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    with qtbot.waitExposed(made):
        made.show()
    return made


def box(window: QWidget, kind: type[QDialog]) -> QDialog:
    found = [each for each in window.findChildren(kind) if each.isVisible()]
    assert len(found) == 1
    return found[0]


def test_words_stay_or_go(window: QWidget, qtbot: QtBot) -> None:
    notices = WindowNotices(window)
    notices.info("已保存")
    passing = notices._passing
    assert passing is not None
    assert passing.isVisible()
    window.resize(600, 500)
    assert passing.geometry().right() < 600
    passing._timer.timeout.emit()
    assert not passing.isVisible()
    notices.info("又已保存")
    qtbot.mouseClick(passing, Qt.MouseButton.LeftButton)
    assert not passing.isVisible()
    passing._timer.stop()
    notices.fail(StoreProblem("保存失败：磁盘已满", way_out="请清理磁盘后再试"))
    lasting = notices._lasting
    assert lasting is not None
    assert lasting._text.text() == "保存失败：磁盘已满\n请清理磁盘后再试"
    assert lasting.property("tone") == "red"
    notices.warn("还没有备份")
    assert lasting.property("tone") == "amber"


def test_what_stays_has_room_of_its_own_and_covers_nothing(qtbot: QtBot) -> None:
    window, field, place = QWidget(), QLineEdit(), QVBoxLayout()
    box = QVBoxLayout(window)
    box.addStretch(1)
    box.addWidget(field)
    box.addLayout(place)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    notices = WindowNotices()
    notices.hang_on(window, place)
    below = window.height() - field.geometry().bottom()
    notices.warn("还没有备份")
    lasting = notices._lasting
    assert lasting is not None
    qtbot.waitUntil(lambda: lasting.geometry().top() > field.geometry().bottom())
    lasting.hide()
    # What is said no more takes no room, the gap below it neither.
    qtbot.waitUntil(lambda: window.height() - field.geometry().bottom() == below)


def test_before_there_is_a_window_nothing_breaks(qtbot: QtBot) -> None:
    WindowNotices().info("无处可说")


def test_a_question_is_answered_by_signal(window: QWidget, qtbot: QtBot) -> None:
    notices = WindowNotices(window)
    agreed: list[int] = []
    for press in (0, 1):
        notices.ask("停用吗？", "停用", "不停用", lambda: agreed.append(1))
        asked = box(window, QMessageBox)
        asked.buttons()[press].click()
        qtbot.waitUntil(lambda each=asked: not each.isVisible())
    assert agreed == [1]


def test_a_reason_is_asked_and_an_empty_one_is_none(window: QWidget, qtbot: QtBot) -> None:
    notices = WindowNotices(window)
    reasons: list[str] = []
    for typed in ("  ", " 核对身份 "):
        notices.ask_text("为什么查看？", reasons.append)
        asked = box(window, QInputDialog)
        asked.setTextValue(typed)
        asked.accept()
    assert reasons == ["核对身份"]


def test_file_windows_give_a_path(window: QWidget, qtbot: QtBot, tmp_path: Path) -> None:
    notices = WindowNotices(window)
    got: list[Path] = []
    source = tmp_path / "花名册.xlsx"
    source.write_bytes(b"x")
    notices.choose_file("选文件", "表格 (*.xlsx)", got.append)
    asked = box(window, QFileDialog)
    asked.selectFile(str(source))
    asked.accept()
    notices.choose_folder("选文件夹", got.append)
    asked = box(window, QFileDialog)
    asked.setDirectory(str(tmp_path))
    asked.selectFile(str(tmp_path))
    asked.accept()
    notices.save_file("保存", str(tmp_path / "回执.pdf"), "PDF (*.pdf)", got.append)
    asked = box(window, QFileDialog)
    asked.accept()
    assert got == [source, tmp_path, tmp_path / "回执.pdf"]


def test_a_bug_opens_the_crash_window_and_nothing_is_lost(window: QWidget, qtbot: QtBot) -> None:
    WindowNotices(window).crash(ZeroDivisionError("王某某 13800000000"))
    crash = box(window, CrashWindow)
    assert window.isVisible()
    crash.accept()
