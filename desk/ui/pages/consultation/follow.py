"""Keeps the open sheet in step with its consultation."""

from collections.abc import Callable, Collection
from typing import Protocol

from desk.services.consultation.forms import ConsultationForm
from desk.services.consultation.values import Consultation
from desk.text import _
from desk.ui.context import Context
from desk.ui.pages.consultation.beside import Beside
from desk.ui.pages.consultation.reading import read
from desk.ui.pages.consultation.sheet_verbs import SheetVerbs
from desk.ui.pages.consultation.sheet_view import SheetView
from desk.ui.parts.draft_keeper import DraftKeeper
from desk.ui.parts.follower import Follower, OpenForm

_BEHIND = "这次咨询刚才在别处改过。您正在填的都留着，保存时两边合在一起；改了同一处的，会请您选。"


class Followed(Protocol):
    """An open sheet; while it is `quiet` nothing that is shown counts as typed."""

    verbs: SheetVerbs
    view: SheetView
    keeper: DraftKeeper
    beside: Beside
    quiet: bool

    @property
    def consultation_id(self) -> str:
        """The id of what is in view, "" as long as there is no number."""


def follow(context: Context, sheet: Followed) -> Follower:
    """Return what reads the consultation again and asks what holds where both changed it."""
    verbs, view = sheet.verbs, sheet.view

    def look() -> Callable[[], tuple[Consultation, ConsultationForm | None]] | None:
        desk, consultation_id = context.services.consultation.consultations, sheet.consultation_id
        # What is written from here is read again with its answer.
        return (lambda: read(desk, consultation_id)) if consultation_id and not verbs.writer.telling else None

    def paint(form: ConsultationForm) -> None:
        quiet, sheet.quiet = sheet.quiet, True
        view.show_form(form)
        view.bar.show_appointment(form.appointment_at)
        sheet.quiet = quiet
        if not quiet:
            sheet.beside.mind()

    def repaint(form: ConsultationForm, names: Collection[str]) -> None:
        quiet, sheet.quiet = sheet.quiet, True
        view.show_fields(form, names)
        if "appointment_at" in names:
            view.bar.show_appointment(form.appointment_at)
        sheet.quiet = quiet
        if not quiet:
            sheet.beside.mind()

    def ask_to_save() -> None:
        sheet.keeper.touch()
        verbs.updated.emit(verbs.card)

    open_form = OpenForm(
        look,
        lambda: (sheet.keeper.key, verbs.turn),
        view.values,
        paint,
        lambda: sheet.keeper.dirty,
        _(_BEHIND),
        repaint,
    )
    made = Follower(context, view.overtaken, verbs.began, open_form, verbs)
    made.answered.connect(ask_to_save)
    verbs.overtaken = made.ask
    verbs.take = made.take
    return made
