"""One case as it is worked on: its card and forms, drafts on disk, saving, and the steps it may take."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desk import clock
from desk.errors import Problem
from desk.services.drafts import Draft
from desk.services.mediation.forms import CaseForm
from desk.services.mediation.values import CaseCard, CaseFrame, VerbView
from desk.services.outcome import Done
from desk.text import _
from desk.ui.context import Context
from desk.ui.pages.mediation.case_view import CaseView
from desk.ui.pages.mediation.fields import Gap
from desk.ui.pages.mediation.steps import MAIN, Steps
from desk.ui.pages.mediation.tab_part import Work
from desk.ui.pages.mediation.writer import Writer
from desk.ui.parts.draft_keeper import DraftKeeper

if TYPE_CHECKING:
    from desk.services.kit import Services

CASE = "case"
"""The field of a draft that holds the case's tabs in view."""

_SHORT = 8
_BETWEEN = "/"


@dataclass(frozen=True)
class Opened:
    """A case as it is read: the card, and the form its editors begin with."""

    card: CaseCard
    form: CaseForm


class Case(QObject):
    """A tab with the seven tabs of a case.

    Signals:
        renamed: the words of its tab changed.
        closed: it cannot be seen any more, or was made void.
        small_wanted: the one page of a small case is wanted in its place.
    """

    renamed = Signal()
    closed = Signal()
    small_wanted = Signal()

    def __init__(self, context: Context, key: str, case_id: str, frame: CaseFrame, parent: QObject) -> None:
        """Args: `key` names tab and draft."""
        super().__init__(parent)
        self.key = key
        self.case_id = case_id
        self.view = CaseView(frame)
        self.card: CaseCard | None = None
        self._form = CaseForm()
        self._context = context
        self._draft_shown: Draft | None = None
        self.keeper = DraftKeeper(context, key, self._draft, self)
        self.writer = Writer(context, self)
        self.steps = Steps(self)

    @property
    def widget(self) -> QWidget:
        """What stands on the page."""
        return self.view

    @property
    def dirty(self) -> bool:
        """Whether something was typed that no record has."""
        return any(part.dirty for part in self.view.parts.values())

    def start(self, draft: Draft | None = None) -> None:
        """Show the case as soon as it is read; with a draft, what was half typed too."""
        view = self.view
        self._draft_shown = draft
        view.looked_at.connect(self._on_part)
        view.steps.wanted.connect(self.steps.take)
        view.head.main.clicked.connect(self.steps.forward)
        view.head.save.clicked.connect(lambda: self.save())
        self.writer.lacking.connect(view.mark)
        for keys, verb in (
            ("Ctrl+Return", self.steps.forward),
            ("Ctrl+Enter", self.steps.forward),
            ("Ctrl+S", self.save),
        ):
            QShortcut(QKeySequence(keys), view, verb)
        self.load()

    def load(self) -> None:
        """Ask for the case."""
        services, case_id = self._context.services, self.case_id
        self._context.tasks.run(
            lambda: read(services, case_id),
            done=self._on_opened,
            failed=self._on_refused,
            owner=self,
            topic="case",
        )

    def words(self) -> str:
        """Return what the tab says."""
        return self.card.title[:_SHORT] if self.card is not None else _("案件")

    def leave(self) -> None:
        """Put what was typed on disk."""
        self.keeper.save()

    def stop(self) -> None:
        """Ask no more: the tab is closing."""
        self.keeper.save()

    def save(self, then: Callable[[], None] | None = None) -> None:
        """Put what is typed into the record, then go on."""
        parts = list(self.view.parts.values())
        gaps: list[Gap] = [gap for part in parts for gap in part.unreadable()]
        if gaps:
            self.view.mark(gaps)
            return
        works = [work for part in parts if part.dirty and (work := part.save()) is not None]
        form = self._form
        for part in parts:
            form = part.read_into(form) if part.dirty else form
        if form != self._form:
            case_id = self.case_id
            works.insert(0, lambda services: services.mediation.cases.save(case_id, form))
        if works:
            self.writer.run(partial(self._all, works), partial(self._on_saved, then))
        else:
            self._clean()
            if then is not None:
                then()

    def do(self, work: Work, said: str = "") -> None:
        """Save what is typed, do one verb, show the case as it is then."""
        self.save(lambda: self.writer.run(partial(self._all, [work]), partial(self._on_done, said)))

    def ask(self, question: str, work: Callable[[str], Work], said: str = "") -> None:
        """Ask for a reason, then do a verb with it."""
        self._context.notices.ask_text(question, lambda reason: self.do(work(reason), said))

    def void(self, reason: str) -> None:
        """Make the case void: it was registered by mistake."""
        cases, case_id = self._context.services.mediation.cases, self.case_id
        self.writer.run(lambda: cases.void(case_id, reason), lambda _done: self._close())

    def ask_text(self, question: str, then: Callable[[str], None]) -> None:
        """Ask for some words."""
        self._context.notices.ask_text(question, then)

    def _all(self, works: list[Work]) -> Done[Opened]:
        """Do the works one after the other and read the case again; runs in the background."""
        services = self._context.services
        changed: frozenset[str] = frozenset()
        for work in works:
            changed |= work(services).changed
        return Done(read(services, self.case_id), changed)

    def _draft(self) -> Draft:
        fields = {CASE: self.view.current()}
        for part in self.view.parts.values():
            fields |= part.typed()
        part = self.view.parts.get(self.view.current())
        cursor = part.focused() if part is not None else ""
        return Draft(
            id=self.key,
            kind="mediation",
            record_id=self.case_id,
            fields=fields,
            cursor_field=f"{self.view.current()}{_BETWEEN}{cursor}",
            saved_at=clock.now(),
        )

    def _on_part(self, key: str) -> None:
        part = self.view.parts[key]
        part.touched.connect(self._on_touched)
        part.asked.connect(self.do)
        part.reveal_wanted.connect(self._reveal)
        part.tab_wanted.connect(self.view.show_tab)

    def _on_touched(self) -> None:
        self.keeper.touch()
        self.view.head.say_dirty(dirty=True)

    def _on_opened(self, opened: Opened) -> None:
        self.card, self._form = opened.card, opened.form
        self.view.show_card(opened.card, opened.form, self.main())
        self.view.head.say_dirty(dirty=self.dirty)
        draft, self._draft_shown = self._draft_shown, None
        if draft is not None:
            self._restore(draft)
        self.renamed.emit()

    def main(self) -> VerbView | None:
        """Return the step that is the red button now: the first that leads on."""
        verbs = {each.verb: each for each in self.card.verbs} if self.card is not None else {}
        return next((verbs[verb] for verb in MAIN if verb in verbs), None)

    def _restore(self, draft: Draft) -> None:
        texts = dict(draft.fields)
        tab, _sign, cursor = draft.cursor_field.partition(_BETWEEN)
        for key in self.view.keys():
            if any(name.split(".")[0] == key for name in texts):
                self.view.part(key).restore(texts)
        self.keeper.dirty = self.dirty
        self.view.head.say_dirty(dirty=self.dirty)
        if tab:
            self.view.show_tab(tab)
        if cursor:
            self.view.part(self.view.current()).go_to(cursor)

    def _on_saved(self, then: Callable[[], None] | None, done: Done[Opened]) -> None:
        self._clean()
        self._on_opened(done.value)
        if then is not None:
            then()

    def _on_done(self, said: str, done: Done[Opened]) -> None:
        self.view.mark([])
        self._on_opened(done.value)
        if said:
            self._context.notices.info(said)

    def _clean(self) -> None:
        for part in self.view.parts.values():
            part.saved()
        if self.keeper.dirty:
            self.keeper.drop()
        self.view.head.say_dirty(dirty=False)

    def _on_refused(self, problem: Problem) -> None:
        self._context.notices.fail(problem)
        self.closed.emit()

    def _reveal(self, row_id: str, field: str) -> None:
        cases, case_id = self._context.services.mediation.cases, self.case_id

        def ask(reason: str) -> None:
            self._context.tasks.run(
                lambda: cases.reveal(case_id, row_id, field, reason),
                done=lambda clear: self.view.show_clear(row_id, field, clear),
                owner=self,
                lane="write",
            )

        self._context.notices.ask_text(_("为什么要看完整号码？（会记入审计）"), ask)

    def _close(self) -> None:
        self._clean()
        self.keeper.drop()
        self.closed.emit()


def read(services: "Services", case_id: str) -> Opened:
    """Read a case; runs in the background."""
    cases = services.mediation.cases
    return Opened(cases.get(case_id), cases.form(case_id))
