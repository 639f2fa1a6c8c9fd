"""Files are taken in one after the other, by button, drop, paste and camera; the strip shows them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from desk.services.attachments.values import Source
from tests.ui.attachments.conftest import Table
from tests.ui.test_accessible import nameless
from tests.unit.services.attachments import samples


def _buttons(table: Table) -> list[QToolButton]:
    return list(table.strip._things.values())


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
    def stop_after_two(done: int, of: int, *, elsewhere: bool = False) -> None:
        shown(done, of, elsewhere=elsewhere)
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


def test_a_damaged_file_does_not_disturb_the_strip(table: Table) -> None:
    table.collector.add([samples.photo("tiny.jpg"), Source("a.txt", data=b"a")])
    for path in table.service._contents._files.root.rglob("*"):
        if path.is_file():
            path.write_bytes(b"ruined")
    table.strip.show_attachments(())
    table.collector.load()
    assert table.strip.names() == ["tiny.jpg", "a.txt"]
    assert [kind for kind, _said in table.notices.said if kind in {"fail", "crash"}] == []
