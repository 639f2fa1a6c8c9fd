"""Papers with nothing to choose: the station's code board and the 操作卡."""

from PySide6.QtWidgets import QWidget

from desk.text import _
from desk.ui.context import Context
from desk.ui.pages.paper.side import Make, Side
from desk.ui.parts.boxes import label

PLAIN = ("board", "operation_card")


class PlainSide(Side):
    """A line on what the paper is for."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._kind = PLAIN[0]
        self._words = label("", "small", wrap=True)
        self.box.addWidget(self._words)

    def begin(self, words: str) -> None:
        """Take which one."""
        self._kind = words
        self._words.setText(
            _("贴在门口：站名、电话、接待时间和站点的码。")
            if words == "board"
            else _("一页纸，放在键盘旁边。常用的键都在上面。")
        )

    def maker(self) -> Make:
        """Return what draws it."""
        papers = self.context.services.papers
        return papers.station_board if self._kind == "board" else papers.operation_card
