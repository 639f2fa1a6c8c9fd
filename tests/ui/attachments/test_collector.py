"""Files are taken in one after the other, by button, drop, paste and camera; the strip shows them."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from desk.services.attachments.values import Source
from tests.fakes import FakeClock
from tests.ui.attachments.conftest import Table
from tests.ui.test_accessible import nameless
from tests.unit.services.attachments import samples


def _buttons(table: Table) -> list[QToolButton]:
    return list(table.strip._things.values())


def test_an_empty_strip_says_how_to_begin(table: Table) -> None:
    assert table.strip._empty.isVisible()
    assert table.strip.add.isVisible()
    assert nameless(table.strip) == []


def test_files_are_chosen_and_stand_there_with_their_pictures(table: Table, qtbot: QtBot) -> None:
    table.notices.path = samples.PHOTOS / "exif-rotated.jpg"
    qtbot.mouseClick(table.strip.add, Qt.MouseButton.LeftButton)
    assert table.listed() == table.strip.names() == ["exif-rotated.jpg"]
    [button] = _buttons(table)
    assert button.accessibleName() == "附件 exif-rotated.jpg 材料"
    assert not button.icon().isNull()
    assert not table.strip._empty.isVisible()
    assert nameless(table.strip) == []


def test_a_refused_file_is_said_by_name_and_the_others_are_taken(table: Table) -> None:
    names = ["truncated.jpg", "tiny.jpg", "not-a-photo.jpg", "cmyk.jpg"]
    table.collector.add([samples.photo(name) for name in names])
    assert table.listed() == ["tiny.jpg", "cmyk.jpg"]
    [(_kind, said)] = [each for each in table.notices.said if each[0] == "warn"]
    assert "“truncated.jpg”没有添加：照片不完整或已损坏" in said
    assert "“not-a-photo.jpg”没有添加：这不是照片" in said
    assert not table.strip._progress.isVisible()


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


def test_without_a_record_the_page_is_asked_and_then_it_goes_on(table: Table) -> None:
    asked: list[bool] = []
    table.collector.set_target("", "")
    table.collector.target_wanted.connect(lambda: asked.append(True))
    table.collector.add([samples.photo("tiny.jpg")])
    table.notices.path = samples.PHOTOS / "alpha.png"
    assert asked == [True]
    assert table.strip.names() == []
    table.collector.set_target("visit", table.visit_id, slot="pad")
    assert table.listed() == ["tiny.jpg"]
    assert table.service.list("visit", table.visit_id)[0].slot == "pad"
    table.collector.set_target("", "")
    table.collector.choose()
    assert asked == [True, True]
    table.collector.set_target("visit", table.visit_id)
    assert table.listed() == ["tiny.jpg", "alpha.png"]


def test_the_rest_can_be_called_off(table: Table) -> None:
    def stop_after_two(done: int, of: int) -> None:
        shown(done, of)
        if done == 1:
            assert table.strip._progress.text() == "正在添加 2 / 4"
            assert table.strip._stop.isVisible()
            table.strip._stop.click()

    shown = table.strip.show_progress
    table.strip.show_progress = stop_after_two  # type: ignore[method-assign]  # what a hand would press
    table.collector.add([Source(f"{n}.txt", data=str(n).encode()) for n in range(4)])
    assert table.listed() == ["0.txt", "1.txt"]


def test_the_order_is_changed_by_key_and_the_focus_goes_along(table: Table, qtbot: QtBot) -> None:
    table.collector.add([Source(f"{n}.txt", data=str(n).encode()) for n in range(3)])
    last = _buttons(table)[2]
    last.setFocus()
    qtbot.keyClick(last, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert table.listed() == ["0.txt", "2.txt", "1.txt"]
    focused = table.strip.focusWidget()
    assert isinstance(focused, QToolButton)
    assert focused.text() == "2.txt"


def test_enter_opens_and_a_removal_can_be_undone(table: Table, qtbot: QtBot) -> None:
    table.collector.add([samples.photo("tiny.jpg")])
    [button] = _buttons(table)
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    viewer = table.collector.viewer
    assert viewer is not None
    viewer.remove_button.click()
    assert table.listed() == table.strip.names() == []
    assert table.strip._removed.text() == "已移除“tiny.jpg”"
    table.strip._undo.click()
    assert table.listed() == table.strip.names() == ["tiny.jpg"]
    assert not table.strip._undo.isVisible()


def _shoot(table: Table, name: str, clock: FakeClock) -> Path:
    path = table.folder / name
    path.write_bytes((samples.PHOTOS / "tiny.jpg").read_bytes() + name.encode())
    at = clock.moment.timestamp()
    os.utime(path, (at, at))
    return path


@pytest.mark.parametrize("delete", [True, False])
def test_what_the_camera_has_new_is_offered_and_deleted_only_on_a_word(
    table: Table, fake_clock: FakeClock, delete: bool
) -> None:
    path = _shoot(table, "IMG_1.jpg", fake_clock)
    table.notices.yes = delete
    table.collector._camera.look()
    table.collector._camera.look()
    assert table.strip._offer.text() == "相机里有 1 张新照片，收进来"
    assert path.exists()
    table.strip._offer.click()
    assert table.listed() == ["IMG_1.jpg"]
    assert ("ask", "1 张照片已加密收好。相机文件夹里的原图没有加密，要删掉吗？") in table.notices.said
    assert path.exists() is not delete
    table.collector._camera.look()
    assert not table.strip._offer.isVisible()


def test_what_the_camera_has_can_be_put_aside(table: Table, fake_clock: FakeClock) -> None:
    path = _shoot(table, "IMG_1.jpg", fake_clock)
    for _look in range(2):
        table.collector._camera.look()
    table.strip._aside.click()
    for _look in range(2):
        table.collector._camera.look()
    assert not table.strip._offer.isVisible()
    assert path.exists()


def test_nobody_looks_while_the_strip_is_out_of_view(table: Table) -> None:
    assert table.collector._camera._timer.isActive()
    table.strip.hide()
    assert not table.collector._camera._timer.isActive()
    table.strip.show()
    assert table.collector._camera._timer.isActive()
    table.collector.stop()
    assert not table.collector._camera._timer.isActive()


def test_a_damaged_file_does_not_disturb_the_strip(table: Table) -> None:
    table.collector.add([samples.photo("tiny.jpg"), Source("a.txt", data=b"a")])
    for path in table.service._contents._files.root.rglob("*"):
        if path.is_file():
            path.write_bytes(b"ruined")
    table.strip.show_attachments(())
    table.collector.load()
    assert table.strip.names() == ["tiny.jpg", "a.txt"]
    assert [kind for kind, _said in table.notices.said if kind in {"fail", "crash"}] == []


def test_a_turned_photo_stands_turned_in_the_strip(table: Table) -> None:
    table.collector.add([samples.photo("exif-rotated.jpg")])

    def shape() -> QPoint:
        size = _buttons(table)[0].icon().availableSizes()[0]
        return QPoint(size.width(), size.height())

    assert shape().x() < shape().y()
    table.service.turn(table.service.list("visit", table.visit_id)[0].id, 1)
    table.context.live.announce(frozenset({"attachment"}))
    assert shape().x() > shape().y()
