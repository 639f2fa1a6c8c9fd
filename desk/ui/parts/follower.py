"""Keeps an open form in step with its record, which another desk or window may change meanwhile."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from desk.errors import AccessProblem, InputProblem, Problem
from desk.rules.three_way import Path
from desk.services.outcome import Done
from desk.services.overtaken import Overtaken
from desk.ui.context import Context
from desk.ui.parts.beginning import Beginning, Written
from desk.ui.parts.overtaken_bar import OvertakenBar


@dataclass(frozen=True)
class OpenForm:
    """What is open: how its record is read, and how the form is shown and told of.

    `look` returns how card and form of the record are read, None while there is no record or it is being
    written; `stamp` is another one once another record is in view or something was written from here;
    `behind` is what is said when the record was changed while something is half typed. `repaint` shows some
    fields of a form in place of what stands there, those somebody is composing in left out: without it the
    whole form is painted.
    """

    look: Callable[[], Callable[[], tuple[Any, Any]] | None]
    stamp: Callable[[], object]
    values: Callable[[], Any]
    paint: Callable[[Any], None]
    is_dirty: Callable[[], bool]
    behind: str
    repaint: Callable[[Any, Collection[str]], None] | None = None


def unfollowed(values: Callable[[], Any], paint: Callable[[Any], None]) -> OpenForm:
    """Return a form that is not read again by itself: what both changed is asked about when it is saved."""
    return OpenForm(lambda: None, lambda: None, values, paint, lambda: True, "")


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
            self._over(theirs, typed)
        else:
            self._over(base, began.restored(base, typed, theirs))
            if base != theirs:
                self._bar.say(form.behind)

    def refresh(self) -> None:
        """Ask again: something was changed elsewhere. What is written from here is read again at once."""
        work = self._form.look()
        if work is not None:
            self._context.tasks.run(
                work,
                done=partial(self._on_read, self._form.stamp()),
                failed=partial(self._on_gone, self._form.stamp()),
                owner=self,
                topic="refresh",
            )

    def take(self, done: Done[Any]) -> None:
        """Know what a verb of this form gave back, before anybody is told that it is written.

        What another desk had changed by then is shown, but for the fields something was typed in since.
        """
        if not isinstance(done, Written) or done.form is None:
            return
        if done.sent:
            self._began.arrived(done.form)
            self._bring(done.form)
        else:
            self._learn(done.form)

    def ask(self, problem: Overtaken) -> bool:
        """Ask which value holds; tell whether the question can be read."""
        self._bar.ask(problem)
        return self._bar.isVisible()

    def _on_read(self, stamp: object, found: tuple[Any, Any]) -> None:
        card, now = found
        if stamp != self._form.stamp() or self._form.look() is None:
            return  # another record is in view, or something newer was written from here
        if now is not None:
            self._learn(now)
        self.read.emit(card)

    def _learn(self, record: Any) -> None:
        """Show what was changed elsewhere, or tell of it where something is half typed."""
        if record == self._began.base:
            return
        if self._form.is_dirty():
            self._bar.say(self._form.behind)
        else:
            self._bring(record)

    def _bring(self, record: Any) -> None:
        """Show what the record says elsewise in fields nobody typed in; the others stay as they are."""
        form, began = self._form, self._began
        if form.repaint is None:
            form.paint(record)
            began.show(record, form.values())
            return
        before = form.values()
        names = began.unseen(record, before)
        if names:
            form.repaint(record, names)
            after = form.values()
            # What could not be shown now is not begun with: it is laid over or asked about when it is saved.
            shown = [each for each in names if getattr(after, each) != getattr(before, each)]
            began.seen(record, after, shown)

    def _on_gone(self, stamp: object, problem: Problem) -> None:
        if stamp != self._form.stamp() or self._form.look() is None:
            return
        if self._form.is_dirty():
            self._bar.say(problem.sentence)
            return
        self._context.notices.fail(problem)
        if isinstance(problem, InputProblem | AccessProblem):
            # Void, or not to be seen any more. Anything else says nothing of the record.
            self.gone.emit()

    def _over(self, base: Any, typed: Any) -> None:
        """Show what is typed over `base`; what has no widget, as a time of the record, is not typed away."""
        self._form.paint(base)
        self._began.show(base, self._form.values())
        self._form.paint(typed)

    def _on_answered(self, theirs: Any, yielding: frozenset[Path]) -> None:
        self._over(theirs, self._began.answered(theirs, self._form.values(), yielding))
        self.answered.emit()
