"""The program from outside in: input method, language, one window a folder, the first page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from desk.app import House, dress, input_method, page_specs
from desk.ui.pages.setup.page import SetupPage


@pytest.mark.parametrize(
    ("environment", "changed"),
    [
        ({}, {}),
        ({"QT_IM_MODULE": "ibus", "XMODIFIERS": "@im=fcitx"}, {}),
        ({"QT_IM_MODULE": "fcitx"}, {"QT_IM_MODULE": "ibus"}),
        ({"QT_IM_MODULE": "fcitx5"}, {"QT_IM_MODULE": "ibus"}),
        ({"XMODIFIERS": "@im=fcitx"}, {"QT_IM_MODULE": "ibus"}),
        ({"QT_IM_MODULES": "wayland;fcitx"}, {"QT_IM_MODULE": "ibus", "QT_IM_MODULES": "ibus"}),
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


def test_the_rail_has_only_pages_that_work() -> None:
    assert [spec.key for spec in page_specs()] == ["today", "visits", "deputies", "boards", "settings"]


@pytest.fixture
def house(qapp: QApplication, data_folder: Path) -> Iterator[House]:
    made = House(qapp, data_folder)
    yield made
    made.close()
    qapp.setQuitOnLastWindowClosed(True)


def test_an_empty_folder_starts_the_wizard(house: House, qtbot: QtBot) -> None:
    assert house.open()
    entrance = house.entrance
    assert entrance is not None
    qtbot.waitUntil(lambda: entrance.door.findChild(SetupPage) is not None, timeout=10_000)


@pytest.mark.qt_log_ignore("This plugin does not support raise")  # the offscreen platform
def test_a_second_start_raises_the_first_and_ends(
    house: House, qtbot: QtBot, qapp: QApplication, data_folder: Path
) -> None:
    assert house.open()
    assert house.entrance is not None
    qtbot.waitUntil(lambda: house._bell is not None)
    house.entrance.door.hide()
    assert not House(qapp, data_folder).open()
    qtbot.waitUntil(house.entrance.door.isVisible)
