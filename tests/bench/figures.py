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

- Finishing a visit: the floor is only its writing statements, replayed; all rows are in it: typed rows,
  ops, audit, index terms. Ours also reads (who may, what stands below the visit, the card that is shown
  afterwards), compares every field with the stored one, makes canonical ops, an audit entry and index
  terms. In a store of 3,000 visits, once statements stayed prepared, it took 4.0 ms of the processor's
  time: the commit 1.15, other statements 0.55 (in the floor 1.1 and 0.35), Python the rest, a third of
  that in SQLAlchemy's session and instances. Rows go past SQLAlchemy
  (docs/decisions/0008-plain-statements.md). Measured again later beside other work (load 14), in turn:
  3.07 to 3.11 × by processor time before new rows were made without an event for each column, 2.93 to
  3.02 after. No single part is left that weighs; of 5.3 ms then, some of it inside other parts: flush
  with its ops 0.77, plain questions 0.54, index terms 0.45, the form 0.39, people 0.35, the card 0.31,
  the session's begin and end 0.3. To reach 2 × all Python together would have to halve. Since the row was
  measured the terms of a record's words are made in two thirds of the time (125 µs before, 83 after, in
  turn), and a finish calls 2,510 functions where it called 2,670; the ratio did not move by more than it
  does from one run to the next beside other work (2.87 to 2.94 before, 2.77 to 2.95 after). Later a block
  takes a connection that stayed open and its session only joins its transaction (28 µs for a block by itself,
  which were 65), a row that was read takes its key at once, and a form is copied only where it changes: in
  turn, beside other work, 2.89 to 2.95 × before and 2.71 to 2.73 after. The commit and the statements are a
  third of it; of the rest no part is more than a tenth: terms of the index, both rows that are read, ops and
  rows of the flush, plain questions, the card.
- Search: each row of the index that had no room was looked for, and the seeded store's index lay in 21
  pieces, each of which every question looks into. A desk joins them while nobody waits (`Store.tidy`,
  every two minutes); `desk seed` does so at its end now, 12 s for 417 MB. Processor time of one search on
  a copy of the store, beside other work (load 14): 5.64 ms, p95 7.96 before; 4.29, p95 6.24 with fewer
  rows and terms made once; 2.26, p95 3.51 with the index joined as well, the bare question then 0.07, p95
  0.15. The first search after sign-on took 35 to 40 ms so and takes 9 since its questions are put into words
  when the field is entered, before a key is pressed. The aim is met since.
- The first page of a store of 200,000 takes some 1,800 reads of the file more than that of 2,000, each of
  a page that is decrypted: the clocks of some 1,100 open cases, three years of them. Opening a store no
  longer reads 100 visits to see whether all quarrels are filed, but the ids of 8. What the page asks for is
  looked for while window and page are built since the row was measured (`Tasks.begin`): beside other work
  (load 6 to 10), before and after in turn, 200,000 visits took 1.43 to 1.58 times as long as 2,000 before
  and 1.16 to 1.19 after; by the processor's time of the whole process 1.20 to 1.55, and 1.19 to 1.23 after.
  That was a first version; the one that stayed was measured once, by the processor's time: 1.35 before,
  1.04 after.
- Visits list: its questions were made anew by SQLAlchemy for each page, which took two thirds of it; they are
  put into words once for each set of filters since the row was measured. Processor time of a page-down, in
  turn beside other work: 3.9 to 5.1 ms, p95 6.2 to 6.5 before; 1.3 to 1.5, p95 1.5 to 2.2 after; the first
  page 2.7 to 3.5 before and 0.8 after. The aim is met since.
- Memory: measured after the run above, on a copy of the same store, the middle of five; with 2,000 visits
  it is 157 MB. It was 182: what is due in the cases was read twice, for the page and for the rail, each
  time with a page cache of its own (12 MB); six services of other pages come with their page now
  (docs/decisions/0004-lazy-imports.md, 5 MB). For that the first sight of 矛盾调解 on a day takes longer, off
  the Qt thread: 1.4 to 1.8 times as long beside other work; 法律咨询 after it does not. Of the 114 MB above
  the empty window SQLAlchemy is 21, the 68 tables with their 1,008 columns 8, its mappers of them 4; the
  cipher libraries 16, each with an OpenSSL of its own (cryptography 7, SQLCipher 6, Python's 3); our
  services, rules and records of the first page 11; code of Qt that an empty window does not touch 13; the
  two font files, read where a sign is drawn, 7; pages of the store that the first page read 8; free room
  of the heap 4. The rest is widgets, style and what was read. The aim needs 38 MB less: about what
  SQLAlchemy and the tables take together. In an otherwise empty process, one import after the other:
  window 50.5, Python's own OpenSSL 5.0, cryptography 6.5, SQLCipher 6.4, SQLAlchemy with asyncio and its
  dialect 22.6: 91 MB, 1.8 ×, before a line of ours; QtNetwork 2.8, the tables and their mappers 11.6,
  services 11.3, the window's code 4.9: 122 MB, 2.4 ×, before a store is open, a widget made or a font
  read. With this stack 2.5 × is out of reach. Tried and left: a page cache of 2 MB instead of 32 saves 6
  MB, and searching takes 40 to 100 % more of the processor's time; SQLAlchemy without asyncio, by a false
  module, 2.5 MB; the second start's knock without QtNetwork 3 MB; Python without docstrings 2 MB; giving
  free room of the heap back 4 MB, on one system only. One heap for all threads saves nothing. The 256 MiB
  of the password's Argon2 are given back whole.
- Hub push: a worker is one core of Python. Stage by stage in one process its own work fell from 98
  µs an op to 47 (taking the message apart and looking at the ops 13, deciding 21, digests, rows and
  answer 13), without HTTP and driver; over HTTP and beside other work it is what the row says.
  Since the row was measured rows go to the database as arrays in binary instead of as JSON, revisions and
  heads do not ask for their scope row by row, and what is made for every op is a named tuple instead of a
  frozen dataclass, which takes three times as long to make. Beside other work (load 9 before, 13 to 15
  after), by processor time: the worker 105 to 110 µs an op before and 85 to 88 after, the database 79 to 84
  and 52 to 55; of the database's 21 to 25 JSON and some 9 were the foreign keys. By stage, in one process:
  deciding 21 and 15, digests and rows 19 and 16, the answer 4 and 2. Of the worker's rest some 15 are taking
  the message apart and 5 letting go of what a push had made; Python's look for circles, 3 to 5, comes a
  quarter as often since.
- Wire bytes: since the row was measured ids count up within a second and a push goes as tables
  (docs/decisions/0014-ids-in-series-messages-as-tables.md). Measured beside other work, which changes no
  byte: 8,494 bytes there, 1,284 back, the changed fields alone 9,393: 1.04 × (0.90 × there). Of what goes
  there 1.5 KB are headers and signatures of two requests, 1.1 the random bits of 100 saves, most of the
  rest is words. The ids of these ops are made as a PC makes them in that moment, an own draw for each
  save; before, all 300 ops had theirs of one moment, and with such as a PC makes it would have been 2.8 ×,
  not 2.4. A week of 3,000 ops takes 64,301 bytes there where it took 182,506: at 64 kbit/s 8 s instead of
  23, so that the ways of 300 ms and the work at both ends weigh more in its ratio than they did. A round
  with nothing new: 746 bytes there, 497 back. The hub's worker took 89 µs of the processor's time for an op
  that came so, 97 to 102 for one under zstd alone (20,000 ops of each, twice, in turn, beside other work).
- First round: the floor only writes. What comes is read, checked and indexed many records at a time since
  the row was measured, and the hub copies no record to write it. In one process without hub and line,
  beside other work, before and after in turn, the best of three: a record of a snapshot takes 125 µs of
  the desk's processor time, which were 235, and 1 of the hub's to write, which were 24; an op of a page
  of revisions 172, which were 293; one pushed, with its answer, 118, which were 170. Of the 125 terms of
  the index were two fifths, which take a third less since, SQLite a quarter.
  Since then the page behind the one that is being stored is on its way meanwhile
  (`desk/services/sync/ahead.py`), so that line and hub work beside the desk; by how much the row is better
  for it was not measured, beside other work it cannot be. JSON of heads is read by orjson at the hub (4.8 µs
  a head before, 1.4 after), and only fields that were said are looked at: 107 to 117 µs a record of the
  desk's processor time against 110 to 120 in the same minutes. What is left is terms of the index, two
  fifths of it, of which a visit's words and their pairs are most, and SQLite.
- Beside other work the Qt thread waits for Python's lock at each return from Qt: for 0.1 ms where it was
  0.5 (`desk/app.py`); the scroll beside a job took 124 ms then and takes 62. The longest stretch is none of
  the scrolling, which takes 5 to 8 ms of the thread's own time, but the spare form that is built in the first
  turns after the page came: since the row was measured its longest step is cut into five, and the thread's
  own time at a stretch is 17 to 22 ms where it was 22 to 27, beside other work. Since then it is built in
  27 steps instead of 14, of 30 widgets at most instead of 57: none takes more than 3.5 ms of the thread's own
  time, where the longest took 8 to 11. Whole collections of Python, 90 ms in a busy hour and every thread
  waiting, come when it is quiet (docs/decisions/0012-quiet-moments.md).
  A new form of a visit took 25 to 57 ms of the thread's own time at a stretch and takes 19 to 37, beside
  other work, in turn. While 6,000 records arrived, beside other work, its own work was at most 8 ms at a
  stretch; the row itself was not measured again on a quiet machine.

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
