"""Puts what is typed in an open case into its record, and does its verbs one after the other.

Each tab is saved on its own: a field that is refused in one keeps no other tab's words from the record, and
what is typed while a save is under way stays typed. What is asked for meanwhile is done after it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from desk.errors import InputProblem, Problem
from desk.rules.three_way import Path
from desk.services.attempts import Attempt, Tried, each_alone
from desk.services.mediation.forms import CaseForm
from desk.services.mediation.values import CaseCard
from desk.services.outcome import Done
from desk.services.overtaken import Overtaken
from desk.ui.context import Context
from desk.ui.pages.mediation.case_view import CaseView
from desk.ui.pages.mediation.tab_part import TabPart, Work
from desk.ui.parts.writer import Gap, Writer, words_of

if TYPE_CHECKING:
    from desk.services.kit import Services

_SHARED: Final = ("accept", "people")
"""The tabs that share the form of the case."""


@dataclass(frozen=True)
class Opened:
    """A case as it is read: the card, and the form its editors begin with."""

    card: CaseCard
    form: CaseForm


@dataclass(frozen=True)
class _Sent:
    """What is on its way: the parts with how often each was edited by then, and what could not be read."""

    edits: Mapping[str, int]
    unread: Mapping[str, list[Gap]]
    asker: str
    then: Callable[[], None] | None

    def blocks(self, refused: Mapping[str, object]) -> bool:
        """Tell whether what was to come next cannot: anything refused, or of the tab that asked only."""
        mine = set(_SHARED) if self.asker in _SHARED else {self.asker}
        found = {*self.unread, *refused}
        return bool(found & mine if self.asker else found)


class CaseWrites(QObject):
    """The writing of one case.

    Signals:
        opened: the case as it is after something was written, an `Opened`.
        cleaned: what could be saved is in the record.
    """

    opened = Signal(object)
    cleaned = Signal()

    def __init__(self, context: Context, case_id: str, view: CaseView, parent: QObject) -> None:
        super().__init__(parent)
        self.writer = Writer(context, view.mark, self)
        self.form = CaseForm()
        """The form as it was read last; `turn` counts what was written from here."""
        self._context = context
        self.case_id = case_id
        self._view = view
        self._left: list[Gap] = []
        self._doing = False
        self.turn = 0
        self._waiting: Callable[[], None] | None = None
        self._questions: list[tuple[Overtaken, list[str]]] = []
        self.writer.free.connect(self._on_free)
        view.overtaken.answered.connect(self._on_answered)

    def is_dirty(self) -> bool:
        """Tell whether something is typed that the record does not have."""
        return any(part.dirty for part in self._view.parts.values())

    def save(self, then: Callable[[], None] | None = None, *, asker: str = "") -> None:
        """Put what is typed into the record, tab by tab, then go on.

        What is refused is said at its field and stays typed. Then nothing more is done, unless it stands in
        another tab than `asker`, the one that wants to go on. While something is being written it waits; of
        several only the last one waits.
        """
        if self.writer.busy:
            # One that only saves keeps no step from its turn: the step saves too.
            if then is not None or self._waiting is None:
                self._waiting = partial(self.save, then, asker=asker)
            return
        parts = self._view.parts
        unread = {key: gaps for key, part in parts.items() if (gaps := part.unreadable())}
        dirty = {key: part for key, part in parts.items() if part.dirty and key not in unread}
        sent = _Sent({key: part.edits for key, part in dirty.items()}, unread, asker, then)
        for part in dirty.values():
            part.sending()
        attempts = self._attempts(dirty)
        if attempts:
            self.writer.run(
                partial(self._try, attempts),
                lambda done: self._finish(sent, done.value[0].refused, done.value[1]),
            )
        else:
            self._finish(sent, {}, None)

    def save_all(self) -> None:
        """Put what is typed into the record."""
        self.save()

    def do(self, work: Work, said: str = "", *, asker: str = "") -> None:
        """Save what is typed, do one verb, show the case as it is then, and say so.

        While another verb is being done nothing: a button pressed twice must not write twice.
        """
        if self.writer.busy:
            if not self._doing:
                self._waiting = partial(self.do, work, said, asker=asker)
            return
        self._doing = True
        run = partial(self.writer.run, partial(self._all, [work]), partial(self._on_done, said))
        self.save(run, asker=asker)
        self._doing = self.writer.busy

    def end(self, work: Callable[[], Done[object]], then: Callable[[], None]) -> None:
        """Do what leaves no case to be shown, after what is being written; nothing typed is saved before."""
        if self.writer.busy:
            if not self._doing:
                self._waiting = partial(self.end, work, then)
            return
        self._doing = True
        self.writer.run(work, lambda _done: then())

    def forget(self) -> None:
        """Do nothing of what still waits: the tab is closing."""
        self._waiting = None

    def _attempts(self, dirty: Mapping[str, TabPart]) -> list[Attempt]:
        """Return how each tab is saved; the two that share a form together, and alone if that is refused."""
        shared = [key for key in _SHARED if key in dirty]
        form, base = self._typed({key: dirty[key] for key in shared})
        found = []
        if form != base:
            alone = tuple(Attempt((key,), self._case_save(*self._typed({key: dirty[key]}))) for key in shared)
            found.append(
                Attempt(tuple(shared), self._case_save(form, base), alone if len(shared) > 1 else ())
            )
        for key, part in dirty.items():
            work = part.save()
            if work is not None:
                found.append(Attempt((key,), partial(work, self._context.services)))
        return found

    def _typed(self, parts: Mapping[str, TabPart]) -> tuple[CaseForm, CaseForm]:
        """Return the case's form with what these tabs hold, and as it was when they began with it."""
        form = base = self.form
        for part in parts.values():
            form, base = part.read_into(form), part.base_into(base)
        return form, base

    def _case_save(self, form: CaseForm, base: CaseForm) -> Callable[[], Done[CaseCard]]:
        cases, case_id = self._context.services.mediation.cases, self.case_id
        return lambda: cases.save(case_id, form, base)

    def _written(self, opened: Opened) -> None:
        self.turn += 1
        self.opened.emit(opened)

    def _try(self, attempts: list[Attempt]) -> Done[tuple[Tried, Opened]]:
        """Save each on its own and read the case again; runs in the background."""
        tried = each_alone(attempts)
        return Done((tried, read(self._context.services, self.case_id)), tried.changed)

    def _all(self, works: list[Work]) -> Done[Opened]:
        """Do the works one after the other and read the case again; runs in the background."""
        services = self._context.services
        changed: frozenset[str] = frozenset()
        for work in works:
            changed |= work(services).changed
        return Done(read(services, self.case_id), changed)

    def _finish(self, sent: _Sent, refused: Mapping[str, Problem], opened: Opened | None) -> None:
        for key, edits in sent.edits.items():
            part = self._view.parts[key]
            if key in refused:
                continue
            if part.edits == edits or opened is None:
                part.saved()
            else:
                # Something was typed or chosen while the save was under way.
                part.overtaken(opened.card, opened.form)
        self.cleaned.emit()
        if opened is not None:
            self._written(opened)
        self._say(sent, refused)
        if sent.then is not None and not sent.blocks(refused):
            sent.then()

    def _say(self, sent: _Sent, refused: Mapping[str, Problem]) -> None:
        """Say once what was refused, at its field; go there unless another tab goes on."""
        self._left = [gap for gaps in sent.unread.values() for gap in gaps]
        was_asked, self._questions = bool(self._questions), []
        for problem in dict.fromkeys(refused.values()):
            if isinstance(problem, Overtaken):
                keys = [key for key, each in refused.items() if each is problem]
                self._questions.append((problem, keys))
            elif isinstance(problem, InputProblem) and problem.field:
                self._left.append((problem.field, words_of(problem)))
            else:
                self.writer.tell(problem)
        if was_asked or self._questions:
            self._ask()
        if self._left:
            self._view.mark(self._left, go=sent.blocks(refused))

    def _ask(self) -> None:
        """Ask which values hold where the record was changed while a tab was filled in, tab by tab."""
        self._view.overtaken.clear()
        if self._questions:
            problem, keys = self._questions[0]
            if keys[0] != self._view.current():
                self._view.show_tab(keys[0])
            self._view.overtaken.ask(problem)

    def _on_answered(self, theirs: object, yielding: frozenset[Path]) -> None:
        if self._questions:
            _problem, keys = self._questions.pop(0)
            for key in keys:
                self._view.parts[key].answered(theirs, yielding)
            if self._questions:
                self._ask()

    def turn_away(self, key: str) -> None:
        """Ask nothing more about what is not in view in this tab any more."""
        left = [each for each in self._questions if key not in each[1]]
        if left != self._questions:
            self._questions = left
            self._ask()

    def _on_free(self, well: bool) -> None:
        self._doing = False
        waiting, self._waiting = self._waiting, None
        # What waited would be refused as the one before it was.
        if well and waiting is not None:
            waiting()

    def _on_done(self, said: str, done: Done[Opened]) -> None:
        self._view.mark(self._left, go=False)
        self._written(done.value)
        if said:
            self._context.notices.info(said)


def read(services: "Services", case_id: str) -> Opened:
    """Read a case; runs in the background."""
    cases = services.mediation.cases
    return Opened(cases.get(case_id), cases.form(case_id))
