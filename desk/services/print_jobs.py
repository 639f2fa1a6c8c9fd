"""The print ledger: what was sent to paper, when, how often, and what became of it.

A number is spent only once: printing again is a reprint of the same number, and the paper says so
(补打第 n 次).
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session as Rows

from desk import clock
from desk.errors import InputProblem
from desk.models.base import alive
from desk.models.print_job import PrintJob
from desk.models.store import Store
from desk.rules.dossier import ATTACHED, PAPER
from desk.services import audit
from desk.services.outcome import Done
from desk.services.session import Session
from desk.text import _

Paper = Literal[
    "receipt",
    "station_board",
    "deputy_wall",
    "visits_ledger",
    "blank_form",
    "operation_card",
    "recovery_sheet",
    "f01",
    "f02",
    "f03",
    "f04",
    "f05",
    "f06",
    "f07",
    "f08",
    "f09",
    "f10",
    "f10_proof",
    "f11",
    "f12",
    "f13",
    "case_papers",
    "dossier",
    "f40",
    "case_statistics",
    "subsidies",
    "sweeps",
    "joint_day",
    "blank_case_form",
]
"""What is printed: `case_papers` are several papers of one case in one go, which its note names."""

State = Literal["queued", "printed", "saved", "failed", "voided"]

BUNDLE: Final = "case_papers"
_OUT: Final = ("printed", "saved")
_CHANGED: Final = frozenset({"print_job", "visit"})
_CASES: Final = frozenset({"mediation", "consultation"})
_GROUPS: Final[dict[str, str]] = {
    "receipt": "receipt",
    "station_board": "board",
    "deputy_wall": "board",
    "visits_ledger": "ledger",
    "blank_form": "visit",
    # These two show nobody's data: whoever prints receipts prints them.
    "operation_card": "receipt",
    "recovery_sheet": "receipt",
    **dict.fromkeys((f"f{number:02}" for number in range(1, 14)), "mediation"),
    "f10_proof": "mediation",
    "case_papers": "mediation",
    "dossier": "mediation",
    "f40": "consultation",
    **dict.fromkeys(("case_statistics", "subsidies", "sweeps"), "statistics"),
    "joint_day": "joint_day",
    # A blank form shows nobody's data either; it belongs to the committee whose work it is for.
    "blank_case_form": "committee",
}


@dataclass(frozen=True)
class PrintJobRow:
    """One line of the print ledger; `reprint` is 0 for the first paper of a record."""

    id: str
    paper: Paper
    record_id: str
    number: str
    state: State
    copies: int
    reprint: int
    at: datetime
    note: str


class PrintJobs:
    """Keeps the print ledger of this station."""

    def __init__(self, store: Store, session: Session) -> None:
        """Use the open store for whoever is signed on."""
        self._store = store
        self._session = session

    def queue(
        self,
        paper: Paper,
        record_id: str,
        number: str = "",
        copies: int = 1,
        parts: Sequence[str] = (),
    ) -> Done[PrintJobRow]:
        """Write down that a paper goes to the printer; earlier ones that left the desk make it a reprint.

        `parts` name the papers of `case_papers`, each as f03:<record id>. Raises AccessProblem
        without the right to print this paper.
        """
        self._session.require("print", group_of(paper))
        user_id = self._session.user.id
        with self._store.write(user_id) as rows:
            job = PrintJob(
                paper=paper,
                target_id=record_id,
                number=number,
                state="queued",
                copies=copies,
                reprint=_papers_out(rows, paper, record_id),
                at=clock.now(),
                note=" ".join(parts),
            )
            rows.add(job)
            audit.append(rows, "print", user_id=user_id, noun=paper, target_id=record_id)
            return Done(_row(job), _changed(job))

    def printed(self, job_id: str) -> Done[PrintJobRow]:
        """The printer took it."""
        return self._end(job_id, "printed")

    def saved(self, job_id: str) -> Done[PrintJobRow]:
        """It was saved as a file instead."""
        return self._end(job_id, "saved")

    def failed(self, job_id: str, note: str) -> Done[PrintJobRow]:
        """The printer did not take it; `note` says why. The next try is no reprint."""
        return self._end(job_id, "failed", note)

    def voided(self, job_id: str, note: str) -> Done[PrintJobRow]:
        """The paper came out spoilt and was torn up; `note` says why. Raises InputProblem without one."""
        if not note.strip():
            raise InputProblem(_("作废要写原因。"), field="note")
        return self._end(job_id, "voided", note.strip())

    def reprints(self, record_id: str, paper: Paper = "receipt") -> int:
        """Return the n that 补打第 n 次 of the next paper will say; 0 while none may have left the desk."""
        with self._store.read() as rows:
            return _papers_out(rows, paper, record_id)

    def papers_out(self, record_id: str, record_ids: Collection[str]) -> Mapping[str, int]:
        """Return how often each paper of a case may have left the desk, as f03:<record id> → times.

        `record_id` is the case, `record_ids` whatever its papers are about; several in one go count each.
        """
        wanted = alive(PrintJob).where(
            PrintJob.target_id.in_([record_id, *record_ids]), PrintJob.state.not_in(("failed", "voided"))
        )
        with self._store.read() as rows:
            jobs = list(rows.scalars(wanted))
        return Counter(
            part
            for job in jobs
            for part in (job.note.split() if job.paper == BUNDLE else [f"{job.paper}:{job.target_id}"])
        )

    def of_record(self, record_id: str) -> tuple[PrintJobRow, ...]:
        """Return the ledger lines of one record, oldest first."""
        with self._store.read() as rows:
            found = rows.scalars(alive(PrintJob).where(PrintJob.target_id == record_id).order_by(PrintJob.at))
            return tuple(_row(job) for job in found)

    def _end(self, job_id: str, state: State, note: str = "") -> Done[PrintJobRow]:
        with self._store.write(self._session.user.id) as rows:
            job = rows.get_one(PrintJob, job_id)
            if not _may_become(job.state, state):
                raise InputProblem(_("这次打印已有结果，不能再改。"), way_out=_("需要时请重新打印。"))
            job.state = state
            job.note = note or job.note  # the parts stay while they are on paper
            return Done(_row(job), _changed(job))


def _named(note: str) -> str:
    """Return the parts of several papers by their names; a word on a failure stays as it is."""
    names = {form.replace("F-", "f"): name for form, name in PAPER.items()} | dict(ATTACHED)
    codes = [part.partition(":")[0] for part in note.split()]
    return "、".join(dict.fromkeys(names[code] for code in codes)) if set(codes) <= set(names) else note


def group_of(paper: str) -> str:
    """Return the field group whose print right a paper needs (rules/rights.py)."""
    return _GROUPS[paper]


def _changed(job: PrintJob) -> frozenset[str]:
    """A case's list of papers shows what left the desk."""
    return _CHANGED | ({group_of(job.paper)} & _CASES)


def _may_become(now: str, state: State) -> bool:
    return state == "voided" if now in _OUT else now == "queued" and state != "voided"


def _papers_out(rows: Rows, paper: str, record_id: str) -> int:
    """Count every job that did not fail: after a power cut nobody knows whether a queued paper came out."""
    wanted = select(func.count()).where(
        PrintJob.target_id == record_id,
        PrintJob.paper == paper,
        PrintJob.state != "failed",
        PrintJob.void.is_(False),
    )
    return int(rows.scalar(wanted) or 0)


def _row(job: PrintJob) -> PrintJobRow:
    assert job.at is not None, "queue() sets the time"
    return PrintJobRow(
        id=job.record_id,
        paper=cast("Paper", job.paper),
        record_id=job.target_id,
        number=job.number,
        state=cast("State", job.state),
        copies=job.copies,
        reprint=job.reprint,
        at=job.at,
        note=_named(job.note) if job.paper == BUNDLE else job.note,
    )
