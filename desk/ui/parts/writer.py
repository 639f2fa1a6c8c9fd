"""Writes one thing at a time for what is open on a page, and says at the fields what a service refuses."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from desk.errors import ClockProblem, InputProblem, Problem
from desk.services.overtaken import Overtaken
from desk.text import _
from desk.ui.context import Context

Gap = tuple[str, str]
"""A field and the sentence that says what is wrong with it."""


class Writer(QObject):
    """The write lane of one form. While something is being written nothing else is begun.

    Signals:
        refused: it was not written; why is said next.
        free: nothing is being written any more; whether the last of it was done.
    """

    refused = Signal()
    free = Signal(bool)

    def __init__(self, context: Context, mark: Callable[[list[Gap]], bool], parent: QObject) -> None:
        """Args: `mark` says what a service refused beside the field it named, and tells whether it could."""
        super().__init__(parent)
        self._context = context
        self._mark = mark
        self._busy = 0
        self._turn = 0
        self._well = False
        self._telling = False
        self.overtaken: Callable[[Overtaken], bool] = lambda _problem: False
        """Asks which value holds where the record was changed elsewhere; tells whether it can be read."""
        self._again: Callable[[], None] = lambda: None

    @property
    def busy(self) -> bool:
        """Whether something is being written that must not be asked for twice."""
        return self._busy != 0

    @property
    def telling(self) -> bool:
        """Whether what was just written here is being told to every page: it is no news to this one."""
        return self._telling or self.busy

    def run(
        self, work: Callable[[], Any], done: Callable[[Any], None], again: Callable[[], None] | None = None
    ) -> None:
        """Write in the background, then call `done` on the Qt thread; nothing while something is written.

        Who must not lose what was asked for meanwhile waits for `free`. `again` is called when a doubted
        clock turns out to be right, for who has to read the form anew by then; else the same is run again.
        """
        if not self._busy:
            self._well = False
            self._turn += 1
            turn = self._busy = self._turn
            self._again = again or partial(self.run, work, done)
            self._context.tasks.run(
                work,
                done=partial(self._on_done, done),
                failed=self.tell,
                ended=partial(self._on_ended, turn),
                owner=self,
                lane="write",
            )

    def tell(self, problem: Problem) -> None:
        """Say what was refused: beside its field, else in a message; ask where the clock is doubted."""
        self._busy, self._well = 0, False
        self.refused.emit()
        words = words_of(problem)
        if isinstance(problem, ClockProblem):
            self._context.notices.ask(words, _("时间没有错，继续"), _("先去改时间"), self._on_clock)
            return
        if isinstance(problem, Overtaken) and self.overtaken(problem):
            return
        # Said once: what stands at its field is not said in a message too.
        at_field = isinstance(problem, InputProblem) and bool(problem.field)
        if not at_field or not self._mark([(problem.field, words)]):
            self._context.notices.fail(problem)

    def _on_done(self, done: Callable[[Any], None], result: Any) -> None:
        # `done` may begin the next thing at once.
        self._busy, self._well, self._telling = 0, True, True
        done(result)

    def _on_ended(self, turn: int) -> None:
        self._telling = False
        if self._busy == turn:
            self._busy = 0
        if not self._busy:
            self.free.emit(self._well)

    def _on_clock(self) -> None:
        numbers, again = self._context.services.numbers, self._again
        self._context.tasks.run(numbers.confirm_clock, done=lambda _done: again(), owner=self, lane="write")


def words_of(problem: Problem) -> str:
    """Return what is said of a problem: its sentence and the way out."""
    return "\n".join(part for part in (problem.sentence, problem.way_out) if part)
