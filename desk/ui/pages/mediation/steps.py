"""What pressing a step does: what is missing is said and led to; what needs words asks for them."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from desk.text import _

if TYPE_CHECKING:
    from desk.ui.pages.mediation.case import Case

MAIN: Final = ("accept", "settle")
"""The steps that lead on, the first offered one is the red button."""


class Steps(QObject):
    """The steps of one case."""

    def __init__(self, case: "Case") -> None:
        super().__init__(case)
        self._case = case

    def forward(self) -> None:
        """Take the main step of the state."""
        found = self._case.main()
        if found is not None:
            self.take(found.verb)

    def take(self, verb: str) -> None:
        """Take a step, after what is typed has been saved."""
        case = self._case
        if verb == "settle":
            case.writes.save(case.small_wanted.emit)
        elif verb == "void":
            case.ask_text(_("为什么作废？（会记入审计）"), case.void)
