"""What the seven tabs of a case have in common: they show the card, keep what is typed, and ask for verbs."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk.rules.three_way import Path
from desk.services.mediation.forms import CaseForm
from desk.services.mediation.values import CaseCard, CaseFrame
from desk.ui.context import Context
from desk.ui.pages.mediation.fields import Fields
from desk.ui.parts.writer import Gap

if TYPE_CHECKING:
    from desk.services.kit import Services

Work = Callable[["Services"], Any]
"""A verb of a service, called in the background."""


class Typed(QWidget):
    """What a person types in, and how far it is in the record.

    Signals:
        touched: something was typed.
        turned: another record is in view than before, or none.
    """

    touched = Signal()
    turned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.dirty = False
        self.edits = 0

    def sending(self) -> None:
        """Know that what stands here is on its way into the record: what is typed from now on is not."""

    def saved(self) -> None:
        """Know that everything typed here is in the record."""
        self.dirty = False

    def overtaken(self, card: CaseCard, form: CaseForm) -> None:
        """Know that what was sent is in the record while something more was typed, which stays."""

    def base_into(self, form: CaseForm) -> CaseForm:
        """Return the case's form with what this tab began with."""
        return form

    def is_behind(self, card: CaseCard, form: CaseForm) -> bool:  # noqa: ARG002 - subclasses use it
        """Tell whether the record was changed elsewhere since what is half typed here was begun."""
        return False

    def answered(self, theirs: Any, yielding: frozenset[Path]) -> None:
        """Begin with the record as it stands; what was typed stays but at the paths of `yielding`."""

    def touch(self) -> None:
        """Say that something was typed."""
        self.dirty = True
        self.edits += 1
        self.touched.emit()


class TabPart(Typed):
    """One tab. Subclasses override what they have.

    Signals:
        asked: a `Work` to be done and the sentence said when it is done, "" for none.
        reason_wanted: a question, and what makes a `Work` of the answer.
        sure_wanted: a question, the words for yes and for no, and what is done after yes.
        reveal_wanted: row id and `phone` or `id_no`, to be shown in clear.
        paper_wanted: a paper to be shown and printed: "due", "dossier", or its key.
        tab_wanted: another tab is to be shown; its key, and what is to be gone to in it.
    """

    asked = Signal(object, str)
    reason_wanted = Signal(str, object)
    sure_wanted = Signal(str, str, str, object)
    reveal_wanted = Signal(str, str)
    paper_wanted = Signal(str)
    tab_wanted = Signal(str, str)

    def __init__(self, frame: CaseFrame, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.frame = frame
        self.forms: tuple[Fields, ...] = ()
        self.card: CaseCard | None = None

    def show_card(self, card: CaseCard, form: CaseForm) -> None:  # noqa: ARG002 - subclasses use it
        """Show the case; what is half typed here stays."""
        self.card = card

    def rest(self) -> Iterator[None]:
        """Build what the constructor left, in slices; nothing else is asked of the tab before that."""
        return iter(())

    def prepare(self, card: CaseCard, form: CaseForm) -> Iterator[None]:  # noqa: ARG002 - subclasses use it
        """Build in slices what `show_card` would build at once."""
        return iter(())

    def settle_in(self, context: Context) -> None:
        """Take what a part with services of its own needs; called once, before the card is shown."""

    def stop(self) -> None:
        """Begin nothing more: the case is being closed."""

    def read_into(self, form: CaseForm) -> CaseForm:
        """Return the case's form with what was typed here, for the tabs that share it."""
        return form

    def save(self) -> Work | None:
        """Return how to save what is typed here beside the case's form, None for nothing."""
        return None

    def chosen_day(self) -> date | None:
        """Return the day a step is taken on, None for today."""
        return None

    def begin(self, verb: str) -> None:
        """Open the form that a step is taken by."""

    def finish(self) -> bool:
        """Finish the form that is being filled in; False if there is none."""
        return False

    def typed(self) -> dict[str, str]:
        """Return what is typed and in no record, as texts by name; nothing if there is nothing."""
        return {}

    def restore(self, texts: Mapping[str, str]) -> None:
        """Show again what was half typed."""

    def mark(self, gaps: list[Gap]) -> str:  # noqa: ARG002 - subclasses use it
        """Say what is missing beside the fields; return the first one that is here, "" for none."""
        return ""

    def unreadable(self) -> list[Gap]:
        """Return days, times and sums that cannot be read."""
        return []

    def half_typed(self) -> dict[str, str]:
        """Return days, times and numbers that no form can hold yet, as they stand, by field: for a draft."""
        forms = self.forms if self.dirty else ()
        return {name: text for fields in forms for name, text in fields.half_typed().items()}

    def show_half_typed(self, texts: Mapping[str, str]) -> None:
        """Show them again as they were typed, after the form they belong to."""
        for fields in self.forms:
            fields.show_half_typed(texts)

    def go_to(self, name: str) -> bool:  # noqa: ARG002 - subclasses use it
        """Put the focus into a field if it is here."""
        return False

    def focused(self) -> str:
        """Return the field with the focus, "" for none."""
        return ""

    def show_clear(self, row_id: str, field: str, clear: str) -> None:
        """Show a revealed number if it stands here."""


class FormPart(TabPart):
    """A tab whose words stand in fields of its own."""

    fields: Fields

    def unreadable(self) -> list[Gap]:
        """Return days that cannot be read."""
        return self.fields.unreadable()

    def focused(self) -> str:
        """Return the field with the focus."""
        return self.fields.focused(self.focusWidget())
