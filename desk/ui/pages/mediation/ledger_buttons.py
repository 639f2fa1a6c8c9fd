"""Two buttons below a list of figures: the same as a table, and on paper; how far it is, and a way out."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.errors import Problem
from desk.text import _
from desk.ui.context import Context
from desk.ui.parts.key_hint import KeyButton
from desk.ui.parts.veil import BusyVeil
from desk.ui.preview import save_place
from desk.ui.preview.steps import CalledOff, Steps
from desk.ui.preview.window import show_paper

if TYPE_CHECKING:
    from desk.services.mediation.ledgers import LedgerAsk

Ask = Callable[[], "LedgerAsk | None"]


class LedgerMaker(QObject):
    """Makes the ledgers of a page, one at a time, under its veil."""

    def __init__(self, context: Context, over: QWidget) -> None:
        """Args: `over` is what the veil covers meanwhile."""
        super().__init__(over)
        self._context = context
        self._over = over
        self._veil = BusyVeil(over)
        self.steps = Steps(self._veil)

    def show(self, ask: "LedgerAsk") -> None:
        """Make the paper and show it in a window that prints and saves it."""
        ledgers = self._context.services.mediation.ledgers
        self._run(
            lambda: ledgers.paper(ask, self.steps.told),
            lambda paper: show_paper(paper, self._context, self._over.window()),
        )

    def save(self, ask: "LedgerAsk", name: str) -> None:
        """Ask where to, and save the workbook."""
        place = f"{name} {ask.days.replace('/', '至')}.xlsx"
        save_place.ask(self._context, self, "xlsx", place, lambda path: self._save(ask, path))

    def _save(self, ask: "LedgerAsk", path: Path) -> None:
        services, notices = self._context.services, self._context.notices
        self._run(
            lambda: save_place.save(
                services.settings, path, services.mediation.ledgers.workbook(ask, self.steps.told)
            ),
            lambda _none: notices.info(_("已保存：{name}").format(name=path.name)),
        )

    def _run(self, work: Callable[[], object], done: Callable[..., object]) -> None:
        self.steps.begin()
        self._veil.cover(_("正在统计…"), can_cancel=True)

        def finish(made: object) -> None:
            self._veil.lift()
            done(made)

        self._context.tasks.run(work, done=finish, failed=self._on_failed, owner=self, lane="free")

    def _on_failed(self, problem: Problem) -> None:
        self._veil.lift()
        if not isinstance(problem, CalledOff):
            self._context.notices.fail(problem)


class LedgerButtons(QWidget):
    """存为表格 XLSX and 打印、存为 PDF for one ledger."""

    def __init__(self, maker: LedgerMaker, name: str, ask: Ask, parent: QWidget | None = None) -> None:
        """Args: `ask` tells which ledger is wanted as the page stands, None while its days are not whole."""
        super().__init__(parent)
        self._maker, self._name, self._asked = maker, name, ask
        self.xlsx = KeyButton(_("存为表格 XLSX"), kind="row")
        self.paper = KeyButton(_("打印 / 存为 PDF"), kind="row")
        for button in (self.xlsx, self.paper):
            button.setAccessibleName(_("{name} {what}").format(name=name, what=button.text()))
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.xlsx)
        box.addWidget(self.paper)
        box.addStretch(1)
        self.xlsx.clicked.connect(self._on_xlsx)
        self.paper.clicked.connect(self._on_paper)

    def _on_xlsx(self) -> None:
        ask = self._asked()
        if ask is not None:
            self._maker.save(ask, self._name)

    def _on_paper(self) -> None:
        ask = self._asked()
        if ask is not None:
            self._maker.show(ask)
