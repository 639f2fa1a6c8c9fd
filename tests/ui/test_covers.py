"""Lock and curtain: what they hide, what they keep, what they give back."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from desk.ui.window import MainWindow

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_the_curtain_hides_everything_and_gives_it_back(window: MainWindow, qtbot: QtBot) -> None:
    page = window.current()
    page.field.setPlainText("写到一半")
    page.field.setFocus()
    dialog = QDialog(window)
    dialog.show()
    qtbot.keyClick(window, Qt.Key.Key_F12)
    assert window.covers.currentWidget() is window.curtain
    assert not page.field.isVisible()
    assert not dialog.isVisible()
    qtbot.keyClick(window.curtain, Qt.Key.Key_F7)
    qtbot.keyClick(window.curtain, Qt.Key.Key_Escape)
    assert window.current() is page
    assert page.field.isVisible()
    assert dialog.isVisible()
    dialog.close()


def test_the_lock_keeps_a_half_typed_word_sec02(window: MainWindow, qtbot: QtBot) -> None:
    page = window.current()
    page.field.setFocus()
    page.field.setPlainText("小区雨后积")
    qtbot.keyClick(window, Qt.Key.Key_L, CONTROL)
    lock = window.lock_page
    assert window.covers.currentWidget() is lock
    assert lock._gate.locked
    qtbot.keyClick(window, Qt.Key.Key_F12)
    assert window.covers.currentWidget() is lock
    qtbot.keyClicks(lock._field, "111111")
    qtbot.keyClick(lock._field, Qt.Key.Key_Return)
    assert "PIN 不对" in lock._row._line.text()
    assert lock._field.text() == ""
    qtbot.keyClicks(lock._field, "246810")
    qtbot.keyClick(lock._field, Qt.Key.Key_Return)
    assert window.covers.is_open
    assert page.field.toPlainText() == "小区雨后积"


def test_the_lock_falls_over_the_curtain_when_nobody_is_there(window: MainWindow, qtbot: QtBot) -> None:
    window.covers.draw_curtain()
    window.idle.passed.emit()
    assert window.covers.currentWidget() is window.lock_page


def test_another_person_may_sign_on(window: MainWindow, qtbot: QtBot) -> None:
    window.covers.lock()
    with qtbot.waitSignal(window.signed_off):
        window.lock_page.leaving.emit()
