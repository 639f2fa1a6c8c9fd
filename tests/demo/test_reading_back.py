"""What is read off finished papers."""

from pathlib import Path

import pytest

from desk.demo import reading_back
from desk.demo.play import DemoProblem
from desk.demo.record import PaperMade, Record
from desk.services.pdf import operation_card, receipt
from tests.paper_samples import CODE, RECEIPT


def test_a_receipt_is_counted_and_scanned(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(receipt.draw(RECEIPT))
    record = Record(tmp_path, papers=[PaperMade("receipt", "a.pdf"), PaperMade("ledger", "b.xlsx")])
    reading_back.read_papers(record)
    assert record.papers[0] == PaperMade("receipt", "a.pdf", 2, (CODE,))
    assert record.papers[1].pages == 0
    assert reading_back.code_on(tmp_path / "a.pdf") == CODE


def test_a_paper_without_its_code_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(operation_card.draw("示例镇", ()))
    with pytest.raises(DemoProblem, match="扫不出"):
        reading_back.read_papers(Record(tmp_path, papers=[PaperMade("receipt", "a.pdf")]))
    with pytest.raises(DemoProblem, match="扫不出"):
        reading_back.code_on(tmp_path / "a.pdf")
