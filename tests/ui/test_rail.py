"""The rail: words and keys, or icons at large text; the page in view says which is checked."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk.ui import style
from desk.ui.rail import Rail
from tests.ui import stage


def test_a_press_asks_and_only_the_window_checks(qtbot: QtBot) -> None:
    rail = Rail(stage.page_specs())
    qtbot.addWidget(rail)
    rail.show_station("示例镇人大代表联络站")
    rail.show_page("today")
    button = rail._buttons["visits"]
    with qtbot.waitSignal(rail.pressed) as told:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert told.args == ["visits"]
    assert not button.isChecked()
    with qtbot.waitSignal(rail.pressed) as told:
        button.toggle()  # as a screen reader does
    assert told.args == ["visits"]
    rail.show_page("today")
    assert not button.isChecked()
    rail.show_badge("visits", 12)
    rail.show_badge("nowhere", 1)
    rail.resize(164, 600)
    rail.grab()


def test_large_text_shows_icons_with_names(qtbot: QtBot, qapp: QApplication) -> None:
    style.apply(qapp, 150)
    rail = Rail(stage.page_specs())
    qtbot.addWidget(rail)
    rail.show_badge("visits", 2)
    rail.grab()
    assert rail._buttons["visits"].toolTip() == "来访接待 F2"
    assert rail._buttons["visits"].accessibleName() == "来访接待，2 件"
    assert not rail._station.isVisibleTo(rail)


def test_a_badge_leaves_the_icon_to_be_seen(qtbot: QtBot, qapp: QApplication) -> None:
    style.load_fonts("NotoSansSC-Regular.ttf")
    style.apply(qapp, 150)
    rail = Rail(stage.page_specs())
    qtbot.addWidget(rail)
    rail.resize(style.size("rail_icons"), 600)
    button = rail._buttons["visits"]
    rail.grab()
    before = button.grab().toImage()
    rail.show_badge("visits", 2)
    after = button.grab().toImage()
    side = style.size("tick") + 10
    icon = QRect(0, 0, side, side)
    icon.moveCenter(button.rect().center())
    places = [(x, y) for x in range(button.width()) for y in range(button.height())]
    painted = [(x, y) for x, y in places if before.pixel(x, y) != after.pixel(x, y)]
    assert painted
    covered = [each for each in painted if icon.contains(*each)]
    assert len(covered) < side * side // 10
