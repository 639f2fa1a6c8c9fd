"""The veil: it goes away whatever has become of the field the cursor stood in."""

import shiboken6
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desk.ui.parts.veil import BusyVeil


def covered(qtbot: QtBot) -> tuple[QWidget, QLineEdit, QLineEdit, BusyVeil]:
    """Return a page with two fields, the cursor in the second, under a veil with a way to call it off."""
    page = QWidget()
    first, second = QLineEdit(), QLineEdit()
    box = QVBoxLayout(page)
    box.addWidget(first)
    box.addWidget(second)
    qtbot.addWidget(page)
    page.show()
    second.setFocus()
    veil = BusyVeil(page)
    veil.cover("正在导出…", can_cancel=True)
    return page, first, second, veil


def test_it_goes_away_when_the_field_of_the_cursor_is_gone(qtbot: QtBot) -> None:
    page, _first, second, veil = covered(qtbot)
    shiboken6.delete(second)
    veil.lift()
    assert veil.isHidden()
    veil.cover("正在导出…")
    veil.lift()
    assert veil.isHidden()
    assert not page.isHidden()


def test_the_cursor_goes_back_where_it_was(qtbot: QtBot) -> None:
    page, _first, second, veil = covered(qtbot)
    veil.lift()
    assert veil.isHidden()
    assert page.focusWidget() is second
