"""The sheet's size is put on the printer, again after the print window (qcad/qcad#201)."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from desk.errors import PaperProblem
from desk.ui.preview import printers
from desk.ui.preview.sheets import SheetSize
from tests.ui.paper_stage import FilePrinters


@pytest.fixture
def printer(qtbot: QtBot, tmp_path: Path) -> QPrinter:
    return FilePrinters(tmp_path).make("")


@pytest.mark.parametrize(
    ("size", "name", "way"),
    [
        (SheetSize(210, 148), "A5", QPageLayout.Orientation.Landscape),
        (SheetSize(420, 297), "A3", QPageLayout.Orientation.Landscape),
        (SheetSize(210, 297), "A4", QPageLayout.Orientation.Portrait),
        (SheetSize(80, 190, roll=True), "卷纸", QPageLayout.Orientation.Portrait),
        (SheetSize(80, 60, roll=True), "卷纸", QPageLayout.Orientation.Portrait),
    ],
)
def test_the_page_is_the_sheet(
    printer: QPrinter, size: SheetSize, name: str, way: QPageLayout.Orientation
) -> None:
    printers.put_on(printer, size)
    layout = printer.pageLayout()
    assert layout.pageSize().name() == name
    assert layout.orientation() == way
    paper = printer.paperRect(QPrinter.Unit.Millimeter)
    assert abs(paper.width() - size.width) < 1
    assert abs(paper.height() - size.height) < 1
    assert layout.margins() == QMarginsF(0, 0, 0, 0)


def test_a_page_the_driver_wrote_over_ours_is_put_right(printer: QPrinter) -> None:
    wall = SheetSize(420, 297)
    printers.put_on(printer, wall)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    with pytest.raises(PaperProblem, match="装不下 420×297 毫米"):
        printers.require_room(printer, wall)
    printers.put_on(printer, wall)
    printers.require_room(printer, wall)


def test_without_a_printer_there_is_a_sentence_and_a_way_out(tmp_path: Path) -> None:
    with pytest.raises(PaperProblem, match="没有找到打印机") as caught:
        printers.find(FilePrinters(tmp_path, known=[]), "窗口打印机")
    assert "存为 PDF" in caught.value.way_out


def test_the_system_is_asked(qtbot: QtBot) -> None:
    system = printers.SystemPrinters()
    assert list(system.names()) == sorted(system.names())
    assert isinstance(system.make("不在的打印机"), QPrinter)
