"""A page that overrides nothing is a page all the same."""

from pytestqt.qtbot import QtBot

from desk.ui.page import Page
from tests.ui import stage


def test_the_plain_page(qtbot: QtBot) -> None:
    page = Page(stage.context())
    qtbot.addWidget(page)
    page.load()
    page.show_record("7")
    assert (page.title, page.help_text) == ("", "")
