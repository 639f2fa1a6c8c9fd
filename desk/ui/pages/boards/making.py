"""The whole wall made in the background, with how far it is and a way to call it off."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desk.errors import Problem
from desk.text import _
from desk.ui.context import Context
from desk.ui.pages.boards.style_card import Look
from desk.ui.parts.veil import BusyVeil
from desk.ui.preview.steps import CalledOff, Steps

if TYPE_CHECKING:
    from desk.services.papers import Paper


class Making(QObject):
    """Makes one wall at a time under the veil."""

    def __init__(self, context: Context, veil: BusyVeil) -> None:
        super().__init__(veil)
        self._context = context
        self._veil = veil
        self.steps = Steps(veil)

    def start(self, deputy_ids: Sequence[str], look: Look, then: "Callable[[Paper], None]") -> None:
        """Make the wall of these deputies, each code read back, and hand it to `then`."""
        papers = self._context.services.papers
        self.steps.begin()
        self._veil.cover(_("正在生成 {count} 位代表的公示墙…").format(count=len(deputy_ids)), can_cancel=True)
        self._context.tasks.run(
            lambda: papers.deputy_wall(
                deputy_ids, look.paper, code_side=look.code_side, told=self.steps.told
            ),
            done=lambda made: self._finish(made, then),
            failed=self._on_failed,
            owner=self,
            lane="free",
        )

    def _finish(self, made: "Paper", then: "Callable[[Paper], None]") -> None:
        self._veil.lift()
        then(made)

    def _on_failed(self, problem: Problem) -> None:
        self._veil.lift()
        if not isinstance(problem, CalledOff):
            self._context.notices.fail(problem)
