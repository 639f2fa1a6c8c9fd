"""Every control a keyboard can reach has a name for screen readers (AT-SPI)."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QComboBox, QFrame, QWidget
from pytestqt.qtbot import QtBot

from desk.ui.pages.login.page import LoginPage
from desk.ui.pages.setup.page import SetupPage
from desk.ui.window import MainWindow
from tests.fakes import FakeTasks, RecordingNotices


def nameless(root: QWidget) -> list[str]:
    """Return the controls below `root` that can have the focus but no name; a combo is named by its words."""
    found = []
    for widget in root.findChildren(QWidget):
        reachable = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        # The list a combo drops down is named by the combo's own role.
        inner = widget.objectName().startswith("qt_") or isinstance(widget.window(), QFrame)
        if reachable and not inner and not isinstance(widget, QComboBox):
            interface = QAccessible.queryAccessibleInterface(widget)
            if interface is not None and not interface.text(QAccessible.Text.Name):
                found.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    return found


def test_the_window(window: MainWindow) -> None:
    assert nameless(window) == ["QPlainTextEdit in FieldPage"]  # the stage's own


@pytest.mark.parametrize("kind", [LoginPage, SetupPage])
def test_the_first_pages(qtbot: QtBot, kind: type[QWidget], tmp_path: Path) -> None:
    page: QWidget
    if kind is LoginPage:
        page = LoginPage(lambda: None, FakeTasks(), lambda _name: ())
    else:
        page = SetupPage(None, FakeTasks(), RecordingNotices())
        for _step in page.build():
            pass
    qtbot.addWidget(page)
    assert nameless(page) == []
