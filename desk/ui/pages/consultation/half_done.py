"""没写完的: sheets left for another, with words that no record has yet; a button brings one back."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk.services.drafts import Draft
from desk.text import _
from desk.ui.context import Context
from desk.ui.parts.key_hint import KeyButton


class HalfDone(KeyButton):
    """Says how many there are beside the one in view, and offers the newest; hidden while there is none.

    Signals:
        wanted: a `Draft` is to be gone on with.
    """

    wanted = Signal(object)

    def __init__(self, context: Context, in_view: Callable[[], str], parent: QWidget | None = None) -> None:
        """Args: `in_view` returns the id of the draft of the sheet in view, "" for none."""
        super().__init__("", kind="row", parent=parent)
        self._context = context
        self._in_view = in_view
        self._others: tuple[Draft, ...] = ()
        self.hide()
        self.clicked.connect(self._on_click)

    def look(self) -> None:
        """Ask what there is, once what is being written has been."""
        drafts = self._context.services.drafts
        self._context.tasks.run(
            lambda: drafts.load_all("consultation"), done=self.show_drafts, owner=self, lane="write"
        )

    def show_drafts(self, drafts: Sequence[Draft]) -> None:
        """Show how many wait behind the one in view."""
        here = self._in_view()
        self._others = tuple(each for each in drafts if each.id != here)
        words = _("没写完的 {n} 张").format(n=len(self._others))
        self.setText(words)
        self.setAccessibleName(words)
        self.setToolTip(_("回到写了一半、还没有进记录的登记表"))
        self.setVisible(bool(self._others))

    def _on_click(self) -> None:
        self.wanted.emit(self._others[-1])
