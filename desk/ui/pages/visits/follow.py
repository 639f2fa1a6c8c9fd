"""Keeps an open visit in step with its record."""

from collections.abc import Callable, Collection
from typing import Protocol

from desk.services.visit_values import Visit, VisitForm
from desk.text import _
from desk.ui.context import Context
from desk.ui.pages.visits.case_verbs import CaseVerbs
from desk.ui.pages.visits.case_view import CaseView
from desk.ui.parts.draft_keeper import DraftKeeper
from desk.ui.parts.follower import Follower, OpenForm

_BEHIND = "这次来访刚才在别处改过。您正在填的都留着，保存时两边合在一起；改了同一处的，会请您选。"


class Followed(Protocol):
    """An open visit; while it is `quiet` nothing that is shown counts as typed."""

    verbs: CaseVerbs
    view: CaseView
    keeper: DraftKeeper
    quiet: bool

    @property
    def visit_id(self) -> str:
        """The visit's id, "" as long as there is no number."""


def follow(context: Context, case: Followed) -> Follower:
    """Return what reads the visit again and asks what holds where both changed it."""
    verbs, view = case.verbs, case.view

    def look() -> Callable[[], tuple[Visit, VisitForm]] | None:
        visits, visit_id, visit = context.services.visits, case.visit_id, verbs.visit
        if visit is None or visit.state == "finished" or verbs.writer.telling:
            # What is written from here is read again with its answer; once finished the tab only asks how
            # it was, also of those who may not read a safe visit any more.
            return None
        return lambda: (visits.get(visit_id), visits.form(visit_id))

    def paint(form: VisitForm) -> None:
        quiet, case.quiet = case.quiet, True
        view.show_form(form)
        case.quiet = quiet

    def know(visit: Visit) -> None:
        # One that was finished elsewhere is about to go from the tabs.
        if visit.state != "finished":
            verbs.visit = visit
            verbs.updated.emit(visit)

    def repaint(form: VisitForm, names: Collection[str]) -> None:
        quiet, case.quiet = case.quiet, True
        view.show_fields(form, names)
        case.quiet = quiet

    def ask_to_save() -> None:
        case.keeper.touch()
        verbs.updated.emit(verbs.visit)

    open_form = OpenForm(
        look, lambda: verbs.turn, view.values, paint, lambda: case.keeper.dirty, _(_BEHIND), repaint
    )
    made = Follower(context, view.overtaken, verbs.began, open_form, verbs)
    made.read.connect(know)
    made.answered.connect(ask_to_save)
    verbs.writer.overtaken = made.ask
    verbs.take = made.take
    return made
