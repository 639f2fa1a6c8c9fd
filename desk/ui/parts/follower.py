"""Keeps an open form in step with its record, which another desk or window may change meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from desk.errors import Problem
from desk.rules.three_way import Path
from desk.services.overtaken import Overtaken
from desk.ui.context import Context
from desk.ui.parts.beginning import Beginning
from desk.ui.parts.overtaken_bar import OvertakenBar


@dataclass(frozen=True)
class OpenForm:
    """What is open: how its record is read, and how the form is shown and told of.

    `look` returns how card and form of the record are read, None while there is no record or it is being
    written; `stamp` is another one once another record is in view or something was written from here;
    `behind` is what is said when the record was changed while something is half typed.
    """

    look: Callable[[], Callable[[], tuple[Any, Any]] | None]
    stamp: Callable[[], object]
    values: Callable[[], Any]
    paint: Callable[[Any], None]
    is_dirty: Callable[[], bool]
    behind: str


class Follower(QObject):
    """Shows a clean form anew; keeps what is typed in a dirty one, tells of the change, asks where both did.

    Signals:
        read: the record as it is now, its card.
        answered: somebody said which values hold; the form shows them, to be saved.
        gone: the record cannot be seen any more and nothing is half typed here.
    """

    read = Signal(object)
    answered = Signal()
    gone = Signal()

    def __init__(
        self, context: Context, bar: OvertakenBar, began: Beginning[Any], form: OpenForm, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._bar = bar
        self._began = began
        self._form = form
        bar.answered.connect(self._on_answered)

    def begin(self, theirs: Any, typed: Any = None, base: Any = None) -> None:
        """Show a form, new or as the record says; `typed` is a draft of it, `base` what that began with.

        The draft is laid over the record field by field; one without a `base` is shown whole.
        """
        began, form = self._began, self._form
        self._bar.clear()
        if typed is None:
            form.paint(theirs)
            began.show(theirs, form.values())
        elif base is None:
            form.paint(typed)
            began.show(theirs, theirs)
        else:
            form.paint(began.restored(base, typed, theirs))
            if base != theirs:
                self._bar.say(form.behind)

    def refresh(self) -> None:
        """Ask again: something was changed elsewhere. What is written from here is read again at once."""
        work = self._form.look()
        if work is not None:
            self._context.tasks.run(
                work,
                done=partial(self._on_read, self._form.stamp()),
                failed=self._on_gone,
                owner=self,
                topic="refresh",
            )

    def ask(self, problem: Overtaken) -> bool:
        """Ask which value holds; tell whether the question can be read."""
        self._bar.ask(problem)
        return self._bar.isVisible()

    def _on_read(self, stamp: object, found: tuple[Any, Any]) -> None:
        card, now = found
        if stamp != self._form.stamp() or self._form.look() is None:
            return  # another record is in view, or something newer was written from here
        if now is not None and now != self._began.base:
            if self._form.is_dirty():
                self._bar.say(self._form.behind)
            else:
                self._form.paint(now)
                self._began.show(now, self._form.values())
        self.read.emit(card)

    def _on_gone(self, problem: Problem) -> None:
        if self._form.is_dirty():
            self._bar.say(problem.sentence)
        else:
            self._context.notices.fail(problem)
            self.gone.emit()

    def _on_answered(self, theirs: Any, yielding: frozenset[Path]) -> None:
        self._form.paint(self._began.answered(theirs, self._form.values(), yielding))
        self.answered.emit()
