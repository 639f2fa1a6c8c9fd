"""Pages ask for pages by name; search hits find theirs by noun."""

import pytest
from pytestqt.qtbot import QtBot

from desk.ui.navigator import Navigator


@pytest.mark.parametrize(
    ("noun", "wanted"),
    [
        ("visit", ["visits", "7"]),
        ("person", ["visits", "person:7"]),
        ("deputy", ["deputies", "7"]),
        ("something", ["today", "7"]),
    ],
)
def test_a_hit_opens_its_page(qtbot: QtBot, noun: str, wanted: list[str]) -> None:
    navigator = Navigator()
    with qtbot.waitSignal(navigator.wanted) as told:
        navigator.open(noun, "7")
    assert told.args == wanted


def test_back(qtbot: QtBot) -> None:
    navigator = Navigator()
    with qtbot.waitSignal(navigator.back_wanted):
        navigator.back()


def test_the_way_into_another_station_takes_what_was_typed_along(qtbot: QtBot) -> None:
    navigator = Navigator()
    with qtbot.waitSignal(navigator.join_wanted) as told:
        navigator.join({"code": "7K2M"})
    assert told.args == [{"code": "7K2M"}]
