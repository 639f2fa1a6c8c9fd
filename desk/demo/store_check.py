"""After the window is closed: what a fresh sign-on finds in the store. Loaded only then (SQLAlchemy)."""

from dataclasses import replace
from pathlib import Path

from desk.demo import folder, reading_back, setting_up
from desk.demo.play import DemoProblem
from desk.demo.record import CaseMade, ConsultationMade, PaperMade, Record, VisitMade
from desk.services import kit
from desk.services.kit import Services
from desk.services.login import Login
from desk.services.visit_values import Visit, VisitFilter


def read_back(record: Record) -> None:
    """Read the finished papers and, signed on anew, the store. Raises DemoProblem if anything is missing."""
    reading_back.read_papers(record)
    login = Login(record.out / folder.DATA)
    opened = login.sign_on(login.state().users[0].id, setting_up.PASSWORD)
    try:
        services = kit.build(opened, login)
        _read_visits(record, services)
        record.cases = [_case_told(services, case) for case in record.cases]
        record.consultations = [_advice_told(services, made) for made in record.consultations]
    finally:
        opened.store.close()


def _read_visits(record: Record, services: Services) -> None:
    """Add what the store knows of every visit, and hold its receipt's code against the store.

    Raises:
        DemoProblem: a visit is missing, has no receipt, or its code is not true.
    """
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


def _told(made: VisitMade, visit: Visit, paper: PaperMade) -> VisitMade:
    return replace(
        made,
        spoken=visit.spoken,
        receipt=paper.file,
        code=paper.codes[0],
        outcome=visit.outcome_label,
        state=visit.state,
    )


def _case_told(services: Services, made: CaseMade) -> CaseMade:
    """Return what the store knows of a dispute. Raises DemoProblem if it is not there."""
    found = [row.id for row in services.mediation.cases.page().rows if row.case_no == made.number]
    if len(found) != 1:
        raise DemoProblem(f"案号“{made.number}”的纠纷有 {len(found)} 件")
    card = services.mediation.cases.get(found[0])
    return replace(made, state=card.state, confirmation=card.confirmation.state)


def _advice_told(services: Services, made: ConsultationMade) -> ConsultationMade:
    """Return what the store knows of a consultation. Raises DemoProblem if it is not there."""
    found = [row for row in services.consultation.consultations.page().rows if row.number == made.number]
    if len(found) != 1:
        raise DemoProblem(f"编号“{made.number}”的咨询有 {len(found)} 件")
    return replace(made, adviser=found[0].adviser, state=found[0].state)
