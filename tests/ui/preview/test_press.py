"""Every paper that leaves the desk has its line in the print ledger; what fails is told and written down."""

import errno
from pathlib import Path

import pytest
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desk.errors import PaperProblem
from desk.models.store import Store
from desk.services import paper_files
from desk.services.pdf import decode, render
from desk.settings import PRINTER
from desk.ui.parts.veil import BusyVeil
from desk.ui.preview import painting
from desk.ui.preview.press import Press
from tests.fakes import FakeClock
from tests.ui.paper_stage import PaperStage, stage


@pytest.fixture
def made(qtbot: QtBot, store: Store, fake_clock: FakeClock, tmp_path: Path) -> PaperStage:
    return stage(store, tmp_path)


@pytest.fixture
def press(qtbot: QtBot, made: PaperStage) -> Press:
    under = QWidget()
    qtbot.addWidget(under)
    return Press(made.context, BusyVeil(under), made.printers)


def states(made: PaperStage) -> list[str]:
    return [job.state for job in made.desk.print_jobs.of_record(made.visit_id)]


def test_a_receipt_is_printed_and_written_down(made: PaperStage, press: Press) -> None:
    paper = made.desk.papers.receipt(made.visit_id).value
    press.print(paper, copies=2)
    assert made.notices.said == [("print", ""), ("info", "已送到打印机，2 份。")]
    assert set(paper.codes) <= {found.text for found in decode.codes(made.printers.out.read_bytes(), dpi=300)}
    (job,) = made.desk.print_jobs.of_record(made.visit_id)
    assert (job.state, job.number, job.copies, job.reprint) == ("printed", "LF2026-A0312", 2, 0)
    assert made.desk.papers.receipt(made.visit_id).value.reprint == 1


def test_the_drivers_own_page_does_not_clip_the_sheet(made: PaperStage, press: Press) -> None:
    """Peers.md 2.5, qcad #201."""
    made.notices.instead = lambda printer: printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4)) and None
    ids = [row.id for row in made.context.services.deputies.list()]
    wall = made.desk.papers.deputy_wall(ids)
    press.print(wall)
    out = made.printers.out.read_bytes()
    assert [round(side) for side in render.page_size(out, 1)] == [420, 297]
    assert {found.text for found in decode.codes(out)} == set(wall.codes)


def test_only_the_pages_asked_for_are_printed(made: PaperStage, press: Press) -> None:
    def second(printer: QPrinter) -> None:
        printer.setPrintRange(QPrinter.PrintRange.PageRange)
        printer.setFromTo(2, 2)

    made.notices.instead = second
    press.print(made.desk.papers.receipt(made.visit_id).value)
    assert render.page_count(made.printers.out.read_bytes()) == 1


def test_no_printer_says_so_and_points_to_the_file(made: PaperStage, press: Press) -> None:
    made.printers.known.clear()
    press.print(made.desk.papers.receipt(made.visit_id).value)
    assert made.notices.said == [("fail", "没有找到打印机。")]
    assert "存为 PDF" in made.notices.problems[0].way_out
    assert states(made) == []


def test_a_print_called_off_in_the_window_leaves_no_line(made: PaperStage, press: Press) -> None:
    made.notices.yes = False
    press.print(made.desk.papers.receipt(made.visit_id).value)
    assert states(made) == []


def test_a_printer_gone_on_the_way_is_no_reprint(
    made: PaperStage, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[bool] = []
    press.ended.connect(lambda: ended.append(True))

    def gone(*_arguments: object, **_named: object) -> None:
        raise PaperProblem("打印机“窗口打印机”没有接受这份打印。", way_out="请看打印机。")

    monkeypatch.setattr(painting, "paint", gone)
    press.print(made.desk.papers.receipt(made.visit_id).value)
    (job,) = made.desk.print_jobs.of_record(made.visit_id)
    assert (job.state, job.note) == ("failed", "打印机“窗口打印机”没有接受这份打印。")
    assert made.notices.problems
    assert ended == [True]
    assert made.desk.papers.receipt(made.visit_id).value.reprint == 0


def test_printing_can_be_called_off(made: PaperStage, press: Press) -> None:
    seen: list[tuple[int, int]] = []
    press.steps.progressed.connect(lambda done, of: seen.append((done, of)))
    press.steps.progressed.connect(lambda _done, _of: press.steps.call_off())
    press.print(made.desk.papers.receipt(made.visit_id).value)
    assert seen == [(0, 2)]
    assert made.notices.said[-1][1].startswith("已取消打印")
    (job,) = made.desk.print_jobs.of_record(made.visit_id)
    assert (job.state, job.note) == ("failed", "已取消")


def test_the_printer_is_remembered(made: PaperStage, press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    made.notices.instead = lambda printer: printer.setPrinterName("里屋打印机")
    monkeypatch.setattr(QPrinter, "printerName", lambda _printer: "里屋打印机")
    press.print(made.desk.papers.receipt(made.visit_id).value)
    assert made.context.services.settings.get(PRINTER) == "里屋打印机"


def test_a_paper_is_saved_whole(made: PaperStage, press: Press, tmp_path: Path) -> None:
    paper = made.desk.papers.receipt(made.visit_id).value
    press.save(paper)
    assert (tmp_path / "saved").read_bytes() == paper.pdf
    assert states(made) == ["saved"]
    assert made.notices.said[-1] == ("info", "已保存：saved")


def test_a_full_disk_is_a_sentence_and_a_line(
    made: PaperStage, press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, _content: bytes) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(paper_files, "replace_file", full)
    press.save_to(made.desk.papers.receipt(made.visit_id).value, tmp_path / "回执.pdf")
    assert made.notices.said == [("fail", "保存失败：磁盘已满")]
    assert states(made) == ["failed"]
    assert not (tmp_path / "回执.pdf").exists()


def test_who_may_not_print_is_told(qtbot: QtBot, store: Store, tmp_path: Path, fake_clock: FakeClock) -> None:
    made = stage(store, tmp_path)
    paper = made.desk.papers.receipt(made.visit_id).value
    made.desk.session.lock()
    under = QWidget()
    qtbot.addWidget(under)
    Press(made.context, BusyVeil(under), made.printers).save_to(paper, tmp_path / "回执.pdf")
    assert made.notices.problems
    assert not (tmp_path / "回执.pdf").exists()
