"""The sheet of a consultation (F-40): what is printed for the client, and what became of it so far."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desk.text import _
from desk.ui.context import Context
from desk.ui.pages.paper.side import Make, Side
from desk.ui.parts.boxes import label
from desk.ui.preview.job_list import JobList

if TYPE_CHECKING:
    from desk.services.papers import Paper


class ConsultationSide(Side):
    """A line on what is on the paper and what is not, and the jobs of this sheet."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._consultation_id = ""
        words = _("咨询人带走一份，本站留存一份，都请咨询人签名。\n身份证号不印，利益冲突检查只印结论。")
        self.jobs = JobList(context)
        self.box.addWidget(label(words, "small", wrap=True))
        self.box.addWidget(self.jobs)

    def begin(self, words: str) -> None:
        """Begin with the sheet of this consultation."""
        self._consultation_id = words

    def maker(self) -> Make:
        """Return what gathers and draws it."""
        services, consultation_id = self.context.services, self._consultation_id
        return lambda: services.consultation.papers.sheet(consultation_id)

    def show_paper(self, paper: "Paper") -> None:
        """Ask for its lines in the print ledger."""
        self.jobs.show_record(paper.record_id)
