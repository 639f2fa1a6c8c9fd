"""The print ledger: what was sent to paper, when, how often, and what became of it.

A number is spent only once: printing again is a reprint of the same number, and the paper says so
(补打第 n 次).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
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
    "f12_referral",
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
TITLES: Final[Mapping[str, str]] = {
    "receipt": "回执", "station_board": "站点二维码牌", "deputy_wall": "代表公示墙",
    "visits_ledger": "来访台账", "blank_form": "空白登记表", "operation_card": "操作卡",
    "recovery_sheet": "恢复单", **{form.replace("F-", "f"): name for form, name in PAPER.items()},
    **ATTACHED, "case_papers": "调解文书", "dossier": "人民调解卷宗", "f40": "法律咨询登记表",
    "case_statistics": "人民调解案件统计表", "subsidies": "以案定补案件清单",
    "sweeps": "矛盾纠纷排查登记簿", "blank_case_form": "空白调解文书",
}  # fmt: skip
"""What each paper is called; that of a joint day goes by the day itself."""

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
    **dict.fromkeys(("f10_proof", "f12_referral"), "mediation"),
    "case_papers": "mediation",
    "dossier": "mediation",
    "f40": "consultation",
    **dict.fromkeys(("case_statistics", "subsidies", "sweeps"), "statistics"),
    "joint_day": "joint_day",
    # A blank form shows nobody's data either; it belongs to the committee whose work it is for.
    "blank_case_form": "committee",
}


@dataclass(frozen=True)
class PaperOut:
    """What left the desk of one paper: how often, and the mark of its words when it last did ("" unknown)."""

    times: int
    mark: str = ""


@dataclass(frozen=True)
class PrintJobRow:
    """One line of the print ledger; `reprint` is 0 for the first paper of a record.

    `note` names the papers of a case in it, or says why it failed or was voided; `may_void`: it is on paper,
    and the reader may tear it up.
    """

    id: str
    paper: Paper
    record_id: str
    number: str
    state: State
    copies: int
    reprint: int
    at: datetime
    note: str
    may_void: bool = False


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

        `parts` name the papers of a case in it, each as f03:<record id>, or with the mark of its words as
        f06:<record id>:<mark>. Raises AccessProblem without the right to print this paper.
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
        """The paper came out spoilt and was torn up; `note` says why.

        Whoever prints such papers tears them up too; of others it needs the right to void print jobs. Raises
        InputProblem without a reason, AccessProblem.
        """
        if not note.strip():
            raise InputProblem(_("作废要写原因。"), field="note")
        with self._store.read() as rows:
            group = group_of(rows.get_one(PrintJob, job_id).paper)
        if not self._may_void(group):
            self._session.require("void", "print_job")
        return self._end(job_id, "voided", note.strip())

    def reprints(self, record_id: str, paper: Paper = "receipt") -> int:
        """Return the n that 补打第 n 次 of the next paper will say; 0 while none may have left the desk."""
        with self._store.read() as rows:
            return _papers_out(rows, paper, record_id)

    def papers_out(self, record_id: str, record_ids: Collection[str]) -> Mapping[str, PaperOut]:
        """Return what may have left the desk of each paper of a case, by f03:<record id>.

        `record_id` is the case, `record_ids` whatever its papers are about; several in one go count each.
        """
        wanted = alive(PrintJob).where(
            PrintJob.target_id.in_([record_id, *record_ids]), PrintJob.state.not_in(("failed", "voided"))
        )
        found: dict[str, PaperOut] = {}
        with self._store.read() as rows:
            for job in rows.scalars(wanted.order_by(PrintJob.at)):
                single = [f"{job.paper}:{job.target_id}"]
                for part in job.note.split() if job.paper == BUNDLE else job.note.split()[:1] or single:
                    paper, target_id, mark = (*part.split(":"), "", "")[:3]
                    key = f"{paper}:{target_id}"
                    before = found.get(key, PaperOut(0))
                    found[key] = PaperOut(before.times + 1, mark)
        return found

    def of_record(self, record_id: str) -> tuple[PrintJobRow, ...]:
        """Return the ledger lines of one record, oldest first, of papers the reader may read or print."""
        return self.of_records([record_id])

    def of_records(self, record_ids: Collection[str]) -> tuple[PrintJobRow, ...]:
        """Return the ledger lines of several records together, as `of_record`."""
        wanted = alive(PrintJob).where(PrintJob.target_id.in_(list(record_ids))).order_by(PrintJob.at)
        with self._store.read() as rows:
            found = [_row(job) for job in rows.scalars(wanted) if self._may_see(group_of(job.paper))]
        return tuple(
            replace(job, may_void=job.state in _OUT and self._may_void(group_of(job.paper))) for job in found
        )

    def _may_void(self, group: str) -> bool:
        return self._session.may("print", group) or self._session.may("void", "print_job")

    def _may_see(self, group: str) -> bool:
        return any(self._session.may(verb, group) for verb in ("read", "print"))

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
        note=_named(job.note) or (TITLES["dossier"] if job.paper == "dossier" else ""),
    )
