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
What the rows are made of whose aim is missed, and what was tried:

- Finishing a visit: the floor is only its writing statements, replayed; all rows are in it: typed rows,
  ops, audit, index terms. Ours also reads (who may, what stands below the visit, the card that is shown
  afterwards), compares every field with the stored one, makes canonical ops, an audit entry and index
  terms. Rows go past SQLAlchemy (docs/decisions/0008-plain-statements.md), and so do the block's
  transaction and what the session notes of a row; rights are looked up, an op's bytes are written from
  what it says, the card takes the matter that is in hand. By processor time, in turn with the version
  before and beside other work, it was 2.66 to 2.70 × and is 2.33 to 2.43; the row above is 2.28, and was
  2.24 in an earlier quiet hour. The last table below says where it goes. The floor is the first two of
  its rows. To reach 2 × a sixth of ours, a third of its Python, would have to go, and no part of it is
  more than 300 µs: each runs once, after a wait for the disk, and mostly waits for its code to come from
  memory (an empty block takes 28 µs in a loop and 170 here). Python's collector makes no difference.
  Left: a session kept between blocks, which would save at most 50 µs, since a row of one block could be
  met in the next.
- Memory: with this stack 2.5 × is out of reach (docs/decisions/0015-memory-of-the-today-page.md, with the
  table import by import). An empty window and the libraries are 99 MB, 1.9 ×, before a line of ours: Python's
  own OpenSSL 5, cryptography 7, SQLCipher 5, SQLAlchemy 28, QtNetwork 3. With the 69 tables and their 1,030
  columns it is 111, with services and rules 123, with the window's code 132, 2.6 ×, before a store is open, a
  widget made or a font read. Then come pages of the store that the first page reads, 10, the two font
  files, read where a sign is drawn, 7, and code of Qt, widgets and style. Held instead is the row below: no
  more than 1.75 × the libraries. Free room of the heap, 4, goes back to the system now (`desk/ui/heap.py`),
  and so do the 256 MiB of the password's Argon2, whole. Tried and left, together 20: a smaller page cache,
  two indexes, the second start's knock without QtNetwork, SQLAlchemy without asyncio, no docstrings, fonts in
  another order. Both rows of memory were measured by themselves, later than the others.
- The Qt thread beside other work waits for Python's lock at each return from Qt: for 0.1 ms where it was
  0.5 (`desk/app.py`). The spare form that is built in the first turns after a page came is built in 27
  steps of 30 widgets at most, none above 3.5 ms of the thread's own time. Collections of Python come on
  the Qt thread alone, whole ones when it is quiet (docs/decisions/0012-quiet-moments.md).
- Hub push: a worker is one core of Python. Stage by stage in one process, without HTTP and driver: taking
  the message apart 12 to 14 µs an op, looking at the ops 7 to 9, deciding 15, digests and rows 16, the
  answer 2. Rows go to the database as arrays in binary, revisions and heads do not ask for their scope
  row by row, what is made for every op is a named tuple, and a push comes as tables, a third of its
  bytes.
- First round: the floor only writes. What comes is read, checked and indexed many records at a time, the
  page behind the one that is being stored is on its way meanwhile (`desk/services/sync/ahead.py`), and
  only fields that were said are looked at: a record takes 107 to 117 µs of the desk's processor time,
  which were 235. Step by step, without hub and HTTP and beside other work, 126 µs: SQLite 49 (writing 27,
  commits 15, asking 6), terms of the index 31 (a visit's 118 µs, a person's 38), reading the page 10, on
  the thread that asked for it, typed rows 9, whether the values fit 6, digests 6, what else finds the
  records 10, the shadow 3, the rest 2. The floor is the same statements, values and blocks sent raw: typed
  rows, shadow, terms and their places, with the commits, 42 µs. 0.4 would leave the desk 105; with nothing
  but SQLite and terms it would stand at 0.53. Tried and left: spelling a head once for its digest and the
  shadow, in three runs beside each other no difference; pairs of characters run by run in place of one
  look over the text, the same terms, 8 µs of a visit, 1 % of all; asking a row for its yes and no alone,
  0.5 µs. The looks Python takes for circles, which no lane of the window makes and this bench does, are
  3 %. Making the terms on the thread that reads the next page, while SQLite writes without Python's lock,
  is left too: the thread that stores has 70 µs instead of 101 to do and waits for the rest, four runs in
  turn took 109 to 126 µs a record by the clock without it and 109 to 116 with it, on cores that others
  used as well. SQLite takes the lock back at each row, and a thread that counts keeps it for 5 ms; many
  rows in one statement, so that it is away longer, took 120 to 134. Since these figures the terms of a
  record are one text as soon as they are made, and a visit's person comes right behind the visit, while
  it is still known how the name is read: the row was 0.29 and is 0.35;
  114 µs became 100 without hub and HTTP, 16,000 records in turns
  beside other work, at best 107 and 91; with 50,000 on a fuller machine 137 and 126. The floor's 36 became
  33, since the index is written in fewer runs.
- The demo: a stretch lasts from one turn of the loop to the next, so all that is due in one turn (a key's
  handler, layouts, paint, other timers) is one, in QtTest's loop inside a key too (`desk/demo/probe.py`);
  up to 4 ms of idle time are counted with it, none is left out, looking for what to click is aside. It had
  been 105 ms of the thread's own time at the first 补录, 204 by the clock: the list of visits was built in
  one step behind the form. It is built in pieces now, the longest the record's with 15 ms. At F2, 852 of
  some 1,000 questions to layouts of ours went to pages out of view, each waiting for Python's lock beside
  the job; those are not asked any more, and the next spare form begins a turn later. Before and after
  beside each other, with the job, on a machine loaded tenfold, own time: 补录 62 and 28 ms, then 35 where
  its form comes into view, F2 56 and 49, in quieter minutes 45 and 31. F2 is one turn: the form is taken and
  wired, laid out and painted. While a path is typed into Qt's own window for choosing a file nothing is
  measured: a letter takes it 110 ms in an empty program too, and it opens only where there is no screen. The
  row above was measured after all that follows. In the row before it 116 ms of own work fell to a case; those
  of the case that got its number were not seen again; where a case is accepted 25 to 49 were, and 85 while
  all was twice as slow, part of it the demo's own: not all it looked at was aside, only what it waited for.
  Now a whole turn of the demo is aside but for its keys and clicks. The rest was the ticks of the mediators,
  built anew twice, and the clocks:
  those are left where nothing changed. The tabs of a draft, 受理, a sitting's form, the agreement, 卷宗 and
  履行与回访, the one page of a small case, 代表值班 and the wizard were built in a step or two each and are
  built in slices. Before and after, first start to 移送 in the same hour beside the job and other work (two
  runs before, up to three after), the thread's own time at most: a case accepted 49 and 27 ms, a case with a
  draft 71 and 28, the one page 61 and 34, the wizard 53 and 41, 代表值班 42 and (once) below 22, the tab
  调解过程 33 and below 22, a new sitting in it 23 and 27. What remains of 50 and more, seen once in a whole
  morning with the job and a load of 8: the list 法律咨询 at first sight 74, F2 54 to 74, the dossier that is
  scrolled 69, the rating window that closes 68, nearly all inside Qt, an agreement saved or signed in 54,
  the recovery sheet 50, with small collections of Python's in it; by the clock two to four times that. The 85
  of the row above, Esc from the dossier back to 矛盾调解 three weeks on, have not been looked into.
- Dossier: measured by itself in the same hour 1.11, 1.16 and 1.20 ×, in a whole run of the same day 1.28: the
  aim is met but for a moment of the run above.

The same 10,000 records (12,000 ops) between a real desk and a real hub, by hand, quiet, the push through a
line that counts (three times, the pulls twice each):

| what | records/s | PouchDB here | Anki's Rust server |
|---|---|---|---|
| push, all answers stored | 2,655 to 3,428; by processor time 5,100 to 5,800 | 1,900 | 18,700 |
| pull as heads, into all tables | 7,388 to 9,716; by processor time 7,900 to 10,400 | 4,650 | 18,700 |
| pull as revisions | 3,568 to 3,796; by processor time 4,600 to 4,900 | 4,650 | 18,700 |

Heads come about twice as fast as PouchDB pulls and half as fast as Anki's server at best; push is 1.4 to
1.8 × PouchDB. The aims of ≥ 5 × for push, ≥ 3 × for pull and half of Anki's push are not reached: the desk
writes typed rows, a shadow and an index into an encrypted file, and waits for the disk at each page. The
figures of PouchDB and Anki were noted before on such a machine, not run again beside ours.

Finishing a visit, µs of processor time, medians of 90 on a machine with other work on both cores (the floor
took 1,800 at that time):

| part | µs |
|---|---|
| making it durable: cipher, log, fsync | 1,230 |
| 12 writing statements | 560 |
| 11 reading statements | 250 |
| beginning the block, rights, who asks, the visit's row made of what was read | 300 |
| cleaning and checking the form, the clock | 180 |
| the matter's row, comparing every field | 180 |
| the person and their terms for the index | 140 |
| the proposal and its number | 90 |
| audit entry and its hash | 100 |
| four ops and the rows as the statements take them | 280 |
| the card shown afterwards | 220 |
| the visit's terms for the index | 250 |
| ending the block | 170 |
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
    "resident memory, today page, above the libraries it needs",
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
