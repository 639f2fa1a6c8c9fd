"""The window of an attachment: pages, rotation, sizes, name and note, what it is, saving, removal."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desk.services.attachments.values import Source
from desk.ui.attachments.viewer import Viewer
from tests.ui.attachments.conftest import Table
from tests.ui.test_accessible import nameless
from tests.unit.services.attachments import samples


def _open(table: Table, qtbot: QtBot, *sources: Source) -> Viewer:
    table.collector.add(sources)
    table.collector.open(table.service.list("visit", table.visit_id)[0].id)
    viewer = table.collector.viewer
    assert viewer is not None
    viewer.activateWindow()
    qtbot.waitUntil(viewer.isActiveWindow)
    return viewer


def _picture(viewer: Viewer) -> tuple[int, int]:
    image = viewer.preview.view._canvas._image
    return image.width(), image.height()


def test_a_photo_is_shown_and_turned(table: Table, qtbot: QtBot) -> None:
    viewer = _open(table, qtbot, samples.photo("exif-rotated.jpg"))
    wide, high = _picture(viewer)
    assert wide < high
    assert nameless(viewer) == []
    qtbot.keyClick(viewer.preview.view, Qt.Key.Key_BracketRight, Qt.KeyboardModifier.ControlModifier)
    assert _picture(viewer)[0] > _picture(viewer)[1]
    assert table.service.list("visit", table.visit_id)[0].turn == 90
    viewer.left.click()
    assert table.service.list("visit", table.visit_id)[0].turn == 0


def test_the_pages_of_a_scan_are_turned_by_key(table: Table, qtbot: QtBot) -> None:
    viewer = _open(table, qtbot, Source("合同.pdf", data=samples.pdf(3)))
    assert viewer.preview.place.text() == "第 1 / 3 页"
    qtbot.keyClick(viewer.preview.view, Qt.Key.Key_PageDown)
    qtbot.keyClick(viewer.preview.view, Qt.Key.Key_PageDown)
    assert viewer.preview.place.text() == "第 3 / 3 页"
    viewer.preview.actual.click()
    assert _picture(viewer)[1] > 400


def test_one_goes_on_to_the_next(table: Table, qtbot: QtBot) -> None:
    viewer = _open(table, qtbot, samples.photo("tiny.jpg"), samples.photo("alpha.png"))
    assert (viewer.before.isEnabled(), viewer.after.isEnabled()) == (False, True)
    qtbot.keyClick(viewer.preview.view, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert viewer.shown.name == "alpha.png"
    assert viewer.windowTitle() == "alpha.png"
    viewer.step(1)
    assert viewer.shown.name == "alpha.png"


def test_name_note_and_kind_are_kept(table: Table, qtbot: QtBot) -> None:
    viewer = _open(table, qtbot, samples.photo("tiny.jpg"))
    viewer.name.setText("门口积水")
    viewer.note.setText("10 月 3 日拍")
    viewer.note.editingFinished.emit()
    viewer.slot.set_value("scene")
    viewer.slot.activated.emit(0)
    [kept] = table.service.list("visit", table.visit_id)
    assert (kept.name, kept.note, kept.slot) == ("门口积水.jpg", "10 月 3 日拍", "scene")


def test_what_is_typed_goes_with_the_one_it_was_typed_for(table: Table, qtbot: QtBot) -> None:
    """By key the field keeps the focus and never says that it is finished: the words must not be lost."""
    viewer = _open(table, qtbot, samples.photo("tiny.jpg"), samples.photo("alpha.png"))
    viewer.name.setFocus()
    viewer.name.selectAll()
    qtbot.keyClicks(viewer.name, "gate")
    viewer.note.setText("10 月 3 日拍")
    qtbot.keyClick(viewer.name, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert (viewer.shown.name, viewer.name.text(), viewer.note.text()) == ("alpha.png", "alpha.png", "")
    first, second = table.service.list("visit", table.visit_id)
    assert (first.name, first.note) == ("gate.jpg", "10 月 3 日拍")
    assert (second.name, second.note) == ("alpha.png", "")
    viewer.step(-1)
    assert viewer.name.text() == "gate.jpg"


def test_turning_while_a_note_is_typed_keeps_it(table: Table, qtbot: QtBot) -> None:
    viewer = _open(table, qtbot, samples.photo("tiny.jpg"))
    viewer.note.setText("写到一半")
    table.tasks.hold("write")
    viewer.turn(1)
    viewer.note.setText("写到一半，又写了几个字")
    table.tasks.let_go()
    assert viewer.note.text() == "写到一半，又写了几个字"
    assert table.service.list("visit", table.visit_id)[0].turn == 90
    viewer.reject()
    assert table.service.list("visit", table.visit_id)[0].note == "写到一半，又写了几个字"


def test_an_identity_paper_asks_why(table: Table, qtbot: QtBot) -> None:
    """PI-06: without a reason nothing is shown; with one it is, and that is written down."""
    table.notices.words = ""
    table.collector.set_target("visit", table.visit_id, slot="identity")
    viewer = _open(table, qtbot, samples.photo("exif-rotated.jpg"))
    assert viewer.preview.view._canvas._image.isNull()
    assert "身份证件" in viewer.preview.view._canvas._sentence
    table.notices.words = "核对委托书"
    viewer.start()
    assert not viewer.preview.view._canvas._image.isNull()


def test_words_are_read_and_office_papers_are_not(table: Table, qtbot: QtBot) -> None:
    viewer = _open(
        table,
        qtbot,
        Source("说明.txt", data="经过如下".encode("gb18030")),
        Source("表.xlsx", data=samples.package("xl/workbook.xml")),
    )
    assert viewer.preview.view._canvas._sentence == "经过如下"
    assert not viewer.right.isEnabled()
    viewer.step(1)
    assert "不能在这里看" in viewer.preview.view._canvas._sentence


def test_saving_elsewhere_says_that_nobody_guards_it(table: Table, qtbot: QtBot, tmp_path: Path) -> None:
    viewer = _open(table, qtbot, samples.photo("tiny.jpg"))
    table.notices.path = tmp_path / "out.jpg"
    viewer.save_button.click()
    assert (tmp_path / "out.jpg").read_bytes()[:3] == b"\xff\xd8\xff"
    assert any("没有加密" in said for kind, said in table.notices.said if kind == "warn")


def test_removing_goes_on_to_the_next_and_then_closes(table: Table, qtbot: QtBot) -> None:
    viewer = _open(table, qtbot, samples.photo("tiny.jpg"), samples.photo("alpha.png"))
    viewer.remove()
    assert viewer.shown.name == "alpha.png"
    with qtbot.waitSignal(viewer.finished):
        viewer.remove()
    assert table.listed() == []


@pytest.mark.parametrize("damage", [True, False])
def test_a_damaged_file_is_said_in_its_place(table: Table, qtbot: QtBot, damage: bool) -> None:
    table.collector.add([samples.photo("tiny.jpg")])
    for path in table.service._contents._files.root.rglob("*.att"):
        if damage:
            path.write_bytes(b"ruined")
        else:
            path.unlink()
    viewer = _open(table, qtbot)
    assert "缺失或已损坏" in viewer.preview.view._canvas._sentence
    assert "再添加一次" in viewer.preview.view._canvas._sentence
