"""How the settings stand: what is beside a field is level with it."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desk.rules.labels import ROLE
from desk.ui import style
from tests.fakes import FakeClock
from tests.ui.pages.test_settings import Shown


@pytest.mark.parametrize("percent", style.PERCENTS)
def test_buttons_and_ticks_stand_level_with_their_field(
    qtbot: QtBot, qapp: QApplication, fake_clock: FakeClock, tmp_path: Path, percent: int
) -> None:
    style.load_fonts("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
    style.apply(qapp, percent)
    shown = Shown(qtbot, tmp_path)
    rules, users = shown.section("本地规则"), shown.section("用户")
    for section, field, others in (
        (rules, rules._value, [rules._change]),
        (users, users._name, [users._roles[code] for code in ROLE]),
        (users, users._pin, [each for each in users.findChildren(QPushButton) if each.text() == "停用"]),
    ):
        shown.page.show_record(section.title)
        qapp.processEvents()
        middle = field.mapTo(section, field.rect().center()).y()
        assert [each.mapTo(section, each.rect().center()).y() for each in others] == [middle] * len(others)


def test_the_subject_in_view_stays_in_the_list_with_larger_text(
    qtbot: QtBot, qapp: QApplication, fake_clock: FakeClock, tmp_path: Path
) -> None:
    style.load_fonts("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
    style.apply(qapp, 100)
    page = Shown(qtbot, tmp_path).page
    page.resize(1202, 560)
    subjects = page._list
    page.show_record(subjects.item(subjects.count() - 1).text())
    style.apply(qapp, 150)
    qapp.processEvents()
    assert subjects.currentRow() == subjects.count() - 1
    assert subjects.viewport().rect().contains(subjects.visualItemRect(subjects.currentItem()))
