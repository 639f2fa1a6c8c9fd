"""How the form stands: names for screen readers, and nothing cut at 1366×768."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desk.rules.labels import OUTCOME
from desk.ui import style
from desk.ui.context import Context
from desk.ui.pages.visits.case import Case
from desk.ui.window import MainWindow
from tests.ui.pages.hands import fill, new, open_window

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def inputs(case: Case) -> list[QWidget]:
    kinds = (QLineEdit, QPlainTextEdit, QAbstractButton)
    return [each for kind in kinds for each in case.view.findChildren(kind)]


def test_every_control_has_a_name_for_screen_readers(desk: MainWindow, qtbot: QtBot) -> None:
    case = new(desk, qtbot)
    for each in inputs(case):
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and not each.objectName().startswith("qt_"):
            text = each.text() if isinstance(each, QAbstractButton) else ""
            assert each.accessibleName() or text, each
    assert all(box.currentText() for box in case.view.findChildren(QComboBox))


@pytest.mark.parametrize("percent", [100, 125, 150])
def test_main_action_and_six_ones_stay_in_view(context: Context, qtbot: QtBot, percent: int) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    style.load_fonts("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
    style.apply(app, percent)
    window = open_window(context, qtbot)
    window.resize(1366, 768)
    case = new(window, qtbot)
    fill(case, name="郑某", subject="路面塌陷", outcome="proposed")
    case.view.flags._safety["confidential"].click()
    app.processEvents()
    assert (window.width(), window.height()) == (1366, 768)
    for each in (case.view.head.finish, *case.view.rail._steps, case.view.head.wait):
        corner = each.mapTo(window, each.rect().bottomRight())
        assert corner.x() < 1366, each
        assert corner.y() < 768, each
        assert each.width() >= each.minimumSizeHint().width()
    assert case.view._folded is (percent > 100)
    assert case.view._inside.minimumSizeHint().width() <= case.view._area.viewport().width()
    window.close()


def test_codes_of_chips_are_those_of_the_labels(desk: MainWindow, qtbot: QtBot) -> None:
    case = new(desk, qtbot)
    fill(case, outcome="triage")
    assert case.view.outcome.chips.value() in OUTCOME
    assert "去向告知截至 11-26（3 个工作日）" in case.view.outcome._path.text()
