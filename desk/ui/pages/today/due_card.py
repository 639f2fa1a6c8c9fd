"""今天要办: what is due, most urgent first, each with the one verb that helps."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desk.services.visit_values import DueItem
from desk.text import _
from desk.ui.parts.boxes import label, row, rule, together
from desk.ui.parts.card import Card
from desk.ui.parts.empty import EmptyState
from desk.ui.parts.headed_rows import small_button
from desk.ui.parts.key_hint import KeyButton
from desk.ui.parts.pill import Pill

_TONES = {"red": "red", "yellow": "amber", "white": "plain"}
_SHOWN = 10


class DueCard(Card):
    """The due items as lines.

    Signals:
        opened: noun and id of what is to be done.
    """

    opened = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("今天要办"), parent=parent)
        self._lines = QWidget()
        self._items: Sequence[DueItem] = ()
        self._whole = False
        self._cut = False
        self.more = small_button("")
        self.more.clicked.connect(self._on_more)
        self.more.hide()
        self.rest = label(_("还有别的没有列出来：办了上面的，后面的就上来。"), "label", wrap=True)
        self.rest.hide()
        self._empty = EmptyState(_("今天没有要办的事"), _("待反馈、待补记和到期的事会列在这里。"))
        self.add(self._lines)
        self.add(row(self.more, None))
        self.add(self.rest)
        self.add(self._empty)

    def show_items(self, items: Sequence[DueItem], *, more: bool = False) -> None:
        """Show what is due, and say if `more` is; whoever asked for all of it goes on seeing all."""
        self._items, self._cut = items, more
        shown = items if self._whole else items[:_SHOWN]
        self.more.setText(_("显示其余 {n} 件").format(n=len(items) - len(shown)))
        self.more.setVisible(len(shown) < len(items))
        self.rest.setVisible(more and len(shown) == len(items))
        self.set_aside(_("最急的在前") if items else "")
        self._empty.setVisible(not items)
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(8, 0, 8, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        for line, item in enumerate(shown):
            tone = _TONES.get(item.colour)
            button = KeyButton(item.action, kind="row")
            button.setAccessibleName(f"{item.action} {item.text}")
            button.clicked.connect(lambda _on=False, each=item: self.opened.emit(each.noun, each.record_id))
            grid.addWidget(Pill(item.word, tone) if tone else label(item.word, "label"), line * 2, 0)
            grid.addWidget(label(together(item.text, _("（含当日）")), wrap=True), line * 2, 1)
            grid.addWidget(button, line * 2, 2)
            grid.addWidget(rule(), line * 2 + 1, 0, 1, 3)
        self.body.replaceWidget(self._lines, fresh)
        fresh.setVisible(bool(items))
        self._lines.hide()
        self._lines.deleteLater()
        self._lines = fresh

    def _on_more(self) -> None:
        self._whole = True
        self.show_items(self._items, more=self._cut)
