"""空白文书 ▾: the forms of a mediation to be filled in by hand, one by one or the usual set."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from desk.services.mediation.blank_forms import USUAL
from desk.text import _
from desk.ui.context import Context
from desk.ui.parts.key_hint import KeyButton
from desk.ui.preview.window import show_paper

if TYPE_CHECKING:
    from desk.services.papers import Paper


class BlankMenu(KeyButton):
    """A button with a menu; a paper opens in a window that prints and saves it. Nothing is numbered."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_("空白文书 ▾"), parent=parent)
        self.setAccessibleName(_("空白文书"))
        self.setToolTip(_("停电或下村调解时手写用，不占案号；受理后在这里登记，案号再写上去。"))
        self._context = context
        self.menu_of_forms = QMenu(self)
        self.menu_of_forms.setAccessibleName(_("空白文书"))
        self.clicked.connect(self._on_clicked)

    def fill(self) -> None:
        """Offer the usual set, then every form."""
        menu, forms = self.menu_of_forms, self._context.services.mediation.blank_forms
        menu.clear()
        offered = forms.offered()
        usual = "、".join(each.form for each in offered if each.code in USUAL)
        menu.addAction(_("常用一套（{forms}）").format(forms=usual), lambda: self.make(USUAL))
        menu.addSeparator()
        for each in offered:
            menu.addAction(f"{each.form} {each.label}", lambda code=each.code: self.make([code]))

    def make(self, codes: Sequence[str]) -> None:
        """Make these forms and show them."""
        forms = self._context.services.mediation.blank_forms
        self._context.tasks.run(lambda: forms.make(codes), done=self._on_made, owner=self, lane="free")

    def _on_clicked(self) -> None:
        self.fill()
        self.menu_of_forms.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def _on_made(self, paper: "Paper") -> None:
        show_paper(paper, self._context, self.window())
