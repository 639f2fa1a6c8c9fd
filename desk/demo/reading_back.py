"""After the window is closed: what is on the finished papers, and what a fresh sign-on finds in the store."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from desk.demo.play import DemoProblem
from desk.demo.record import PaperMade, Record, VisitMade
from desk.services.pdf import decode, render

if TYPE_CHECKING:
    from desk.services.kit import Services
    from desk.services.visit_values import Visit


def read_papers(record: Record) -> None:
    """Count the pages of every PDF and read its codes as a scanner would. Raises DemoProblem."""
    record.papers = [_read(record.out, paper) for paper in record.papers]
    for paper in record.papers:
        if paper.kind in {"receipt", "deputy_wall", "station_board"} and not paper.codes:
            raise DemoProblem(f"扫不出“{paper.file}”上的码")


def read_visits(record: Record, services: "Services") -> None:
    """Add what the store knows of every visit, and hold its receipt's code against the store.

    Raises:
        DemoProblem: a visit is missing, has no receipt, or its code is not true.
    """
    from desk.services.visit_values import VisitFilter

    page = services.visits.page(VisitFilter(), None)
    known = {row.number: services.visits.get(row.id) for row in page.rows}
    receipts = {Path(paper.file).stem: paper for paper in record.papers if paper.kind == "receipt"}
    made = []
    for visit in record.visits:
        paper = receipts.get(f"回执-{visit.number}")
        if visit.number not in known or paper is None:
            raise DemoProblem(f"“{visit.number}”的来访或回执不见了")
        if services.receipts.check(paper.codes[0]).verdict != "true":
            raise DemoProblem(f"“{visit.number}”的回执核对不上")
        made.append(_told(visit, known[visit.number], paper))
    record.visits = made
    report = services.verify.run()
    record.checks = list(report.lines)
    if not report.ok:
        raise DemoProblem("核对数据文件没有通过")


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


def _told(made: VisitMade, visit: "Visit", paper: PaperMade) -> VisitMade:
    return replace(
        made,
        spoken=visit.spoken,
        receipt=paper.file,
        code=paper.codes[0],
        outcome=visit.outcome_label,
        state=visit.state,
    )
