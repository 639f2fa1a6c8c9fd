"""The sheet is painted with its shadow; a sentence takes its place."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desk.ui.preview.sheet_view import SheetView


def test_sheet_and_sentence_are_painted(qtbot: QtBot) -> None:
    view = SheetView()
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    sheet = QImage(200, 100, QImage.Format.Format_RGB32)
    sheet.fill(Qt.GlobalColor.red)
    view.show_image(sheet, "第 1 / 1 页")
    assert view.grab().toImage().pixelColor(200, 150).name() == "#ff0000"
    view.to_top()
    view.say("还没有代表。")
    assert view.grab().toImage().pixelColor(20, 20).name() != "#ff0000"
    assert view.accessibleDescription() == "还没有代表。"
    view.resize(500, 400)
    assert view._canvas.width() >= 450
