"""The print ledger of a record or a case: what went out or failed; a spoilt paper is voided with a reason."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desk import clock
from desk.text import _
from desk.ui.context import Context
from desk.ui.parts.boxes import column, label, row, rule
from desk.ui.parts.pill import Pill

if TYPE_CHECKING:
    from desk.services.print_jobs import PrintJobRow

_MOST = 6  # the newest lines; the whole ledger is in the store

_STATES = {
    "queued": ("未确认", "amber"),
    "printed": ("已打印", "green"),
    "saved": ("已存为文件", "green"),
    "failed": ("没有打出", "red"),
    "voided": ("已作废", "plain"),
}


class JobList(QWidget):
    """打印记录 of one record, or of all papers of a case, newest first."""

    def __init__(self, context: Context, parent: QWidget | None = None, *, headed: bool = True) -> None:
        """Args: `headed` puts a rule and the heading above the lines."""
        super().__init__(parent)
        self._context = context
        self._find: Callable[[], Sequence[PrintJobRow]] | None = None
        self._lines: list[QWidget] = []
        self._box = QVBoxLayout()
        self._box.setSpacing(8)
        head = (rule(), label(_("打印记录"), "strong")) if headed else ()
        self.setLayout(column(*head, gap=8))
        self._nothing = label(_("还没有打印过。"), "small")
        self._box.addWidget(self._nothing)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout), "column() has just made it"
        layout.addLayout(self._box)

    def show_record(self, record_id: str) -> None:
        """Ask for the lines of a record."""
        jobs = self._context.services.print_jobs
        self.show_found(lambda: jobs.of_record(record_id))

    def show_found(self, find: "Callable[[], Sequence[PrintJobRow]]") -> None:
        """Show the lines that `find` returns; it runs in the background, now and after each change here."""
        self._find = find
        self._context.tasks.run(find, done=self._show, owner=self)

    def _show(self, jobs: "Sequence[PrintJobRow]") -> None:
        for line in self._lines:
            self._box.removeWidget(line)
            line.deleteLater()
        self._lines = [self._line(job) for job in [*reversed(jobs)][:_MOST]]
        for line in self._lines:
            self._box.addWidget(line)
        self._nothing.setVisible(not jobs)

    def _line(self, job: "PrintJobRow") -> QWidget:
        words, tone = _STATES[job.state]
        day = "" if job.at.date() == clock.today() else f"{job.at:%m-%d} "
        head = row(label(f"{day}{job.at:%H:%M}", "label"), Pill(_(words), tone), None, gap=6)
        if job.may_void:
            void = QPushButton(_("作废"))
            void.setProperty("kind", "row")
            void.setAccessibleName(_("作废 {time} 的这份").format(time=f"{job.at:%H:%M}"))
            void.clicked.connect(lambda: self._ask_void(job.id))
            head.addWidget(void)
        parts = [
            _("补打第 {n} 次").format(n=job.reprint) if job.reprint else "",
            _("{copies} 份").format(copies=job.copies) if job.copies > 1 else "",
            job.note,
        ]
        line = QWidget()
        box = column(head, gap=2)
        note = "，".join(part for part in parts if part)
        if note:
            box.addWidget(label(note, "small", wrap=True))
        line.setLayout(box)
        return line

    def _ask_void(self, job_id: str) -> None:
        self._context.notices.ask_text(
            _("这份纸为什么作废？（请把纸收回撕毁）"), lambda reason: self._void(job_id, reason)
        )

    def _void(self, job_id: str, reason: str) -> None:
        jobs, find = self._context.services.print_jobs, self._find
        self._context.tasks.run(
            lambda: jobs.voided(job_id, reason),
            done=lambda _done: self.show_found(find) if find is not None else None,
            owner=self,
            lane="write",
        )
