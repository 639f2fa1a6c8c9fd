"""Shows the papers of a case in a window that prints them, and offers each of them in a menu."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from desk.errors import Problem
from desk.services.papers import Paper
from desk.text import _
from desk.ui.context import Context
from desk.ui.parts.veil import BusyVeil
from desk.ui.preview.steps import CalledOff, Steps
from desk.ui.preview.window import show_paper

if TYPE_CHECKING:
    from desk.services.mediation.papers import CasePaperRow

DUE = "due"
DOSSIER = "dossier"


class CasePrinter(QObject):
    """The papers of one case; what is typed is saved before one is made."""

    def __init__(
        self,
        context: Context,
        case_id: str,
        button: QPushButton,
        save: Callable[[Callable[[], None]], None],
        over: QWidget,
    ) -> None:
        """Args: `button` opens the menu; `save` puts what is typed into the record and then goes on; `over`
        is covered while a dossier is bound.
        """
        super().__init__(over)
        self._context = context
        self._case_id = case_id
        self._button = button
        self._save = save
        self._veil = BusyVeil(over)
        self.bound = Steps(self._veil)
        self.menu = QMenu(button)
        self.menu.setAccessibleName(_("卷宗的文书"))
        button.clicked.connect(self._ask)

    def print_due(self) -> None:
        """Show what is to be printed now."""
        self.print(DUE)

    def print(self, what: str) -> None:
        """Show a paper by its key, all that is due, or the bound dossier."""
        self._save(lambda: self._make(what))

    def _make(self, what: str) -> None:
        papers, case_id = self._context.services.case_papers, self._case_id
        if what == DOSSIER:
            self._bind()
            return

        def work() -> Paper:
            return papers.due(case_id) if what == DUE else papers.make(case_id, what)

        self._context.tasks.run(work, done=self._show, owner=self, lane="free", topic="paper")

    def _bind(self) -> None:
        """Bind the dossier under a veil: with some hundred scanned pages it takes a while."""
        papers, case_id = self._context.services.case_papers, self._case_id
        self.bound.begin()
        self._veil.cover(_("正在装订卷宗…"), can_cancel=True)
        self._context.tasks.run(
            lambda: papers.dossier(case_id, told=self.bound.told),
            done=self._on_bound,
            failed=self._on_not_bound,
            owner=self,
            lane="free",
        )

    def _on_bound(self, paper: Paper) -> None:
        self._veil.lift()
        self._show(paper)

    def _on_not_bound(self, problem: Problem) -> None:
        self._veil.lift()
        if not isinstance(problem, CalledOff):
            self._context.notices.fail(problem)

    def _show(self, paper: Paper) -> None:
        show_paper(paper, self._context, self._button.window())

    def _ask(self) -> None:
        papers, case_id = self._context.services.case_papers, self._case_id
        self._save(
            lambda: self._context.tasks.run(
                lambda: papers.papers(case_id), done=self._offer, owner=self, topic="papers"
            )
        )

    def fill(self, rows: "tuple[CasePaperRow, ...]") -> None:
        """Offer what is due, the bound dossier, and each paper there is."""
        self.menu.clear()
        due = sum(each.due for each in rows)
        words = _("打印待印文书（{n} 种）　Ctrl P").format(n=due) if due else _("没有待印的文书")
        self.menu.addAction(words, self.print_due).setEnabled(due > 0)
        self.menu.addAction(_("打印整本卷宗"), lambda: self.print(DOSSIER))
        self.menu.addSeparator()
        for each in rows:
            state = _("已印 {n} 次").format(n=each.printed) if each.printed else ""
            state = (_("改过，待重印") if each.changed else _("待印")) if each.due else state
            text = f"{each.form} {each.label}" + (f"　{state}" if state else "")
            self.menu.addAction(text, lambda key=each.key: self.print(key))

    def _offer(self, rows: "tuple[CasePaperRow, ...]") -> None:
        self.fill(rows)
        if not self._button.isVisible():
            return  # somebody went to another case meanwhile: its papers are others
        self.menu.popup(self._button.mapToGlobal(QPoint(0, self._button.height() + 2)))
