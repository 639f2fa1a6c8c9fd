"""Stand-ins one can read: a time that stands still, tasks that run at once, notices that write down."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from desk import clock
from desk.errors import Problem
from desk.ui.live import Live
from desk.ui.tasks import Tasks

# A Monday morning on reception day, in China's one time zone.
MORNING = datetime.fromisoformat("2026-11-23T09:00:00+08:00")


class StopWatch:
    """The milliseconds a PC has been on, as a test sets them. The `watch` fixture installs it."""

    ms = 0


class FakeClock:
    """A clock that shows what a test sets. The `fake_clock` fixture installs it as the time of the desk."""

    def __init__(self, moment: datetime = MORNING) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **step: float) -> datetime:
        """Move on by a timedelta's keywords (`minutes=5`) and return the new time."""
        self.moment += timedelta(**step)
        return self.moment

    def set(self, text: str) -> datetime:
        """Jump to an ISO 8601 time with offset, backwards too, and return it."""
        self.moment = datetime.fromisoformat(text)
        return self.moment

    def install(self) -> None:
        """Make this the time of the desk."""
        clock.set_source(self)


class FakeTasks(Tasks):
    """Runs everything at once on the calling thread, with the delivery of the real `Tasks`."""

    def __init__(self, notices: Any = None, live: Live | None = None) -> None:
        super().__init__(notices if notices is not None else RecordingNotices(), live or Live())

    def _submit(self, work: Callable[[], Any], job: Any) -> None:
        try:
            job.future.set_result(work())
        except Exception as error:  # noqa: BLE001 - what a thread pool does with any failure
            job.future.set_exception(error)
        self._on_arrived(job)

    def by_turns(
        self, steps: Iterator[object], *, done: Callable[[], None] = lambda: None, owner: QObject
    ) -> None:
        for _step in steps:
            pass
        done()


class SlowTasks(FakeTasks):
    """Keeps the work of one lane, in its order, until it is let go."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.lane = ""
        self.held: list[Any] = []

    def hold(self, lane: str) -> None:
        """Keep what is asked for from here on."""
        self.lane = lane

    def let_go(self) -> None:
        """Do all that was kept, and behind it what is asked for by its answers."""
        while self.held:
            work, job = self.held.pop(0)
            # A newer question for the same place has taken back the older one.
            if not job.future.cancelled():
                super()._submit(work, job)
        self.lane = ""

    def _submit(self, work: Any, job: Any) -> None:
        if job.lane == self.lane:
            self.held.append((work, job))
        else:
            super()._submit(work, job)


class RecordingNotices:
    """Keeps what was said as (kind, text); answers every question at once.

    `yes` is the answer to `ask`, `words` to `ask_text`, `path` to the file questions (None: nothing chosen).
    """

    def __init__(self, *, yes: bool = True, words: str = "", path: Path | None = None) -> None:
        self.said: list[tuple[str, str]] = []
        self.problems: list[Problem] = []
        self.crashes: list[BaseException] = []
        self.yes, self.words, self.path = yes, words, path
        self.proposed = ""

    def info(self, text: str) -> None:
        self.said.append(("info", text))

    def warn(self, text: str) -> None:
        self.said.append(("warn", text))

    def fail(self, problem: Problem) -> None:
        self.problems.append(problem)
        self.said.append(("fail", problem.sentence))

    def crash(self, error: BaseException) -> None:
        self.crashes.append(error)
        # A bug must not hide in a recording: the test that expects one takes it out of `crashes` itself.
        self.said.append(("crash", repr(error)))

    def ask(self, question: str, yes: str, no: str, then: Callable[[], None]) -> None:
        self.said.append(("ask", question))
        if self.yes:
            then()

    def ask_text(self, question: str, then: Callable[[str], None]) -> None:
        self.said.append(("ask", question))
        if self.words:
            then(self.words)

    def choose_file(self, title: str, pattern: str, then: Callable[[Path], None]) -> None:
        self._answer_path(title, then)

    def choose_files(self, title: str, pattern: str, then: Callable[[tuple[Path, ...]], None]) -> None:
        self._answer_path(title, lambda path: then((path,)))

    def choose_folder(self, title: str, then: Callable[[Path], None]) -> None:
        self._answer_path(title, then)

    def save_file(self, title: str, name: str, pattern: str, then: Callable[[Path], None]) -> None:
        self.proposed = name
        self._answer_path(title, then)

    def choose_printer(self, printer: Any, pages: int, then: Callable[[], None]) -> None:
        self.said.append(("print", printer.printerName()))
        if self.yes:
            then()

    def _answer_path(self, title: str, then: Callable[[Path], None]) -> None:
        self.said.append(("file", title))
        if self.path is not None:
            then(self.path)
