"""The whole wall made in the background, with how far it is and a way to call it off."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desk.errors import Problem
from desk.text import _
from desk.ui.context import Context
from desk.ui.parts.veil import BusyVeil

if TYPE_CHECKING:
    from desk.services.papers import Paper


class CalledOff(Problem):
    """A person called the making off; nobody needs to be told."""


class Making(QObject):
    """Makes one wall at a time under the veil.

    Signals:
        progressed: steps done and steps in all; emitted in the background, heard on the Qt thread.
    """

    progressed = Signal(int, int)

    def __init__(self, context: Context, veil: BusyVeil) -> None:
        super().__init__(veil)
        self._context = context
        self._veil = veil
        self._off = False
        veil.cancelled.connect(self.call_off)
        self.progressed.connect(veil.progress)

    def start(self, deputy_ids: Sequence[str], paper: str, then: "Callable[[Paper], None]") -> None:
        """Make the wall of these deputies, each code read back, and hand it to `then`."""
        papers = self._context.services.papers
        self._off = False
        self._veil.cover(_("正在生成 {count} 位代表的公示墙…").format(count=len(deputy_ids)), can_cancel=True)
        self._context.tasks.run(
            lambda: papers.deputy_wall(deputy_ids, paper, told=self._on_step),
            done=lambda made: self._finish(made, then),
            failed=self._on_failed,
            owner=self,
            lane="free",
        )

    def call_off(self) -> None:
        """Stop after the page being made."""
        self._off = True

    def _on_step(self, done: int, of: int) -> None:
        if self._off:
            raise CalledOff(_("已取消"))
        self.progressed.emit(done, of)

    def _finish(self, made: "Paper", then: "Callable[[Paper], None]") -> None:
        self._veil.lift()
        then(made)

    def _on_failed(self, problem: Problem) -> None:
        self._veil.lift()
        if not isinstance(problem, CalledOff):
            self._context.notices.fail(problem)
