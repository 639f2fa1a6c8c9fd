"""What is measured, each figure beside its floor, and the page that tells it (docs/benchmarks.md)."""

import os
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter

import PySide6.QtCore

from tests.house import ROOT

PAGE = ROOT / "docs" / "benchmarks.md"
_HEAD = """# Measurements

    make bench

Each figure stands beside its floor, measured in the same run on the same machine; ratios travel between
machines, milliseconds do not. The store is made by `desk seed --visits 200000 --seed 1` (and one of 2,000),
with the words, people, outcomes, receipts and shadow rows that three years at a station leave behind.
The first run makes it and keeps it in the temporary folder. An aim that is missed is marked "no", and the run
fails after writing this page.
"""
_TAIL = """
What the open rows are made of, where an aim is missed:

- Finishing a visit: the floor is only its writing statements, replayed; all rows are in it: typed rows, ops,
  audit, index terms. Ours also reads (who may, what stands below the visit, the card that is shown
  afterwards), compares every field with the stored one, makes canonical ops, an audit entry and index terms.
  In a store of 3,000 visits, once statements stayed prepared, it took 4.0 ms of the processor's time: the
  commit 1.15, other statements 0.55 (in the floor 1.1 and 0.35), Python the rest, a third of that in
  SQLAlchemy's session and instances. Rows go past SQLAlchemy (docs/decisions/0008-plain-statements.md).
  Beside other work the ratio says more about the machine than about the desk.
- Memory: importing takes SQLAlchemy 28 MB and, through it, asyncio 8 MB, the cipher and key libraries 12 MB,
  the tables 9 MB, the services 20 MB, the window 10 MB. Tried on a store of 60 visits: a smaller page cache
  and one heap for all threads save nothing, Python without docstrings 4 MB, giving free room of the heap back
  4 MB.
- Hub push: a worker is one core of Python. Stage by stage in one process its own work fell from 98
  µs an op to 47 (taking the message apart and looking at the ops 13, deciding 21, digests, rows and
  answer 13), without HTTP and driver; over HTTP and beside other work it is what the row says. Of
  an insert in the database, reading its JSON is a quarter to a half; the two foreign keys to the
  scope take 8 µs an op.
- Wire bytes: what goes there is 2.3 × the changed fields. Of 20 KB the ids of ops, records and
  saves take 8 (random letters hardly pack), numbers, times and bases 3, headers and signature 1. At
  the highest level of zstd it would be 12 % less, in ninety times the time. What comes back was 12
  KB and is 1 since an answer says nothing twice.
- First round: the floor only writes. Of the desk's own time while a history came in, sampled, index
  terms take 30 %, SQLite 14 %; the rest is reading, checking and spelling values, not told apart. The
  window's row was measured while records came as such a history; what of it is the other work beside
  it was not found out.

The same 10,000 records (12,000 ops) between a real desk and a real hub, once by hand, beside other
work on both cores (load average 3 to 6; the raw floor of the hub's push was at a third of its speed
at that time):

| what | records/s | PouchDB here | Anki's Rust server |
|---|---|---|---|
| push, all answers stored | 824; 4,500 a second of processor time | 1,900 | 18,700 |
| pull as heads, into rows, shadow and index | 667; 2,000 a second of processor time | 4,650 | 18,700 |
| pull as revisions | 687; 1,960 a second of processor time | 4,650 | 18,700 |

The aims of ≥ 5 × and ≥ 3 × PouchDB and half of Anki are not reached; how much of it is the other
work was not found out. The figures of PouchDB and Anki were noted before on such a
machine, not run again beside ours.
"""
ROWS = (
    "start to login window painted, warm",
    "unlock to today page usable, 200,000 visits, KDF excluded",
    "today page: 200,000 visits against 2,000",
    "finish a visit (all rows, ops, audit, index, one durable transaction)",
    "receipt PDF, warm, fallback font included",
    "receipt PDF, size",
    "dossier of 40 pages with 10 scans",
    "search as typed, 200,000 visits",
    "first search result painted",
    "visits list, first page, 200,000 visits",
    "visits list, 100 page-downs, 200,000 visits",
    "longest stretch of the Qt thread, 200,000-visit scroll beside a pure-Python job",
    "longest stretch of the Qt thread in the demo, beside a pure-Python job",
    "resident memory, today page, 200,000 visits",
    "conflict check, 200,000 people",
    "consultations list, page by page, 100,000 of them",
    "矛盾调解 opens with 20,000 cases",
    "法律咨询 opens with 20,000 cases",
    "hub push, 40 scopes in batches of 500, one worker, HTTP and signatures",
    "500 desks back within 60 s after a day, one worker",
    "snapshot of 50,000 records into an empty desk",
    "longest stretch of the Qt thread while 50,000 records arrive",
    "a round with nothing new",
    "wire bytes of a day's work",
    "drain of a week offline, 3,000 ops at 64 kbit/s and 300 ms",
)


@dataclass(frozen=True)
class Figure:
    """One row of the page, as words; `met` tells whether the aim was reached."""

    what: str
    ours: str
    floor: str
    ratio: str
    aim: str
    met: bool


class Figures:
    """The figures of one run."""

    def __init__(self) -> None:
        self._by_row: dict[str, Figure] = {}

    def add(self, figure: Figure) -> None:
        """Keep a figure, print it, and fail the test that measured it if the aim was missed."""
        assert figure.what in ROWS
        self._by_row[figure.what] = figure
        print("\n" + _line(figure))
        assert figure.met, f"{figure.what}: {figure.ours}, floor {figure.floor}, aim {figure.aim}"

    def write(self) -> None:
        """Write the page if the run was a whole one."""
        if set(self._by_row) != set(ROWS):
            return
        machine = (
            f"\n{os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
            f"Python {platform.python_version()}, Qt {PySide6.QtCore.qVersion()}, offscreen; "
            f"load average at the end {os.getloadavg()[0]:.1f} (above 1 something else was running too).\n\n"
        )
        table = "| what | ours | floor | ratio | aim | met |\n|---|---|---|---|---|---|\n"
        lines = "".join(_line(self._by_row[row]) + "\n" for row in ROWS)
        PAGE.write_text(_HEAD + machine + table + lines + _TAIL, encoding="utf-8")


def _line(figure: Figure) -> str:
    met = "yes" if figure.met else "no"
    return f"| {figure.what} | {figure.ours} | {figure.floor} | {figure.ratio} | {figure.aim} | {met} |"


@dataclass(frozen=True)
class Times:
    """Durations of one thing done again and again, in milliseconds."""

    ms: Sequence[float]

    @property
    def half(self) -> float:
        """Half of them took at most this long."""
        return median(self.ms)

    @property
    def p95(self) -> float:
        """Nineteen of twenty took at most this long."""
        return quantiles(self.ms, n=20)[-1]

    def __str__(self) -> str:
        """Say both."""
        return f"{self.half:.2f} ms, p95 {self.p95:.2f} ms"


def timed(work: Callable[[], object]) -> float:
    """Return the milliseconds one call takes."""
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000
