"""Before the first window: fcitx is reached, Qt speaks Chinese (tech.md 1)."""

import pytest
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from desk.ui.dress import dress, input_method

BY_IBUS = {"QT_IM_MODULE": "ibus", "IBUS_USE_PORTAL": "1"}


@pytest.mark.parametrize(
    ("environment", "changed"),
    [
        ({}, {}),
        ({"QT_IM_MODULE": "ibus", "XMODIFIERS": "@im=fcitx"}, {}),
        ({"QT_IM_MODULE": "fcitx"}, BY_IBUS),
        ({"QT_IM_MODULE": "fcitx5"}, BY_IBUS),
        ({"XMODIFIERS": "@im=fcitx"}, BY_IBUS),
        ({"QT_IM_MODULES": "wayland;fcitx"}, BY_IBUS | {"QT_IM_MODULES": "ibus"}),
    ],
)
def test_fcitx_is_reached_as_ibus(environment: dict[str, str], changed: dict[str, str]) -> None:
    assert input_method(environment) == changed


def test_qt_speaks_chinese(qtbot: QtBot, qapp: QApplication) -> None:
    dress(qapp)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.buttons()[0].text() == "取消"
    qapp.setStyleSheet("")
