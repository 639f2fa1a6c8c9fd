"""How far slow work is, shown on the veil, and the way to call it off."""

from PySide6.QtCore import QObject, Signal

from desk.errors import PaperProblem
from desk.text import _
from desk.ui.parts.veil import BusyVeil


class CalledOff(PaperProblem):
    """A person called the work off."""


class Steps(QObject):
    """Carries the steps of background work to the veil, and the person's wish to stop back to the work.

    Signals:
        progressed: steps done and steps in all; emitted in the background, heard on the Qt thread.
    """

    progressed = Signal(int, int)

    def __init__(self, veil: BusyVeil) -> None:
        super().__init__(veil)
        self._off = False
        veil.cancelled.connect(self.call_off)
        self.progressed.connect(veil.progress)

    def begin(self) -> None:
        """Forget an earlier wish to stop."""
        self._off = False

    def call_off(self) -> None:
        """Stop after the step being done."""
        self._off = True

    def told(self, done: int, of: int) -> None:
        """Take a step (in the background). Raises CalledOff when somebody wants to stop."""
        if self._off:
            raise CalledOff(_("已取消"))
        self.progressed.emit(done, of)
