"""One case as it is worked on: its card and its tabs, what is half typed on disk, the steps it may take."""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desk import clock, ids
from desk.errors import Problem
from desk.services.drafts import Draft
from desk.services.mediation.values import CaseCard, CaseFrame, VerbView
from desk.text import _
from desk.ui.conflict_marks import ConflictChip
from desk.ui.context import Context
from desk.ui.pages.mediation.case_papers import CasePrinter
from desk.ui.pages.mediation.case_reader import CaseReader
from desk.ui.pages.mediation.case_view import CaseView
from desk.ui.pages.mediation.case_writes import CaseWrites, Opened
from desk.ui.pages.mediation.steps import Steps, main_step, offered, signature_page
from desk.ui.pages.mediation.tab_part import Work
from desk.ui.parts.draft_keeper import DraftKeeper
from desk.ui.parts.fields import dotted

CASE = "case"
"""The field of a draft that names the tab in view."""

_FILED = "archived"
_SHORT = 9
_BETWEEN = "/"
_HALF = ".half."


class Case(QObject):
    """A tab with the seven tabs of a case.

    Signals:
        renamed: the words of its tab changed.
        closed: it cannot be seen any more, or was made void.
        small_wanted: the one page of a small case is wanted in its place.
        reopened: it was filed when it was begun here, and takes words again.
    """

    renamed = Signal()
    closed = Signal()
    small_wanted = Signal()
    reopened = Signal()

    def __init__(self, context: Context, key: str, case_id: str, frame: CaseFrame, parent: QObject) -> None:
        """Args: `key` names tab and draft."""
        super().__init__(parent)
        self.key = key
        self.case_id = case_id
        self.carried: dict[str, str] = {}
        self.view = CaseView(frame, context.tasks)
        self.card: CaseCard | None = None
        self._context = context
        self._half_typed: Draft | None = None
        self.keeper = DraftKeeper(context, key, self._draft, self)
        self.steps = Steps(self)
        self.writes: CaseWrites
        self.reader: CaseReader
        self.printer: CasePrinter

    @property
    def widget(self) -> QWidget:
        """What stands on the page."""
        return self.view

    @property
    def dirty(self) -> bool:
        """Whether something was typed that no record has."""
        # What a county added is saved by itself: only its words tell whether a record has them.
        return any(part.dirty or part.typed() for part in self.view.parts.values())

    def start(self, draft: Draft | None = None) -> None:
        """Show the case as soon as it is read; with a draft, what was half typed too."""
        view = self.view
        self._half_typed = draft
        self.writes = CaseWrites(self._context, self.case_id, view, self)
        self.printer = CasePrinter(self._context, self.case_id, view.head.papers, self.writes.save, view)
        self.reader = CaseReader(self._context, view, self.writes)
        self.reader.read.connect(self._on_read)
        self.reader.refused.connect(self._on_refused)
        self.writes.opened.connect(self._on_opened)
        self.writes.cleaned.connect(self._on_cleaned)
        view.looked_at.connect(self._on_part)
        view.steps.wanted.connect(self.steps.take)
        chip = ConflictChip(self._context)
        view.head.hang(chip)
        chip.follow("mediation", self.case_id)
        view.head.main.clicked.connect(self.steps.forward)
        view.head.number.clicked.connect(self.steps.give_number)
        view.head.save.clicked.connect(self.writes.save_all)
        for keys, verb in (
            ("Ctrl+Return", self.steps.forward),
            ("Ctrl+Enter", self.steps.forward),
            ("Ctrl+S", self.writes.save_all),
            ("Ctrl+P", self.printer.print_due),
        ):
            QShortcut(QKeySequence(keys), view, verb)
        self.reader.load()

    def words(self) -> str:
        """Return what the tab says."""
        return dotted(self.card.title, _SHORT) if self.card is not None else _("案件")

    def leave(self) -> None:
        """Put what was typed on disk."""
        self.keeper.save()

    def stop(self) -> None:
        """Ask no more: the tab is closing."""
        self.writes.forget()
        self.keeper.save()
        for part in self.view.parts.values():
            part.stop()

    def void(self, reason: str) -> None:
        """Make the case void: it was registered by mistake."""
        cases, case_id = self._context.services.mediation.cases, self.case_id
        self.writes.end(lambda: cases.void(case_id, reason), self._close)

    def ask_text(self, question: str, then: Callable[[str], None]) -> None:
        """Ask for some words."""
        self._context.notices.ask_text(question, then)

    def _draft(self) -> Draft:
        shown = self.view.current()
        fields = {CASE: shown}
        for key, part in self.view.parts.items():
            fields |= part.typed()
            fields |= {f"{key}{_HALF}{name}": text for name, text in part.half_typed().items()}
        cursor = self.view.parts[shown].focused() if shown in self.view.parts else ""
        return Draft(
            id=self.key,
            kind="mediation",
            record_id=self.case_id,
            fields=fields,
            cursor_field=f"{shown}{_BETWEEN}{cursor}",
            saved_at=clock.now(),
        )

    def _restore(self, draft: Draft) -> None:
        texts = dict(draft.fields)
        tab, _sign, cursor = draft.cursor_field.partition(_BETWEEN)
        for key in _tabs_of(draft, self.view.tab_keys()):
            part, half = self.view.part(key), f"{key}{_HALF}"
            part.restore(texts)
            part.show_half_typed(
                {name.removeprefix(half): text for name, text in texts.items() if name.startswith(half)}
            )
        if self.dirty:
            self.keeper.touch()
        self.view.head.say_dirty(dirty=self.dirty)
        if tab:
            self.view.show_tab(tab)
        if cursor:
            self.view.part(self.view.current()).go_to(cursor)

    def _on_part(self, key: str) -> None:
        part = self.view.parts[key]

        def ask(question: str, yes: str, no: str, then: Callable[[], None]) -> None:
            def agreed() -> None:
                then()
                # What is given up must not come back with the draft.
                self._on_cleaned()

            self._context.notices.ask(question, yes, no, agreed)

        part.settle_in(self._context)
        part.touched.connect(self._on_touched)
        part.turned.connect(partial(self.writes.turn_away, key))
        part.asked.connect(partial(self.writes.do, asker=key))
        part.reason_wanted.connect(partial(self._ask_reason, key))
        part.sure_wanted.connect(ask)
        part.reveal_wanted.connect(self._reveal)
        part.paper_wanted.connect(self.printer.print)
        part.tab_wanted.connect(lambda tab, name: self.view.go_to(name, tab))

    def _ask_reason(self, asker: str, question: str, work: Callable[[str], Work]) -> None:
        self.ask_text(question, lambda why: self.writes.do(work(why), asker=asker))

    def _on_touched(self) -> None:
        self.keeper.touch()
        self.view.head.say_dirty(dirty=True)

    def _on_read(self, opened: Opened) -> None:
        """Show the case; with a draft once the tabs it was typed in are there, built in slices."""
        if self._half_typed is None:
            self._on_opened(opened)
            return
        keys = _tabs_of(self._half_typed, self.view.tab_keys())
        steps = self.view.ahead(keys, opened.card, opened.form)
        self._context.tasks.by_turns(steps, done=partial(self._on_opened, opened), owner=self.view)

    def _on_opened(self, opened: Opened) -> None:
        was_filed = self.card is not None and self.card.state == _FILED
        if self.card is None and opened.card.state == _FILED and self._half_typed is None:
            # Words left over from before it was filed may be kept by its id: they are not written over.
            self.key = ids.new_id()
            self.keeper.begin(self.key)
        self.card, self.writes.form = opened.card, opened.form
        main = main_step(opened.card)
        if signature_page(opened.card):
            main = VerbView("print", _("打印签字页"), ())
        self.view.show_card(opened.card, opened.form, offered(opened.card), main)
        self.view.head.say_dirty(dirty=self.dirty)
        if self.keeper.dirty and not self.dirty:
            self.keeper.drop()
        draft, self._half_typed = self._half_typed, None
        if draft is not None:
            self._restore(draft)
        self.reader.tell(opened, drafted=draft is not None)
        self.renamed.emit()
        # What is half typed already is the draft now.
        if was_filed and opened.card.state != _FILED and not self.dirty:
            self.reopened.emit()

    def _on_cleaned(self) -> None:
        if self.dirty:
            # A form that has a verb of its own, or waits for the case to be accepted.
            self.keeper.save()
        elif self.keeper.dirty:
            self.keeper.drop()
        self.view.head.say_dirty(dirty=self.dirty)

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
        self.keeper.drop()
        self.closed.emit()


def _tabs_of(draft: Draft, keys: Iterable[str]) -> list[str]:
    """Return the tabs that something half typed stands in."""
    typed = {name.split(".")[0] for name in dict(draft.fields)}
    return [key for key in keys if key in typed]
