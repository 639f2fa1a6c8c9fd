"""Puts what is typed in an open case into its record, and does its verbs one after the other."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desk.services.mediation.forms import CaseForm
from desk.services.mediation.values import CaseCard
from desk.services.outcome import Done
from desk.ui.context import Context
from desk.ui.pages.mediation.case_view import CaseView
from desk.ui.pages.mediation.fields import Gap
from desk.ui.pages.mediation.tab_part import Work
from desk.ui.pages.mediation.writer import Writer

if TYPE_CHECKING:
    from desk.services.kit import Services


@dataclass(frozen=True)
class Opened:
    """A case as it is read: the card, and the form its editors begin with."""

    card: CaseCard
    form: CaseForm


class CaseWrites(QObject):
    """The writing of one case.

    Signals:
        opened: the case as it is after something was written, an `Opened`.
        cleaned: nothing is typed any more that the record does not have.
    """

    opened = Signal(object)
    cleaned = Signal()

    def __init__(self, context: Context, case_id: str, view: CaseView, parent: QObject) -> None:
        super().__init__(parent)
        self.writer = Writer(context, view.mark, self)
        self.form = CaseForm()
        self._context = context
        self._case_id = case_id
        self._view = view

    def is_dirty(self) -> bool:
        """Tell whether something is typed that the record does not have."""
        return any(part.dirty for part in self._view.parts.values())

    def save(self, then: Callable[[], None] | None = None) -> None:
        """Put what is typed into the record, then go on; days that cannot be read are said first."""
        parts = list(self._view.parts.values())
        gaps: list[Gap] = [gap for part in parts for gap in part.unreadable()]
        if gaps:
            self._view.mark(gaps)
            return
        form = self.form
        for part in parts:
            form = part.read_into(form) if part.dirty else form
        works = [work for part in parts if part.dirty and (work := part.save()) is not None]
        if form != self.form:
            case_id = self._case_id
            works.insert(0, lambda services: services.mediation.cases.save(case_id, form))
        if works:
            self.writer.run(partial(self._all, works), partial(self._on_saved, then))
            return
        self._clean()
        if then is not None:
            then()

    def save_all(self) -> None:
        """Put what is typed into the record."""
        self.save()

    def do(self, work: Work, said: str = "") -> None:
        """Save what is typed, do one verb, show the case as it is then, and say so."""
        self.save(lambda: self.writer.run(partial(self._all, [work]), partial(self._on_done, said)))

    def _all(self, works: list[Work]) -> Done[Opened]:
        """Do the works one after the other and read the case again; runs in the background."""
        services = self._context.services
        changed: frozenset[str] = frozenset()
        for work in works:
            changed |= work(services).changed
        return Done(read(services, self._case_id), changed)

    def _on_saved(self, then: Callable[[], None] | None, done: Done[Opened]) -> None:
        self._clean()
        self.opened.emit(done.value)
        if then is not None:
            then()

    def _on_done(self, said: str, done: Done[Opened]) -> None:
        self._view.mark([])
        self.opened.emit(done.value)
        if said:
            self._context.notices.info(said)

    def _clean(self) -> None:
        for part in self._view.parts.values():
            part.saved()
        self.cleaned.emit()


def read(services: "Services", case_id: str) -> Opened:
    """Read a case; runs in the background."""
    cases = services.mediation.cases
    return Opened(cases.get(case_id), cases.form(case_id))
