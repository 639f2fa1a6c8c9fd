"""A desk with papers for tests of preview and printing: a real store, a printer that prints into a file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

from PySide6.QtPrintSupport import QPrinter

from desk.models.store import Store
from desk.services.deputies import Deputies
from desk.services.numbers import Numbers
from desk.services.pads import Pads
from desk.services.settings import Settings
from desk.ui.context import Context
from desk.ui.live import Live
from desk.ui.navigator import Navigator
from tests import factories, paper_desk
from tests.fakes import FakeTasks, RecordingNotices


@dataclass
class FilePrinters:
    """One printer that prints into `folder`/out.pdf; none at all without a name."""

    folder: Path
    known: list[str] = field(default_factory=lambda: ["窗口打印机"])
    made: list[QPrinter] = field(default_factory=list)

    @property
    def out(self) -> Path:
        return self.folder / "out.pdf"

    def names(self) -> Sequence[str]:
        return self.known

    def make(self, name: str) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.out))
        printer.setResolution(600)
        self.made.append(printer)
        return printer


class DriverNotices(RecordingNotices):
    """The print window of a driver that puts its own page over ours (qcad #201), or does `instead`."""

    instead: Callable[[QPrinter], None] | None = None

    def choose_printer(self, printer: QPrinter, pages: int, then: Callable[[], None]) -> None:
        if self.instead is not None:
            self.instead(printer)
        super().choose_printer(printer, pages, then)


@dataclass(frozen=True)
class PaperStage:
    """Context of a page, what lies below it, and one visit with a number."""

    context: Context
    notices: DriverNotices
    printers: FilePrinters
    desk: paper_desk.PaperDesk
    visit_id: str
    wanted: list[tuple[str, str]]


def stage(store: Store, folder: Path, *, role: str = "clerk", deputies: int = 8) -> PaperStage:
    """Return a desk with deputies and one finished visit; files are saved as `folder`/saved."""
    paper_desk.set_up(store)
    desk = paper_desk.desk(store, role)
    visit_id, _matter = paper_desk.add_visit(store, number="LF2026-A0312", spoken="407188269")
    with store.write("u1") as rows:
        for at in range(deputies):
            deputy = factories.deputy(name=f"王某{'甲乙丙丁戊己庚辛壬癸'[at % 10]}", post="镇中心卫生院医师")
            rows.add(deputy)
            place = f"第 {at + 1} 选区"
            rows.add(factories.mandate(deputy_id=deputy.record_id, level=4 + at % 2, constituency=place))
    notices = DriverNotices(path=folder / "saved")
    live = Live()
    services = SimpleNamespace(
        papers=desk.papers,
        print_jobs=desk.print_jobs,
        receipts=desk.receipts,
        settings=Settings(store, desk.session),
        pads=Pads(store, desk.session, Numbers(store, desk.session, desk.profiles)),
        deputies=Deputies(store, desk.session),
    )
    navigator = Navigator()
    wanted: list[tuple[str, str]] = []
    navigator.wanted.connect(lambda page, record: wanted.append((page, record)))
    navigator.back_wanted.connect(lambda: wanted.append(("back", "")))
    context = Context(services, FakeTasks(notices, live), notices, navigator, live)  # type: ignore[arg-type] # the paper services
    return PaperStage(context, notices, FilePrinters(folder), desk, visit_id, wanted)
