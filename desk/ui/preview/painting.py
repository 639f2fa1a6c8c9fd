"""Sheets painted onto a printer, in the background: one picture a page, at the printer's resolution."""

import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrinter

from desk.errors import PaperProblem
from desk.text import _
from desk.ui.preview.sheets import Sheets

_MM_PER_INCH = 25.4
_MOST_PIXELS = 25_000_000  # one page in memory: A5 at 600 dpi, A3 at 300
_BAND = 64  # rows handed over at once; Qt keeps Python waiting while it packs them
_ROOM = 32 * 1024 * 1024  # a print job waits in the system's folder for temporary files
_PAGE = 1024 * 1024  # less than this is left when a page did not find room


def paint(
    printer: QPrinter, sheets: Sheets, numbers: Sequence[int], *, told: Callable[[int, int], None]
) -> None:
    """Print these sheets (counted from 0), as often as the printer's copies say.

    `told(done, of)` hears of each page and may call the printing off by raising a PaperProblem.
    Raises PaperProblem when the printer does not take them; nothing is left half-printed in a file.
    """
    _require_disk(printer)
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    painter = QPainter()
    if not painter.begin(printer):
        raise _refused(printer)
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    try:
        wanted = [*numbers] * copies
        for at, number in enumerate(wanted):
            told(at, len(wanted))
            if at and not printer.newPage():
                raise _refused(printer)
            _paint_sheet(painter, sheets, number, printer.resolution())
    except PaperProblem:
        printer.abort()
        raise
    finally:
        painter.end()
    _require_done(printer)


def resolution(sheets: Sheets, number: int, finest: int) -> float:
    """Return a whole fraction of `finest` dpi at which the sheet fits into memory."""
    size = sheets.size(number)
    square_inches = size.width * size.height / _MM_PER_INCH**2
    part = 1
    while square_inches * (finest / part) ** 2 > _MOST_PIXELS:
        part += 1
    return finest / part


def _paint_sheet(painter: QPainter, sheets: Sheets, number: int, finest: int) -> None:
    """Draw in bands of whole device pixels, so that no seam shows and no thread waits long."""
    dpi = resolution(sheets, number, finest)
    image = sheets.image(number, dpi)
    scale = finest / dpi
    for top in range(0, image.height(), _BAND):
        rows = min(_BAND, image.height() - top)
        target = QRect(0, round(top * scale), round(image.width() * scale), round(rows * scale))
        painter.drawImage(target, image, QRect(0, top, image.width(), rows))


def _require_disk(printer: QPrinter) -> None:
    if not printer.outputFileName() and _free(printer) < _ROOM:
        raise _full()


def _require_done(printer: QPrinter) -> None:
    """Look at what came of it: Qt tells nobody when the disk fills up on the way."""
    if printer.printerState() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted):
        raise _refused(printer)
    if printer.outputFileName():
        made = Path(printer.outputFileName())
        if not made.is_file() or not made.read_bytes().rstrip().endswith(b"%%EOF"):
            raise _refused(printer)


def _refused(printer: QPrinter) -> PaperProblem:
    """Say why nothing came out, and take away half a file."""
    no_room = _free(printer) < _PAGE
    if printer.outputFileName():
        Path(printer.outputFileName()).unlink(missing_ok=True)
    if no_room:
        return _full()
    return PaperProblem(
        _("打印机“{name}”没有接受这份打印。").format(name=printer.printerName()),
        way_out=_("请看打印机是否开机、有纸、连好，再打印一次；急用可以先“存为 PDF”。"),
        field="printer",
    )


def _full() -> PaperProblem:
    return PaperProblem(
        _("打印失败：磁盘已满"), way_out=_("请删除不需要的文件腾出空间，再打印一次。"), field="full"
    )


def _free(printer: QPrinter) -> int:
    """Return the bytes free where the job waits: beside the file it goes to, or with the system's own."""
    file = printer.outputFileName()
    folder = Path(file).parent if file else Path(tempfile.gettempdir())
    return shutil.disk_usage(folder).free if folder.is_dir() else _ROOM
