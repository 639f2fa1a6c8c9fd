"""What comes out of the printer is what was drawn: the codes still read, at every size."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desk.errors import PaperProblem
from desk.services.pdf import decode, receipt, receipt_roll, render, thermal
from desk.ui.preview import painting, printers
from desk.ui.preview.sheets import PdfSheets, Sheets, StripSheets
from tests.paper_samples import CODE, RECEIPT
from tests.ui.paper_stage import FilePrinters


def printed(folder: Path, sheets: Sheets, *, copies: int = 1, resolution: int = 600) -> bytes:
    source = FilePrinters(folder)
    printer = source.make("")
    printer.setResolution(resolution)
    printer.setCopyCount(copies)
    printers.put_on(printer, sheets.size(0))
    painting.paint(printer, sheets, range(sheets.count), told=lambda _done, _of: None)
    return source.out.read_bytes()


def test_a_receipts_code_reads_from_the_printed_page(qtbot: QtBot, tmp_path: Path) -> None:
    out = printed(tmp_path, PdfSheets(receipt.draw(RECEIPT), 2))
    assert render.page_count(out) == 2
    assert [round(side) for side in render.page_size(out, 0)] == [210, 148]
    assert CODE in {found.text for found in decode.codes(out, dpi=300)}


@pytest.mark.parametrize(("roll", "resolution"), [("80", 203), ("58", 203), ("80", 600)])
def test_a_strips_code_reads_from_the_printed_roll(
    roll: str, resolution: int, qtbot: QtBot, tmp_path: Path
) -> None:
    dots = thermal.DOTS[roll]
    strips = StripSheets([thermal.picture(receipt_roll.draw(RECEIPT, dots), dots)])
    out = printed(tmp_path, strips, resolution=resolution)
    width, height = render.page_size(out, 0)
    assert abs(width - float(roll)) < 1
    assert abs(height - strips.size(0).height) < 1
    assert [found.text for found in decode.codes(out, dpi=300)] == [CODE]


def test_copies_are_painted_where_the_printer_makes_none(qtbot: QtBot, tmp_path: Path) -> None:
    assert render.page_count(printed(tmp_path, PdfSheets(receipt.draw(RECEIPT), 2), copies=3)) == 6


def test_a_page_fits_into_memory_in_whole_parts_of_the_resolution(qtbot: QtBot) -> None:
    a5 = PdfSheets(receipt.draw(RECEIPT), 2)
    assert painting.resolution(a5, 0, 1200) == 600
    assert painting.resolution(a5, 0, 600) == 600
    assert painting.resolution(a5, 0, 203) == 203


def test_a_place_that_cannot_be_written_is_told(qtbot: QtBot, tmp_path: Path, qtlog: object) -> None:
    sheets = PdfSheets(receipt.draw(RECEIPT), 2)
    printer = FilePrinters(tmp_path / "weg").make("")
    printers.put_on(printer, sheets.size(0))
    with qtlog.disabled(), pytest.raises(PaperProblem, match="没有接受") as caught:  # type: ignore[attr-defined] # the plugin's log
        painting.paint(printer, sheets, range(2), told=lambda _done, _of: None)
    assert "存为 PDF" in caught.value.way_out


@pytest.mark.parametrize(("free", "sentence"), [(4096, "磁盘已满"), (10**9, "没有接受")])
def test_half_a_file_is_taken_away(
    free: int, sentence: str, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = painting.shutil._ntuple_diskusage
    monkeypatch.setattr(painting.shutil, "disk_usage", lambda _folder: usage(10**9, 10**9, free))
    source = FilePrinters(tmp_path)
    printer = source.make("")
    source.out.write_bytes(b"%PDF-1.4 half")
    with pytest.raises(PaperProblem, match=sentence):
        painting._require_done(printer)
    assert not source.out.exists()


def test_a_full_disk_is_seen_before_a_job_is_sent(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = painting.shutil._ntuple_diskusage
    monkeypatch.setattr(painting.shutil, "disk_usage", lambda _folder: usage(10**9, 10**9, 4096))
    printer = FilePrinters(tmp_path).make("")
    printer.setOutputFileName("")
    with pytest.raises(PaperProblem, match="磁盘已满"):
        painting._require_disk(printer)
