"""What a demo writes down while it plays, and the summary.json made of it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from desk.demo.probe import Stretch


@dataclass(frozen=True)
class ScreenMade:
    """One picture: the name of the page, the text size in per cent, the file below the demo's folder."""

    name: str
    percent: int
    file: str


@dataclass(frozen=True)
class PaperMade:
    """One paper: its kind, the file, its pages, and every code that a scanner reads on it."""

    kind: str
    file: str
    pages: int = 0
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class StepDone:
    """One step: how long it took, and the longest stretch in which the window took no key.

    By the clock, by the thread's own work, and what was being done in the latter.
    """

    name: str
    seconds: float
    longest_stretch_ms: float
    longest_work_ms: float
    longest_in: str = ""


@dataclass(frozen=True)
class VisitMade:
    """One visit with its receipt; `kind_of_visitor` says why it is in the demo."""

    kind_of_visitor: str
    number: str
    spoken: str = ""
    receipt: str = ""
    code: str = ""
    outcome: str = ""
    state: str = ""


@dataclass(frozen=True)
class CaseMade:
    """One dispute: why it is in the demo, its number, how it ended, and the files of its papers.

    `dossier` is the file of the bound one, "" for none; `confirmation` how far the court is asked.
    """

    why: str
    number: str
    state: str = ""
    confirmation: str = ""
    papers: tuple[str, ...] = ()
    dossier: str = ""


@dataclass(frozen=True)
class ConsultationMade:
    """One consultation: why it is in the demo, its number, the sheet; `stopped`: the check kept it closed."""

    why: str
    number: str
    stopped: bool = False
    adviser: str = ""
    state: str = ""
    sheet: str = ""


@dataclass(frozen=True)
class HubFigures:
    """What the hub's log tells: greetings, ops taken in, those put together and those asked about, revisions
    given out, bytes each way as they travel."""

    rounds: int = 0
    ops: int = 0
    merged: int = 0
    conflicts: int = 0
    pulled: int = 0
    bytes_up: int = 0
    bytes_down: int = 0


@dataclass(frozen=True)
class HubMade:
    """The second half: whether it was played, else why not; how much went over the line, and how it ended.

    `equal`: the tables of all desks row by row, and the digests of the desks and the hub, which is `digest`.
    """

    played: bool = False
    why_not: str = ""
    desks: int = 0
    seconds: float = 0.0
    figures: HubFigures = HubFigures()
    equal: bool = False
    digest: str = ""
    tables: int = 0

    def as_equal(self, *, digest: str, tables: int) -> "HubMade":
        """Return the same once everything was compared and found equal."""
        return replace(self, equal=True, digest=digest, tables=tables)


@dataclass
class Record:
    """Everything a demo has made so far."""

    out: Path
    store: str = ""
    steps: list[StepDone] = field(default_factory=list)
    screens: list[ScreenMade] = field(default_factory=list)
    papers: list[PaperMade] = field(default_factory=list)
    visits: list[VisitMade] = field(default_factory=list)
    cases: list[CaseMade] = field(default_factory=list)
    consultations: list[ConsultationMade] = field(default_factory=list)
    checks: list[str] = field(default_factory=list)
    hub: HubMade = HubMade()
    problem: str = ""
    stopped_in: str = ""

    def step_done(self, name: str, seconds: float, longest: Stretch) -> None:
        """Note a step that is over."""
        wall, work = round(longest.wall_ms, 1), round(longest.work_ms, 1)
        self.steps.append(StepDone(name, round(seconds, 2), wall, work, longest.doing))

    def add_case_paper(self, number: str, paper: PaperMade) -> None:
        """Note a paper of the case of this number; the bound dossier is one of them."""
        at = next(n for n, case in enumerate(self.cases) if case.number == number)
        case = self.cases[at]
        dossier = paper.file if paper.kind == "dossier" else case.dossier
        self.cases[at] = replace(case, papers=(*case.papers, paper.file), dossier=dossier)

    def relative(self, file: Path) -> str:
        """Return a file's path below the demo's folder, with forward slashes."""
        return file.relative_to(self.out).as_posix()

    def as_values(self) -> Mapping[str, Any]:
        """Return the summary as plain values."""
        longest = max(self.steps, key=lambda step: step.longest_work_ms, default=None)
        return {
            "ok": not self.problem,
            "problem": self.problem,
            "stopped_in": self.stopped_in,
            "store": self.store,
            "visits": [asdict(each) for each in self.visits],
            "cases": [asdict(each) for each in self.cases],
            "consultations": [asdict(each) for each in self.consultations],
            "papers": [asdict(each) for each in self.papers],
            "screens": [asdict(each) for each in self.screens],
            "steps": [asdict(each) for each in self.steps],
            "seconds": round(sum(step.seconds for step in self.steps), 2),
            "longest_stretch_ms": max((step.longest_stretch_ms for step in self.steps), default=0.0),
            "longest_work_ms": longest.longest_work_ms if longest is not None else 0.0,
            "longest_work_in": f"{longest.name}：{longest.longest_in}" if longest is not None else "",
            "checks": self.checks,
            "hub": asdict(self.hub),
        }

    def save(self, file: Path) -> None:
        """Write the summary."""
        text = json.dumps(self.as_values(), ensure_ascii=False, indent=2)
        file.write_text(text + "\n", encoding="utf-8")
