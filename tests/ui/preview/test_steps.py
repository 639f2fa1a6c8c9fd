"""Steps go to the veil, the wish to stop goes back to the work."""

import pytest
from PySide6.QtWidgets import QProgressBar, QWidget
from pytestqt.qtbot import QtBot

from desk.ui.parts.veil import BusyVeil
from desk.ui.preview.steps import CalledOff, Steps


def test_work_is_shown_and_called_off(qtbot: QtBot) -> None:
    under = QWidget()
    qtbot.addWidget(under)
    veil = BusyVeil(under)
    steps = Steps(veil)
    steps.told(2, 5)
    bar = veil.findChild(QProgressBar)
    assert (bar.value(), bar.maximum()) == (2, 5)
    veil.cancelled.emit()
    with pytest.raises(CalledOff):
        steps.told(3, 5)
    steps.begin()
    steps.told(3, 5)
    assert bar.value() == 3
