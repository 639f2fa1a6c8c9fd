"""Finding what a screen reader would find."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desk.demo import eyes
from desk.demo.play import DemoProblem
from desk.ui.preview.sheet_view import SheetView


@pytest.fixture
def form(qtbot: QtBot) -> Iterator[QWidget]:
    """Show a small form."""
    made = QWidget()
    qtbot.addWidget(made)
    box = QVBoxLayout(made)
    field = QLineEdit("王某")
    field.setAccessibleName("姓名")
    label = QLabel("电话 *")
    label.setBuddy(QLineEdit(made))
    lines = QListWidget()
    lines.setAccessibleName("结果")
    lines.addItems(["王某", "李某"])
    off = QPushButton("打印")
    off.setEnabled(False)
    for each in (field, label, QPushButton("保存(&S)"), QCheckBox("已告知（1）"), lines, off):
        box.addWidget(each)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()


def test_names_lose_what_only_points(form: QWidget) -> None:
    assert isinstance(eyes.find("保存", eyes.BUTTONS), QPushButton)
    assert eyes.plain("电话 *") == "电话"
    assert eyes.plain("文件名称(&N)：") == "文件名称"


def test_what_is_off_or_away_cannot_be_used(form: QWidget) -> None:
    assert eyes.sees("打印")
    for name in ("打印", "没有"):
        with pytest.raises(DemoProblem, match=name):
            eyes.find(name)


def test_two_of_a_name_are_not_guessed(form: QWidget) -> None:
    box = form.layout()
    assert box is not None
    another = QPushButton("保存")
    box.addWidget(another)
    another.show()
    with pytest.raises(DemoProblem, match="2 个"):
        eyes.find("保存", eyes.BUTTONS)
    assert len(eyes.all_called("保存", eyes.BUTTONS)) == 2
    assert eyes.find_any("没有", "保存") == "保存"
    with pytest.raises(DemoProblem):
        eyes.find_any("没有")


def test_fields_are_found_by_label_and_lists_by_their_lines(form: QWidget) -> None:
    assert isinstance(eyes.beside("电话"), QLineEdit)
    assert isinstance(eyes.find_starting("已告知"), QCheckBox)
    assert eyes.holds("姓名", "王某")
    assert eyes.lists("结果", "李某")
    assert not eyes.lists("结果", "赵某")
    assert eyes.row_of(eyes.find("结果"), "李某") == 1
    assert eyes.reads("电话")
    assert eyes.text_with("电话") == "电话 *"
    for look in (eyes.beside, eyes.find_starting, eyes.table):
        with pytest.raises(DemoProblem):
            look("没有")


def test_a_table_is_found_by_its_name(form: QWidget, qtbot: QtBot) -> None:
    table = QTableWidget(1, 1)
    qtbot.addWidget(table)
    table.setAccessibleName("名册")
    table.setItem(0, 0, QTableWidgetItem("王某"))
    with qtbot.waitExposed(table):
        table.show()
    assert eyes.table("名册") is table
    assert eyes.row_of(table, "王某") == 0
    assert eyes.seen_part(table).contains(table.rect().center())
    assert eyes.area_around(table) is None
    assert not eyes.asked()
    assert not eyes.is_list_open()
    table.close()


def test_a_drawn_sheet_is_told_from_one_on_its_way(qtbot: QtBot) -> None:
    view = SheetView()
    qtbot.addWidget(view)
    view.show()
    assert not eyes.shows_sheet("第 2 / 3 页")
    picture = QImage(40, 60, QImage.Format.Format_RGB32)
    picture.fill(0)
    view.show_image(picture, "第 2 / 3 页")
    assert eyes.shows_sheet("第 2 / 3 页")
    assert not eyes.shows_paper()
    view.show_image(picture, "第 1 / 3 页")
    assert eyes.shows_paper()
    assert eyes.menu() is None
