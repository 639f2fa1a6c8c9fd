"""What is on the finished papers, read as a scanner reads it."""

from dataclasses import replace
from pathlib import Path

from desk.demo.play import DemoProblem
from desk.demo.record import PaperMade, Record
from desk.services.pdf import decode, render


def read_papers(record: Record) -> None:
    """Count the pages of every PDF and read its codes as a scanner would. Raises DemoProblem."""
    record.papers = [_read(record.out, paper) for paper in record.papers]
    for paper in record.papers:
        if paper.kind in {"receipt", "deputy_wall", "station_board"} and not paper.codes:
            raise DemoProblem(f"扫不出“{paper.file}”上的码")


def code_on(paper: Path) -> str:
    """Return the first code on a PDF. Raises DemoProblem if none can be read."""
    found = decode.codes(paper.read_bytes())
    if not found:
        raise DemoProblem(f"扫不出“{paper.name}”上的码")
    return found[0].text


def _read(out: Path, paper: PaperMade) -> PaperMade:
    if not paper.file.endswith(".pdf"):
        return paper
    pdf = (out / paper.file).read_bytes()
    codes = tuple(found.text for found in decode.codes(pdf))
    return replace(paper, pages=render.page_count(pdf), codes=codes)
