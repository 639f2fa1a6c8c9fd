"""The printers of the system, and a sheet's size put on one of them."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from desk.errors import PaperProblem
from desk.text import _
from desk.ui.preview.sheets import SheetSize

_TOLERANCE = 2.0  # mm a driver may be off


class Printers(Protocol):
    """Where printers come from; tests bring one that prints into a file."""

    def names(self) -> Sequence[str]:
        """Return the names of the printers, the usual one first. May take seconds: not on the Qt thread."""

    def make(self, name: str) -> QPrinter:
        """Return a printer ready to be set up."""


class SystemPrinters:
    """What the operating system knows."""

    def names(self) -> Sequence[str]:
        """Return the names of the printers, the default first."""
        usual = QPrinterInfo.defaultPrinterName()
        return sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: name != usual)

    def make(self, name: str) -> QPrinter:
        """Return the printer of this name at its own resolution."""
        return QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)


def find(printers: Printers, wanted: str) -> QPrinter:
    """Return the printer called `wanted`, or the usual one. Raises PaperProblem when there is none."""
    names = printers.names()
    if not names:
        raise PaperProblem(
            _("没有找到打印机。"),
            way_out=_("请检查打印机是否开机、连好并已安装；急用可以先“存为 PDF”，换一台电脑打印。"),
            field="printer",
        )
    return printers.make(wanted if wanted in names else names[0])


def put_on(printer: QPrinter, size: SheetSize) -> None:
    """Set the page to this sheet, without margins of the driver's own.

    WORKAROUND qcad/qcad pull request 201: on Windows a driver writes its own page size over ours when the
    print window closes, so this is called before and after it.
    """
    landscape = size.width > size.height and not size.roll
    held = QSizeF(size.width, size.height)
    if size.roll:
        page = QPageSize(held, QPageSize.Unit.Millimeter, _("卷纸"), QPageSize.SizeMatchPolicy.ExactMatch)
    else:
        upright = held.transposed() if landscape else held
        page = QPageSize(upright, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    way = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    printer.setFullPage(True)
    printer.setPageLayout(QPageLayout(page, way, QMarginsF(0, 0, 0, 0)))
    printer.setFullPage(True)


def require_room(printer: QPrinter, size: SheetSize) -> None:
    """Make sure the sheet is not cut off. Raises PaperProblem when the printer's paper is smaller."""
    paper = printer.paperRect(QPrinter.Unit.Millimeter)
    if paper.width() + _TOLERANCE < size.width or (
        not size.roll and paper.height() + _TOLERANCE < size.height
    ):
        raise PaperProblem(
            _("这台打印机装不下 {width:.0f}×{height:.0f} 毫米的纸。").format(
                width=size.width, height=size.height
            ),
            way_out=_("请换一台打印机，或选小一号的纸；也可以“存为 PDF”送去打印。"),
            field="paper",
        )
