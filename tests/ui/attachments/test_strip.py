"""The strip: empty, dropped on, pasted into, with its small pictures."""

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from tests.ui.attachments.conftest import Table
from tests.ui.test_accessible import nameless
from tests.unit.services.attachments import samples


def _buttons(table: Table) -> list[QToolButton]:
    return list(table.strip._things.values())


def test_an_empty_strip_says_how_to_begin(table: Table) -> None:
    assert table.strip._empty.isVisible()
    assert table.strip.add.isVisible()
    assert nameless(table.strip) == []


def test_files_can_be_dropped(table: Table) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(samples.PHOTOS / name)) for name in ("tiny.jpg", "alpha.png")])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, left, none)
    QApplication.sendEvent(table.strip, enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, left, none)
    QApplication.sendEvent(table.strip, drop)
    assert drop.isAccepted()
    assert table.listed() == ["tiny.jpg", "alpha.png"]


def test_a_picture_can_be_pasted(table: Table, qtbot: QtBot) -> None:
    picture = QImage(60, 40, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)
    QGuiApplication.clipboard().setImage(picture)
    table.strip.add.setFocus()
    qtbot.keyClick(table.strip.add, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QGuiApplication.clipboard().clear()
    assert table.listed() == ["粘贴的图片.png"]


def test_a_turned_photo_stands_turned_in_the_strip(table: Table) -> None:
    table.collector.add([samples.photo("exif-rotated.jpg")])

    def shape() -> QPoint:
        size = _buttons(table)[0].icon().availableSizes()[0]
        return QPoint(size.width(), size.height())

    assert shape().x() < shape().y()
    table.service.turn(table.service.list("visit", table.visit_id)[0].id, 1)
    table.context.live.announce(frozenset({"attachment"}))
    assert shape().x() > shape().y()
