"""A paper's way out of the desk: to a printer or into a file, with its line in the print ledger."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtPrintSupport import QPrinter

from desk.errors import PaperProblem, Problem
from desk.settings import PRINTER
from desk.text import _
from desk.ui.context import Context
from desk.ui.parts.veil import BusyVeil
from desk.ui.preview import painting, printers, save_place
from desk.ui.preview.printers import Printers, SystemPrinters
from desk.ui.preview.sheets import Sheets, SheetSize, sheets_of
from desk.ui.preview.steps import CalledOff, Steps

if TYPE_CHECKING:
    from desk.services.outcome import Done
    from desk.services.papers import Paper
    from desk.services.print_jobs import PrintJobRow

SYSTEM = SystemPrinters()


@dataclass(frozen=True)
class _Order:
    """A paper about to be printed, with the printer set up for it."""

    paper: "Paper"
    sheets: Sheets
    size: SheetSize
    printer: QPrinter


class Press(QObject):
    """Prints and saves papers. What was sent out, what failed and what was saved is written down.

    Signals:
        ended: a paper went out or failed; the ledger has another line.
    """

    ended = Signal()

    def __init__(self, context: Context, veil: BusyVeil, source: Printers = SYSTEM) -> None:
        """Args: `veil` covers the page while it works; `source` is where printers come from."""
        super().__init__(veil)
        self._context = context
        self._veil = veil
        self._source = source
        self.steps = Steps(veil)

    def print(self, paper: "Paper", copies: int = 1) -> None:
        """Let the person choose a printer, then print; the desk can be used meanwhile elsewhere."""
        self._veil.cover(_("正在找打印机…"))
        self._context.tasks.run(
            lambda: self._set_up(paper, copies),
            done=self._on_set_up,
            ended=self._veil.lift,
            owner=self,
            lane="free",
        )

    def save(self, paper: "Paper") -> None:
        """Ask where to, and save the paper as PDF."""
        name = f"{paper.title}{'-' if paper.number else ''}{paper.number}.pdf"
        save_place.ask(self._context, self, "pdf", name, lambda path: self.save_to(paper, path))

    def save_to(self, paper: "Paper", path: Path) -> None:
        """Save the paper as PDF in this file."""
        self._veil.cover(_("正在保存…"))
        self._context.tasks.run(
            lambda: self._write(paper, path),
            done=lambda _done: self._context.notices.info(_("已保存：{name}").format(name=path.name)),
            ended=self._on_ended,
            owner=self,
            lane="free",
        )

    def _set_up(self, paper: "Paper", copies: int) -> _Order:
        printer = printers.find(self._source, self._context.services.settings.get(PRINTER))
        sheets = sheets_of(paper)
        size = sheets.size(0)
        printers.put_on(printer, size)
        printer.setCopyCount(copies)
        # The spooler shows this name to whoever asks: never a person's.
        printer.setDocName(paper.title)
        return _Order(paper, sheets, size, printer)

    def _on_set_up(self, order: _Order) -> None:
        self._context.notices.choose_printer(
            order.printer, order.sheets.count, lambda: self._on_chosen(order)
        )

    def _on_chosen(self, order: _Order) -> None:
        printers.put_on(order.printer, order.size)
        self.steps.begin()
        self._veil.cover(_("正在打印…"), can_cancel=True)
        self._context.tasks.run(
            lambda: self._run(order),
            done=self._on_printed,
            failed=self._on_failed,
            ended=self._on_ended,
            owner=self,
            lane="free",
        )

    def _run(self, order: _Order) -> "Done[PrintJobRow]":
        jobs, paper, printer = self._context.services.print_jobs, order.paper, order.printer
        copies = printer.copyCount()
        job = jobs.queue(paper.kind, paper.record_id, paper.number, copies, paper.parts).value
        try:
            printers.require_room(printer, order.size)
            chosen = _chosen(printer, order.sheets.count)
            painting.paint(printer, order.sheets, chosen, told=self.steps.told)
        except PaperProblem as problem:
            jobs.failed(job.id, problem.sentence)
            raise
        settings = self._context.services.settings
        if settings.get(PRINTER) != printer.printerName():
            settings.set(PRINTER, printer.printerName())
        return jobs.printed(job.id)

    def _write(self, paper: "Paper", path: Path) -> "Done[PrintJobRow]":
        jobs = self._context.services.print_jobs
        job = jobs.queue(paper.kind, paper.record_id, paper.number, parts=paper.parts).value
        try:
            save_place.save(self._context.services.settings, path, paper.pdf)
        except PaperProblem as problem:
            jobs.failed(job.id, problem.sentence)
            raise
        return jobs.saved(job.id)

    def _on_printed(self, done: "Done[PrintJobRow]") -> None:
        words = _("已送到打印机。")
        if done.value.copies > 1:
            words = _("已送到打印机，{copies} 份。").format(copies=done.value.copies)
        self._context.notices.info(words)

    def _on_failed(self, problem: Problem) -> None:
        if isinstance(problem, CalledOff):
            self._context.notices.info(_("已取消打印。打印机里已出的纸请收回。"))
        else:
            self._context.notices.fail(problem)

    def _on_ended(self) -> None:
        self._veil.lift()
        self.ended.emit()


def _chosen(printer: QPrinter, count: int) -> range:
    """Return the sheets a person picked in the print window, all of them if none were picked."""
    if printer.printRange() == QPrinter.PrintRange.PageRange and printer.fromPage():
        return range(printer.fromPage() - 1, min(printer.toPage(), count))
    return range(count)
