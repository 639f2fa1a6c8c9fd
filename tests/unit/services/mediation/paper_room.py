"""The papers of a mediation room for tests, with the attachments and the print ledger they stand on."""

from desk.services.attachments.service import Attachments
from desk.services.attachments.values import Source
from desk.services.mediation.case_desk import CaseDesk
from desk.services.mediation.papers import CasePapers
from desk.services.papers import Paper
from desk.services.print_jobs import PrintJobs
from tests.unit.services.mediation.case_stage import CaseStage


class PaperRoom:
    """The papers service of a room, with what it stands on."""

    def __init__(self, room: CaseStage) -> None:
        self.room = room
        self.print_jobs = PrintJobs(room.store, room.session)
        self.attachments = Attachments(room.store, room.session, room.profiles)
        desk = CaseDesk(room.store, room.session, room.profiles, room.numbers)
        self.papers = CasePapers(desk, room.services.cases, self.attachments, self.print_jobs)

    def keys(self, case_id: str) -> list[str]:
        """Return the forms the case can make."""
        return [row.form for row in self.papers.papers(case_id)]

    def due(self, case_id: str) -> list[str]:
        """Return the forms that are due."""
        return [row.form for row in self.papers.papers(case_id) if row.due]

    def key(self, case_id: str, form: str) -> str:
        """Return the key of the first paper of a form."""
        return next(row.key for row in self.papers.papers(case_id) if row.form == form)

    def print(self, paper: Paper) -> str:
        """Send a paper to the printer, which takes it; return the job."""
        job = self.print_jobs.queue(paper.kind, paper.record_id, paper.number, parts=paper.parts).value
        return self.print_jobs.printed(job.id).value.id

    def scan(self, case_id: str, name: str, content: bytes, slot: str, party_id: str = "") -> None:
        """Hang a scan on the case."""
        self.attachments.add("mediation", case_id, Source(name, data=content), slot=slot, party_id=party_id)
