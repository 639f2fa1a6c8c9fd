"""Wishes wait while something is written: in their order, once, and not behind what was refused."""

import pytest

from desk.errors import InputProblem
from desk.ui.context import Context
from desk.ui.live import Live
from desk.ui.navigator import Navigator
from desk.ui.parts.queue import Queue
from desk.ui.parts.writer import Writer
from tests.fakes import RecordingNotices, SlowTasks


@pytest.fixture
def tasks(qapp: object) -> SlowTasks:
    made = SlowTasks(RecordingNotices(), Live())
    made.hold("write")
    return made


@pytest.fixture
def writer(tasks: SlowTasks) -> Writer:
    notices = RecordingNotices()
    context = Context(object(), tasks, notices, Navigator(), Live())  # type: ignore[arg-type]  # none is asked
    return Writer(context, lambda _gaps: True, tasks)


class Desk:
    """Three verbs behind a queue; `done` is what was written."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.queue = Queue(writer, writer)
        self.done: list[str] = []

    def ask(self, what: str, *, again: bool = False, anyway: bool = False) -> None:
        """Ask for one verb; `bad` is refused."""
        if self.queue.put(
            (what,), lambda: self.ask(what, again=again, anyway=anyway), again=again, anyway=anyway
        ):
            return
        self.writer.run(lambda: self._write(what), lambda _done: None)

    def _write(self, what: str) -> None:
        if what == "bad":
            raise InputProblem("不行", field="name")
        self.done.append(what)


def test_wishes_are_done_in_their_order_and_once(tasks: SlowTasks, writer: Writer) -> None:
    desk = Desk(writer)
    for what in ("save", "finish", "save", "finish", "tick"):
        desk.ask(what)
    tasks.let_go()
    assert desk.done == ["save", "finish", "tick"]


def test_what_was_typed_since_may_wait_behind_itself(tasks: SlowTasks, writer: Writer) -> None:
    desk = Desk(writer)
    for _time in range(3):
        desk.ask("save", again=True)
    tasks.let_go()
    assert desk.done == ["save", "save"]


def test_behind_a_refusal_only_what_stands_by_itself_is_done(tasks: SlowTasks, writer: Writer) -> None:
    desk = Desk(writer)
    desk.ask("bad")
    desk.ask("finish")
    desk.ask("tick", anyway=True)
    tasks.let_go()
    assert desk.done == ["tick"]


def test_what_waits_is_forgotten_when_the_form_closes(tasks: SlowTasks, writer: Writer) -> None:
    desk = Desk(writer)
    desk.ask("save")
    desk.ask("finish")
    desk.queue.forget()
    tasks.let_go()
    assert desk.done == ["save"]
