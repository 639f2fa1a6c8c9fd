"""The footer says when the last backup and the last autosave were."""

from datetime import datetime

from pytestqt.qtbot import QtBot

from desk.ui.footer import Footer, said
from desk.ui.window import MainWindow
from tests.fakes import FakeClock


def test_a_moment_is_said_as_a_clerk_says_it(fake_clock: FakeClock) -> None:
    assert said(datetime.fromisoformat("2026-11-23T08:30:00+08:00")) == "今天 08:30"
    assert said(datetime.fromisoformat("2026-11-22T21:30:00+08:00")) == "昨天 21:30"
    assert said(datetime.fromisoformat("2026-11-20T08:30:00+08:00")) == "11-20 08:30"


def test_backup_and_autosave(qtbot: QtBot, fake_clock: FakeClock) -> None:
    footer = Footer()
    qtbot.addWidget(footer)
    footer.show_backup(None)
    assert footer._backup.text() == "还没有备份"
    footer.show_backup(fake_clock())
    assert footer._backup.text() == "上次备份 今天 09:00"
    footer.show_saved(fake_clock())
    assert footer._saved.text() == "自动保存 09:00:00"


def test_the_keys_are_those_of_the_page_in_view(window: MainWindow) -> None:
    assert window.footer._keys.text() == window.current().hints
    window.footer.show_keys("F1 帮助 · Ctrl Enter 完成")
    window.show_page("deputies")
    assert window.footer._keys.text() == "F1 帮助 · Tab 下一项 · Esc 返回"
